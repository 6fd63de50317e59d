package xirgo

import (
	"fmt"
	"strconv"
	"strings"

	"drover/protocols"
)

// maxWords is the longest command, in characters: that of an SMS.
const maxWords = 160

// The sense of output 1's relay.
const (
	optionEngine = "engine_relay"
	engineOpen   = "closed_runs"
	engineClosed = "closed_stops"
)

var engineValues = [...]string{engineOpen, engineClosed}

// Encode writes a command in words, as it would come by SMS.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	words, err := wordsOf(command, c.closed)
	return []byte(words), err
}

// text gives a command as an SMS.
func text(d protocols.Device, command protocols.Command) (string, error) {
	return wordsOf(command, d.Options[optionEngine] == engineClosed)
}

// wordsOf are a command's words.
func wordsOf(command protocols.Command, closed bool) (string, error) {
	switch command.Kind {
	case protocols.Custom:
		if err := check("command", command.Text, ""); err != nil {
			return "", err
		}
		if !strings.HasPrefix(command.Text, string(answer)) {
			return "", fmt.Errorf("command %q does not start with %s", command.Text, answer)
		}
		return command.Text, nil
	case protocols.Locate:
		return "+XT:7001,1", nil
	case protocols.Output:
		if command.Output != 1 {
			return "", fmt.Errorf("output %d: the tracker has only output 1: %w", command.Output, protocols.ErrNoCommand)
		}
		return relay(command.On), nil
	case protocols.Immobilise, protocols.Release:
		return relay((command.Kind == protocols.Immobilise) == closed), nil
	case protocols.Reboot:
		return "+XT:7008", nil
	case protocols.SetServer:
		if command.Port < 1 || command.Port > 65535 {
			return "", fmt.Errorf("port %d: 1 to 65535 are allowed", command.Port)
		}
		if err := check("host", command.Host, ", "); err != nil {
			return "", err
		}
		return "+XT:1001," + strconv.Itoa(command.Port) + "," + command.Host + ",4,0,0", nil
	case protocols.SetAPN:
		if err := check("access point", command.APN, ","); err != nil {
			return "", err
		}
		for _, part := range [...]struct{ name, value string }{{"user", command.User}, {"password", command.Secret}} {
			if part.value == "" {
				continue
			}
			if err := check(part.name, part.value, ","); err != nil {
				return "", err
			}
		}
		return "+XT:1002," + command.User + "," + command.Secret + "," + command.APN, nil
	}
	return "", fmt.Errorf("%v: %w", command.Kind, protocols.ErrNoCommand)
}

// relay closes output 1 or opens it.
func relay(closed bool) string {
	if closed {
		return "+XT:7005,2,1"
	}
	return "+XT:7005,1,1"
}

// check refuses what is empty, too long, not printable ASCII, or holds a character that parts fields or commands.
func check(name, words, special string) error {
	if len(words) == 0 || len(words) > maxWords {
		return fmt.Errorf("%s of %d characters: 1 to %d are allowed", name, len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || strings.ContainsRune(special, r) {
			return fmt.Errorf("character %s at place %d of the %s is not allowed", strconv.QuoteRune(r), i+1, name)
		}
	}
	if i := strings.Index(words[1:], string(answer)); i >= 0 {
		return fmt.Errorf("characters %q at place %d of the %s start another command", answer, i+2, name)
	}
	return nil
}
