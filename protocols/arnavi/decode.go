package arnavi

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// codec is the server's side of one conversation.
type codec struct {
	noise    int  // bytes passed over since the last message
	ignition int8 // input from 0, -1 if none
}

// Know takes the option from the device's profile.
func (c *codec) Know(d protocols.Device) {
	switch v := d.Options[optionIgnition]; {
	case len(v) == 1 && v[0] >= '1' && v[0] <= '8':
		c.ignition = int8(v[0] - '1')
	case v == "none":
		c.ignition = -1
	}
}

// Encode has no words: the layout of commands is not known.
func (c *codec) Encode(protocols.Command) ([]byte, error) { return nil, protocols.ErrNoCommand }

// Decode reads one message.
func (c *codec) Decode(frame []byte, at time.Time) (protocols.Message, error) {
	switch {
	case len(frame) >= headerBytes && frame[0] == headerStart:
		return header(frame, at), nil
	case len(frame) >= 3 && frame[0] == packageStart:
		return c.parcel(frame)
	case bytes.HasPrefix(frame, textStart):
		return text(frame)
	}
	return protocols.Message{}, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrUnknown}
}

// header reads the tracker's number, which is answered: with the time from version 23 on.
func header(frame []byte, at time.Time) protocols.Message {
	id := int64(binary.LittleEndian.Uint64(frame[2:]))
	m := protocols.Message{Device: strconv.FormatInt(id, 10)}
	if frame[1] == 0x22 {
		m.Reply = []byte{0x7B, 0, 0, 0x7D}
		return m
	}
	now := binary.LittleEndian.AppendUint32(nil, uint32(at.Unix()))
	m.Reply = append(append([]byte{0x7B, 4, 0, wire.Sum8(now)}, now...), 0x7D)
	return m
}

// parcel reads a package of records. What numbers 00 and FD carry answers a command and is not acknowledged.
func (c *codec) parcel(frame []byte) (m protocols.Message, err error) {
	if number := frame[1]; number != 0 && number != 0xFD {
		m.Reply = []byte{0x7B, 0, number, 0x7D}
	}
	records, tags := measure(frame)
	m.Positions = make([]protocols.Position, 0, records)
	pool := make([]protocols.Attribute, 0, tags+4*records)
	r := wire.NewReader(frame)
	r.Skip("start and number", 2)
	for r.Len() > 0 {
		if end, _ := r.Peek(); end == packageEnd {
			break
		}
		kind := r.U8("record type")
		n := int(r.U16LE("record length"))
		at := r.U32LE("record time")
		content := r.Bytes("record content", n)
		r.Skip("record sum", 1)
		if r.Err() != nil {
			break
		}
		d := decoder{codec: c, pos: protocols.Position{Time: time.Unix(int64(at), 0).UTC()}}
		d.pos.Attributes = pool[len(pool):]
		switch kind {
		case 1:
			d.tags(content)
		case 3:
			m.Result = &protocols.Result{Text: printable(content)}
			continue
		default:
			d.add("record_type", protocols.Int(int64(kind)))
			d.add("record", protocols.Bytes(content))
		}
		if k := len(pool) + len(d.pos.Attributes); k <= cap(pool) {
			pool = pool[:k]
		}
		d.pos.Attributes = d.pos.Attributes[:len(d.pos.Attributes):len(d.pos.Attributes)]
		m.Positions = append(m.Positions, d.pos)
	}
	if len(m.Positions) == 0 {
		m.Positions = nil
	}
	if r.Err() != nil || r.Len() == 0 { // cut
		m.Reply = nil
	}
	return m, r.Err()
}

// measure counts records and tags.
func measure(frame []byte) (records, tags int) {
	for at := 2; at+3 <= len(frame) && frame[at] != packageEnd; records++ {
		n := int(binary.LittleEndian.Uint16(frame[at+1:]))
		tags += min(n, len(frame)) / tagBytes
		at += recordHead + n + 1
	}
	return records, tags
}

func printable(b []byte) string {
	out := make([]byte, 0, len(b))
	for _, c := range b {
		if c >= ' ' && c <= '~' || c == '\n' {
			out = append(out, c)
		}
	}
	return string(out)
}
