package watch

import (
	"bytes"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// record is the room for what a message commonly means, so that it costs one allocation.
type record struct {
	message    protocols.Message
	positions  [1]protocols.Position
	attributes [12]protocols.Attribute
	reply      [64]byte
}

// open gives the message's only position.
func (r *record) open(m *protocols.Message) *protocols.Position {
	r.positions[0].Attributes = r.attributes[:0]
	m.Positions = r.positions[:]
	return &r.positions[0]
}

// Decode reads one message.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	h, answer := readHead(frame)
	if answer != headWhole {
		return protocols.Message{}, &wire.Error{Field: "head", Err: wire.ErrUnknown}
	}
	if string(h.id) != c.device {
		c.device = string(h.id)
	}
	c.maker, c.indexed = h.maker, h.index != nil
	r := new(record)
	r.message.Device = c.device
	w := words{head: h, c: c, r: r, m: &r.message, data: frame[h.size:]}
	if n := len(w.data); n > 0 && w.data[n-1] == ']' {
		w.data = w.data[:n-1]
	} else { // it is cut, perhaps within its last word
		w.data = w.data[:max(0, bytes.LastIndexByte(w.data, ','))]
	}
	w.kind, w.rest, w.more = bytes.Cut(w.data, []byte{','})
	err := w.read()
	return r.message, err
}

// words are the words of one message.
type words struct {
	head head
	c    *codec
	r    *record
	m    *protocols.Message
	data []byte // all of them
	kind []byte // the first
	rest []byte // what is behind its comma
	more bool   // there is a comma
}

// offset is where rest starts in the frame.
func (w *words) offset() int { return w.head.size + len(w.data) - len(w.rest) }

// reply answers with words in the watch's own form.
func (w *words) reply(answer string) {
	w.m.Reply = w.c.appendMessage(w.r.reply[:0], w.head.id, w.head.index, answer)
}

// appendMessage writes a message.
func (c *codec) appendMessage(b, id, index []byte, content string) []byte {
	b = append(append(b, '['), c.maker[:]...)
	b = append(append(b, '*'), id...)
	b = append(b, '*')
	if index != nil {
		b = append(append(b, index...), '*')
	}
	for shift := 12; shift >= 0; shift -= 4 {
		b = append(b, "0123456789abcdef"[len(content)>>shift&15])
	}
	b = append(append(b, '*'), content...)
	return append(b, ']')
}

func (w *words) read() error {
	switch string(w.kind) {
	case "LK":
		w.reply("LK")
		w.link()
		return nil
	case "INIT", "CONFIG":
		w.reply(string(w.kind) + ",1")
		w.keep()
		return nil
	case "TKQ", "TKQ2":
		w.reply(string(w.kind))
		return nil
	case "TK":
		w.voice()
		return nil
	case "JXTK":
		return w.voicePart()
	case "img":
		return w.picture()
	case "WAD", "WG":
		return w.question()
	case "ICCID":
		w.r.open(w.m).ICCID = iccid(w.rest)
		return nil
	}
	switch k := w.kind; {
	case bytes.HasPrefix(k, []byte("UD")), bytes.HasPrefix(k, []byte("WT")):
		return w.position(w.r.open(w.m), w.rest)
	case bytes.HasPrefix(k, []byte("AL")):
		w.reply("AL")
		p := w.r.open(w.m)
		err := w.position(p, w.rest)
		if p.Alarms == 0 {
			p.Alarms = protocols.AlarmGeneral
		}
		return err
	case w.health():
		return nil
	}
	w.m.Result = &protocols.Result{Text: string(w.data)}
	return nil
}

// iccid is a SIM's number if words are one.
func iccid(f wire.Field) string {
	if len(f) < 18 || len(f) > 22 {
		return ""
	}
	return string(f)
}

// keep gives what is behind a kind as it is.
func (w *words) keep() {
	if len(w.rest) > 0 {
		p := w.r.open(w.m)
		p.Note("event", protocols.Text(string(w.kind)))
		p.Note("data", protocols.Text(string(w.rest)))
	}
}

// link reads steps, tumbles and battery.
func (w *words) link() {
	f := wire.NewFields(w.rest, ',')
	steps, tumbles, battery := f.Next(), f.Next(), f.Next()
	switch {
	case !w.more:
	case battery == nil:
		w.r.open(w.m).Note("data", protocols.Text(string(w.rest)))
	default:
		p := w.r.open(w.m)
		setPercent(&p.BatteryPercent, battery)
		count(p, "steps", steps)
		count(p, "tumbles", tumbles)
	}
}

func setPercent(o *protocols.Opt[float64], f wire.Field) {
	if v, ok := f.Float(); ok && v >= 0 && v <= 100 {
		*o = protocols.Some(v)
	}
}

// count notes a whole number.
func count(p *protocols.Position, name string, f wire.Field) {
	if v, ok := f.Int64(); ok {
		p.Note(name, protocols.Int(v))
	}
}

// question reads a watch's question for its address: its place, behind a word for the language. It is not answered.
func (w *words) question() error {
	rest := w.rest
	if language, behind, ok := bytes.Cut(rest, []byte{','}); ok && !wire.Digits(language) {
		rest = behind
	}
	p := w.r.open(w.m)
	p.Note("event", protocols.Text(string(w.kind)))
	return w.position(p, rest)
}

// health reads what a watch measures on a wrist; false if this is no such message.
func (w *words) health() bool {
	var name string
	var temperature, pressure bool
	switch string(bytes.ToLower(w.kind)) {
	case "pulse", "heart":
		name = "heart_rate_bpm"
	case "blood", "bphrt":
		name, pressure = "heart_rate_bpm", true
	case "oxygen":
		name = "oxygen_percent"
	case "temp":
		name = "temperature_1_c"
	case "btemp2":
		name, temperature = "temperature_1_c", true
	default:
		return false
	}
	f := wire.NewFields(w.rest, ',')
	if !w.more {
		return true
	}
	p := w.r.open(w.m)
	if pressure {
		count(p, "pressure_high_mmhg", f.Next())
		count(p, "pressure_low_mmhg", f.Next())
	}
	first := f.Next()
	if temperature || name == "oxygen_percent" && f.More() {
		if v, ok := first.Int64(); !temperature || ok && v > 0 {
			first = f.Next()
		} else {
			first = nil // the sensor was not worn
		}
	}
	if v, scale, ok := first.Decimal(); ok {
		p.Note(name, protocols.Decimal(v, scale))
	}
	if len(p.Attributes) == 0 {
		w.m.Positions = nil
	}
	return true
}
