package galileosky

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"drover/protocols"
)

const maxWords = 255 // characters, of which a byte says how many

// Encode writes a command: IMEI, number, command's number, words.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	words, err := wordsOf(cmd, c.immobiliser)
	if err != nil {
		return nil, err
	}
	if len(c.imei) != 15 {
		return nil, errors.New("the tracker has not said its IMEI yet, which a command must name")
	}
	return appendWords(nil, c.imei, c.number, cmd.ID, words), nil
}

// appendWords appends a command, or the answer to one.
func appendWords(b []byte, imei string, number uint16, id uint32, words string) []byte {
	from := len(b)
	b = append(b, headTags, 0, 0, 0x03)
	b = append(b, imei...)
	b = binary.LittleEndian.AppendUint16(append(b, 0x04), number)
	b = binary.LittleEndian.AppendUint32(append(b, 0xE0), id)
	b = append(b, tagText, byte(len(words)))
	return seal(append(b, words...), from)
}

// text gives a command as an SMS: the same words, from a telephone that the tracker was told to trust.
func text(d protocols.Device, cmd protocols.Command) (string, error) {
	var output byte
	if v := d.Options[optionImmobiliser]; len(v) == 1 && v[0] >= '0' && v[0] <= '3' {
		output = v[0] - '0'
	}
	return wordsOf(cmd, output)
}

// wordsOf gives the vendor's words for a command, checked.
func wordsOf(cmd protocols.Command, immobiliser byte) (string, error) {
	switch cmd.Kind {
	case protocols.Custom:
		return cmd.Text, check("command", cmd.Text, "")
	case protocols.Locate:
		return "status", nil
	case protocols.Interval:
		seconds := int(cmd.Every / time.Second)
		if seconds < 1 || seconds > 65535 {
			return "", fmt.Errorf("interval %v: the tracker takes 1 to 65535 s", cmd.Every)
		}
		s := strconv.Itoa(seconds)
		return "period " + s + "," + s, nil
	case protocols.Output:
		if cmd.Output < 1 || cmd.Output > 4 {
			return "", fmt.Errorf("output %d: the tracker takes 1 to 4 (its 0 to 3)", cmd.Output)
		}
		return output(cmd.Output-1, cmd.On), nil
	case protocols.Immobilise, protocols.Release:
		return output(int(immobiliser), cmd.Kind == protocols.Immobilise), nil
	case protocols.Reboot:
		return "reset", nil
	case protocols.SetServer:
		if cmd.Port < 1 || cmd.Port > 65535 {
			return "", fmt.Errorf("port %d: the tracker takes 1 to 65535", cmd.Port)
		}
		words := "serverip " + cmd.Host + "," + strconv.Itoa(cmd.Port)
		return words, errors.Join(check("host", cmd.Host, " ,;"), check("command", words, ""))
	case protocols.SetAPN:
		words := "apn " + cmd.APN + "," + cmd.User + "," + cmd.Secret
		return words, errors.Join(check("access point", cmd.APN, " ,;"), optional("user", cmd.User),
			optional("password", cmd.Secret), check("command", words, ""))
	}
	return "", fmt.Errorf("%v: %w", cmd.Kind, protocols.ErrNoCommand)
}

func output(number int, on bool) string {
	if on {
		return "out " + strconv.Itoa(number) + ",1"
	}
	return "out " + strconv.Itoa(number) + ",0"
}

func optional(what, words string) error {
	if words == "" {
		return nil
	}
	return check(what, words, " ,;")
}

// check takes 1 to 255 printable ASCII characters, none of them special.
func check(what, words, special string) error {
	if len(words) == 0 || len(words) > maxWords {
		return fmt.Errorf("%s of %d characters: 1 to %d are allowed", what, len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || strings.ContainsRune(special, r) {
			return fmt.Errorf("character %q at place %d of the %s is not allowed", r, i+1, what)
		}
	}
	return nil
}
