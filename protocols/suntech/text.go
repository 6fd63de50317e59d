package suntech

import "drover/protocols"

// text writes a command as an SMS, which is what a line carries without its end.
func text(d protocols.Device, command protocols.Command) (string, error) {
	if d.Identity == "" {
		return "", errNobody
	}
	prefix, universal := prefixOf(d.Model)
	return frame(prefix, universal, d.Identity, command)
}
