package xexun2

import (
	"fmt"
	"strconv"
	"time"

	"drover/protocols"
)

// The shortest and longest interval in seconds, and the most bytes of a command.
const (
	minInterval = 10
	maxInterval = 86400
	maxWords    = 512
)

// Encode writes a command as text; the message's number is the command's id, which the answer repeats.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	words, err := commandWords(cmd)
	if err != nil {
		return nil, err
	}
	if c.device == "" {
		return nil, fmt.Errorf("xexun2: the tracker has not said who it is")
	}
	return appendFrame(nil, kindCommand, uint16(cmd.ID), c.id, []byte(words)), nil
}

func commandWords(cmd protocols.Command) (string, error) {
	switch cmd.Kind {
	case protocols.Custom:
		return cmd.Text, plain(cmd.Text)
	case protocols.Interval:
		if cmd.Every < minInterval*time.Second || cmd.Every > maxInterval*time.Second {
			return "", fmt.Errorf("xexun2: interval %v is not in %d s..%d s", cmd.Every, minInterval, maxInterval)
		}
		seconds := strconv.Itoa(int(cmd.Every / time.Second))
		return "tracking_send=" + seconds + "," + seconds, nil
	case protocols.Reboot:
		return "reset", nil
	}
	return "", fmt.Errorf("xexun2: %v: %w", cmd.Kind, protocols.ErrNoCommand)
}

// plain refuses what is no printable ASCII, and what is empty or too long.
func plain(words string) error {
	if len(words) == 0 || len(words) > maxWords {
		return fmt.Errorf("xexun2: a command of %d characters: 1 to %d are allowed", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' {
			return fmt.Errorf("xexun2: character %q at place %d of the command can not be sent", r, i+1)
		}
	}
	return nil
}
