package atrack

import (
	"fmt"
	"strconv"
	"strings"

	"drover/protocols"
)

const (
	maxWords = 1000 // characters of a command
	maxTag   = 9999 // the highest number that fits a command's tag
)

// Encode writes a command as a line. Its id goes as the tag behind the command's name, AT$INFO+12=?, which the answer
// repeats.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	words, err := wordsOf(cmd)
	if err != nil {
		return nil, err
	}
	b := make([]byte, 0, len(words)+8)
	name, rest, found := strings.Cut(words, "=")
	if !found || cmd.ID == 0 || cmd.ID > maxTag || !strings.HasPrefix(name, "AT$") || strings.Contains(name, "+") {
		b = append(b, words...)
		return append(b, "\r\n"...), nil
	}
	b = append(b, name...)
	b = append(b, '+')
	b = strconv.AppendUint(b, uint64(cmd.ID), 10)
	b = append(b, '=')
	b = append(b, rest...)
	return append(b, "\r\n"...), nil
}

// text writes a command as an SMS, which is the same line.
func text(_ protocols.Device, cmd protocols.Command) (string, error) { return wordsOf(cmd) }

// wordsOf gives a command's words: 1 to 1000 printable ASCII characters.
func wordsOf(cmd protocols.Command) (string, error) {
	if cmd.Kind != protocols.Custom {
		return "", fmt.Errorf("atrack: %v: %w", cmd.Kind, protocols.ErrNoCommand)
	}
	if len(cmd.Text) == 0 || len(cmd.Text) > maxWords {
		return "", fmt.Errorf("atrack: a command of %d characters: 1 to %d are allowed", len(cmd.Text), maxWords)
	}
	for i, r := range cmd.Text {
		if r < ' ' || r > '~' {
			return "", fmt.Errorf("atrack: character %q at place %d: only printable ASCII is allowed", r, i+1)
		}
	}
	return cmd.Text, nil
}
