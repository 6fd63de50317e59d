package calamp

import (
	"encoding/binary"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// tracker is a unit that reports events, one in a datagram.
type tracker struct {
	out     []byte // the last report, reused
	options []byte // as every message begins
	seq     uint16 // of the last message
	waiting bool   // the last report is not acknowledged
}

func newTracker(device string) *tracker {
	bcd := wire.AppendBCD(nil, device+"F"[:len(device)%2])
	if len(device)%2 == 1 {
		bcd[len(bcd)-1] |= 0x0F // what is no digit was written as 0
	}
	t := &tracker{options: []byte{optionsHead | optionID | 2, byte(len(bcd))}}
	t.options = append(append(t.options, bcd...), 1, 2) // IMEI
	return t
}

// Hello is nothing: a unit begins with a report.
func (t *tracker) Hello() []byte { return nil }

// Batch is one: a datagram holds one report.
func (t *tracker) Batch() int { return 1 }

// Acknowledged is true: reports ask for it.
func (t *tracker) Acknowledged() bool { return true }

// open begins a message with the next sequence number.
func (t *tracker) open(b []byte, service, kind byte) []byte {
	b = append(b, t.options...)
	b = append(b, service, kind)
	return binary.BigEndian.AppendUint16(b, t.seq)
}

// Report writes an event report.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.seq++
	t.waiting = len(positions) > 0
	b := t.out[:0]
	for i := range positions {
		b = t.report(t.open(b, acknowledged, kindEvent), &positions[i])
	}
	t.out = b
	return b
}

func (t *tracker) report(b []byte, p *protocols.Position) []byte {
	be := binary.BigEndian
	at := uint32(max(0, p.Time.Unix()))
	b = be.AppendUint32(be.AppendUint32(b, at), at)
	b = be.AppendUint32(b, uint32(int32(math.Round(p.Latitude*1e7))))
	b = be.AppendUint32(b, uint32(int32(math.Round(p.Longitude*1e7))))
	altitude := math.Copysign(wire.Clamp(math.Abs(p.Altitude.Value)*100, 0, 1e7), p.Altitude.Value)
	b = be.AppendUint32(b, uint32(int32(altitude)))
	b = be.AppendUint32(b, uint32(wire.Clamp(p.Speed.Value/0.036, 0, 55000)))
	b = be.AppendUint16(b, uint16(wire.Clamp(p.Course.Value, 0, 360))%360)
	status := byte(0)
	if !p.Valid {
		status = fixInvalid
	}
	b = append(b, byte(wire.Clamp(float64(p.Satellites.Value), 0, 255)), status, 0, 0)
	b = be.AppendUint16(b, uint16(0x10000-75)) // RSSI -75 dBm
	b = append(b, 0x0F, byte(wire.Clamp(p.HDOP.Value*10, 0, 255)))
	inputs := byte(0)
	if p.Ignition.Value {
		inputs = 1
	}
	return append(b, inputs, 0, 0, 1, 0, 0) // event 1, no accumulators
}

// Hear reads an acknowledgement or a command.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if len(data) < 4 {
		return 0, heard, nil
	}
	seq := binary.BigEndian.Uint16(data[2:])
	switch {
	case data[0] == response && data[1] == kindAck:
		if len(data) < 10 {
			return 0, heard, nil
		}
		if seq == t.seq && t.waiting {
			heard.Positions, t.waiting = 1, false
		}
		return 10, heard, nil
	case data[0] == acknowledged && data[1] == kindLocate:
		heard.Command = "LOCATE"
		heard.Reply = t.answer(kindLocate, seq)
		return 4, heard, nil
	case data[0] == acknowledged && data[1] == kindUser:
		if len(data) < 8 {
			return 0, heard, nil
		}
		n := 8 + int(binary.BigEndian.Uint16(data[6:]))
		if len(data) < n {
			return 0, heard, nil
		}
		heard.Command = string(data[8:n])
		heard.Reply = t.answer(kindUser, seq)
		return n, heard, nil
	}
	return 0, heard, &wire.Error{Field: "service", Offset: 0, Err: wire.ErrUnknown}
}

// answer is the unit's ACK of a message with that sequence number.
func (t *tracker) answer(kind byte, seq uint16) []byte {
	b := append([]byte(nil), t.options...)
	return appendAck(b, &head{kind: kind, seq: seq})
}
