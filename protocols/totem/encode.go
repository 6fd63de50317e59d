package totem

import (
	"fmt"
	"strconv"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

const (
	defaultPassword = "000000" // that of a new tracker
	maxWords        = 256      // the most bytes of a command
	outputs         = 3        // the most outputs
)

// Encode frames a command: the words of an SMS, in a frame of type CF without an IMEI.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	words, err := words(c.password, command)
	if err != nil {
		return nil, err
	}
	return appendFrame(make([]byte, 0, 16+len(words)), commandType, words), nil
}

// text writes a command as an SMS.
func text(d protocols.Device, command protocols.Command) (string, error) {
	return words(d.Password, command)
}

// words are an asterisk, the password, the number of a command and its parameters, and #.
func words(password string, command protocols.Command) (string, error) {
	if password == "" {
		password = defaultPassword
	}
	if err := check("password", password, ","); err != nil {
		return "", err
	}
	inner, err := commandWords(command)
	if err != nil {
		return "", err
	}
	return "*" + password + "," + inner + "#", nil
}

func commandWords(command protocols.Command) (string, error) {
	switch command.Kind {
	case protocols.Custom:
		return command.Text, check("command", command.Text, "")
	case protocols.Locate:
		return "721", nil
	case protocols.Output:
		return output(command.Output, command.On)
	case protocols.Immobilise:
		return output(outputs, true)
	case protocols.Release:
		return output(outputs, false)
	case protocols.Reboot:
		return "006", nil
	}
	return "", fmt.Errorf("totem: %v: %w", command.Kind, protocols.ErrNoCommand)
}

// output is 025: a letter for the output, and 1 or 0.
func output(number int, on bool) (string, error) {
	if number < 1 || number > outputs {
		return "", fmt.Errorf("totem: output %d is not in 1..%d", number, outputs)
	}
	letter := string(rune('A' + number - 1))
	if on {
		return "025," + letter + ",1", nil
	}
	return "025," + letter + ",0", nil
}

// check refuses what could end a command or a frame, or is no printable ASCII.
func check(what, words, specials string) error {
	switch {
	case words == "":
		return fmt.Errorf("totem: the %s is empty", what)
	case len(words) > maxWords:
		return fmt.Errorf("totem: the %s has %d bytes, more than %d", what, len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || strings.ContainsRune("#*$|"+specials, r) {
			return fmt.Errorf("totem: character %q at byte %d of the %s can not be sent", r, i, what)
		}
	}
	return nil
}

// appendFrame writes $$, the length of all in four decimal digits, the type, words, and their checksum.
func appendFrame(b []byte, kind, words string) []byte {
	from := len(b)
	b = append(b, "$$"...)
	length := strconv.Itoa(2 + 4 + len(kind) + len(words) + 2)
	b = append(append(b, "0000"[len(length):]...), length...)
	b = append(append(b, kind...), words...)
	return appendHex(b, wire.Xor(b[from:]))
}
