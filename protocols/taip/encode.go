package taip

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"drover/protocols"
)

// Encode writes a command between > and <, with the ID of the last speaker.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	words, err := commandWords(command, c.immobiliser)
	if err != nil {
		return nil, err
	}
	if c.id != "" {
		words += ";ID=" + c.id
	}
	return []byte(">" + words + "<"), nil
}

const (
	maxOutput   = 4
	maxInterval = 9999 // seconds: four digits
	maxWords    = 512
)

// commandWords are a command's words in TAIP: Q asks, S sets, F sets how often a report comes.
func commandWords(command protocols.Command, immobiliser int) (string, error) {
	switch command.Kind {
	case protocols.Custom:
		return command.Text, checkWords(command.Text)
	case protocols.Locate:
		return "QPV", nil
	case protocols.Interval:
		seconds := int(command.Every / time.Second)
		if seconds < 1 || seconds > maxInterval {
			return "", fmt.Errorf("taip: interval %v is not in 1s..%ds", command.Every, maxInterval)
		}
		return fmt.Sprintf("FPV%04d0000", seconds), nil
	case protocols.Output:
		return setOutput(command.Output, command.On)
	case protocols.Immobilise:
		return setOutput(immobiliser, true)
	case protocols.Release:
		return setOutput(immobiliser, false)
	}
	return "", fmt.Errorf("taip: %v: %w", command.Kind, protocols.ErrNoCommand)
}

func setOutput(output int, on bool) (string, error) {
	if output < 1 || output > maxOutput {
		return "", fmt.Errorf("taip: output %d is not in 1..%d", output, maxOutput)
	}
	level := "0"
	if on {
		level = "1"
	}
	return "SSSXP" + strconv.Itoa(output) + level, nil
}

// The reasons why a command can not be sent.
var (
	errNoWords = errors.New("taip: the command has no text")
	errID      = errors.New("taip: the command can not name another ID")
)

// checkWords refuses what could end the message, name another device, or is no printable ASCII.
func checkWords(words string) error {
	switch {
	case strings.TrimSpace(words) == "":
		return errNoWords
	case len(words) > maxWords:
		return fmt.Errorf("taip: the command has %d bytes, more than %d", len(words), maxWords)
	case strings.Contains(words, ";ID="):
		return errID
	}
	for i, r := range words {
		if r < ' ' || r > '~' || strings.ContainsRune("<>*#", r) {
			return fmt.Errorf("taip: character %q at byte %d can not be sent", r, i)
		}
	}
	return nil
}
