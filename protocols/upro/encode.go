package upro

import (
	"fmt"
	"time"

	"drover/protocols"
)

// maxWords is the most bytes of a custom command.
const maxWords = 160

// maxInterval is the longest that four hexadecimal digits of seconds hold.
const maxInterval = 0xFFFE * time.Second

// The flags of a command: keep it, and answer it.
const (
	once = "01"
	kept = "11"
)

// Encode writes *HQ20, the flags, the words and #, with the letters of the tracker's maker.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	flags, words, err := commandWords(command)
	if err != nil {
		return nil, err
	}
	maker := "HQ"
	if c.maker != [2]byte{} {
		maker = string(c.maker[:])
	}
	return []byte("*" + maker + "20" + flags + words + "#"), nil
}

func commandWords(command protocols.Command) (flags, words string, err error) {
	switch command.Kind {
	case protocols.Custom:
		return kept, command.Text, checkWords(command.Text)
	case protocols.Locate:
		return once, "BE", nil
	case protocols.Interval:
		every := command.Every
		if every < time.Second || every > maxInterval || every%time.Second != 0 {
			return "", "", fmt.Errorf("upro: interval %v is not 1..65534 whole seconds", every)
		}
		return kept, fmt.Sprintf("BI%04XFFFF", int(every/time.Second)), nil
	case protocols.Immobilise:
		return kept, "BB1", nil
	case protocols.Release:
		return kept, "BB0", nil
	case protocols.Output:
		switch {
		case command.Output == 1 && command.On:
			return kept, "BB1", nil
		case command.Output == 1:
			return kept, "BB0", nil
		}
	case protocols.Reboot:
		return kept, "BA0", nil
	}
	return "", "", fmt.Errorf("upro: %v: %w", command.Kind, protocols.ErrNoCommand)
}

// checkWords refuses what could end the frame or is no printable ASCII.
func checkWords(words string) error {
	if words == "" || len(words) > maxWords {
		return fmt.Errorf("upro: the command has %d bytes, not 1..%d", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || r == '#' || r == '*' || r == '[' || r == ']' {
			return fmt.Errorf("upro: character %q at byte %d can not be sent", r, i)
		}
	}
	return nil
}
