package gps103

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"drover/protocols"
)

// maxWords is the most bytes of a custom command.
const maxWords = 160

// errNobody says that no tracker has named itself on the conversation.
var errNobody = errors.New("gps103: the tracker has not said its IMEI yet")

// Encode writes **,imei:<id>,<words>.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	words, err := commandWords(command)
	switch {
	case err != nil:
		return nil, err
	case c.id == "":
		return nil, errNobody
	}
	b := make([]byte, 0, 32+len(words))
	b = append(b, "**,imei:"...)
	b = append(b, c.id...)
	b = append(b, ',')
	return append(b, words...), nil
}

func commandWords(command protocols.Command) (string, error) {
	switch command.Kind {
	case protocols.Custom:
		return command.Text, checkWords("command", command.Text)
	case protocols.Locate:
		return "B", nil
	case protocols.Interval:
		every, err := interval(command.Every, 2)
		return "C," + every, err
	case protocols.Immobilise:
		return "J", nil
	case protocols.Release:
		return "K", nil
	case protocols.Output:
		switch {
		case command.Output == 1 && command.On:
			return "J", nil
		case command.Output == 1:
			return "K", nil
		}
	}
	return "", fmt.Errorf("gps103: %v: %w", command.Kind, protocols.ErrNoCommand)
}

// interval writes a time as two or three digits and s, m or h.
func interval(every time.Duration, width int) (string, error) {
	most := time.Duration(99)
	if width == 3 {
		most = 255
	}
	for _, unit := range [...]struct {
		of   time.Duration
		name string
	}{{time.Second, "s"}, {time.Minute, "m"}, {time.Hour, "h"}} {
		n := every / unit.of
		if n < 1 || n > most || every%unit.of != 0 {
			continue
		}
		digits := strconv.Itoa(int(n))
		for len(digits) < width {
			digits = "0" + digits
		}
		return digits + unit.name, nil
	}
	return "", fmt.Errorf("gps103: interval %v is not 1..%d whole seconds, minutes or hours", every, most)
}

// checkWords refuses what could end the frame or is no printable ASCII.
func checkWords(field, words string) error {
	if words == "" || len(words) > maxWords {
		return fmt.Errorf("gps103: the %s has %d bytes, not 1..%d", field, len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || r == ';' || r == '*' || r == '#' {
			return fmt.Errorf("gps103: character %q at byte %d of the %s can not be sent", r, i, field)
		}
	}
	return nil
}
