package khd

import (
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"drover/protocols"
)

var errUnknown = errors.New("the tracker has not said who it is yet")

// Encode writes a command to the last speaker. A custom command is the hexadecimal digits of its type and content.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	kind, content, err := commandOf(command)
	if err != nil {
		return nil, err
	}
	if c.device == "" {
		return nil, errUnknown
	}
	return appendFrame(nil, kind, c.id[:], content), nil
}

func commandOf(command protocols.Command) (kind byte, content []byte, err error) {
	switch command.Kind {
	case protocols.Custom:
		const most = 512
		data, err := hex.DecodeString(command.Text)
		if err != nil || len(data) == 0 || len(data) > most {
			return 0, nil, fmt.Errorf("command of %d characters: the hexadecimal digits of 1 to %d bytes are allowed, "+
				"type and content", len(command.Text), most)
		}
		return data[0], data[1:], nil
	case protocols.Locate:
		return kindLocate, nil, nil
	case protocols.Interval:
		seconds := int(command.Every / time.Second)
		if seconds < 1 || seconds > 65535 {
			return 0, nil, fmt.Errorf("interval %v: 1 s to 65535 s are allowed", command.Every)
		}
		return kindInterval, []byte{byte(seconds >> 8), byte(seconds)}, nil
	case protocols.Immobilise:
		return kindCut, nil, nil
	case protocols.Release:
		return kindResume, nil, nil
	}
	return 0, nil, fmt.Errorf("%v: %w", command.Kind, protocols.ErrNoCommand)
}
