package meiligao

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"

	"drover/protocols"
)

// maxWords is the most bytes of a command's data.
const maxWords = 512

// Encode writes a command to the last speaker. A custom text is the command's four hexadecimal digits, and its data
// behind a space as text, as in "4132 480", or behind a colon in hexadecimal, as in "4106:0064".
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	kind, body, err := c.words(cmd)
	if err != nil {
		return nil, err
	}
	if c.device == "" {
		return nil, fmt.Errorf("meiligao: the tracker has not said who it is")
	}
	return appendFrame(nil, "@@", c.id, kind, body), nil
}

func (c *codec) words(cmd protocols.Command) (kind uint16, body []byte, err error) {
	switch cmd.Kind {
	case protocols.Custom:
		return custom(cmd.Text)
	case protocols.Locate:
		return cmdLocate, nil, nil
	case protocols.Interval:
		units, err := intervalUnits(cmd.Every)
		return cmdInterval, binary.BigEndian.AppendUint16(nil, units), err
	case protocols.Immobilise:
		return c.output, []byte{1}, nil
	case protocols.Release:
		return c.output, []byte{0}, nil
	case protocols.Output:
		switch {
		case cmd.Output == 1 && cmd.On:
			return c.output, []byte{1}, nil
		case cmd.Output == 1:
			return c.output, []byte{0}, nil
		}
		return 0, nil, fmt.Errorf("meiligao: output %d: only 1 can be switched: %w", cmd.Output, protocols.ErrNoCommand)
	case protocols.Reboot:
		return cmdReboot, nil, nil
	}
	return 0, nil, fmt.Errorf("meiligao: %v: %w", cmd.Kind, protocols.ErrNoCommand)
}

// intervalUnits gives an interval in the tracker's units of 10 s.
func intervalUnits(every time.Duration) (uint16, error) {
	const unit = 10 * time.Second
	if every < unit || every > 65535*unit || every%unit != 0 {
		return 0, fmt.Errorf("meiligao: interval %v is not a multiple of 10 s from 10 s to 182 h", every)
	}
	return uint16(every / unit), nil
}

func custom(words string) (uint16, []byte, error) {
	const digits = 4
	if len(words) < digits || len(words) > maxWords {
		return 0, nil, fmt.Errorf("meiligao: a command of %d characters: it is four hexadecimal digits and its data",
			len(words))
	}
	for i, r := range words {
		if r < ' ' || r > '~' {
			return 0, nil, fmt.Errorf("meiligao: character %q at place %d of the command can not be sent", r, i+1)
		}
	}
	kind, err := hex.DecodeString(words[:digits])
	if err != nil {
		return 0, nil, fmt.Errorf("meiligao: a command starts with four hexadecimal digits: %w", err)
	}
	var body []byte
	switch rest := words[digits:]; {
	case rest == "":
	case rest[0] == ' ' && len(rest) > 1:
		body = []byte(rest[1:])
	case rest[0] == ':' && len(rest) > 1:
		if body, err = hex.DecodeString(rest[1:]); err != nil {
			return 0, nil, fmt.Errorf("meiligao: the data behind the colon is not hexadecimal: %w", err)
		}
	default:
		return 0, nil, fmt.Errorf("meiligao: character %q at place %d: a space or a colon and data are wanted",
			rest[0], digits+1)
	}
	return binary.BigEndian.Uint16(kind), body, nil
}
