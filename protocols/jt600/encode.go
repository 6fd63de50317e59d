package jt600

import (
	"fmt"

	"drover/protocols"
)

// maxWords is the most bytes of a custom command.
const maxWords = 160

// Encode writes (words): the trackers take what comes on their own connection as theirs.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	words, err := commandWords(command)
	if err != nil {
		return nil, err
	}
	b := make([]byte, 0, len(words)+2)
	return append(append(append(b, startText), words...), endText), nil
}

func commandWords(command protocols.Command) (string, error) {
	switch command.Kind {
	case protocols.Custom:
		return command.Text, checkWords(command.Text)
	case protocols.Immobilise:
		return "S07,0", nil
	case protocols.Release:
		return "S07,1", nil
	case protocols.Reboot:
		return "S17", nil
	}
	return "", fmt.Errorf("jt600: %v: %w", command.Kind, protocols.ErrNoCommand)
}

// checkWords refuses what could end the frame, an escape, and what is no printable ASCII.
func checkWords(words string) error {
	if words == "" || len(words) > maxWords {
		return fmt.Errorf("jt600: the command has %d bytes, not 1..%d", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || r == '(' || r == ')' || r == '$' || r == escape {
			return fmt.Errorf("jt600: character %q at byte %d can not be sent", r, i)
		}
	}
	return nil
}
