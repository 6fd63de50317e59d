package queclink

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"drover/protocols"
)

// noSerial is the serial number of a command that nobody asks for again.
const noSerial = 0xFFFF

// maxWords is the most characters of a command: what the trackers' buffers take of one.
const maxWords = 1024

// The shortest and longest time between reports that AT+GTFRI takes, in seconds.
const (
	minInterval = 5
	maxInterval = 86400
)

// Encode writes a command as AT+GTxxx=<password>,…,<serial number>$.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	if c.records && command.Kind != protocols.Custom {
		return nil, fmt.Errorf("queclink: %v to a tracker of records: %w", command.Kind, protocols.ErrNoCommand)
	}
	d := c.device
	if d.Password == "" {
		d.Password = c.usualPassword()
	}
	words, err := words(d, command)
	if err != nil {
		return nil, err
	}
	return []byte(words), nil
}

// text writes a command as an SMS: the words are the same.
func text(d protocols.Device, command protocols.Command) (string, error) {
	if d.Password == "" {
		d.Password = strings.ToLower(d.Model)
	}
	return words(d, command)
}

// usualPassword is what the trackers have when new: their model in lower case.
func (c *codec) usualPassword() string {
	if c.device.Model != "" {
		return strings.ToLower(c.device.Model)
	}
	for _, m := range models {
		if model(c.version, m.device) {
			return m.password
		}
	}
	return ""
}

// models are device types and the password that such a tracker has when new.
var models = [...]struct{ device, password string }{
	{"02", "gl200"}, {"04", "gv200"}, {"06", "gv300"}, {"08", "gmt100"}, {"0F", "gv55"}, {"10", "gv55"}, {"11", "gl500"},
	{"1A", "gl300"}, {"1F", "gv500"}, {"25", "gv300"}, {"27", "gv300w"}, {"2C", "gl300w"}, {"2F", "gv55"},
	{"30", "gl300"}, {"31", "gv65"}, {"35", "gv200"}, {"36", "gv500"}, {"38", "gv65"}, {"3F", "gmt100"},
	{"41", "gv75w"}, {"44", "gl530"}, {"45", "gb100"}, {"50", "gv55w"}, {"52", "gl50"}, {"5E", "gv500map"},
	{"6E", "gv310lau"}, {"F1", "gv350m"}, {"F5", "gl300m"}, {"F8", "gv800w"}, {"FC", "gv600w"},
}

var errPassword = errors.New("the device's profile has no password, and its model is not known")

// words writes a command as the papers do.
func words(d protocols.Device, command protocols.Command) (string, error) {
	if command.Kind == protocols.Custom {
		return command.Text + "$", checkWords(command.Text, "$")
	}
	if d.Password == "" {
		return "", errPassword
	}
	if err := checkWords(d.Password, "$,="); err != nil {
		return "", fmt.Errorf("password: %w", err)
	}
	name, parameters, err := parameters(command)
	if err != nil {
		return "", err
	}
	serial := uint32(noSerial)
	if command.ID > 0 && command.ID < noSerial {
		serial = command.ID
	}
	return fmt.Sprintf("AT+GT%s=%s,%s,%04X$", name, d.Password, parameters, serial), nil
}

// parameters gives the name of a command and what stands between password and serial number.
func parameters(command protocols.Command) (name, parameters string, err error) {
	switch command.Kind {
	case protocols.Locate:
		return "RTO", "1,,,,,", nil
	case protocols.Reboot:
		return "RTO", "3,,,,,", nil
	case protocols.Interval:
		seconds := int(command.Every / time.Second)
		if seconds < minInterval || seconds > maxInterval {
			return "", "", fmt.Errorf("interval %v: it must be %d s to %d s", command.Every, minInterval, maxInterval)
		}
		return "FRI", "1,0,,1,0000,0000,," + strconv.Itoa(seconds) + ",,,,,,,,", nil
	case protocols.Output:
		return output(command.Output, command.On)
	case protocols.Immobilise:
		return output(1, true)
	case protocols.Release:
		return output(1, false)
	case protocols.SetServer:
		if err := checkWords(command.Host, "$,"); err != nil {
			return "", "", fmt.Errorf("server: %w", err)
		}
		if command.Port < 1 || command.Port > 65535 {
			return "", "", fmt.Errorf("port %d: it must be 1 to 65535", command.Port)
		}
		return "SRI", "3,,1," + command.Host + "," + strconv.Itoa(command.Port) + ",,,,5,0,,,,", nil
	case protocols.SetAPN:
		for _, s := range []string{command.APN, command.User, command.Secret} {
			if s == "" {
				continue
			}
			if err := checkWords(s, "$,"); err != nil {
				return "", "", fmt.Errorf("access point: %w", err)
			}
		}
		return "BSI", command.APN + "," + command.User + "," + command.Secret + ",,,,", nil
	}
	return "", "", fmt.Errorf("queclink: %v: %w", command.Kind, protocols.ErrNoCommand)
}

// output switches output 1, 2 or 3: each has its state, duration and number of toggles.
func output(n int, on bool) (name, parameters string, err error) {
	if n < 1 || n > 3 {
		return "", "", fmt.Errorf("output %d: it must be 1 to 3", n)
	}
	state := "0"
	if on {
		state = "1"
	}
	return "OUT", strings.Repeat(",,,", n-1) + state + strings.Repeat(",,,", 3-n) + ",,,,,,", nil
}

// checkWords says why words can not be sent: what ends or parts a command must not be inside.
func checkWords(s, specials string) error {
	if s == "" {
		return errors.New("it is empty")
	}
	if len(s) > maxWords {
		return fmt.Errorf("it has %d characters, more than %d", len(s), maxWords)
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || strings.IndexByte(specials, s[i]) >= 0 {
			return fmt.Errorf("character %q at place %d can not be sent", s[i], i+1)
		}
	}
	return nil
}
