// Package atrack speaks the protocol of ATrack trackers (AT1, AT5, AX5 to AX11, AK1, AK7, AL, AS, AU, AY): binary
// packets that open with @P, the same reports as text that opens with @P and a comma, photos (@R), keep-alives and the
// lines that answer AT$ commands.
//
// The vendor's papers are "ATrack Protocol Document", "ATrack Standard Product (SP) Protocol Document" and "ATrack
// Advanced Product (AP) Protocol Document". The first seventeen fields of a report are the same everywhere; behind them
// stand the fields that AT$FORM lists. A tracker may say the list itself (%CI in front of them); where it does not, the
// device's profile has to (option form), for nothing else on the wire tells the fields apart.
//
// # How well the layouts are known
//
// Captured frames bear out the fixed part, as binary and as text, both forms of its times, and the answer to AT$INFO.
// The widths of the listed fields, the photo and the beacons are from general knowledge of the family.
//
// # Identity and time
//
// Every packet carries the unit's number, usually its IMEI. Times are UTC: seconds since 1970, or a calendar date where
// AT$FORM says so, which is told from the bytes.
//
// # Checksum
//
// CRC-16/ARC over what follows it. A binary packet whose checksum is wrong is decoded and answered, and its positions
// carry the attribute checksum_ok false. What the checksum of the text form covers is not known, so it is not judged.
//
// # Concurrency and imports
//
// A Protocol is read-only. A Codec or Tracker belongs to one conversation. The package imports only protocols,
// protocols/texts and protocols/wire beside the standard library.
package atrack

import (
	"bytes"
	"time"

	"drover/protocols"
	"drover/protocols/texts"
	"drover/protocols/wire"
)

// Protocol is the ATrack family, usually on port 5044.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "atrack",
		Port:     5044,
		UDP:      true,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{} },
		Text:     text,
		ReadText: texts.Read,
		HearText: ear().Hear,
		Speak:    func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Options:  options,
		Guide:    guide,
	}
}

// codec is the server's side of one conversation.
type codec struct {
	form  []*field // the profile's list of fields, nil if it has none
	own   []*field // the list that the tracker said last
	said  string   // own as it was said
	id    uint64   // who spoke last
	name  string   // id in digits
	noise int      // bytes passed over since the last frame
}

// Know takes the list of fields from the device's profile.
func (c *codec) Know(d protocols.Device) {
	c.form = nil
	if list := d.Options[optionForm]; list != "" {
		c.form, _ = parseForm([]byte(list)) // Option.Check has seen it
	}
}

// speaker gives the number as digits, and the same string as long as the same unit speaks.
func (c *codec) speaker(id uint64) string {
	if c.name == "" || id != c.id {
		c.id, c.name = id, digits(id)
	}
	return c.name
}

// Decode reads one packet or line.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	switch {
	case len(frame) < 2:
		return protocols.Message{}, &wire.Error{Field: "prefix", Offset: 0, Err: wire.ErrShort}
	case isKeepAlive(frame):
		return c.keepAlive(frame)
	case frame[0] == '$':
		return c.answer(frame)
	case isText(frame):
		return c.text(frame)
	}
	return c.binary(frame)
}

// keepAlive reads FE02, number and sequence, which go back as they are.
func (c *codec) keepAlive(frame []byte) (protocols.Message, error) {
	r := wire.NewReader(frame)
	r.Skip("prefix", 2)
	id := r.U64("unit ID")
	r.Skip("sequence ID", 2)
	if err := r.Err(); err != nil {
		return protocols.Message{}, err
	}
	return protocols.Message{Device: c.speaker(id), Reply: bytes.Clone(frame[:keepAliveLength])}, nil
}

// batch collects a packet's positions and, in one slice, the attributes of all of them.
type batch struct {
	positions  []protocols.Position
	attributes []protocols.Attribute
	from       int // where the open position's attributes start
	expected   int // so many positions, at most
	values     values
	first      room
}

// commonly is how many attributes a position has as a rule.
const commonly = 8

// room is what a packet of one report needs, in one allocation.
type room struct {
	positions  [1]protocols.Position
	attributes [commonly]protocols.Attribute
	reply      [keepAliveLength]byte
}

// newBatch makes room for a position, of n at most that are expected, and gives room for a reply.
func newBatch(n int) (*batch, []byte) {
	b := &batch{expected: n}
	b.positions, b.attributes = b.first.positions[:0], b.first.attributes[:0]
	return b, b.first.reply[:0]
}

// open begins a position, which is valid until the next one begins.
func (b *batch) open() *protocols.Position {
	if len(b.positions) == 1 && b.expected > 1 { // room for all the others at once
		b.positions = append(make([]protocols.Position, 0, b.expected), b.positions...)
		b.attributes = make([]protocols.Attribute, 0, (b.expected-1)*commonly)
		b.expected = 0
	}
	b.positions = append(b.positions, protocols.Position{})
	b.from = len(b.attributes)
	return &b.positions[len(b.positions)-1]
}

// add gives the open position an attribute.
func (b *batch) add(name string, v protocols.Value) {
	b.attributes = append(b.attributes, protocols.Attribute{Name: name, Value: v})
}

// close ends the open position.
func (b *batch) close() {
	b.positions[len(b.positions)-1].Attributes = b.attributes[b.from:len(b.attributes):len(b.attributes)]
}
