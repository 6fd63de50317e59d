package its

import (
	"bytes"
	"hash/crc32"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// codec is the server's side of one conversation.
type codec struct {
	offset time.Duration // of the tracker's clock from UTC
	name   string        // who spoke last
	noise  int           // bytes passed over since the last sentence
}

// Know takes the clock's offset from the device's profile.
func (c *codec) Know(d protocols.Device) {
	if d.Offset.OK {
		c.offset = d.Offset.Value
	}
}

// record is the room for what a sentence commonly means, so that it costs one allocation.
type record struct {
	positions  [1]protocols.Position
	attributes [24]protocols.Attribute
	reply      [24]byte
}

// decoder reads one sentence into one position.
type decoder struct {
	sentence
	pos   *protocols.Position
	words string // the sentence, once a text was taken of it: texts share its bytes
	said  bool
}

// Decode reads one sentence.
func (c *codec) Decode(frame []byte, at time.Time) (protocols.Message, error) {
	if len(frame) < minSentence || frame[0] != '$' {
		return protocols.Message{}, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrUnknown}
	}
	r := new(record)
	d := decoder{pos: &r.positions[0]}
	d.pos.Attributes = r.attributes[:0]
	d.cut(frame)
	m := protocols.Message{Reply: reply(r.reply[:0], d.word(), at)}
	if d.imei >= 0 {
		m.Device = c.speaker(d.at(d.imei))
	}
	err := c.read(&d, &m)
	d.pos.Valid = d.pos.Valid && d.pos.Located
	if d.said {
		if d.spoilt() {
			d.add("checksum_ok", protocols.Bool(false))
		}
		m.Positions = r.positions[:]
	}
	return m, err
}

// read fills the message and the decoder's position.
func (c *codec) read(d *decoder, m *protocols.Message) error {
	timed := -1
	if d.place >= 0 {
		timed = d.timeOf(c.offset)
	}
	switch {
	case timed >= 0 && d.imei >= 0:
		d.report(timed)
	case isLogin(d.word()), d.place >= 0 && d.imei >= 0:
		d.login()
	case isHealth(d.word()) && d.imei >= 0:
		d.health()
	case isHeartbeat(d.word()):
	case d.imei < 0 && d.place < 0:
		m.Result = &protocols.Result{Text: string(bytes.TrimRight(d.data, ","))}
	case d.imei >= 0:
		d.keep()
	default:
		return d.fail("IMEI", d.n, wire.ErrShort)
	}
	return nil
}

// speaker gives the digits as a string, and the same string as long as the same device speaks.
func (c *codec) speaker(digits []byte) string {
	if string(digits) != c.name {
		c.name = string(digits)
	}
	return c.name
}

func isLogin(word []byte) bool {
	switch string(word) {
	case "LGN", "01", "LIN", "LOGIN":
		return true
	}
	return false
}

func isHeartbeat(word []byte) bool { return string(word) == "HBT" || string(word) == "HB" }

func isHealth(word []byte) bool {
	switch string(word) {
	case "02", "HLM", "HMP", "HLP", "HP", "Health", "HEALTH", "HTH":
		return true
	}
	return false
}

// reply appends what a tracker waits for: a login gets the time, or a 1 where it is numbered, a heartbeat itself.
func reply(b, word []byte, at time.Time) []byte {
	switch string(word) {
	case "01":
		return append(b, "$,1,*"...)
	case "LGN":
		b = append(b, "$LGN"...)
		b = at.UTC().AppendFormat(b, "02012006150405")
		return append(b, '*')
	case "HBT":
		return append(b, "$HBT*"...)
	}
	return nil
}

// spoilt is whether the last field is a checksum of two digits that is wrong. The makers that end a sentence so take
// the exclusive or of all before it.
func (d *decoder) spoilt() bool {
	last := d.last()
	v, ok := hexNumber(d.at(last))
	return ok && len(d.at(last)) == 2 && last > d.place+20 && d.hasOutputs(last) &&
		byte(v) != wire.Xor(d.data[:d.start[last]])
}

// proved is whether the last field is a checksum that is right, of one of the two kinds that are known.
func (s *sentence) proved() bool {
	last := s.last()
	b := s.at(last)
	v, ok := hexNumber(b)
	switch {
	case !ok || last < 3:
		return false
	case len(b) == 2:
		return byte(v) == wire.Xor(s.data[:s.start[last]])
	case len(b) == 8:
		return uint32(v) == crc32.ChecksumIEEE(s.data[:s.start[last]])
	}
	return false
}

// last is the last field that is not empty.
func (s *sentence) last() int {
	last := s.n - 1
	for last > 0 && len(s.at(last)) == 0 {
		last--
	}
	return last
}

func (d *decoder) add(name string, v protocols.Value) {
	p := d.pos
	n := len(p.Attributes)
	if n == cap(p.Attributes) {
		p.Attributes = append(p.Attributes, protocols.Attribute{})
	}
	p.Attributes = p.Attributes[:n+1] // set in place: an append would copy the attribute once more
	p.Attributes[n].Name, p.Attributes[n].Value = name, v
	d.said = true
}

// number adds a field that is a number.
func (d *decoder) number(name string, i int) {
	if v, scale, ok := decimal(d.at(i)); ok {
		d.add(name, protocols.Decimal(v, scale))
	}
}

// text adds a field that is not empty and says something.
func (d *decoder) text(name string, i int) {
	switch b := d.at(i); string(b) {
	case "", "N.A", "NA", "N/A", "NA00000000", "N.A0000000":
	default:
		d.share(name, i)
	}
}

// share adds a field as text that shares the sentence's bytes, so that all texts cost one allocation.
func (d *decoder) share(name string, i int) {
	if d.words == "" {
		d.words = string(d.data)
	}
	from := int(d.start[i])
	d.add(name, protocols.Text(d.words[from:from+len(d.at(i))]))
}

// login keeps what a tracker says of itself. Its place has no time, so it is no report.
func (d *decoder) login() {
	switch {
	case d.imei < 0:
		return
	case string(d.word()) == "01": // maker and firmware stand first
		d.text("maker", d.imei-2)
		d.text("firmware", d.imei-1)
		d.text("vehicle", d.imei+1)
		return
	}
	if d.imei > 1 && !isLogin(d.at(d.imei-1)) {
		d.text("vehicle", d.imei-1)
	}
	d.text("firmware", d.imei+1)
}

// health reads a health message: battery, its threshold, memory, intervals, inputs, analog inputs.
func (d *decoder) health() {
	i := d.imei + 1
	if v, ok := float(bytes.TrimRight(d.at(i), "%")); ok && v <= 100 && v >= 0 {
		d.pos.BatteryPercent, d.said = protocols.Some(v), true
	}
	for n, name := range [...]string{"low_battery_percent", "memory_percent", "interval_on_s", "interval_off_s"} {
		if v, scale, ok := decimal(bytes.TrimRight(d.at(i+1+n), "%")); ok {
			d.add(name, protocols.Decimal(v, scale))
		}
	}
	d.text("inputs", i+5)
	d.number("analog_1_v", i+6)
	d.number("analog_2_v", i+7)
}

// keep keeps a sentence that has an IMEI and nothing else that is known.
func (d *decoder) keep() {
	if d.imei+1 < d.n {
		d.add("sentence", protocols.Text(string(d.data)))
	}
}
