package fifotrack

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxWords is the most bytes of a command.
const maxWords = 512

var errNobody = errors.New("fifotrack: no device has spoken yet")

// Encode frames a command for the device that spoke last, with a number of its own.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	words, err := commandWords(command)
	if err != nil {
		return nil, err
	}
	if c.device == "" {
		return nil, errNobody
	}
	if c.number++; c.number == 0 {
		c.number = 1
	}
	number := strings.ToUpper(strconv.FormatUint(uint64(c.number), 16))
	return appendFrame(make([]byte, 0, 48+len(words)), "##", c.device, number+","+words), nil
}

// commandWords are the letters of a command and its parameters.
func commandWords(command protocols.Command) (string, error) {
	switch command.Kind {
	case protocols.Custom:
		return command.Text, check("command", command.Text, "*")
	case protocols.Locate:
		return "C01", nil
	case protocols.SetServer:
		if command.Port < 1 || command.Port > 65535 {
			return "", fmt.Errorf("fifotrack: port %d is not in 1..65535", command.Port)
		}
		return "B00,1," + command.Host + "," + strconv.Itoa(command.Port), check("host", command.Host, "*,")
	case protocols.SetAPN:
		return accessPoint(command)
	}
	return "", fmt.Errorf("fifotrack: %v: %w", command.Kind, protocols.ErrNoCommand)
}

// accessPoint is B01: the access point, and user and password if it wants them.
func accessPoint(command protocols.Command) (string, error) {
	if err := check("access point", command.APN, "*,"); err != nil {
		return "", err
	}
	if command.User == "" && command.Secret == "" {
		return "B01," + command.APN, nil
	}
	if err := check("user", command.User, "*,"); err != nil {
		return "", err
	}
	if err := check("password", command.Secret, "*,"); err != nil {
		return "", err
	}
	return "B01," + command.APN + "," + command.User + "," + command.Secret, nil
}

// check refuses what could end the frame or a field, or is no printable ASCII.
func check(what, words, specials string) error {
	switch {
	case words == "":
		return fmt.Errorf("fifotrack: the %s is empty", what)
	case len(words) > maxWords:
		return fmt.Errorf("fifotrack: the %s has %d bytes, more than %d", what, len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || strings.ContainsRune(specials, r) {
			return fmt.Errorf("fifotrack: character %q at byte %d of the %s can not be sent", r, i, what)
		}
	}
	return nil
}

// appendFrame writes two signs, the length from the first comma to the asterisk, IMEI, words, *, checksum, CR and LF.
func appendFrame[W ~string | ~[]byte](b []byte, signs, device string, words W) []byte {
	const digits = "0123456789ABCDEF"
	b = append(b, signs...)
	from := len(b)
	b = strconv.AppendInt(b, int64(1+len(device)+1+len(words)), 10)
	b = append(append(b, ','), device...)
	b = append(append(b, ','), words...)
	sum := wire.Xor(b[from:])
	return append(b, '*', digits[sum>>4], digits[sum&15], '\r', '\n')
}
