package fifotrack

import (
	"bytes"
	"strconv"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// The fields of a report A03.
const (
	shortEvent = iota
	shortTime
	shortCell
	shortBattery
	shortPercent
	shortStatus
	shortSource // 0: a place follows; 1: access points do
	shortValid  // or the access points
	shortSpeed
	shortSatellites
	shortLatitude
	shortLongitude
)

// short reads A03, of personal trackers, and answers it with the time.
func (c *codec) short(f *frame, m *protocols.Message, at time.Time) error {
	var w [14]wire.Field
	n := len(wire.CutFields(w[:], f.data[f.body:f.end], ','))
	if n <= shortStatus {
		return &wire.Error{Field: "status", Offset: f.end, Err: wire.ErrShort}
	}
	e := new(entry)
	p := e.open(m)
	setEvent(p, w[shortEvent])
	p.Time = w[shortTime].YMDHMS()
	setCell(p, w[shortCell])
	if v, ok := w[shortBattery].Float(); ok && v >= 0 && v < 100 {
		p.BatteryVolts = protocols.Some(v)
	}
	if v, ok := w[shortPercent].Int64(); ok && v >= 0 && v <= 100 {
		p.BatteryPercent = protocols.Some(float64(v))
	}
	if v, ok := w[shortStatus].Hex(); ok && v <= 0xFFFFFFFF {
		p.Note("status", protocols.Int(int64(v)))
	}
	switch string(w[shortSource]) {
	case "0":
		setPlace(p, w[shortLatitude], w[shortLongitude], string(w[shortValid]) == "A")
		setSpeed(p, w[shortSpeed])
		if v, ok := w[shortSatellites].Int64(); ok && v >= 0 && v <= 255 {
			p.Satellites = protocols.Some(int(v))
		}
	case "1":
		if points := w[shortValid]; len(points) > 0 {
			p.Note("wifi", protocols.Text(string(bytes.ReplaceAll(points, []byte{'|'}, []byte{' '}))))
		}
	}
	m.Reply = c.clock(e.reply[:0], f, at)
	if p.Time.IsZero() {
		return &wire.Error{Field: "time", Offset: f.body, Err: wire.ErrValue}
	}
	return nil
}

// clock answers a report with its number, its type and the time.
func (c *codec) clock(b []byte, f *frame, at time.Time) []byte {
	var room [32]byte
	words := append(append(room[:0], f.number...), ",A03,"...)
	words = at.UTC().AppendFormat(words, "060102150405")
	return appendFrame(b, "##", c.device, words)
}

// photoTaken reads D05: the last two fields are a photo's length and name. It is asked for from its start.
func (c *codec) photoTaken(f *frame, m *protocols.Message) error {
	body := f.data[f.body:f.end]
	name := body[bytes.LastIndexByte(body, ',')+1:]
	rest := body[:max(0, len(body)-len(name)-1)]
	size, ok := wire.Field(rest[bytes.LastIndexByte(rest, ',')+1:]).Int64()
	if !ok || size <= 0 || len(name) == 0 || len(name) > 64 {
		m.Result = result(f.data[f.start:f.end])
		return nil
	}
	c.photo, c.size = string(name), size
	e := new(entry)
	p := e.open(m)
	p.Note("photo_file", protocols.Text(c.photo))
	p.Note("photo_size_bytes", protocols.Int(size))
	m.Reply = c.ask(0)
	return nil
}

// photoPart reads D06: the photo's name, where this part starts, its length, and its bytes.
func (c *codec) photoPart(f *frame, m *protocols.Message) error {
	var w [4]wire.Field
	if len(wire.CutFields(w[:], f.data[f.body:f.end], ',')) < 4 {
		return &wire.Error{Field: "photo", Offset: f.body, Err: wire.ErrShort}
	}
	offset, ok := w[1].Int64()
	if !ok || offset < 0 {
		return &wire.Error{Field: "offset", Offset: f.body, Err: wire.ErrValue}
	}
	p := new(entry).open(m)
	p.Note("photo_file", protocols.Text(string(w[0])))
	p.Note("photo_offset_bytes", protocols.Int(offset))
	p.Note("photo_data", protocols.Bytes(w[3]))
	next := offset + int64(len(w[3]))
	switch {
	case string(w[0]) != c.photo || len(w[3]) == 0:
	case next < c.size:
		m.Reply = c.ask(next)
	default:
		c.photo = ""
	}
	return nil
}

// partLength is how many bytes of a photo are asked for at once.
const partLength = 1024

// ask asks for a part of the photo.
func (c *codec) ask(offset int64) []byte {
	words := append(make([]byte, 0, 96), "1,D06,"...)
	words = append(append(words, c.photo...), ',')
	words = append(strconv.AppendInt(words, offset, 10), ',')
	words = strconv.AppendInt(words, min(partLength, c.size-offset), 10)
	return appendFrame(nil, "##", c.device, words)
}
