package gosafe

import (
	"fmt"

	"drover/protocols"
)

// maxWords is the most bytes of a command.
const maxWords = 512

// Encode writes a command in the form in which a tracker answers it: *GS06,<IMEI>,<words>#.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	var words string
	switch cmd.Kind {
	case protocols.Custom:
		words = cmd.Text
	case protocols.Reboot:
		words = "RST"
	default:
		return nil, fmt.Errorf("gosafe: %v: %w", cmd.Kind, protocols.ErrNoCommand)
	}
	if len(words) == 0 || len(words) > maxWords {
		return nil, fmt.Errorf("gosafe: a command of %d characters: 1 to %d are allowed", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || r == '*' || r == '#' || r == '$' {
			return nil, fmt.Errorf("gosafe: character %q at place %d of the command can not be sent", r, i+1)
		}
	}
	if c.device == "" {
		return nil, fmt.Errorf("gosafe: the tracker has not said who it is")
	}
	b := append([]byte(opening), c.version[:]...)
	b = append(append(b, ','), c.device...)
	b = append(append(b, ','), words...)
	return append(b, '#'), nil
}
