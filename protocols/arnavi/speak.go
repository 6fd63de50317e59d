package arnavi

import (
	"encoding/binary"
	"math"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

const batch = 10

// tracker is an Arnavi 4 with header 23.
type tracker struct {
	out     []byte // the last package, reused
	device  string
	number  byte // of the last package, 01 to FB
	waiting byte // its records, not yet acknowledged
}

func newTracker(device string) *tracker { return &tracker{device: device} }

// Hello is the header.
func (t *tracker) Hello() []byte {
	t.waiting = 0
	id, _ := strconv.ParseUint(t.device, 10, 64)
	return binary.LittleEndian.AppendUint64([]byte{headerStart, 0x23}, id)
}

// Batch is how many records one package holds.
func (t *tracker) Batch() int { return batch }

// Acknowledged is true: every package is answered.
func (t *tracker) Acknowledged() bool { return true }

// Report writes the positions as one package.
func (t *tracker) Report(positions []protocols.Position) []byte {
	if t.number++; t.number > 0xFB {
		t.number = 1
	}
	t.waiting = byte(len(positions))
	b := append(t.out[:0], packageStart, t.number)
	for i := range positions {
		b = appendRecord(b, &positions[i])
	}
	t.out = append(b, packageEnd)
	return t.out
}

func appendRecord(b []byte, p *protocols.Position) []byte {
	le := binary.LittleEndian
	b = append(b, 1, 7*tagBytes, 0)
	from := len(b)
	b = le.AppendUint32(b, uint32(p.Time.Unix()))
	b = le.AppendUint16(append(b, 1), uint16(wire.Clamp(p.BatteryVolts.Value*1000, 0, 65535)))
	b = le.AppendUint16(b, uint16(wire.Clamp(p.ExternalVolts.Value*1000, 0, 65535)))
	b = le.AppendUint32(append(b, 3), math.Float32bits(float32(p.Latitude)))
	b = le.AppendUint32(append(b, 4), math.Float32bits(float32(p.Longitude)))
	satellites := wire.Clamp(float64(p.Satellites.Value), 0, 30)
	gps := min(satellites, 15)
	b = append(b, 5, byte(wire.Clamp(p.Course.Value/2, 0, 179)), height(p), byte(gps)|byte(satellites-gps)<<4,
		byte(wire.Clamp(p.Speed.Value/1.852, 0, 255)))
	status := uint32(wire.Bit(p.Ignition.Value)) | uint32(wire.Bit(p.Alarms != 0))<<20
	b = le.AppendUint32(append(b, 9), status)
	b = le.AppendUint32(append(b, 150), uint32(wire.Clamp(p.Odometer.Value/10, 0, math.MaxUint32)))
	b = le.AppendUint32(append(b, 151), uint32(wire.Clamp(p.HDOP.Value*100, 0, 65535)))
	return append(b, wire.Sum8(b[from:]))
}

// height is in tens of metres; one that is not near a multiple of ten is left out.
func height(p *protocols.Position) byte {
	tens := wire.Clamp(p.Altitude.Value/10, 0, 255)
	if math.Abs(p.Altitude.Value-10*tens) > 1 {
		return 0
	}
	return byte(tens)
}

// Hear reads one answer: length, number, and, to the header, the time and its sum.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if len(data) > 0 && data[0] != 0x7B {
		return 0, heard, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrUnknown}
	}
	if len(data) < 3 {
		return 0, heard, nil
	}
	n := 4
	if data[1] > 0 {
		n += int(data[1]) + 1
	}
	switch {
	case len(data) < n:
		return 0, heard, nil
	case data[n-1] != 0x7D:
		return 0, heard, &wire.Error{Field: "end", Offset: n - 1, Err: wire.ErrUnknown}
	case data[1] > 0 && wire.Sum8(data[4:n-1]) != data[3]:
		return 0, heard, &wire.Error{Field: "sum", Offset: 3, Err: wire.ErrChecksum}
	case data[2] == 0:
		heard.Welcome = true
	case data[2] == t.number:
		heard.Positions, t.waiting = int(t.waiting), 0
	}
	return n, heard, nil
}
