package topflytech

import (
	"encoding/binary"
	"errors"
	"fmt"

	"drover/protocols"
)

// maxWords is the most characters of a command.
const maxWords = 500

var errUnknown = errors.New("topflytech: no tracker has said yet who it is and which line of products it is of")

// Encode writes a command: line, 81, length, serial number 1, IMEI, 1, and the words.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	words, err := wordsOf(cmd)
	if err != nil {
		return nil, err
	}
	if !isLine(c.line) || c.name == "" {
		return nil, errUnknown
	}
	return appendCommand(nil, c.line, c.raw[:], words), nil
}

func appendCommand(b []byte, line byte, imei []byte, words string) []byte {
	b = append(b, line, line, kindCommand)
	b = binary.BigEndian.AppendUint16(b, uint16(headLength+1+len(words)))
	b = append(b, 0, 1)
	b = append(b, imei...)
	b = append(b, 1)
	return append(b, words...)
}

// text writes a command as an SMS, which has the same words.
func text(_ protocols.Device, cmd protocols.Command) (string, error) { return wordsOf(cmd) }

// wordsOf gives the vendor's words for a command, checked: 1 to 500 printable ASCII characters.
func wordsOf(cmd protocols.Command) (string, error) {
	var words string
	switch cmd.Kind {
	case protocols.Custom:
		words = cmd.Text
	case protocols.Output:
		if cmd.Output != 1 {
			return "", fmt.Errorf("topflytech: output %d: only output 1 has words: %w", cmd.Output, protocols.ErrNoCommand)
		}
		words = relay(cmd.On)
	case protocols.Immobilise, protocols.Release:
		words = relay(cmd.Kind == protocols.Immobilise)
	case protocols.Reboot:
		words = "RESET#"
	default:
		return "", fmt.Errorf("topflytech: %v: %w", cmd.Kind, protocols.ErrNoCommand)
	}
	return words, check(words)
}

// relay switches the relay on, which cuts the engine, or off.
func relay(on bool) string {
	if on {
		return "RELAY,1#"
	}
	return "RELAY,0#"
}

func check(words string) error {
	if len(words) == 0 || len(words) > maxWords {
		return fmt.Errorf("topflytech: a command of %d characters: 1 to %d are allowed", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' {
			return fmt.Errorf("topflytech: character %q at place %d: only printable ASCII is allowed", r, i+1)
		}
	}
	return nil
}
