package jt808

import (
	"encoding/binary"
	"math"
	"math/bits"

	"drover/protocols"
	"drover/protocols/wire"
)

// batch is the most positions of one report.
const batch = 10

// tracker is a terminal of the edition of 2019 with the elements that exporters' trackers have.
type tracker struct {
	id     [10]byte
	out    []byte // the last report, reused
	last   []byte // the last location, for the queries
	serial uint16 // of the last message

	reported uint16 // serial number of the last report
	waiting  uint16 // so many positions are in it and not acknowledged
	cut      bool   // the engine is cut
}

func newTracker(device string) *tracker {
	t := &tracker{}
	if len(device) > 20 {
		device = device[len(device)-20:]
	}
	bcd := wire.AppendBCD(make([]byte, 0, 10), device)
	copy(t.id[10-len(bcd):], bcd)
	return t
}

func (t *tracker) envelope() envelope {
	return envelope{mark: mark, versioned: true, version: 1, id: t.id[:]}
}

// say appends a message.
func (t *tracker) say(b []byte, kind uint16, body []byte) []byte {
	t.serial++
	return t.envelope().appendFrame(b, kind, t.serial, body)
}

// Hello registers the terminal.
func (t *tracker) Hello() []byte {
	t.waiting = 0
	return t.say(nil, kindRegister, make([]byte, 76)) // of no province, maker, model and plate
}

// Batch is how many positions one message takes.
func (t *tracker) Batch() int { return batch }

// Acknowledged is true: every message is answered.
func (t *tracker) Acknowledged() bool { return true }

// Report writes one position as 0200, several as 0704. No positions at all are a heartbeat.
func (t *tracker) Report(positions []protocols.Position) []byte {
	switch len(positions) {
	case 0:
		t.out = t.say(t.out[:0], kindHeartbeat, nil)
		return t.out
	case 1:
		t.last = t.location(t.last[:0], &positions[0])
		t.out = t.say(t.out[:0], kindLocation, t.last)
	default:
		body := make([]byte, 0, 3+len(positions)*100)
		body = binary.BigEndian.AppendUint16(body, uint16(len(positions)))
		body = append(body, 0)
		for i := range positions {
			t.last = t.location(t.last[:0], &positions[i])
			body = binary.BigEndian.AppendUint16(body, uint16(len(t.last)))
			body = append(body, t.last...)
		}
		t.out = t.say(t.out[:0], kindBatch, body)
	}
	t.reported, t.waiting = t.serial, uint16(len(positions))
	return t.out
}

// location appends a position with its elements.
func (t *tracker) location(b []byte, p *protocols.Position) []byte {
	b = binary.BigEndian.AppendUint32(b, wordOf(p.Alarms))
	b = binary.BigEndian.AppendUint32(b, t.status(p))
	b = binary.BigEndian.AppendUint32(b, uint32(math.Round(math.Abs(p.Latitude)*1e6)))
	b = binary.BigEndian.AppendUint32(b, uint32(math.Round(math.Abs(p.Longitude)*1e6)))
	b = binary.BigEndian.AppendUint16(b, uint16(int16(wire.Clamp(p.Altitude.Value, -32768, 32767))))
	b = binary.BigEndian.AppendUint16(b, uint16(wire.Clamp(p.Speed.Value*10, 0, 20000)))
	b = binary.BigEndian.AppendUint16(b, uint16(wire.Clamp(p.Course.Value, 0, 360))%360)
	b = appendTime(b, p.Time.UTC().Add(beijing))
	if v, ok := p.Odometer.Get(); ok {
		b = binary.BigEndian.AppendUint32(append(b, 0x01, 4), uint32(wire.Clamp(v/100, 0, math.MaxUint32)))
	}
	if v, ok := p.SignalPercent.Get(); ok {
		b = append(b, 0x30, 1, byte(wire.Clamp(float64(v)*31/100, 0, 31)))
	}
	if v, ok := p.Satellites.Get(); ok {
		b = append(b, 0x31, 1, byte(wire.Clamp(float64(v), 0, 255)))
	}
	if v, ok := p.ExternalVolts.Get(); ok {
		b = binary.BigEndian.AppendUint16(append(b, 0x61, 2), uint16(wire.Clamp(v*100, 0, 65535)))
	}
	if v, ok := p.BatteryVolts.Get(); ok {
		b = binary.BigEndian.AppendUint16(append(b, 0x69, 2), uint16(wire.Clamp(v*100, 0, 65535)))
	}
	if v, ok := p.BatteryPercent.Get(); ok {
		b = append(b, 0xD4, 1, byte(wire.Clamp(v, 0, 100)))
	}
	if v, ok := p.HDOP.Get(); ok {
		b = binary.BigEndian.AppendUint16(append(b, 0xF9, 4, 0, 4), uint16(wire.Clamp(v*10, 0, 65535)))
	}
	if c, ok := p.Cell.Get(); ok {
		b = append(b, 0x5D, 11, 1, byte(c.MCC>>8), byte(c.MCC), byte(c.MNC), byte(c.LAC>>8), byte(c.LAC))
		b = append(binary.BigEndian.AppendUint32(b, uint32(c.CID)), 0)
	}
	if len(p.ICCID) == 20 {
		b = append(append(b, 0xF1, 20), p.ICCID...)
	}
	return b
}

func (t *tracker) status(p *protocols.Position) uint32 {
	var status uint32
	for _, bit := range [...]struct {
		on   bool
		mask uint32
	}{
		{p.Ignition.Value, statusIgnition}, {p.Valid, statusFixed},
		{p.Latitude < 0, statusSouth}, {p.Longitude < 0, statusWest}, {t.cut, statusBlocked},
	} {
		if bit.on {
			status |= bit.mask
		}
	}
	return status
}

// wordOf is the alarm word of alarms, as far as they have a bit.
func wordOf(alarms protocols.Alarms) uint32 {
	var word uint32
	for rest := uint64(alarms); rest != 0; rest &= rest - 1 {
		alarm := protocols.Alarms(1) << bits.TrailingZeros64(rest)
		for bit, a := range alarmBits {
			if a == alarm {
				word |= 1 << bit
				break
			}
		}
	}
	return word
}
