package teltonika

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

const (
	maxCommand = 512                   // characters of a command over the data connection
	maxOutput  = 4                     // digital outputs of the largest model
	maxPeriod  = 2592000 * time.Second // of parameters 10000, 10050 …: 30 days
)

// Why a command has no words.
var (
	errEmpty  = errors.New("an empty command")
	errOutput = fmt.Errorf("outputs are 1 to %d", maxOutput)
	errPort   = errors.New("ports are 1 to 65535")
	errPeriod = fmt.Errorf("the interval is 1s to %s", maxPeriod)
)

// Encode writes a command as a request of codec 12.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	words, err := words(command)
	if err != nil {
		return nil, err
	}
	if len(words) > maxCommand {
		return nil, &wire.Error{Field: "command", Offset: maxCommand, Err: wire.ErrTooLong}
	}
	return appendMessage(nil, codec12, typeCommand, []byte(words)), nil
}

// words are a command in the vendor's words ("FMB SMS/GPRS Commands").
func words(c protocols.Command) (string, error) {
	switch c.Kind {
	case protocols.Custom:
		return c.Text, plainText("command", c.Text)
	case protocols.Locate:
		return "getrecord", nil
	case protocols.Interval:
		return periods(c.Every)
	case protocols.Output:
		if c.Output < 1 || c.Output > maxOutput {
			return "", errOutput
		}
		state := "0"
		if c.On {
			state = "1"
		}
		return "setdigout " + strings.Repeat("?", c.Output-1) + state, nil
	case protocols.Immobilise:
		return "setdigout 1", nil
	case protocols.Release:
		return "setdigout 0", nil
	case protocols.Reboot:
		return "cpureset", nil
	case protocols.SetServer:
		if c.Port < 1 || c.Port > 65535 {
			return "", errPort
		}
		return parameters([]parameter{{"2004", "server", c.Host}, {"2005", "port", strconv.Itoa(c.Port)}})
	case protocols.SetAPN:
		return parameters([]parameter{
			{"2001", "access point", c.APN}, {"2002", "user", c.User}, {"2003", "password", c.Secret}})
	}
	return "", fmt.Errorf("%s: %w", c.Kind, protocols.ErrNoCommand)
}

// periods sets how often a record is made and sent: standing and moving, at home and roaming.
func periods(every time.Duration) (string, error) {
	if every < time.Second || every > maxPeriod {
		return "", errPeriod
	}
	seconds := strconv.FormatInt(int64(every/time.Second), 10)
	var b strings.Builder
	b.WriteString("setparam ")
	for i, parameter := range [...]string{"10000", "10005", "10050", "10055", "10100", "10105", "10150", "10155"} {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(parameter + ":" + seconds)
	}
	return b.String(), nil
}

// parameter is a value by its number in the configuration.
type parameter struct{ number, field, value string }

// parameters sets some. A value cannot be empty nor hold what separates it from the next; the first cannot be left out,
// the others are if empty.
func parameters(all []parameter) (string, error) {
	words := "setparam "
	for i, p := range all {
		if i > 0 && p.value == "" {
			continue
		}
		if err := plainText(p.field, p.value); err != nil {
			return "", err
		}
		if at := strings.IndexAny(p.value, ";: "); at >= 0 {
			return "", &wire.Error{Field: p.field, Offset: at, Err: fmt.Errorf("%q ends a value", p.value[at])}
		}
		if i > 0 {
			words += ";"
		}
		words += p.number + ":" + p.value
	}
	return words, nil
}

// plainText is an error if s is empty or has anything but printable ASCII.
func plainText(field, s string) error {
	if s == "" {
		return errEmpty
	}
	for i, c := range s {
		if c < ' ' || c > '~' {
			return &wire.Error{Field: field, Offset: i, Err: fmt.Errorf("%q is no printable ASCII", c)}
		}
	}
	return nil
}

// appendMessage appends a packet with one message of codec 12.
func appendMessage(b []byte, codec, what byte, body []byte) []byte {
	b = append(b, 0, 0, 0, 0, 0, 0, 0, 0)
	start := len(b)
	b = append(b, codec, 1, what)
	b = binary.BigEndian.AppendUint32(b, uint32(len(body)))
	b = append(b, body...)
	b = append(b, 1)
	return closePacket(b, start)
}

// closePacket writes the length of the data, which start there, and appends their checksum.
func closePacket(b []byte, start int) []byte {
	binary.BigEndian.PutUint32(b[start-4:], uint32(len(b)-start))
	return binary.BigEndian.AppendUint32(b, uint32(wire.CRC16ARC(b[start:])))
}
