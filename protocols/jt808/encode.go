package jt808

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"drover/protocols"
)

// The names of the options.
const (
	optionCarrier = "custom_command"
	optionRelay   = "engine_command"
)

// What carries a custom command.
const (
	carrierText        = "text"
	carrierParameter   = "parameter"
	carrierTransparent = "transparent"
	carrierRaw         = "raw"
)

// How the engine is cut.
const (
	relayF0    = "f0"
	relay64    = "64"
	relayWords = "words"
	relayOil   = "a006"
)

var (
	carriers = [...]string{carrierText, carrierParameter, carrierTransparent, carrierRaw}
	relays   = [...]string{relayF0, relay64, relayWords, relayOil}
)

// The parameters that are set.
const (
	parameterAPN      = 0x0010
	parameterUser     = 0x0011
	parameterSecret   = 0x0012
	parameterHost     = 0x0013
	parameterPort     = 0x0018
	parameterInterval = 0x0029
	parameterWords    = 0xF030
)

const (
	controlReset = 4
	maxText      = 1000 // characters of a custom command
	maxValue     = 255  // bytes of a parameter
)

var errUnknown = errors.New("the terminal has not said who it is yet")

// Encode writes a command to the last speaker.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	kind, body, err := c.command(command)
	if err != nil {
		return nil, err
	}
	if c.idLen == 0 {
		return nil, errUnknown
	}
	e := envelope{mark: mark, versioned: c.versioned, version: c.version, id: c.id[:c.idLen]}
	if c.mark != 0 {
		e.mark = c.mark
	}
	c.serial++
	if command.ID != 0 {
		c.asked[c.askedNext] = asked{serial: c.serial, id: command.ID}
		c.askedNext = (c.askedNext + 1) % len(c.asked)
	}
	return e.appendFrame(nil, kind, c.serial, body), nil
}

// command gives the message of a command.
func (c *codec) command(command protocols.Command) (kind uint16, body []byte, err error) {
	switch command.Kind {
	case protocols.Custom:
		return c.custom(command.Text)
	case protocols.Locate:
		return kindLocate, nil, nil
	case protocols.Interval:
		body, err = interval(command.Every)
		return kindSet, body, err
	case protocols.Immobilise, protocols.Release:
		kind, body = c.engine(command.Kind == protocols.Immobilise)
		return kind, body, nil
	case protocols.Reboot:
		return kindControl, []byte{controlReset}, nil
	case protocols.SetServer:
		if command.Port < 1 || command.Port > 65535 {
			return 0, nil, fmt.Errorf("port %d: 1 to 65535 are allowed", command.Port)
		}
		body, err = texts([]byte{2}, [...]setting{{parameterHost, "host", command.Host}})
		body = append(body, 0, 0, 0, parameterPort, 4)
		return kindSet, binary.BigEndian.AppendUint32(body, uint32(command.Port)), err
	case protocols.SetAPN:
		return accessPoint(command)
	}
	return 0, nil, fmt.Errorf("%v: %w", command.Kind, protocols.ErrNoCommand)
}

// custom carries words as the profile or the model says.
func (c *codec) custom(words string) (kind uint16, body []byte, err error) {
	if c.carrier == carrierRaw {
		return raw(words)
	}
	if err := check("command", words, maxText); err != nil {
		return 0, nil, err
	}
	switch c.carrier {
	case carrierParameter:
		body, err = texts([]byte{1}, [...]setting{{parameterWords, "command", words}})
		return kindSet, body, err
	case carrierTransparent:
		return kindDownlink, append([]byte{0xF0}, words...), nil
	}
	body = []byte{1}
	if c.versioned {
		body = append(body, 1)
	}
	return kindSendText, append(body, words...), nil
}

// raw is a message in hexadecimal: its id and its body.
func raw(words string) (kind uint16, body []byte, err error) {
	data, err := hex.DecodeString(words)
	if err != nil || len(data) < 2 || len(data)-2 > lengthBits {
		return 0, nil, fmt.Errorf("command of %d characters: a message id and up to 1023 bytes in hexadecimal are allowed",
			len(words))
	}
	return u16(data), data[2:], nil
}

// interval sets the time between reports.
func interval(every time.Duration) ([]byte, error) {
	const most = 24 * time.Hour
	if every < time.Second || every > most {
		return nil, fmt.Errorf("interval %v: 1 s to 24 h are allowed", every)
	}
	body := []byte{1, 0, 0, 0, parameterInterval, 4}
	return binary.BigEndian.AppendUint32(body, uint32(every/time.Second)), nil
}

// engine cuts the engine or lets it run.
func (c *codec) engine(stop bool) (kind uint16, body []byte) {
	switch c.relay {
	case relay64:
		return kindControl, []byte{choose(stop, 0x64, 0x65)}
	case relayWords:
		return kindControl, []byte{'#', '0', ';', choose(stop, '1', '0')}
	case relayOil:
		return kindOil, appendTime([]byte{choose(stop, 1, 0)}, c.at.UTC().Add(c.offset))
	}
	return kindControl, []byte{choose(stop, 0xF0, 0xF1)}
}

func choose(first bool, a, b byte) byte {
	if first {
		return a
	}
	return b
}

func accessPoint(command protocols.Command) (kind uint16, body []byte, err error) {
	body, err = texts([]byte{3}, [...]setting{
		{parameterAPN, "access point", command.APN},
		{parameterUser, "user", command.User},
		{parameterSecret, "password", command.Secret},
	})
	return kindSet, body, err
}

// setting is a parameter that is a text.
type setting struct {
	id          uint32
	name, value string
}

// texts appends parameters that are texts: ids of four bytes, lengths of one.
func texts[S [1]setting | [3]setting](b []byte, settings S) ([]byte, error) {
	for i := range len(settings) {
		s := settings[i]
		if s.value != "" || s.id != parameterUser && s.id != parameterSecret {
			if err := check(s.name, s.value, maxValue); err != nil {
				return nil, err
			}
		}
		b = binary.BigEndian.AppendUint32(b, s.id)
		b = append(b, byte(len(s.value)))
		b = append(b, s.value...)
	}
	return b, nil
}

// check refuses what is empty, too long or not printable ASCII.
func check(name, words string, most int) error {
	if len(words) == 0 || len(words) > most {
		return fmt.Errorf("%s of %d characters: 1 to %d are allowed", name, len(words), most)
	}
	for i, r := range words {
		if r < ' ' || r > '~' {
			return fmt.Errorf("character %s at place %d of the %s: only printable ASCII is allowed",
				strconv.QuoteRune(r), i+1, name)
		}
	}
	return nil
}
