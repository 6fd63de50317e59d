package starlink

import (
	"errors"
	"fmt"

	"drover/protocols"
)

// maxWords is the most characters of a command.
const maxWords = 512

// Encode sends words as they are, as a line. What StarLink calls its commands is in papers for customers only, so there
// are none for the other kinds.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	if command.Kind != protocols.Custom {
		return nil, fmt.Errorf("starlink: %v: %w", command.Kind, protocols.ErrNoCommand)
	}
	if err := checkWords(command.Text); err != nil {
		return nil, err
	}
	return append([]byte(command.Text), '\r', '\n'), nil
}

// checkWords says why words can not be sent: they are one line of printable characters.
func checkWords(s string) error {
	if s == "" {
		return errors.New("it is empty")
	}
	if len(s) > maxWords {
		return fmt.Errorf("it has %d characters, more than %d", len(s), maxWords)
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return fmt.Errorf("character %q at place %d can not be sent", s[i], i+1)
		}
	}
	return nil
}
