package meitrack

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/bits"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// batch is the most records of one frame.
const batch = 10

// tracker is one of the later models, which report CCE and delete what the server says it has.
type tracker struct {
	device string
	out    []byte // the last report, reused
	record []byte // room for one record
	flag   byte   // of the last frame, A to z
}

// Hello is nil: a tracker starts with reports.
func (t *tracker) Hello() []byte { return nil }

// Batch is the most records of one frame.
func (t *tracker) Batch() int { return batch }

// Acknowledged is true: the server says how many records it has.
func (t *tracker) Acknowledged() bool { return true }

// Report writes one frame of tagged records.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.turn()
	body := t.record[:0]
	body = append(body, "CCE,"...)
	body = binary.LittleEndian.AppendUint32(body, 0)
	body = binary.LittleEndian.AppendUint16(body, uint16(len(positions)))
	for i := range positions {
		body = appendRecord(body, &positions[i])
	}
	t.record = body
	t.out = appendFrame(t.out[:0], "$$", t.flag, t.device, body)
	return t.out
}

// turn takes the next flag.
func (t *tracker) turn() {
	if t.flag < 'A' || t.flag >= 'z' {
		t.flag = 'A'
		return
	}
	t.flag++
}

// list writes values of one size and counts them.
type list struct {
	b     []byte
	count int // where the number of values stands
	all   int // of the record
}

func (l *list) open() {
	l.count = len(l.b)
	l.b = append(l.b, 0)
}

func (l *list) id(id byte) {
	l.b[l.count]++
	l.all++
	l.b = append(l.b, id)
}

func (l *list) one(id, v byte) {
	l.id(id)
	l.b = append(l.b, v)
}

func (l *list) two(id byte, v float64) {
	l.id(id)
	l.b = binary.LittleEndian.AppendUint16(l.b, uint16(int64(math.Round(v))))
}

func (l *list) four(id byte, v int64) {
	l.id(id)
	l.b = binary.LittleEndian.AppendUint32(l.b, uint32(v))
}

// appendRecord writes one position: its length, the number of values, and the four lists.
func appendRecord(b []byte, p *protocols.Position) []byte {
	start := len(b)
	l := list{b: append(b, 0, 0, 0, 0)}
	l.small(p)
	l.middle(p)
	l.open()
	if p.Located {
		l.four(0x02, int64(math.Round(p.Latitude*1e6)))
		l.four(0x03, int64(math.Round(p.Longitude*1e6)))
	}
	l.four(0x04, p.Time.Unix()-epoch)
	if v, ok := p.Odometer.Get(); ok {
		l.four(0x0C, int64(math.Round(v)))
	}
	l.open()
	if c, ok := p.Cell.Get(); ok {
		l.id(0x0E)
		l.b = append(l.b, 10)
		l.b = binary.LittleEndian.AppendUint16(l.b, c.MCC)
		l.b = binary.LittleEndian.AppendUint16(l.b, c.MNC)
		l.b = binary.LittleEndian.AppendUint16(l.b, uint16(c.LAC))
		l.b = binary.LittleEndian.AppendUint32(l.b, uint32(c.CID))
	}
	binary.LittleEndian.PutUint16(l.b[start:], uint16(len(l.b)-start-2))
	binary.LittleEndian.PutUint16(l.b[start+2:], uint16(l.all))
	return l.b
}

// small writes the values of one byte.
func (l *list) small(p *protocols.Position) {
	l.open()
	valid := byte(0)
	if p.Valid {
		valid = 1
	}
	l.one(0x05, valid)
	if v, ok := p.Satellites.Get(); ok {
		l.one(0x06, byte(min(v, 255)))
	}
	if v, ok := p.SignalPercent.Get(); ok {
		l.one(0x07, byte(math.Round(float64(v)*31/100)))
	}
	if v, ok := p.BatteryPercent.Get(); ok {
		l.id(extended)
		l.b = append(l.b, 0x69, byte(math.Round(v)))
	}
	l.one(0x01, eventOf(p))
}

// middle writes the values of two bytes.
func (l *list) middle(p *protocols.Position) {
	l.open()
	for _, f := range [...]struct {
		id    byte
		value protocols.Opt[float64]
		unit  float64
	}{
		{0x08, p.Speed, 1}, {0x09, p.Course, 1}, {0x0A, p.HDOP, 10}, {0x0B, p.Altitude, 1},
		{0x19, p.BatteryVolts, 100}, {0x1A, p.ExternalVolts, 100},
	} {
		if v, ok := f.value.Get(); ok {
			l.two(f.id, v*f.unit)
		}
	}
}

// byInterval is the event of a report that has no other reason.
const byInterval = 35

// eventOf is the number of the first alarm that has one.
func eventOf(p *protocols.Position) byte {
	if p.Alarms != 0 {
		first := protocols.Alarms(1) << bits.TrailingZeros64(uint64(p.Alarms))
		for event, alarm := range eventAlarms {
			if alarm == first {
				return byte(event)
			}
		}
	}
	return byInterval
}

// Hear reads an acknowledgement or a command.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	end := bytes.Index(data, terminator) + 2
	switch {
	case len(data) > 1 && (data[0] != '@' || data[1] != '@'):
		return 0, heard, &wire.Error{Field: "header", Err: wire.ErrUnknown}
	case end < 2 && len(data) > maxFrame:
		return 0, heard, &wire.Error{Field: "frame", Err: wire.ErrTooLong}
	case end < 2:
		return 0, heard, nil
	}
	own := append([]byte("$$"), data[2:end]...)
	comma, announced, ok := header(own)
	if !ok || comma+announced != end {
		return 0, heard, &wire.Error{Field: "length", Offset: 3, Err: wire.ErrValue}
	}
	sum, _ := summed(data[:end-2])
	f, err := envelope(own)
	switch {
	case err != nil:
		return 0, heard, err
	case sum != wire.Sum8(data[:end-4]):
		return 0, heard, &wire.Error{Field: "checksum", Offset: end - 4, Err: wire.ErrChecksum}
	}
	t.obey(&f, &heard)
	return end, heard, nil
}

// obey counts what was acknowledged, or answers a command with its letters and OK.
func (t *tracker) obey(f *frame, heard *protocols.Heard) {
	name, rest, _ := strings.Cut(string(f.data[f.start:f.end]), ",")
	switch name {
	case "CCE":
		n, _ := wire.Field(rest).Int64()
		heard.Positions = int(n)
		return
	case "AAC", "D00":
		return
	}
	heard.Command = string(f.data[f.start:f.end])
	heard.Reply = appendFrame(nil, "$$", f.flag, t.device, name+",OK")
}
