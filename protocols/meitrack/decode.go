package meitrack

import (
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// Decode reads one frame.
func (c *codec) Decode(data []byte, _ time.Time) (protocols.Message, error) {
	f, err := open(data)
	if err != nil {
		return protocols.Message{}, err
	}
	m := protocols.Message{Device: c.speaker(f.device)}
	switch string(f.command) {
	case "AAA":
		err = c.report(&f, &m)
	case "AAC":
		m.Reply = c.answer(f.flag, f.data[f.start:f.end])
	case "CCC":
		err = c.fixed(&f, &m)
	case "CCE":
		err = c.tagged(&f, &m)
	case "D00":
		err = c.photo(&f, &m)
	default:
		c.other(&f, &m)
	}
	if f.spoilt {
		for i := range m.Positions {
			m.Positions[i].Note("checksum_ok", protocols.Bool(false))
		}
	}
	return m, err
}

// other reads the answer to a command; some are a report.
func (c *codec) other(f *frame, m *protocols.Message) {
	if f.end-f.body > 60 && c.report(f, m) == nil {
		return
	}
	m.Positions = nil
	m.Result = &protocols.Result{Text: string(f.data[f.start:f.end])}
	if string(f.command) == "D03" && string(f.data[f.body:f.end]) == "OK" {
		m.Reply = c.ask("camera_picture.jpg", 0)
	}
}

// answer frames what the server says back: @@, the flag, the length from the first comma on, IMEI, words, checksum.
func (c *codec) answer(flag byte, words []byte) []byte {
	return appendFrame(make([]byte, 0, 24+len(c.device)+len(words)), "@@", flag, c.device, words)
}

// counted answers a binary report with how many records came, which the tracker then deletes.
func (c *codec) counted(f *frame, n int) []byte {
	var room [16]byte
	words := append(append(room[:0], f.command...), ',')
	return c.answer(f.flag, appendNumber(words, n))
}

// photo reads a part of a photo: the file's name, how many parts there are, which this is from 0, and its bytes. The
// tracker sends eight parts at a time.
func (c *codec) photo(f *frame, m *protocols.Message) error {
	var room [4]wire.Field
	w := wire.CutFields(room[:], f.data[f.body:f.end], ',')
	if len(w) < 4 {
		return &wire.Error{Field: "photo", Offset: f.body, Err: wire.ErrShort}
	}
	total, ok1 := w[1].Int64()
	part, ok2 := w[2].Int64()
	if !ok1 || !ok2 || total < 0 || part < 0 {
		return &wire.Error{Field: "photo part", Offset: f.body, Err: wire.ErrValue}
	}
	e := new(entry)
	p := &e.position[0]
	p.Attributes = e.attributes[:0]
	p.Note("photo_file", protocols.Text(string(w[0])))
	p.Note("photo_parts", protocols.Int(total))
	p.Note("photo_part", protocols.Int(part))
	p.Note("photo_data", protocols.Bytes(w[3]))
	m.Positions = e.position[:]
	if next := part + 1; next%8 == 0 && next < total {
		m.Reply = c.ask(string(w[0]), int(next))
	}
	return nil
}

// ask asks for a photo from a part on.
func (c *codec) ask(file string, part int) []byte {
	words := append(make([]byte, 0, 16+len(file)), "D00,"...)
	words = append(append(words, file...), ',')
	return c.answer('O', appendNumber(words, part))
}
