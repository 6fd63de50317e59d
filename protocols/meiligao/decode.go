package meiligao

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// record is the room for what a frame commonly means, so that a frame costs one allocation.
type record struct {
	positions  [1]protocols.Position
	attributes [24]protocols.Attribute
	reply      [minFrame + 3]byte
	refusal    [minFrame + 1]byte
}

// open gives the message's only position.
func (r *record) open(m *protocols.Message) *protocols.Position {
	r.positions[0].Attributes = r.attributes[:0]
	m.Positions = r.positions[:]
	return &r.positions[0]
}

// Decode reads one frame.
func (c *codec) Decode(frame []byte, _ time.Time) (m protocols.Message, err error) {
	switch {
	case len(frame) < minFrame:
		return m, &wire.Error{Field: "frame", Offset: len(frame), Err: wire.ErrShort}
	case frame[0] != '$' || frame[1] != '$':
		return m, &wire.Error{Field: "head", Err: wire.ErrUnknown}
	}
	if err := c.speaker(frame[offID:offKind]); err != nil {
		return m, err
	}
	m.Device = c.device
	kind, body := binary.BigEndian.Uint16(frame[offKind:]), frame[offBody:len(frame)-tailSize]
	r := new(record)
	err = c.read(kind, body, r, &m)
	if !proved(frame) {
		for i := range m.Positions {
			m.Positions[i].Note("checksum_ok", protocols.Bool(false))
		}
	}
	return m, err
}

// speaker remembers who speaks.
func (c *codec) speaker(id []byte) error {
	if c.device != "" && bytes.Equal(id, c.id[:]) {
		return nil
	}
	var room [2*idSize + 1]byte
	digits, ok := digitsOf(id, room[:0])
	if !ok {
		return &wire.Error{Field: "id", Offset: offID, Err: wire.ErrValue}
	}
	if len(digits) == 2*idSize {
		digits = append(digits, wire.Luhn(digits))
	}
	copy(c.id[:], id)
	c.device = string(digits)
	return nil
}

// read reads the data of a command.
func (c *codec) read(kind uint16, body []byte, r *record, m *protocols.Message) error {
	switch kind {
	case cmdLogin:
		m.Reply = appendFrame(r.reply[:0], "@@", c.id, cmdLoginReply, []byte{1})
		m.Refusal = appendFrame(r.refusal[:0], "@@", c.id, cmdLoginReply, []byte{0})
	case cmdHeartbeat:
		m.Reply = appendFrame(r.reply[:0], "@@", c.id, cmdHeartbeat, []byte{1})
	case cmdServer:
		if c.server != "" {
			m.Reply = appendFrame(nil, "@@", c.id, cmdServer, []byte(c.server))
		}
	case cmdPosition:
		return readSentence(r.open(m), body, offBody)
	case cmdLogged:
		head := body[:loggedHead(body)]
		p := r.open(m)
		p.Note("logged", protocols.Bool(true))
		return readSentence(p, body[len(head):], offBody+len(head))
	case cmdAlarm:
		return readAlarm(r.open(m), body)
	case cmdCards:
		return readCards(r.open(m), body)
	case cmdOBD:
		return readReadings(r.open(m), body, obdReadings[:])
	case cmdTrip:
		return readReadings(r.open(m), body, tripReadings[:])
	case cmdFaults:
		r.open(m).Note("dtcs", protocols.Text(string(body)))
	case cmdRetransmit:
		return readRetransmission(m, body)
	case cmdPhotoStart, cmdPhotoEnd, cmdPhoto, cmdPhotoPlace:
		return c.readPhoto(kind, body, r, m)
	default:
		return c.readOther(kind, body, r, m)
	}
	return nil
}

// readOther takes a repeated command of the server's as its answer, and keeps any other as it is.
func (c *codec) readOther(kind uint16, body []byte, r *record, m *protocols.Message) error {
	if kind>>12 == 4 || kind>>12 == 5 {
		words := hex.AppendEncode(nil, []byte{byte(kind >> 8), byte(kind)})
		m.Result = &protocols.Result{Nack: len(body) == 1 && body[0] == 0}
		switch {
		case len(body) > 0 && wire.Printable(body):
			words = append(append(words, ' '), body...)
		case len(body) > 0:
			words = hex.AppendEncode(append(words, ':'), body)
		}
		m.Result.Text = string(words)
		return nil
	}
	p := r.open(m)
	p.Note("command", protocols.Int(int64(kind)))
	if len(body) > 0 {
		p.Note("data", protocols.Bytes(body))
	}
	return nil
}

// loggedSize is the head of a logged position, which the papers call its place in the memory.
const loggedSize = 6

// loggedHead is how long the head of a logged position is: 0 where the sentence comes at once.
func loggedHead(body []byte) int {
	for i, c := range body {
		if i > 6 || i > 4 && (c == '.' || c == ',') {
			return 0
		}
		if c < '0' || c > '9' {
			break
		}
	}
	return min(loggedSize, len(body))
}

// alarmOf names the codes that warn; the others, as distance and turn reports, are events.
func alarmOf(code byte) protocols.Alarms {
	switch code {
	case 0x01:
		return protocols.AlarmSOS
	case 0x10:
		return protocols.AlarmLowBattery
	case 0x11:
		return protocols.AlarmOverspeed
	case 0x12:
		return protocols.AlarmMovement
	case 0x13:
		return protocols.AlarmGeofenceEnter
	case 0x14:
		return protocols.AlarmAccident
	case 0x50:
		return protocols.AlarmPowerCut
	case 0x53:
		return protocols.AlarmGPSAntennaCut
	case 0x60:
		return protocols.AlarmFatigue
	case 0x71, 0x72:
		return protocols.AlarmHardBraking
	case 0x73:
		return protocols.AlarmHardAcceleration
	case 0x74:
		return protocols.AlarmIdle
	}
	return 0
}

func readAlarm(p *protocols.Position, body []byte) error {
	if len(body) == 0 {
		return &wire.Error{Field: "alarm", Offset: offBody, Err: wire.ErrShort}
	}
	p.Alarms = alarmOf(body[0])
	p.Note("alarm_code", protocols.Int(int64(body[0])))
	return readSentence(p, body[1:], offBody+1)
}

// maxRetransmitted is the most positions that one frame brings back.
const maxRetransmitted = 64

// readRetransmission reads positions with \ between them, each behind a code of alarm.
func readRetransmission(m *protocols.Message, body []byte) (err error) {
	if len(body) == 0 {
		return &wire.Error{Field: "count", Offset: offBody, Err: wire.ErrShort}
	}
	count := min(int(body[0]), maxRetransmitted)
	m.Positions = make([]protocols.Position, 0, count)
	for at := 1; at < len(body) && len(m.Positions) < count; {
		end := len(body)
		if i := bytes.IndexByte(body[at:], '\\'); i >= 0 {
			end = at + i
		}
		var p protocols.Position
		p.Attributes = make([]protocols.Attribute, 0, 16)
		p.Alarms = alarmOf(body[at])
		if body[at] != 0 {
			p.Note("alarm_code", protocols.Int(int64(body[at])))
		}
		failed := readSentence(&p, body[min(at+1, end):end], offBody+at+1)
		if failed == nil {
			m.Positions = append(m.Positions, p)
		} else if err == nil {
			err = failed
		}
		at = end + 1
	}
	return err
}
