// Package suntech speaks the protocols of Suntech International: the text reports of ST200, ST300, ST340, ST400, ST600
// and ST900 trackers ("legacy", STnnnXXX;…), their packed form ("zip", 02 … 03), the text reports of the universal
// trackers (ST4300 and later, XXX;id;mask;…) and those trackers' binary reports (81 and 82).
//
// The vendor's papers are "ST300/340 Operation Manual – LATAM" (rev. 1.41), "ST310U Operation Manual" (rev. 1.08) and
// "Universal Reporting Guide" (rev. 1.14 to 1.102). The packed form and the legacy reports up to the hour meter follow
// the manuals; the universal reports are borne out by captured messages; the codes of alerts, the fields behind the
// message number of a binary report, and the commands of universal trackers are from general knowledge.
//
// # Identity and time
//
// Each report names its device by a number of 6 to 10 digits, which is not the IMEI. Times are UTC.
//
// # Checksum
//
// There is none over a report. Data from the serial port carries a sum of its own, which is kept.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols,
// protocols/texts and protocols/wire beside the standard library.
package suntech

import (
	"errors"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// Protocol is the Suntech family, usually on port 5011.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "suntech",
		Port:     5011,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{} },
		Text:     text,
		ReadText: readText,
		HearText: hearText,
		Speak:    speak,
		Options: []protocols.Option{
			{
				Name: optionTail,
				About: "The names of the fields behind the message type of a legacy report, in their order and with " +
					"commas, as rpm,adc_1_v,driver_id: they depend on model and settings.",
				Check: checkTail,
			},
			{
				Name:   optionAck,
				About:  "Whether the tracker was set to want an ACK for each status report.",
				Values: []string{"no", "yes"},
			},
		},
		Guide: guide(),
	}
}

// The options.
const (
	optionTail = "report_tail"
	optionAck  = "acknowledge"
)

// errTail says what a list of names is.
var errTail = errors.New("names are lower-case letters, digits and _, with commas between them")

func checkTail(names string) error {
	for i := range len(names) {
		b := names[i]
		letter := b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '_'
		comma := b == ',' && i > 0 && i < len(names)-1 && names[i-1] != ','
		if !letter && !comma {
			return errTail
		}
	}
	return nil
}

// codec is the server's side of one conversation.
type codec struct {
	id        string   // who spoke last
	prefix    string   // of its reports: ST300; "" if it is a universal tracker or has not spoken
	universal bool     // it has spoken as a universal tracker
	tail      []string // names of the fields behind the message type
	ack       bool
	firmware  string // of the last report
	model     string // of the last report
}

// Know takes the options and, if it has not spoken yet, identity and model.
func (c *codec) Know(d protocols.Device) {
	c.ack = d.Options[optionAck] == "yes"
	c.tail = nil
	if names := d.Options[optionTail]; names != "" && checkTail(names) == nil {
		from := 0
		for i := range len(names) {
			if names[i] == ',' {
				c.tail, from = append(c.tail, names[from:i]), i+1
			}
		}
		c.tail = append(c.tail, names[from:])
	}
	if c.id == "" {
		c.id = d.Identity
		c.prefix, c.universal = prefixOf(d.Model)
	}
}

// record is the room for what a report commonly means, so that it costs one allocation.
type record struct {
	columns    wire.Columns
	positions  [1]protocols.Position
	attributes [20]protocols.Attribute
	reply      [32]byte
	result     protocols.Result
}

// open gives the position of a report.
func (r *record) open(m *protocols.Message) *protocols.Position {
	r.positions[0].Attributes = r.attributes[:0]
	m.Positions = r.positions[:]
	return &r.positions[0]
}

// Decode reads a report.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	switch {
	case len(frame) == 0:
		return protocols.Message{}, &wire.Error{Field: "header", Err: wire.ErrShort}
	case frame[0] == startZip:
		return c.decodeZip(frame)
	case isBinary(frame[0]):
		return c.decodeBinary(frame)
	}
	return c.decodeText(frame)
}

// speaker gives digits as a string, and the same string as long as the same device speaks.
func (c *codec) speaker(digits []byte) string {
	if string(digits) != c.id {
		c.id = string(digits)
	}
	return c.id
}

// version notes model and firmware, which hardly ever change.
func (c *codec) version(p *protocols.Position, model, firmware wire.Field) {
	if string(model) != c.model {
		c.model = string(model)
	}
	if string(firmware) != c.firmware {
		c.firmware = string(firmware)
	}
	if c.model != "" {
		p.Note("model", protocols.Text(c.model))
	}
	if c.firmware != "" {
		p.Note("firmware", protocols.Text(c.firmware))
	}
}

// noteColumn adds an attribute if the column says something; a number stays a number.
func noteColumn(p *protocols.Position, name string, b wire.Field) {
	if len(b) == 0 {
		return
	}
	if mantissa, scale, ok := b.Decimal(); ok && (len(b) < 10 || b[0] != '0') {
		p.Note(name, protocols.Decimal(mantissa, scale))
		return
	}
	for _, c := range b {
		if c < ' ' || c > '~' {
			p.Note(name, protocols.Bytes(b))
			return
		}
	}
	p.Note(name, protocols.Text(string(b)))
}
