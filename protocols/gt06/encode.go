package gt06

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"time"

	"drover/protocols"
)

const (
	maxWords = 243    // characters that fit a 7878 command beside its envelope
	english  = 0x0002 // the language word of commands; 1 is Chinese
)

// Encode writes a command as type 80: length, server flag, words, language. The flag is the command's id, which the
// answer repeats.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	words, err := wordsOf(cmd)
	if err != nil {
		return nil, err
	}
	c.serial++
	return appendCommand(nil, kindCommand, cmd.ID, words, c.serial), nil
}

// appendCommand appends a command (80) or an answer to one (15).
func appendCommand(b []byte, kind byte, flag uint32, words string, serial uint16) []byte {
	from := len(b)
	length := 5 + 1 + 4 + len(words) + 2
	b = append(b, 0x78, 0x78, byte(length), kind, byte(4+len(words)))
	b = binary.BigEndian.AppendUint32(b, flag)
	b = append(b, words...)
	b = binary.BigEndian.AppendUint16(b, english)
	return seal(b, from, serial)
}

// wordsOf gives the vendor's words for a command, checked: 1 to 243 printable ASCII characters.
func wordsOf(cmd protocols.Command) (string, error) {
	var words string
	switch cmd.Kind {
	case protocols.Custom:
		words = cmd.Text
	case protocols.Locate:
		words = "WHERE#"
	case protocols.Interval:
		seconds := int(cmd.Every / time.Second)
		if seconds < 5 || seconds > 18000 {
			return "", fmt.Errorf("interval %v: the tracker takes 5 s to 5 h", cmd.Every)
		}
		s := strconv.Itoa(seconds)
		words = "TIMER," + s + "," + s + "#"
	case protocols.Output:
		if cmd.Output != 1 {
			return "", fmt.Errorf("output %d: the tracker has only output 1: %w", cmd.Output, protocols.ErrNoCommand)
		}
		words = relay(cmd.On)
	case protocols.Immobilise, protocols.Release:
		words = relay(cmd.Kind == protocols.Immobilise)
	case protocols.Reboot:
		words = "RESET#"
	default:
		return "", fmt.Errorf("%v: %w", cmd.Kind, protocols.ErrNoCommand)
	}
	return words, check(words)
}

// relay cuts the fuel or restores it.
func relay(on bool) string {
	if on {
		return "RELAY,1#"
	}
	return "RELAY,0#"
}

func check(words string) error {
	if len(words) == 0 || len(words) > maxWords {
		return fmt.Errorf("command of %d characters: 1 to %d are allowed", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' {
			return fmt.Errorf("character %q at place %d of the command: only printable ASCII is allowed", r, i+1)
		}
	}
	return nil
}
