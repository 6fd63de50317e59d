package calamp

import (
	"bytes"
	"encoding/binary"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// codec is the server's side of one conversation.
type codec struct {
	names []string // of the accumulators, from the profile
	raw   [10]byte // the id of who spoke last, as it was sent
	size  int      // of raw
	name  string   // the same in digits
	seq   uint16   // of the last command
}

// Know takes the accumulators' names from the device's profile.
func (c *codec) Know(d protocols.Device) { c.names = namesOf(d.Options[optionAccumulators]) }

// record is the room for what a message commonly means, so that it costs one allocation.
type record struct {
	positions  [1]protocols.Position
	attributes [16]protocols.Attribute
	reply      [10]byte
}

// decoder reads the content of one message into one position.
type decoder struct {
	wire.Reader
	pos   *protocols.Position
	names []string
	said  bool
}

// Decode reads one message.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	h, more, ok := open(frame)
	switch {
	case more:
		return protocols.Message{}, &wire.Error{Field: "options", Offset: len(frame), Err: wire.ErrShort}
	case !ok:
		return protocols.Message{}, &wire.Error{Field: "options", Offset: 0, Err: wire.ErrUnknown}
	}
	r := new(record)
	m := protocols.Message{Device: c.speaker(h.id)}
	d := decoder{Reader: wire.NewReader(frame), pos: &r.positions[0], names: c.names}
	d.pos.Attributes = r.attributes[:0]
	d.Skip("options", h.at)
	d.body(&h, &m)
	if d.said {
		m.Positions = r.positions[:]
	}
	if h.service == acknowledged {
		m.Reply = appendAck(r.reply[:0], &h)
	}
	return m, d.Err()
}

// appendAck appends the answer to a message: response, ACK, sequence, type, 0 for good, a spare byte, a version.
func appendAck(b []byte, h *head) []byte {
	b = append(b, response, kindAck)
	b = binary.BigEndian.AppendUint16(b, h.seq)
	return append(b, h.kind, 0, 0, 0, 0, 0)
}

// speaker gives the id's digits, and the same string as long as the same unit speaks.
func (c *codec) speaker(id []byte) string {
	if len(id) == 0 || len(id) > len(c.raw) {
		return ""
	}
	if c.name == "" || string(c.raw[:c.size]) != string(id) {
		c.size = copy(c.raw[:], id)
		c.name = digits(id)
	}
	return c.name
}

// digits gives the digits before the padding, as a rule decimal ones.
func digits(bcd []byte) string {
	out := make([]byte, 0, 20)
	for _, b := range bcd {
		out = append(out, hexDigits[b>>4], hexDigits[b&15])
	}
	return string(bytes.TrimRight(out, "f"))
}

const hexDigits = "0123456789abcdef"

func (d *decoder) body(h *head, m *protocols.Message) {
	switch h.kind {
	case kindNull, kindRequest:
	case kindAck:
		d.ack(h, m)
	case kindEvent, kindLocate, kindUser, kindApp, kindUserAcc:
		d.report(h.kind)
	case kindMini, kindMiniUser:
		d.mini(h.kind)
	case kindID:
		d.idReport()
	default:
		d.add("type", protocols.Int(int64(h.kind)))
		d.extra("data")
	}
}

// ack reads a unit's answer to a command.
func (d *decoder) ack(h *head, m *protocols.Message) {
	d.Skip("type", 1)
	code := d.U8("ACK")
	if d.Err() != nil {
		return
	}
	m.Result = &protocols.Result{Text: "ACK", ID: uint32(h.seq)}
	if code != 0 {
		m.Result.Text, m.Result.Nack = nackText(code), true
	}
}

// nackText says why a unit refused.
func nackText(code byte) string {
	reasons := [...]string{1: "failed", 2: "failed: not supported type", 3: "failed: not supported operation",
		4: "failed: cannot pass to serial port", 5: "failed: authentication", 6: "failed: mobile id", 7: "failed: sequence"}
	if int(code) < len(reasons) {
		return reasons[code]
	}
	return "failed"
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

// extra keeps what is left as it is.
func (d *decoder) extra(name string) {
	if d.Len() > 0 {
		d.add(name, protocols.Bytes(d.Rest()))
	}
}

// idReport reads what a unit says of itself: versions, its numbers, and lines of text.
func (d *decoder) idReport() {
	d.add("script_version", protocols.Int(int64(d.U8("script version"))))
	d.add("configuration_version", protocols.Int(int64(d.U8("configuration version"))))
	if firmware := d.Bytes("application version", 3); firmware != nil {
		d.add("firmware", protocols.Text(printable(firmware)))
	}
	d.Skip("vehicle class", 1)
	d.add("unit_status", protocols.Int(int64(d.U8("unit status"))))
	d.Skip("modem selection", 1)
	d.add("application_id", protocols.Int(int64(d.U8("application id"))))
	d.Skip("type of mobile id and query id", 5)
	d.number("esn", d.Bytes("ESN", 8))
	d.number("imei", d.Bytes("IMEI", 8))
	d.pos.IMSI = digits(d.Bytes("IMSI", 8))
	d.number("phone", d.Bytes("MIN", 8))
	d.pos.ICCID = digits(d.Bytes("ICCID", 10))
	if words := printable(d.Rest()); words != "" {
		d.add("extension", protocols.Text(words))
	}
}

func (d *decoder) number(name string, bcd []byte) {
	if s := digits(bcd); s != "" {
		d.add(name, protocols.Text(s))
	}
}

// printable keeps what can be printed; a zero becomes a space.
func printable(b []byte) string {
	out := make([]byte, 0, len(b))
	for _, c := range b {
		switch {
		case c >= ' ' && c <= '~':
			out = append(out, c)
		case c == 0 && len(out) > 0:
			out = append(out, ' ')
		}
	}
	for len(out) > 0 && out[len(out)-1] == ' ' {
		out = out[:len(out)-1]
	}
	return string(out)
}
