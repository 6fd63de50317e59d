package jt808

import (
	"bytes"
	"encoding/binary"
	"strings"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// beijing is the standard's clock.
const beijing = 8 * time.Hour

// codec is the server's side of one conversation.
type codec struct {
	offset  time.Duration // of the tracker's clock from UTC
	carrier string        // of custom commands
	relay   string        // how the engine is cut

	mark    byte // the delimiter, once a frame was cut
	skipped int  // bytes passed over since the last frame

	id        [10]byte // who spoke last, as on the wire
	idLen     int
	device    string // the same in digits
	versioned bool
	version   byte
	at        time.Time // when the last frame arrived
	serial    uint16    // of our last message
	asked     [8]asked  // the last commands, for the serial numbers of their answers
	askedNext int

	scratch []byte // the last frame that had escapes, without them
	parts   parts
	d       decoder
}

// asked is a command that was sent.
type asked struct {
	serial uint16
	id     uint32
}

func newCodec() *codec { return &codec{offset: beijing, carrier: carriers[0], relay: relays[0]} }

// Know takes the clock's offset and the options from the device's profile. Some models are known by name.
func (c *codec) Know(d protocols.Device) {
	if d.Offset.OK {
		c.offset = d.Offset.Value
	}
	model := strings.ToUpper(d.Model)
	switch {
	case strings.HasPrefix(model, "JC"):
		c.carrier = carrierTransparent
	case model == "AL300" || model == "GL100":
		c.carrier = carrierParameter
	case model == "VL300":
		c.carrier, c.relay = carrierParameter, relayWords
	case model == "W15L" || model == "G10LS":
		c.relay = relay64
	}
	if v := d.Options[optionCarrier]; v != "" {
		c.carrier = v
	}
	if v := d.Options[optionRelay]; v != "" {
		c.relay = v
	}
}

// record is the room for what a frame commonly means, so that a frame costs one allocation.
type record struct {
	positions  [1]protocols.Position
	attributes [12]protocols.Attribute
	reply      [64]byte
	refusal    [64]byte
}

// decoder reads the body of one frame.
type decoder struct {
	pos       *protocols.Position
	offset    time.Duration
	spoilt    bool
	sealed    bool        // the header says that the body is encrypted
	versioned bool        // the edition of 2019
	said      bool        // the position says something
	outside   *wire.Error // the first fault; the rest is good
}

// Decode reads one frame.
func (c *codec) Decode(data []byte, at time.Time) (protocols.Message, error) {
	c.at = at
	if len(data) > 0 && data[0] == '(' {
		return c.sentence(data, at), nil
	}
	h, scratch, err := open(data, c.scratch)
	c.scratch = scratch
	if err != nil {
		return protocols.Message{}, err
	}
	m := protocols.Message{Device: c.speaker(&h)}
	if h.total > 1 && !c.parts.join(&h) {
		m.Reply = c.missing(&h)
		return m, nil
	}
	r := new(record)
	r.positions[0].Attributes = r.attributes[:0]
	c.d = decoder{
		pos: &r.positions[0], offset: c.offset, spoilt: h.spoilt, versioned: h.versioned,
		sealed: h.attribute&encryptedBits != 0 && !isLock(h.kind),
	}
	c.read(&h, &m)
	if c.d.said && m.Positions == nil {
		c.d.close()
		m.Positions = r.positions[:]
	}
	m.Reply, m.Refusal = c.reply(&h, r, at)
	outside := c.d.outside
	c.d = decoder{}
	if outside != nil {
		return m, outside
	}
	return m, nil
}

// read fills the message and the decoder's position.
func (c *codec) read(h *header, m *protocols.Message) {
	d := &c.d
	switch h.kind {
	case kindLocation:
		d.location(h.body, h.start)
	case kindBatch, kindBatch2:
		m.Positions = d.batch(h)
	case kindHeartbeat, kindHeartbeat2:
		d.heartbeat(h.body)
	case kindLogout, kindTime, kindTime2019:
	case kindRegister:
		d.register(h)
	case kindAuth:
		d.auth(h)
	case kindAttributes:
		d.terminal(h)
	case kindLock, kindLockBlind:
		d.lock(h)
	case kindTransparent:
		d.transparent(h, m)
	case kindAnswer, kindParameters, kindQueried, kindControlled, kindRecorder:
		c.answer(h, m)
	case kindText, kindText1300, kindWaybill:
		c.words(h, m)
	case kindDriver:
		d.driver(h)
	case kindCAN:
		d.can(h)
	case kindMediaEvent, kindMedia:
		d.media(h)
	case kindAcceleration:
		d.acceleration(h.body)
	case kindVersion:
		d.versions(h)
	default:
		d.other(h)
	}
}

// other keeps a message of which nothing is known, or little.
func (d *decoder) other(h *header) {
	name := ""
	switch h.kind {
	case kindUpgrade:
		name = "upgrade_result"
	case kindEvent:
		name = "event"
	case kindZone:
		name = "time_zone_word"
	}
	switch {
	case name != "" && len(h.body) > 0 && len(h.body) <= 5:
		d.add(name, protocols.Int(unsigned(h.body)))
	case len(h.body) > 0:
		d.add("message_id", protocols.Int(int64(h.kind)))
		d.add("content", protocols.Bytes(h.body))
	}
}

// close adds what every position of a frame says.
func (d *decoder) close() {
	if d.spoilt {
		d.add("checksum_ok", protocols.Bool(false))
	}
}

// fail notes the first fault: a field and the byte of the opened frame where it starts.
func (d *decoder) fail(field string, at int, err error) {
	if d.outside == nil {
		d.outside = &wire.Error{Field: field, Offset: at, Err: err}
	}
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

// number adds a whole number of at most eight bytes.
func (d *decoder) number(name string, b []byte) { d.add(name, protocols.Int(unsigned(b))) }

// unsigned reads bytes as one number, high byte first.
func unsigned(b []byte) int64 {
	var n uint64
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return int64(n)
}

func u16(b []byte) uint16 { return binary.BigEndian.Uint16(b) }

func u32(b []byte) uint32 { return binary.BigEndian.Uint32(b) }

// sentence reads a text in parentheses, which some terminals put between frames. One that asks for the time is answered
// with itself and the time in place of the word.
func (c *codec) sentence(data []byte, at time.Time) protocols.Message {
	m := protocols.Message{Device: c.device}
	if bytes.Contains(data, []byte("BASE,2")) {
		now := at.UTC().AppendFormat(make([]byte, 0, 14), "20060102150405")
		m.Reply = bytes.Replace(data, []byte("TIME"), now, 1)
		return m
	}
	m.Result = &protocols.Result{Text: string(data)}
	return m
}
