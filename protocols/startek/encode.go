package startek

import (
	"errors"
	"fmt"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

const (
	maxWords = 512 // the most bytes of a command
	outputs  = 2   // the most outputs
)

var errNobody = errors.New("startek: no device has spoken yet")

// Encode frames a command for the device that spoke last.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	words, err := commandWords(command)
	if err != nil {
		return nil, err
	}
	if c.device == "" {
		return nil, errNobody
	}
	return appendFrame(make([]byte, 0, 32+len(words)), "$$", ':', c.device, words), nil
}

// commandWords are the number of a command and its parameters.
func commandWords(command protocols.Command) (string, error) {
	switch command.Kind {
	case protocols.Custom:
		return command.Text, check("command", command.Text)
	case protocols.Output:
		return output(command.Output, command.On)
	case protocols.Immobilise:
		return output(1, true)
	case protocols.Release:
		return output(1, false)
	}
	return "", fmt.Errorf("startek: %v: %w", command.Kind, protocols.ErrNoCommand)
}

// output is 900: the output's number and 1 or 0.
func output(number int, on bool) (string, error) {
	if number < 1 || number > outputs {
		return "", fmt.Errorf("startek: output %d is not in 1..%d", number, outputs)
	}
	if on {
		return "900," + strconv.Itoa(number) + ",1", nil
	}
	return "900," + strconv.Itoa(number) + ",0", nil
}

// check refuses what is no printable ASCII or could look like a frame's start.
func check(what, words string) error {
	switch {
	case words == "":
		return fmt.Errorf("startek: the %s is empty", what)
	case len(words) > maxWords:
		return fmt.Errorf("startek: the %s has %d bytes, more than %d", what, len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || r == '$' || r == '&' {
			return fmt.Errorf("startek: character %q at byte %d of the %s can not be sent", r, i, what)
		}
	}
	return nil
}

// appendFrame writes two signs, a flag, the length from the first comma to the checksum, IMEI, words, checksum, CR, LF.
func appendFrame(b []byte, signs string, flag byte, device, words string) []byte {
	const digits = "0123456789ABCDEF"
	from := len(b)
	b = append(append(b, signs...), flag)
	b = strconv.AppendInt(b, int64(1+len(device)+1+len(words)), 10)
	b = append(append(b, ','), device...)
	b = append(append(b, ','), words...)
	sum := wire.Sum8(b[from:])
	return append(b, digits[sum>>4], digits[sum&15], '\r', '\n')
}
