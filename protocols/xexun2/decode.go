package xexun2

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// room is how many attributes a record has room for before it costs an allocation of its own.
const room = 8

// record is the room for what a message with one record commonly means.
type record struct {
	positions  [1]protocols.Position
	attributes [room]protocols.Attribute
	reply      [32]byte
}

// Decode reads one message. All but the answers to commands are acknowledged, by their type and number.
func (c *codec) Decode(frame []byte, _ time.Time) (m protocols.Message, err error) {
	data := inside(frame)
	if len(data) < offBody {
		return m, &wire.Error{Field: "head", Offset: len(data), Err: wire.ErrShort}
	}
	if err := c.speaker(data[offID:offSize]); err != nil {
		return m, err
	}
	m.Device = c.device
	r := new(record)
	kind, index, body := binary.BigEndian.Uint16(data), binary.BigEndian.Uint16(data[offIndex:]), data[offBody:]
	if kind == kindCommand {
		m.Result = resultOf(body, index)
		return m, nil
	}
	m.Reply = appendFrame(r.reply[:0], kind, index, c.id, []byte{1})
	if kind == kindReport {
		err = readReport(&m, body, r)
	} else {
		p := r.open(&m)
		p.Note("message_type", protocols.Int(int64(kind)))
		p.Note("data", protocols.Bytes(body))
	}
	if !proved(data) {
		for i := range m.Positions {
			m.Positions[i].Note("checksum_ok", protocols.Bool(false))
		}
	}
	return m, err
}

func (r *record) open(m *protocols.Message) *protocols.Position {
	r.positions[0].Attributes = r.attributes[:0]
	m.Positions = r.positions[:]
	return &r.positions[0]
}

// speaker remembers who speaks: 15 digits and a filler.
func (c *codec) speaker(id []byte) error {
	if c.device != "" && bytes.Equal(id, c.id[:]) {
		return nil
	}
	var digits [2 * idSize]byte
	for i, b := range id {
		if b>>4 > 9 || b&15 > 9 && i < idSize-1 {
			return &wire.Error{Field: "IMEI", Offset: len(fence) + offID + i, Err: wire.ErrValue}
		}
		digits[2*i], digits[2*i+1] = '0'+b>>4, '0'+b&15
	}
	copy(c.id[:], id)
	c.device = string(digits[:2*idSize-1])
	return nil
}

// resultOf takes an answer as its words, or as its bytes where they are none.
func resultOf(body []byte, index uint16) *protocols.Result {
	for _, b := range body {
		if b < ' ' || b > '~' {
			return &protocols.Result{Text: hex.EncodeToString(body), Data: bytes.Clone(body), ID: uint32(index)}
		}
	}
	return &protocols.Result{Text: string(body), ID: uint32(index)}
}

// readReport reads the count of records, their lengths, and the records. A bad one costs itself only.
func readReport(m *protocols.Message, body []byte, r *record) (err error) {
	if len(body) == 0 {
		return &wire.Error{Field: "count", Offset: len(fence) + offBody, Err: wire.ErrShort}
	}
	n := int(body[0])
	at := 1 + 2*n
	if len(body) < at {
		return &wire.Error{Field: "lengths", Offset: len(fence) + offBody + len(body), Err: wire.ErrShort}
	}
	attributes := r.attributes[:]
	m.Positions = r.positions[:min(n, 1)]
	if n > 1 {
		n = min(n, 1+(len(body)-at)/minRecord) // no more than there can be
		m.Positions = make([]protocols.Position, n)
		attributes = make([]protocols.Attribute, n*room)
	}
	for i := range m.Positions {
		p := &m.Positions[i]
		p.Attributes = attributes[i*room : i*room : (i+1)*room]
		end := min(at+int(binary.BigEndian.Uint16(body[1+2*i:])), len(body))
		d := decoder{Reader: wire.NewReader(body[:end]), pos: p}
		d.Skip("records before", at)
		d.record()
		if failed := d.Err(); failed != nil && err == nil {
			err = failed
		}
		at = end
	}
	return err
}

// decoder reads one record.
type decoder struct {
	wire.Reader
	pos *protocols.Position
}

// minRecord is the bytes of a record that carries nothing.
const minRecord = 9

// The bits of a record's mask.
const (
	hasAlarm       = 1 << 0
	hasPlace       = 1 << 1
	hasFingerprint = 1 << 3
	hasVersion     = 1 << 4
	hasParameters  = 1 << 5
	notKnown       = 1<<2 | 1<<6 | 1<<7
)

// maxCSQ is the best signal.
const maxCSQ = 31

// record reads number, time, signal, charging and battery, and what the mask says.
func (d *decoder) record() {
	p := d.pos
	p.Note("index", protocols.Int(int64(d.U8("index"))))
	if t := d.U32("time"); t != 0 {
		p.Time = time.Unix(int64(t), 0).UTC()
	}
	if csq := int(d.U8("signal")); csq <= maxCSQ && d.Err() == nil {
		p.SignalPercent = protocols.Some((csq*100 + maxCSQ/2) / maxCSQ)
	}
	battery := d.U16("battery")
	if percent := battery &^ (1 << 15); percent <= 100 && d.Err() == nil {
		p.BatteryPercent = protocols.Some(float64(percent))
	}
	mask := d.U8("mask")
	if d.Err() != nil {
		return
	}
	p.Note("charging", protocols.Bool(battery>>15 != 0))
	if mask&hasAlarm != 0 {
		d.alarm()
	}
	if mask&hasPlace != 0 {
		d.place()
	}
	if mask&(1<<2) == 0 {
		d.about(mask)
	}
	if mask&notKnown != 0 && d.Len() > 0 {
		p.Note("data", protocols.Bytes(d.Rest()))
	}
}

// about reads what a record tells of the device itself.
func (d *decoder) about(mask byte) {
	p := d.pos
	if mask&hasFingerprint != 0 {
		p.Note("fingerprint", protocols.Int(int64(d.U32("fingerprint"))))
	}
	if mask&hasVersion != 0 {
		if version := bytes.Trim(d.Bytes("version", 20), "\x00 "); len(version) > 0 {
			p.Note("firmware", protocols.Text(string(version)))
		}
		p.IMSI = digitsOf(d.Bytes("IMSI", 8))
		p.ICCID = digitsOf(d.Bytes("ICCID", 10))
	}
	if mask&hasParameters != 0 {
		if b := d.Bytes("parameters", 12); b != nil {
			p.Note("parameters", protocols.Bytes(b))
		}
	}
}

// digitsOf gives BCD digits without a leading zero and fillers behind; "" if they are none.
func digitsOf(b []byte) string {
	words := hex.EncodeToString(b)
	for len(words) > 0 && words[len(words)-1] == 'f' {
		words = words[:len(words)-1]
	}
	if len(words) > 0 && words[0] == '0' {
		words = words[1:]
	}
	if !wire.Digits(words) || len(bytes.Trim(b, "\x00")) == 0 {
		return ""
	}
	return words
}

func (d *decoder) alarm() {
	v := d.U32("alarm")
	if d.Err() != nil {
		return
	}
	for _, a := range alarms {
		if v>>a.bit&1 != 0 {
			d.pos.Alarms |= a.alarm
		}
	}
	if v != 0 && d.pos.Alarms == 0 {
		d.pos.Alarms = protocols.AlarmGeneral
	}
	d.pos.Note("alarm_code", protocols.Int(int64(v)))
}

// alarms are the bits that warn.
var alarms = [...]struct {
	bit   int
	alarm protocols.Alarms
}{{0, protocols.AlarmSOS}, {1, protocols.AlarmRemoving}, {15, protocols.AlarmFall}}
