// Package upro speaks the letter-coded text protocol of UPRO and its cousins: trackers of Anta, ThinkRace, Zeway and
// others that open with *HQ20, *MG20, *VK20 or *AI20: maker, 20, whether the server shall answer, the device's id, a
// keyword, and then fields that each are & and a letter.
//
// The vendor's paper is "GPS terminal communication protocol" (HQ20). Place, status, mileage, speed, signal, voltages,
// battery, temperature, cells and ICCID are borne out by captured messages; some alarms and the commands are from
// general knowledge of the family.
//
// # Identity and time
//
// Each message names its device by 6 to 16 digits. Times are UTC.
//
// # Checksum
//
// There is none.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols and
// protocols/wire beside the standard library.
package upro

import (
	"bytes"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// Protocol is the UPRO family, usually on port 5095.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:  "upro",
		Port:  5095,
		Sniff: sniff,
		Codec: func(protocols.Network) protocols.Codec { return &codec{} },
		Speak: speak,
		Guide: guide(),
	}
}

// codec is the server's side of one conversation.
type codec struct {
	id    string  // who spoke last
	maker [2]byte // the letters that opened its last message; zero before the first
}

// record is the room for what a message commonly means, so that it costs one allocation.
type record struct {
	positions  [1]protocols.Position
	attributes [16]protocols.Attribute
	reply      [16]byte
	result     protocols.Result
}

// open gives the position of a message.
func (r *record) open(m *protocols.Message) *protocols.Position {
	r.positions[0].Attributes = r.attributes[:0]
	m.Positions = r.positions[:]
	return &r.positions[0]
}

// The places in a message's head.
const (
	atMaker = 1
	atFlag  = 5 // 1: answer
	atID    = 6
)

// Decode reads a message.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	var m protocols.Message
	n := len(frame)
	if n <= atID || !opens(frame) {
		return m, &wire.Error{Field: "head", Err: wire.ErrUnknown}
	}
	if last := frame[n-1]; last == '#' || last == ']' {
		frame = frame[:n-1]
	}
	comma := bytes.IndexByte(frame, ',')
	switch {
	case comma < 0:
		return m, &wire.Error{Field: "keyword", Offset: len(frame), Err: wire.ErrShort}
	case comma-atID > maxID || !wire.Digits(frame[atID:comma]):
		return m, &wire.Error{Field: "id", Offset: atID, Err: wire.ErrValue}
	}
	c.maker = [2]byte{frame[atMaker], frame[atMaker+1]}
	if id := frame[atID:comma]; string(id) != c.id {
		c.id = string(id)
	}
	m.Device = c.id
	r := new(record)
	word := frame[comma+1:]
	end := bytes.IndexByte(word, '&')
	if end < 0 {
		end = len(word)
	}
	if frame[atFlag] == '1' && end >= 2 {
		m.Reply = answer(r.reply[:0], frame[0], c.maker, word[:2])
	}
	if bytes.HasPrefix(word, []byte(wordTransparent)) {
		if transparent(r.open(&m), word[len(wordTransparent):]) {
			return m, nil
		}
		m.Positions = nil
	}
	if end > 0 && word[0] == 'Y' {
		r.result.Text = string(word[:end])
		m.Result = &r.result
	}
	var err error
	if end < len(word) {
		err = fields(r.open(&m), word[end+1:], comma+1+end+1)
	}
	return m, err
}

// wordTransparent opens the keyword of transparent data.
const wordTransparent = "GY"

// answer writes *HQ20Y and the keyword's two letters, in the brackets of the message.
func answer(b []byte, open byte, maker [2]byte, word []byte) []byte {
	b = append(b, open, maker[0], maker[1])
	b = append(append(b, "20Y"...), word...)
	return append(b, ends(open))
}

// noteText adds a text, or bytes where it is none.
func noteText(p *protocols.Position, name string, b []byte) {
	for _, c := range b {
		if c < ' ' || c > '~' {
			p.Note(name, protocols.Bytes(b))
			return
		}
	}
	if len(b) > 0 {
		p.Note(name, protocols.Text(string(b)))
	}
}
