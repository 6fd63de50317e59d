// Package starlink speaks the text form of StarLink, the protocol of the trackers of ERM Advanced Telematics (StarLink
// Tracker, TrackerSF and their kin). ERM gives its paper to customers only; the form is known from captured messages
// and from what integrators published of it.
//
// A message is a line: $SLU<id>,<type>,<number>,<fields>*<sum>. Which fields an event report (type 06) has is a setting
// of the tracker, a list of names like #EDT#,#EID#,#PDT#; the wire does not show it, so the profile's option fields
// says it where it is not the usual list. The sum is that of all bytes after the $, modulo 256; a line that breaks it
// is decoded and flagged with checksum_ok = false. Of a line without a sum, which may be cut anywhere, the last field
// is not believed.
//
// There is no login: every line names its device, by a number of six hexadecimal digits or by its IMEI. Times are UTC
// unless the profile says otherwise. Nothing is acknowledged.
//
// A codec belongs to one conversation and keeps who spoke last and the list of fields. The package imports protocols
// and wire only.
package starlink

import (
	"bytes"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// Protocol is the StarLink family.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "starlink",
		Port:  5136,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{columns: usual} },
		Speak: speak,
		Options: []protocols.Option{
			{
				Name:  "fields",
				About: "The names of the fields of an event report, as in the tracker's parameter 0177; empty: " + usualFields,
				Check: checkFields,
			},
			{
				Name:   "dates",
				About:  "Whether dates are written year, month, day or day, month, year.",
				Values: []string{"ymd", "dmy"},
			},
		},
		Guide: guide,
	}
}

// codec is one conversation.
type codec struct {
	id       string        // who spoke last; "" if nobody has
	columns  []column      // the fields of an event report
	given    bool          // the profile says them
	dayFirst bool          // dates are day, month, year
	offset   time.Duration // of the tracker's clock from UTC
}

// Know takes the profile: the list of fields and how its clock stands.
func (c *codec) Know(d protocols.Device) {
	c.columns, c.given = usual, false
	if list := d.Options["fields"]; list != "" && checkFields(list) == nil {
		c.columns, c.given = columns(list), true
	}
	c.dayFirst = d.Options["dates"] == "dmy"
	c.offset = d.Offset.Value
}

// eventReport is the type of message that tells where the tracker is.
const eventReport = "06"

// Decode reads one line.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	var m protocols.Message
	line := bytes.TrimRight(frame, "\r\n\x00 ")
	if !opens(line) {
		return m, &wire.Error{Field: "head", Err: wire.ErrUnknown}
	}
	line, right, cut := checked(line)
	rest := line[len(head):]
	id, rest, ok := bytes.Cut(rest, []byte{','})
	if !ok || !isID(id) {
		return m, &wire.Error{Field: "id", Offset: len(head), Err: wire.ErrValue}
	}
	if string(id) != c.id {
		c.id = string(id)
	}
	m.Device = c.id
	kind, rest, _ := bytes.Cut(rest, []byte{','})
	number, rest, _ := bytes.Cut(rest, []byte{','})
	e := new(entry)
	p := e.open(&m)
	if v, ok := integer(number); ok {
		p.Note("index", protocols.Int(v))
	}
	if v, ok := integer(kind); !ok || v != 6 {
		p.Note("message_type", protocols.Text(string(kind)))
		if len(rest) > 0 {
			p.Note("data", protocols.Text(string(rest)))
		}
	} else {
		if cut {
			i := max(bytes.LastIndexByte(rest, ','), 0)
			if rest, kind = rest[:i], rest[i:]; len(kind) > 1 {
				p.Note("cut", protocols.Text(string(kind[1:])))
			}
		}
		c.readReport(p, rest)
	}
	if !right {
		p.Note("checksum_ok", protocols.Bool(false))
	}
	return m, nil
}

// checked takes the sum from the end of a line, and says whether it is right, and whether there is none.
func checked(line []byte) (body []byte, right, cut bool) {
	star := bytes.LastIndexByte(line, '*')
	if star < 0 {
		return line, false, true
	}
	high, low := byte(255), byte(255)
	if len(line) == star+3 {
		high, low = unhex(line[star+1]), unhex(line[star+2])
	}
	return line[:star], high < 16 && low < 16 && wire.Sum8(line[1:star]) == high<<4|low, false
}

// isID is whether b is six hexadecimal digits, or an IMEI.
func isID(b []byte) bool {
	if len(b) == 15 {
		return wire.Digits(b)
	}
	for _, c := range b {
		if unhex(c) > 15 {
			return false
		}
	}
	return len(b) == 6
}

// entry is room for what a line commonly means, so that it costs one allocation.
type entry struct {
	position   [1]protocols.Position
	attributes [18]protocols.Attribute
}

// open gives the position of a message that has just one.
func (e *entry) open(m *protocols.Message) *protocols.Position {
	e.position[0].Attributes = e.attributes[:0]
	m.Positions = e.position[:]
	return &e.position[0]
}
