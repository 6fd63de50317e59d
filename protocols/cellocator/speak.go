package cellocator

import (
	"encoding/binary"
	"encoding/hex"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// batch is the most positions of one report; each is a message of its own.
const batch = 10

// tracker is a unit that sends statuses.
type tracker struct {
	out       []byte // the last report, reused
	id        uint32
	numerator byte // of the last message
	oldest    byte // of the oldest report that is not acknowledged
	waiting   byte // so many are not
	last      protocols.Position
}

// newTracker makes a unit whose number is the last nine digits of the device's.
func newTracker(device string) *tracker { return &tracker{id: numberOf(device)} }

// Hello is nothing: a unit begins with a report.
func (t *tracker) Hello() []byte { return nil }

// Batch is how many messages are sent before answers are awaited.
func (t *tracker) Batch() int { return batch }

// Acknowledged is true: every message is answered.
func (t *tracker) Acknowledged() bool { return true }

// Report writes a status for each position.
func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.out[:0]
	t.oldest, t.waiting = t.numerator+1, byte(len(positions))
	for i := range positions {
		b = t.status(b, &positions[i], reasonOf(positions[i].Alarms))
	}
	if len(positions) > 0 {
		t.last = positions[len(positions)-1]
		t.last.Attributes = nil
	}
	t.out = b
	return b
}

func (t *tracker) status(b []byte, p *protocols.Position, reason byte) []byte {
	le := binary.LittleEndian
	from := len(b)
	t.numerator++
	b = append(b, 'M', 'C', 'G', 'P', kindStatus)
	b = le.AppendUint32(b, t.id)
	b = append(b, 0x08, 0, t.numerator, 4, 24, 4, 0, 0, 0, reason, 0)
	inputs := uint32(0)
	if p.Ignition.Value {
		inputs = bitDriving
	}
	b = le.AppendUint32(b, inputs)
	b = append(b, 0, 0, 0, 0, 0) // operator, analog inputs
	mileage := uint32(wire.Clamp(p.Odometer.Value/usualUnit, 0, 1<<24-1))
	b = append(b, byte(mileage), byte(mileage>>8), byte(mileage>>16), 0, 0, 0, 0, 0, 0)
	at := p.Time.UTC()
	b = le.AppendUint16(b, uint16(at.Day()<<11|at.Hour()<<6|at.Minute()))
	solution := byte(0)
	if p.Valid {
		solution = 4
	}
	b = append(b, 0, solution, 2, byte(wire.Clamp(float64(p.Satellites.Value), 0, 255)))
	b = le.AppendUint32(b, uint32(int32(math.Round(p.Longitude*math.Pi/180*1e8))))
	b = le.AppendUint32(b, uint32(int32(math.Round(p.Latitude*math.Pi/180*1e8))))
	altitude := math.Copysign(wire.Clamp(math.Abs(p.Altitude.Value)*100, 0, 1e7), p.Altitude.Value)
	b = le.AppendUint32(b, uint32(int32(altitude)))
	b = le.AppendUint32(b, uint32(wire.Clamp(p.Speed.Value/0.036, 0, 55000)))
	b = le.AppendUint16(b, uint16(wire.Clamp(p.Course.Value*math.Pi/180*1000, 0, 6283)))
	b = append(b, byte(at.Second()), byte(at.Minute()), byte(at.Hour()), byte(at.Day()), byte(at.Month()))
	b = le.AppendUint16(b, uint16(at.Year()))
	return append(b, wire.Sum8(b[from+4:]))
}

// reasonOf is the reason of a report: that of the first of the alarms that has one, else the time.
func reasonOf(a protocols.Alarms) byte {
	const timed = 44
	for i := range reasons {
		if a&reasons[i].alarm != 0 {
			return reasons[i].reason
		}
	}
	return timed
}

// Hear reads an acknowledgement or a command.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if len(data) < 5 {
		return 0, heard, nil
	}
	n := commandLength
	if data[4] == kindAck {
		n = ackLength
	}
	switch {
	case !isCode(data) || data[4] != kindAck && data[4] != kindStatus:
		return 0, heard, &wire.Error{Field: "system code", Offset: 0, Err: wire.ErrUnknown}
	case len(data) < n:
		return 0, heard, nil
	case data[n-1] != wire.Sum8(data[4:n-1]):
		return 0, heard, &wire.Error{Field: "checksum", Offset: n - 1, Err: wire.ErrChecksum}
	case binary.LittleEndian.Uint32(data[5:]) != t.id:
		return 0, heard, &wire.Error{Field: "unit id", Offset: 5, Err: wire.ErrValue}
	}
	if data[4] == kindAck {
		if past := data[15] - t.oldest; past < t.waiting {
			heard.Positions = int(past) + 1
			t.oldest, t.waiting = data[15]+1, t.waiting-past-1
		}
		return n, heard, nil
	}
	heard.Command = hex.EncodeToString([]byte{data[14], data[16], data[18]})
	heard.Reply = t.status(nil, &t.last, reasonReply)
	return n, heard, nil
}
