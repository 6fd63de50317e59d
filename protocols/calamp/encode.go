package calamp

import (
	"encoding/binary"
	"fmt"
	"strconv"

	"drover/protocols"
)

// maxWords is the most characters of a message to a unit.
const maxWords = 800

// Encode writes a command: a locate request, or a user message with the words. The sequence number is the command's id
// if it fits, and comes back in the unit's ACK.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	c.seq++
	seq := c.seq
	if cmd.ID > 0 && cmd.ID <= 0xFFFF {
		seq = uint16(cmd.ID)
	}
	switch cmd.Kind {
	case protocols.Locate:
		b := []byte{acknowledged, kindLocate}
		return binary.BigEndian.AppendUint16(b, seq), nil
	case protocols.Custom:
		if err := check(cmd.Text); err != nil {
			return nil, err
		}
		b := make([]byte, 0, 8+len(cmd.Text))
		b = append(b, acknowledged, kindUser)
		b = binary.BigEndian.AppendUint16(b, seq)
		b = append(b, 0, 0) // route and id
		b = binary.BigEndian.AppendUint16(b, uint16(len(cmd.Text)))
		return append(b, cmd.Text...), nil
	}
	return nil, fmt.Errorf("calamp: %v: %w", cmd.Kind, protocols.ErrNoCommand)
}

// text writes a command as an SMS: !R0 asks for a report, !R3 runs an action of the script.
func text(_ protocols.Device, cmd protocols.Command) (string, error) {
	switch cmd.Kind {
	case protocols.Custom:
		return cmd.Text, check(cmd.Text)
	case protocols.Locate:
		return "!R0", nil
	case protocols.Output:
		if cmd.Output < 1 || cmd.Output > 4 {
			return "", fmt.Errorf("calamp: output %d: 1 to 4 are allowed", cmd.Output)
		}
		action := "!R3,9," // clear
		if cmd.On {
			action = "!R3,8,"
		}
		return action + strconv.Itoa(cmd.Output-1), nil
	case protocols.Reboot:
		return "!R3,70,0", nil
	}
	return "", fmt.Errorf("calamp: %v: %w", cmd.Kind, protocols.ErrNoCommand)
}

func check(words string) error {
	if len(words) == 0 || len(words) > maxWords {
		return fmt.Errorf("calamp: a message of %d characters: 1 to %d are allowed", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' {
			return fmt.Errorf("calamp: character %q at place %d: only printable ASCII is allowed", r, i+1)
		}
	}
	return nil
}
