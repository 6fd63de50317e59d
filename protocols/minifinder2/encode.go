package minifinder2

import (
	"encoding/hex"
	"fmt"

	"drover/protocols"
)

// maxWords is the most bytes of a command's keys.
const maxWords = 1024

// Encode writes a command: what an operator types is the command and its keys in hexadecimal, as "02:01f0", which asks
// for the configuration. The message's number is the command's id, which the answer repeats. The papers have the other
// kinds as keys that differ by model; they go by SMS.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	if cmd.Kind != protocols.Custom {
		return nil, fmt.Errorf("minifinder2: %v: %w", cmd.Kind, protocols.ErrNoCommand)
	}
	words := cmd.Text
	if len(words) < 3 || len(words) > 3+2*maxWords || words[2] != ':' {
		return nil, fmt.Errorf("minifinder2: %d characters: a command is two hexadecimal digits, a colon and its keys",
			len(words))
	}
	command, err := hex.DecodeString(words[:2])
	if err != nil {
		return nil, fmt.Errorf("minifinder2: the command is not hexadecimal: %w", err)
	}
	keys, err := hex.DecodeString(words[3:])
	if err != nil {
		return nil, fmt.Errorf("minifinder2: the keys are not hexadecimal: %w", err)
	}
	if !whole(keys) {
		return nil, fmt.Errorf("minifinder2: the keys do not have the lengths that they say")
	}
	return seal(append(open(nil, wantsAck, uint16(cmd.ID), command[0]), keys...), 0), nil
}
