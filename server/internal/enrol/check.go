// Package enrol checks devices and SIMs that somebody wants to add, and takes many of them from CSV: the same for the
// API and the command line.
//
// Its functions keep nothing between two calls. It knows the store's nouns, but neither SQL nor HTTP.
package enrol

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"drover/server/internal/store"
)

// Fault is what is wrong with one member of a device.
type Fault struct {
	Member  string // as the column is named
	Message string // "want …"
	Value   string // what it is instead
}

// Error names the member and says what is wanted.
func (f *Fault) Error() string { return f.Member + " " + strconv.Quote(f.Value) + ": " + f.Message }

// column is a member of a thing, as a file has it.
type column struct {
	name  string
	value *string
	most  int // characters
}

func columns(d *store.NewDevice) []column {
	return []column{
		{"identity", &d.Identity, 64}, {"name", &d.Name, 200}, {"plate", &d.Plate, 50}, {"group", &d.Group, 200},
		{"protocol", &d.Protocol, 50}, {"model", &d.Model, 100}, {"phone", &d.Phone, 20},
	}
}

// Check trims a new device's members and gives the first that is wrong, nil for none. It may name one of protocols.
func Check(d *store.NewDevice, protocols []string) *Fault {
	for _, c := range columns(d) {
		*c.value = strings.TrimSpace(*c.value)
		if f := checkText(c.name, *c.value, c.most); f != nil {
			return f
		}
	}
	if d.Identity == "" {
		return &Fault{"identity", "want the IMEI or the number that the tracker says", ""}
	}
	if strings.ContainsFunc(d.Identity, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return &Fault{"identity", "want letters, digits and signs of ASCII, without spaces", d.Identity}
	}
	return CheckProtocol(d.Protocol, protocols)
}

// CheckProtocol says what is wrong with the name of the protocol that a device must speak, nil if nothing is. No name
// stands for any protocol.
func CheckProtocol(name string, protocols []string) *Fault {
	if name == "" || slices.Contains(protocols, name) {
		return nil
	}
	return &Fault{"protocol", "want one of " + strings.Join(protocols, ", ") + ", or nothing for any", name}
}

// checkText says what is wrong with a text of at most so many characters, nil if nothing is.
func checkText(member, s string, most int) *Fault {
	switch {
	case !utf8.ValidString(s):
		return &Fault{member, "want UTF-8", strconv.QuoteToASCII(s)}
	case utf8.RuneCountInString(s) > most:
		return &Fault{member, "want at most " + strconv.Itoa(most) + " characters", s}
	case strings.ContainsFunc(s, unicode.IsControl):
		return &Fault{member, "want no control characters", s}
	}
	return nil
}
