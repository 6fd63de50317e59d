package gt06

import "drover/protocols"

// text gives a command as an SMS: the tracker takes the same words over both ways.
func text(d protocols.Device, cmd protocols.Command) (string, error) {
	return wordsOf(cmd, d.Options[optionRelay] == relayCutsOff)
}
