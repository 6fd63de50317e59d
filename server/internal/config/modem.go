package config

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Modem is a GSM modem attached to this machine, and how much its SIM may send.
type Modem struct {
	Name     string
	URL      string   // serial:/dev/…?baud=…, tcp://host:port or unix:path
	PIN      string   // digits, or file:PATH of a file that holds them
	PINAgain bool     // try the PIN although it was refused before
	Number   string   // of its SIM, for SIMs that do not tell it
	Prefixes []string // of the numbers that its SIM is meant for
	Balance  string   // USSD code
	// Limits on what its SIM sends; 0: none.
	Minute, Hour, Day, Month, Recipients int
}

const modemForm = "NAME=URL[;pin=…][;pin-again][;number=+33…][;prefix=+33][;minute=10][;hour=…][;day=…]" +
	"[;month=…][;recipients=…][;balance=*100#]"

var modemOptions = []string{
	"pin", "pin-again", "number", "prefix", "minute", "hour", "day", "month", "recipients", "balance",
}

// UnmarshalText reads NAME=URL with options behind it, each after a semicolon; prefix may come several times.
func (m *Modem) UnmarshalText(text []byte) error {
	parts := strings.Split(string(text), ";")
	name, url, ok := strings.Cut(parts[0], "=")
	if !ok || name == "" || url == "" {
		return fmt.Errorf("modem: %q is not %s", parts[0], modemForm)
	}
	*m = Modem{Name: name, URL: url}
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") != "" || len(name) > 40 {
		return fmt.Errorf("modem: the name %q may have - _ . and letters and digits, at most 40", name)
	}
	scheme, _, _ := strings.Cut(url, ":")
	if !slices.Contains([]string{"serial", "tcp", "unix"}, scheme) {
		return fmt.Errorf("modem %s: %q does not begin with serial:, tcp:// or unix: as it must", name, url)
	}
	for _, part := range parts[1:] {
		if err := m.option(part); err != nil {
			return err
		}
	}
	return nil
}

func (m *Modem) option(part string) error {
	key, value, _ := strings.Cut(part, "=")
	switch key {
	case "pin":
		m.PIN = value
		if digits := strings.Trim(value, "0123456789") == "" && len(value) >= 4 && len(value) <= 8; !digits &&
			!strings.HasPrefix(value, "file:") {
			return fmt.Errorf("modem %s: pin must be 4 to 8 digits, or file:PATH", m.Name)
		}
	case "pin-again":
		m.PINAgain = true
	case "number", "prefix":
		if digits, ok := strings.CutPrefix(value, "+"); !ok || digits == "" || strings.Trim(digits, "0123456789") != "" {
			return fmt.Errorf("modem %s: %s is %q, + and digits are needed, such as +33", m.Name, key, value)
		}
		if key == "number" {
			m.Number = value
		} else {
			m.Prefixes = append(m.Prefixes, value)
		}
	case "balance":
		if value == "" || strings.Trim(value, "0123456789*#") != "" {
			return fmt.Errorf("modem %s: balance is %q, a USSD code such as *100# is needed", m.Name, value)
		}
		m.Balance = value
	default:
		return m.limit(key, value)
	}
	return nil
}

func (m *Modem) limit(key, value string) error {
	limits := map[string]*int{
		"minute": &m.Minute, "hour": &m.Hour, "day": &m.Day, "month": &m.Month, "recipients": &m.Recipients,
	}
	limit, ok := limits[key]
	if !ok {
		return fmt.Errorf("modem %s: option %q is not one of %s", m.Name, key, strings.Join(modemOptions, ", "))
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > 1_000_000 {
		return fmt.Errorf("modem %s: %s is %q, allowed are 1 to 1000000; leave it out for no limit", m.Name, key, value)
	}
	*limit = n
	return nil
}

// ReadPIN gives the PIN, from its file if it is in one.
func (m *Modem) ReadPIN() (string, error) {
	path, isFile := strings.CutPrefix(m.PIN, "file:")
	if !isFile {
		return m.PIN, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("modem %s: pin: %w", m.Name, err)
	}
	pin := strings.TrimSpace(string(text))
	if len(pin) < 4 || len(pin) > 8 || strings.Trim(pin, "0123456789") != "" {
		return "", fmt.Errorf("modem %s: pin: %s does not hold 4 to 8 digits", m.Name, path)
	}
	return pin, nil
}

func (s *Server) checkModems() (bad []error) {
	names, urls := map[string]bool{}, map[string]bool{}
	for i := range s.Modems {
		m := &s.Modems[i]
		if names[m.Name] || urls[m.URL] {
			bad = append(bad, fmt.Errorf("modem %s (%s): its name or its URL is given twice", m.Name, m.URL))
		}
		names[m.Name], urls[m.URL] = true, true
		if _, err := m.ReadPIN(); err != nil {
			bad = append(bad, err)
		}
	}
	if s.BalanceAlarm < 0 {
		bad = append(bad, errors.New("balance-alarm must be 0 or more"))
	}
	return bad
}

// redactedModems are the modems without their PINs.
func redactedModems(modems []Modem) []Modem {
	modems = slices.Clone(modems)
	for i := range modems {
		if m := &modems[i]; m.PIN != "" && !strings.HasPrefix(m.PIN, "file:") {
			m.PIN = "xxxx"
		}
	}
	return modems
}
