package queclink

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// message is a text that is being read.
type message struct {
	line
	kind     *kind  // nil: a type that nobody named
	code     []byte // FRI, INF…
	version  []byte // <Protocol Version>, the device type first; nil in the oldest form, which has none
	own      int    // the first field after the head: version, id, VIN where there is one, and name
	end      int    // the first field of the tail: time of sending and count
	sent     []byte // when it was sent; nil if it does not say
	count    []byte // its count; nil if it has none
	buffered bool
	rec      *record
}

// maxVersion is the longest <Protocol Version>.
const maxVersion = 10

// unknown stands for a type of report that the table does not have.
var unknown = kind{shape: shapeOther}

// decodeText reads +RESP:GTxxx, +BUFF:GTxxx and +ACK:GTxxx.
func (c *codec) decodeText(frame []byte) (protocols.Message, error) {
	var m message
	m.cut(bytes.TrimRight(frame, "$\x00\r\n "))
	head := m.at(0)
	colon := bytes.IndexByte(head, ':')
	if colon < 0 {
		return protocols.Message{}, &wire.Error{Field: "header", Err: wire.ErrUnknown}
	}
	m.code = bytes.TrimPrefix(head[colon+1:], []byte("GT"))
	who := 2
	if id := m.at(1); len(id) >= 14 && digits(id) {
		who = 1 // the oldest form has no version
	} else {
		m.version = id
	}
	if !isID(m.at(who)) {
		return protocols.Message{}, &wire.Error{Field: "unique id", Offset: min(int(m.start[min(who, m.n)]), len(frame)),
			Err: wire.ErrValue}
	}
	out := protocols.Message{Device: same(&c.id, m.at(who))}
	m.readHead(who + 1)
	c.version = append(c.version[:0], m.version[:min(len(m.version), maxVersion)]...)
	switch string(head[:colon]) {
	case "+ACK", "+NACK", "+QRY":
		c.answer(&m, &out, head[:colon])
	case "+BUFF":
		m.buffered = true
		c.report(&m, &out)
	case "+RESP":
		c.report(&m, &out)
	default:
		return out, &wire.Error{Field: "header", Err: wire.ErrUnknown}
	}
	if c.sack && out.Reply == nil && m.count != nil {
		out.Reply = m.acknowledge(m.rec, "+SACK:")
	}
	return out, nil
}

// isID is whether b can be an IMEI, a MEID or a name in their place.
func isID(b []byte) bool {
	for _, c := range b {
		if unhex(c) > 15 && (c < 'G' || c > 'Z') && (c < 'g' || c > 'z') && c != '-' && c != '_' {
			return false
		}
	}
	return len(b) >= 4 && len(b) <= 20
}

// readHead finds where the report's own fields start and end. The trackers for the OBD socket send the vehicle's number
// before their name.
func (m *message) readHead(name int) {
	m.own = name + 1
	if m.version == nil {
		m.own = name // and no name
	} else if v := m.at(name); len(v) == 17 && isID(v) || hasVIN(m.version) {
		m.own++
	}
	m.kind = kindOf(m.code)
	if m.kind == nil {
		m.kind = &unknown
	}
	if m.kind.shape == shapeCells && digits(m.at(m.own)) {
		m.own-- // the GL500 has no name there, but its fix type
	}
	m.end = m.n
	switch {
	case isMoment(m.at(m.n - 2)):
		m.end, m.sent, m.count = m.n-2, m.at(m.n-2), m.at(m.n-1)
	case isMoment(m.at(m.n - 1)):
		m.end, m.sent = m.n-1, m.at(m.n-1)
	}
	if m.kind.shape == shapeInfo && motionName(m.at(m.own)) == "" && motionName(m.at(m.own+1)) != "" {
		m.own++ // a VIN, though empty and of a device type that is not known to have one
	}
	m.own = min(m.own, m.end)
}

// hasVIN is whether a device type's texts have the VIN before the name: GV500 and its kin.
func hasVIN(version []byte) bool {
	return len(version) == 6 && (model(version, "1F") || model(version, "2D") || model(version, "36") ||
		model(version, "5E"))
}

// model is whether a <Protocol Version> is of that device type.
func model(version []byte, device string) bool {
	return len(version) >= len(device)+4 && string(version[:len(device)]) == device
}

// acknowledge writes what the server owes for a report that is counted.
func (m *message) acknowledge(rec *record, open string) []byte {
	var b []byte
	if rec != nil {
		b = rec.reply[:0]
	}
	b = append(b, open...)
	b = append(b, m.count...)
	return append(b, '$')
}

// answer reads what a tracker says to a command, and the heartbeat, which alone always wants an answer.
func (c *codec) answer(m *message, out *protocols.Message, head []byte) {
	if string(m.code) == "HBD" && string(head) == "+ACK" {
		if m.count != nil {
			b := append(make([]byte, 0, 40), "+SACK:GTHBD,"...)
			b = append(append(b, m.version...), ',')
			out.Reply = append(append(b, m.count...), '$')
		}
		return
	}
	out.Result = &protocols.Result{Text: string(m.data), Nack: string(head) == "+NACK"}
	if serial, ok := hexadecimal(m.at(m.end - 1)); ok && m.end-1 >= m.own && serial < noSerial {
		out.Result.ID = uint32(serial)
	}
}

// report reads a report: its fixes, what stands before them, and what follows.
func (c *codec) report(m *message, out *protocols.Message) {
	p := m.open(out)
	fix := m.findFix(m.own)
	if fix < 0 {
		c.readBare(m, p)
		return
	}
	before := fix + fixAccuracy
	tail := m.readFix(p, fix)
	for next := m.findFix(tail); next >= 0; next = m.findFix(tail) {
		if until := next + fixAccuracy; until > tail {
			if tail = m.readAppended(p, tail); until > tail && hasDot(m.at(tail)) {
				m.readMileage(p, m.at(tail))
			}
		}
		out.Positions = append(out.Positions, protocols.Position{Attributes: make([]protocols.Attribute, 0, 8)})
		p = &out.Positions[len(out.Positions)-1]
		tail = m.readFix(p, next)
	}
	c.date(m, p)
	c.noteReport(m, p)
	m.readBefore(p, before)
	m.readTail(p, tail)
}

// open gives the first position, with room for what the kind of report commonly has.
func (m *message) open(out *protocols.Message) *protocols.Position {
	if m.kind.shape != shapeCAN && m.kind.shape != shapeOBD {
		m.rec = new(record)
		return m.rec.open(out)
	}
	w := new(wide)
	m.rec = &w.record
	p := m.rec.open(out)
	p.Attributes = w.items[:0]
	return p
}

// date gives a report without a time that of its sending, and learns from a fresh fix how the tracker's clock stands.
func (c *codec) date(m *message, p *protocols.Position) {
	sent := moment(m.sent)
	if p.Time.IsZero() {
		p.Time = c.utc(sent)
		return
	}
	if p.HDOP.Value > 0 && !sent.IsZero() {
		c.learnClock(sent, p.Time)
	}
	noteSent(p, m.sent, sent)
}

// noteReport adds what the report is called and what it warns of.
func (c *codec) noteReport(m *message, p *protocols.Position) {
	switch {
	case m.kind == &unknown:
		if s := m.text(0, 1); len(s) > len(m.code) {
			p.Note("event", protocols.Text(s[len(s)-len(m.code):]))
		}
	case m.kind.event != "fix":
		p.Note("event", protocols.Text(m.kind.event))
	}
	p.Alarms |= m.kind.alarms
	if m.buffered {
		p.Note("buffered", protocols.Bool(true))
	}
	if name := m.at(m.own - 1); len(name) > 0 && m.own >= 4 {
		p.Note("device_name", protocols.Text(same(&c.name, name)))
	}
	if vin := m.at(m.own - 2); len(vin) == 17 && m.own >= 5 {
		m.noteText(p, "vin", m.own-2, m.own-1)
	}
}

// readBare reads a report without a fix.
func (c *codec) readBare(m *message, p *protocols.Position) {
	p.Time = c.utc(moment(m.sent))
	c.noteReport(m, p)
	switch m.kind.shape {
	case shapeInfo, shapeVersion, shapeCells, shapeBattery, shapeSerial:
		m.noteText(p, "protocol_version", 1, 2)
		m.readInfo(p)
	case shapeCAN:
		m.readCAN(p, m.end)
	case shapeOther:
		m.noteText(p, "report", m.own, m.end)
	default:
		m.readEmpty(p)
	}
}

// readEmpty reads a report whose fix is empty: its cell, what stands before and what follows it.
func (m *message) readEmpty(p *protocols.Position) {
	cell := m.findCell(p, m.own+4, m.end)
	if cell < 0 {
		m.noteText(p, "report", m.own, m.end)
		return
	}
	fix := cell - fixMCC
	m.readBefore(p, fix+fixAccuracy)
	m.readTail(p, fix+fixEnd)
}
