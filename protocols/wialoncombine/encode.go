package wialoncombine

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"drover/protocols"
)

// Encode writes a command as a line of text, as the paper says of Vega's trackers.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	words := command.Text
	switch command.Kind {
	case protocols.Custom:
	case protocols.Output:
		if command.Output < 1 || command.Output > maxOutput {
			return nil, fmt.Errorf("wialoncombine: output %d is not in 1..%d", command.Output, maxOutput)
		}
		level := "=0#"
		if command.On {
			level = "=1#"
		}
		words = "#setout" + strconv.Itoa(command.Output) + level
	default:
		return nil, fmt.Errorf("wialoncombine: %v: %w", command.Kind, protocols.ErrNoCommand)
	}
	if err := checkWords(words); err != nil {
		return nil, err
	}
	return []byte(words + "\r\n"), nil
}

const (
	maxOutput = 2   // the paper's list has two
	maxWords  = 512 // bytes of a command
)

// errNoWords says that a custom command is empty.
var errNoWords = errors.New("wialoncombine: the command has no text")

// checkWords refuses what is no line of printable ASCII, and what would start as the server's answers do.
func checkWords(words string) error {
	switch {
	case strings.TrimSpace(words) == "":
		return errNoWords
	case len(words) > maxWords:
		return fmt.Errorf("wialoncombine: the command has %d bytes, more than %d", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || r == '@' && i == 0 {
			return fmt.Errorf("wialoncombine: character %q at byte %d can not be sent", r, i)
		}
	}
	return nil
}
