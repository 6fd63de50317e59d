package bce

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

const batch = 10

// tracker is an FM Blue without a vehicle's bus.
type tracker struct {
	out     []byte // the last frame, reused
	id      uint64
	key     byte // of the last stack
	waiting byte // its records, not yet confirmed
	greeted bool
	outputs byte
}

func newTracker(device string) *tracker {
	id, _ := strconv.ParseUint(device, 10, 64)
	return &tracker{id: id}
}

// Hello is nothing: the greeting goes before the first report.
func (t *tracker) Hello() []byte {
	t.greeted, t.waiting = false, 0
	return nil
}

// Batch is how many records one report holds.
func (t *tracker) Batch() int { return batch }

// Acknowledged is true: every stack is confirmed.
func (t *tracker) Acknowledged() bool { return true }

// Steps: the family counts two seconds and two degrees.
func (t *tracker) Steps() (time.Duration, float64) { return 2 * time.Second, 2 }

// Report writes the positions as one stack.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.key = (t.key + 1) & 0x7F
	t.waiting = byte(len(positions))
	b := t.out[:0]
	if !t.greeted {
		b = append(b, greeting...)
		t.greeted = true
	}
	from := len(b)
	b = binary.LittleEndian.AppendUint64(b, t.id)
	b = append(b, 0, 0, blockStack, 0x80|t.key)
	for i := range positions {
		b = t.append(b, &positions[i])
	}
	binary.LittleEndian.PutUint16(b[from+idBytes:], uint16(len(b)-from-idBytes-2))
	t.out = append(b, wire.Sum8(b[from:]))
	return t.out
}

func (t *tracker) append(b []byte, p *protocols.Position) []byte {
	le := binary.LittleEndian
	mask := uint16(0x0003)
	size := 4 + 2 + 17 + 2
	c, cell := p.Cell.Get()
	if cell {
		mask |= 1 << 14
		size += 9
	}
	seconds := p.Time.Unix() - epoch
	b = append(b, byte(size))
	b = le.AppendUint32(b, uint32(seconds/2)<<4|kindData)
	b = le.AppendUint16(b, mask)
	b = le.AppendUint32(b, math.Float32bits(float32(p.Longitude)))
	b = le.AppendUint32(b, math.Float32bits(float32(p.Latitude)))
	b = append(b, byte(wire.Clamp(p.Speed.Value, 0, 255)),
		byte(wire.Clamp(float64(p.Satellites.Value), 0, 15))|byte(wire.Clamp(p.HDOP.Value, 0, 15))<<4,
		byte(wire.Clamp(p.Course.Value/2, 0, 179)))
	b = le.AppendUint16(b, uint16(int16(wire.Clamp(p.Altitude.Value, -32768, 32767))))
	b = le.AppendUint32(b, 0)
	ignition := uint16(0)
	if p.Ignition.Value {
		ignition = 1
	}
	b = le.AppendUint16(b, ignition)
	if cell {
		b = le.AppendUint16(b, c.MCC)
		b = append(b, byte(c.MNC))
		b = le.AppendUint16(b, uint16(c.LAC))
		b = append(le.AppendUint16(b, uint16(c.CID)), 0, 0)
	}
	return b
}

// Hear reads a confirmation or the control of an output.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if len(data) < idBytes+2 {
		return 0, heard, nil
	}
	n := idBytes + 2 + int(binary.LittleEndian.Uint16(data[idBytes:])) + 1
	switch {
	case !bytes.Equal(data[:idBytes], binary.LittleEndian.AppendUint64(nil, t.id)):
		return 0, heard, &wire.Error{Field: "IMEI", Offset: 0, Err: wire.ErrValue}
	case n > 64:
		return 0, heard, &wire.Error{Field: "block length", Offset: idBytes, Err: wire.ErrTooLong}
	case len(data) < n:
		return 0, heard, nil
	case wire.Sum8(data[:n-1]) != data[n-1]:
		return 0, heard, &wire.Error{Field: "sum", Offset: n - 1, Err: wire.ErrChecksum}
	}
	switch b := data[idBytes+2 : n-1]; {
	case len(b) == 2 && b[0] == blockConfirm:
		if b[1] == t.key {
			heard.Positions, t.waiting = int(t.waiting), 0
		}
	case len(b) == 6 && b[0] == blockOutput && (b[1] == 0x0A || b[1] == 0x0B):
		number := b[1] - 0x09
		t.outputs = t.outputs&^number | number*b[3]&number
		heard.Command = "output " + strconv.Itoa(int(number)) + "," + strconv.Itoa(int(b[3]))
		heard.Reply = appendFrame(nil, t.id, blockOutputDone, b[1], 0xFF)
	default:
		return 0, heard, &wire.Error{Field: "block", Offset: idBytes + 2, Err: wire.ErrUnknown}
	}
	return n, heard, nil
}
