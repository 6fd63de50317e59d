package eelink

import (
	"encoding/binary"
	"errors"
	"fmt"

	"drover/protocols"
)

// maxWords is the most characters of a command.
const maxWords = 500

var errUnknown = errors.New("eelink: over UDP a command needs the IMEI, which nobody has said yet")

// Encode writes a command: package 80, 1, the command's id, and the words. Over UDP it goes in a datagram.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	words, err := wordsOf(cmd)
	if err != nil {
		return nil, err
	}
	var b []byte
	if c.udp {
		if c.name == "" {
			return nil, errUnknown
		}
		b = append(b, 'E', 'L', 0, 0, 0, 0)
		b = append(b, c.raw[:]...)
	}
	c.serial++
	b = appendCommand(b, c.serial, cmd.ID, words)
	if c.udp {
		b = wrap(b)
	}
	return b, nil
}

// appendCommand appends a command, or an answer to one.
func appendCommand(b []byte, serial uint16, id uint32, words string) []byte {
	b = append(b, 0x67, 0x67, kindCommand)
	b = binary.BigEndian.AppendUint16(b, uint16(2+5+len(words)))
	b = binary.BigEndian.AppendUint16(b, serial)
	b = append(b, 1)
	b = binary.BigEndian.AppendUint32(b, id)
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
	case protocols.Locate:
		words = "WHERE#"
	case protocols.Output:
		if cmd.Output != 1 {
			return "", fmt.Errorf("eelink: output %d: there is only output 1: %w", cmd.Output, protocols.ErrNoCommand)
		}
		words = relay(cmd.On)
	case protocols.Immobilise, protocols.Release:
		words = relay(cmd.Kind == protocols.Immobilise)
	case protocols.Reboot:
		words = "RESET#"
	default:
		return "", fmt.Errorf("eelink: %v: %w", cmd.Kind, protocols.ErrNoCommand)
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
		return fmt.Errorf("eelink: a command of %d characters: 1 to %d are allowed", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' {
			return fmt.Errorf("eelink: character %q at place %d: only printable ASCII is allowed", r, i+1)
		}
	}
	return nil
}
