package meitrack

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// The shortest and longest interval of A12; it counts in tens of seconds.
const (
	minInterval = 10 * time.Second
	maxInterval = 65535 * 10 * time.Second
	maxWords    = 512 // the most bytes of a command
	outputs     = 5   // the most outputs
)

var errNobody = errors.New("meitrack: no device has spoken yet")

// Encode frames a command for the device that spoke last.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	words, err := commandWords(command)
	if err != nil {
		return nil, err
	}
	if c.device == "" {
		return nil, errNobody
	}
	return c.answer('A', []byte(words)), nil
}

// commandWords are the letters of a command and its parameters.
func commandWords(command protocols.Command) (string, error) {
	switch command.Kind {
	case protocols.Custom:
		return command.Text, check("command", command.Text, "*")
	case protocols.Locate:
		return "A10", nil
	case protocols.Interval:
		every := command.Every
		if every < minInterval || every > maxInterval || every%minInterval != 0 {
			return "", fmt.Errorf("meitrack: interval %v is not a multiple of 10s in %v..%v", every, minInterval, maxInterval)
		}
		return "A12," + strconv.Itoa(int(every/minInterval)), nil
	case protocols.Output:
		return output(command.Output, command.On)
	case protocols.Immobilise:
		return output(1, true)
	case protocols.Release:
		return output(1, false)
	case protocols.Reboot:
		return "F01", nil
	case protocols.SetServer:
		return server(command)
	}
	return "", fmt.Errorf("meitrack: %v: %w", command.Kind, protocols.ErrNoCommand)
}

// output is C01: the speed below which to act, 0 for any, and a digit for each output, 2 leaving it as it is.
func output(number int, on bool) (string, error) {
	if number < 1 || number > outputs {
		return "", fmt.Errorf("meitrack: output %d is not in 1..%d", number, outputs)
	}
	digits := []byte("C01,0,22222")
	digits[5+number] = '0'
	if on {
		digits[5+number] = '1'
	}
	return string(digits), nil
}

// server is A21: TCP, address, port, access point, user and password. The access point's three stay empty, which
// trackers take as "none", unless the command says them.
func server(command protocols.Command) (string, error) {
	if command.Port < 1 || command.Port > 65535 {
		return "", fmt.Errorf("meitrack: port %d is not in 1..65535", command.Port)
	}
	for _, f := range [...]struct{ name, text string }{
		{"host", command.Host}, {"access point", command.APN}, {"user", command.User}, {"password", command.Secret},
	} {
		if f.text == "" && f.name != "host" {
			continue
		}
		if err := check(f.name, f.text, "*,"); err != nil {
			return "", err
		}
	}
	return "A21,1," + command.Host + "," + strconv.Itoa(command.Port) + "," + command.APN + "," + command.User + "," +
		command.Secret, nil
}

// check refuses what could end the frame or is no printable ASCII.
func check(what, words, specials string) error {
	switch {
	case words == "":
		return fmt.Errorf("meitrack: the %s is empty", what)
	case len(words) > maxWords:
		return fmt.Errorf("meitrack: the %s has %d bytes, more than %d", what, len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || strings.ContainsRune(specials, r) {
			return fmt.Errorf("meitrack: character %q at byte %d of the %s can not be sent", r, i, what)
		}
	}
	return nil
}

// appendFrame writes two signs, a flag, the length from the first comma on, IMEI, words, *, checksum, CR and LF.
func appendFrame[W ~string | ~[]byte](b []byte, signs string, flag byte, device string, words W) []byte {
	from := len(b)
	b = append(append(b, signs...), flag)
	b = appendNumber(b, 1+len(device)+1+len(words)+5)
	b = append(append(b, ','), device...)
	b = append(append(b, ','), words...)
	return appendSum(append(b, '*'), from)
}

// appendSum writes the checksum of b from that byte on, CR and LF.
func appendSum(b []byte, from int) []byte {
	const digits = "0123456789ABCDEF"
	sum := wire.Sum8(b[from:])
	return append(b, digits[sum>>4], digits[sum&15], '\r', '\n')
}

func appendNumber(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }
