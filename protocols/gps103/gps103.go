// Package gps103 speaks the text protocol of Coban's trackers: TK102-2, TK103-2B, GPS103, GPS303, GPS305, GPS306,
// GPS403 and what is sold under other names with the same firmware.
//
// The vendor's papers are "GPRS Protocol" (Shenzhen Coban Electronics, 2014) and "GPS103/TK103 GPRS data protocol". The
// layouts of position, cell report, login, heartbeat and OBD line are borne out by captured messages; photos, the words
// of most alarms and the answers to commands are from general knowledge.
//
// # Identity and time
//
// Each message names its device by IMEI. A position carries its date in local time and its hour in UTC: the day of the
// UTC time is the one that brings both within half a day of each other, or, if the profile says the clock's offset,
// closest to local time less offset. A message that has no UTC part is in local time.
//
// # Checksum
//
// There is none.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols,
// protocols/texts and protocols/wire beside the standard library.
package gps103

import (
	"time"

	"drover/protocols"
	"drover/protocols/texts"
	"drover/protocols/wire"
)

// Protocol is the GPS103 family, usually on port 5001.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "gps103",
		Port:     5001,
		UDP:      true,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{unit: metres} },
		Text:     text,
		ReadText: texts.Read,
		HearText: ear().Hear,
		Speak:    speak,
		Options: []protocols.Option{{
			Name:   optionMileage,
			About:  "The unit of the total mileage in OBD lines: some trackers that read it from the car say kilometres.",
			Values: []string{"m", "km"},
		}},
		Guide: guide(),
	}
}

// The option's name and the metres of its units.
const (
	optionMileage = "obd_mileage_unit"
	kilometres    = 1000
	metres        = 1
)

// codec is the server's side of one conversation.
type codec struct {
	id     string // who spoke last
	offset protocols.Opt[time.Duration]
	unit   float64 // of OBD mileage, in metres
}

// Know takes the clock's offset, the unit of mileage and, if it has not spoken yet, the identity.
func (c *codec) Know(d protocols.Device) {
	c.offset, c.unit = d.Offset, metres
	if d.Options[optionMileage] == "km" {
		c.unit = kilometres
	}
	if c.id == "" {
		c.id = d.Identity
	}
}

// record is the room for what a message commonly means, so that it costs one allocation.
type record struct {
	columns    wire.Columns
	positions  [1]protocols.Position
	attributes [10]protocols.Attribute
	reply      [32]byte
}

// Decode reads a login, a heartbeat or a message.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	var m protocols.Message
	n := digitsOf(frame)
	switch {
	case len(frame) > len(login) && string(frame[:len(login)]) == login:
		return m, c.login(frame, &m)
	case n >= minID && n <= maxID:
		m.Device = c.speaker(frame[:n])
		m.Reply = []byte("ON")
		if n == len(frame) {
			return m, nil
		}
		frame = frame[n:]
	}
	if len(frame) < len(opening) || string(frame[:len(opening)]) != opening {
		return m, &wire.Error{Field: "head", Err: wire.ErrUnknown}
	}
	return m, c.message(frame, &m)
}

func (c *codec) login(frame []byte, m *protocols.Message) error {
	id := frame[len(login):]
	id = id[:digitsOf(id)]
	if len(id) < minID || len(id) > maxID {
		return &wire.Error{Field: "imei", Offset: len(login), Err: wire.ErrValue}
	}
	m.Device = c.speaker(id)
	m.Reply = []byte("LOAD")
	return nil
}

// message reads imei:<id>,<keyword>,…
func (c *codec) message(frame []byte, m *protocols.Message) error {
	r := new(record)
	r.columns.Cut(frame, ',')
	s := &r.columns
	id := s.At(colID)[len(opening):]
	if len(id) < minID || len(id) > maxID || !wire.Digits(id) {
		return &wire.Error{Field: "imei", Offset: len(opening), Err: wire.ErrValue}
	}
	m.Device = c.speaker(id)
	if s.Len() < 2 {
		return &wire.Error{Field: "keyword", Offset: len(frame), Err: wire.ErrShort}
	}
	p := &r.positions[0]
	p.Attributes = r.attributes[:0]
	m.Positions = r.positions[:]
	word := s.At(colWord)
	switch {
	case word.Is("OBD"):
		c.obd(s, p)
	case isPhoto(word):
		photo(s, p)
	case isDashboard(s):
		dashboard(s, p)
	default:
		if word.Is("help me") {
			m.Reply = append(r.reply[:0], "**,imei:"...)
			m.Reply = append(append(m.Reply, id...), ",E;"...)
		}
		if isAnswer(word) {
			m.Result = &protocols.Result{Text: string(word)}
		}
		return c.report(s, p)
	}
	return nil
}

// speaker gives digits as a string, and the same string as long as the same device speaks.
func (c *codec) speaker(digits []byte) string {
	if string(digits) != c.id {
		c.id = string(digits)
	}
	return c.id
}

// digitsOf is how many digits b starts with.
func digitsOf(b []byte) int {
	n := 0
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	return n
}

// noteColumn adds an attribute if the column says something; a number stays a number.
func noteColumn(p *protocols.Position, name string, b wire.Field) {
	if len(b) == 0 {
		return
	}
	if mantissa, scale, ok := b.Decimal(); ok {
		p.Note(name, protocols.Decimal(mantissa, scale))
		return
	}
	p.Note(name, protocols.Text(string(b)))
}
