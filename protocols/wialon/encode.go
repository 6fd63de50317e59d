package wialon

import (
	"errors"
	"fmt"
	"strings"

	"drover/protocols"
)

// Encode writes a command as a line. The papers leave the words to the makers, so there are only custom ones.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	if command.Kind != protocols.Custom {
		return nil, fmt.Errorf("wialon: %v: %w", command.Kind, protocols.ErrNoCommand)
	}
	if err := checkWords(command.Text); err != nil {
		return nil, err
	}
	c.asked = min(c.asked+1, maxAsked)
	return []byte(command.Text + "\r\n"), nil
}

const (
	maxAsked = 8    // so many commands are waited for; what comes beyond is the driver's
	maxWords = 1024 // bytes of a command
)

// The reasons why a command can not be sent.
var (
	errNoWords = errors.New("wialon: the command has no text")
	errAnswer  = errors.New("wialon: #A at byte 0 would be an answer of the server's, no command")
)

// checkWords refuses what is no line of printable ASCII, and the server's own answers.
func checkWords(words string) error {
	switch {
	case strings.TrimSpace(words) == "":
		return errNoWords
	case len(words) > maxWords:
		return fmt.Errorf("wialon: the command has %d bytes, more than %d", len(words), maxWords)
	case strings.HasPrefix(words, "#A"):
		return errAnswer
	}
	for i, r := range words {
		if r < ' ' || r > '~' {
			return fmt.Errorf("wialon: character %q at byte %d can not be sent", r, i)
		}
	}
	return nil
}
