// Package totem speaks the text protocols of Totem Tech trackers (TZ-AVL series: AVL-05, AVL-08, AVL-09, AVL-19, and
// their rebrandings).
//
// The vendor's papers are called "AVL-05/08/09 Protocol" and "AVL Protocol V6". Captured frames bear out two of the
// four dialects, NMEA sentences and fixed places of later models, and both checksums; the fixed places and the bars
// of earlier models, the vehicle's bus, the commands and most alarm codes are general knowledge of the family.
//
// # Identity and time
//
// There is no login: every frame names its IMEI. Times are UTC.
//
// # Checksum
//
// Frames whose length is hexadecimal end with CRC-16/MODBUS of all before it; those whose length is decimal, with the
// exclusive or. A frame with a wrong one is decoded, and its positions carry the attribute checksum_ok false.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols,
// protocols/texts and protocols/wire beside the standard library, and neither net nor os.
package totem

import (
	"time"

	"drover/protocols"
	"drover/protocols/texts"
	"drover/protocols/wire"
)

// Protocol is the Totem family, usually on port 5007.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "totem",
		Port:     5007,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{} },
		Text:     text,
		ReadText: texts.Read,
		HearText: ear().Hear,
		Speak:    func(_ protocols.Network, device string) protocols.Tracker { return &tracker{device: device} },
		Guide:    guide(),
	}
}

// codec is the server's side of one conversation.
type codec struct {
	device   string // who spoke last
	password string // for commands, "" for the usual one
}

// Know takes the password from the device's profile.
func (c *codec) Know(d protocols.Device) { c.password = d.Password }

// speaker gives digits as a string, and the same string as long as the same device speaks.
func (c *codec) speaker(digits []byte) string {
	if string(digits) != c.device {
		c.device = string(digits)
	}
	return c.device
}

// entry is room for what a report commonly means, so that it costs one allocation.
type entry struct {
	position   [1]protocols.Position
	attributes [16]protocols.Attribute
	reply      [16]byte
}

// Decode reads one frame.
func (c *codec) Decode(data []byte, _ time.Time) (protocols.Message, error) {
	f, err := open(data)
	if err != nil {
		return protocols.Message{}, err
	}
	m := protocols.Message{Device: c.speaker(f.device)}
	if f.decimal && string(f.kind) == commandType {
		m.Result = &protocols.Result{Text: string(f.body)}
		return m, nil
	}
	e := new(entry)
	p := &e.position[0]
	p.Attributes = e.attributes[:0]
	m.Positions = e.position[:]
	d := decoder{frame: &f, position: p}
	err = d.read()
	m.Reply = f.reply(e.reply[:0])
	if f.spoilt {
		p.Note("checksum_ok", protocols.Bool(false))
	}
	return m, err
}

// reply is what the tracker waits for: words, or a frame with the four characters before the checksum, which are the
// report's number.
func (f *frame) reply(b []byte) []byte {
	if !f.decimal {
		return append(b, acknowledged...)
	}
	b = append(b, "$$0014AA"...)
	b = append(b, f.data[f.end-4:f.end]...)
	return appendHex(b, wire.Xor(b))
}

// acknowledged are the words of a server to a frame whose length is hexadecimal.
const acknowledged = "ACK OK\r\n"

// commandType is the type of commands and of their answers.
const commandType = "CF"

// noteText adds an attribute that is text, unless it is empty.
func noteText(p *protocols.Position, name string, w []byte) {
	if len(w) > 0 {
		p.Note(name, protocols.Text(string(w)))
	}
}

// noteNumber adds an attribute that is a number, or text if it is none.
func noteNumber(p *protocols.Position, name string, w wire.Field) {
	if v, ok := w.Int64(); ok {
		p.Note(name, protocols.Int(v))
		return
	}
	noteText(p, name, w)
}

func appendHex(b []byte, v byte) []byte {
	const digits = "0123456789ABCDEF"
	return append(b, digits[v>>4], digits[v&15])
}
