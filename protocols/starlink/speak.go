package starlink

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// tracker is a simulated StarLink Tracker with the usual fields.
type tracker struct {
	id    string
	buf   []byte
	index int
}

func speak(_ protocols.Network, device string) protocols.Tracker { return &tracker{id: device} }

// Hello is nothing: it starts with reports.
func (t *tracker) Hello() []byte { return nil }

// Batch is a few lines that go out together.
func (t *tracker) Batch() int { return 8 }

// Acknowledged is false: no server answers reports.
func (t *tracker) Acknowledged() bool { return false }

func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.buf[:0]
	for i := range positions {
		b = t.report(b, &positions[i])
	}
	t.buf = b
	return b
}

// report writes a line with the usual fields.
func (t *tracker) report(b []byte, p *protocols.Position) []byte {
	start := len(b)
	t.index++
	b = append(append(b, head...), t.id...)
	b = append(b, ","+eventReport+","...)
	b = append(strconv.AppendInt(b, int64(t.index), 10), ',')
	b = append(stamp(b, p.Time), ',')
	b = append(pad(b, int64(eventOf(p)), 2), ',')
	b = append(stamp(b, p.Time), ',')
	if p.Located {
		b = append(appendDegrees(b, p.Latitude, 2), ',')
		b = append(appendDegrees(b, p.Longitude, 3), ',')
	} else {
		b = append(b, ",,"...)
	}
	b = append(fixed(b, p.Speed, 1/1.852, 1), ',')
	if v, ok := p.Course.Get(); ok {
		b = pad(b, int64(math.Round(v))%360, 3)
	}
	b = append(b, ',')
	b = append(fixed(b, p.Odometer, 0.001, 0), ",0,0,0,0,0,0,0,0,,,"...)
	b = append(fixed(b, p.ExternalVolts, 1, 3), ',')
	b = append(fixed(b, p.BatteryVolts, 1, 3), ",,"...)
	on := "0"
	if p.Ignition.Value {
		on = "1"
	}
	if p.Ignition.OK {
		b = append(b, on...)
	}
	b = append(append(b, ','), on...)
	sum := wire.Sum8(b[start+1:])
	const hex = "0123456789ABCDEF"
	return append(b, '*', hex[sum>>4], hex[sum&15], '\r', '\n')
}

// eventOf is the code of the event that a position tells of; 1 is a report that was due.
func eventOf(p *protocols.Position) int {
	for code, alarm := range alarms {
		if alarm != 0 && p.Alarms&alarm != 0 {
			return code
		}
	}
	return 1
}

func stamp(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return b
	}
	return t.UTC().AppendFormat(b, "060102150405")
}

// pad writes a number with zeros before it.
func pad(b []byte, v int64, width int) []byte {
	var room [20]byte
	digits := strconv.AppendInt(room[:0], v, 10)
	for range width - len(digits) {
		b = append(b, '0')
	}
	return append(b, digits...)
}

// fixed writes a value in another unit; nothing if it is not there.
func fixed(b []byte, v protocols.Opt[float64], unit float64, decimals int) []byte {
	if !v.OK {
		return b
	}
	return strconv.AppendFloat(b, v.Value*unit, 'f', decimals, 64)
}

// appendDegrees writes [+-]dddmm.mmmm with that many digits of degrees.
func appendDegrees(b []byte, v float64, width int) []byte {
	sign := byte('+')
	if v < 0 {
		sign, v = '-', -v
	}
	parts := int64(math.Round(v * 600000)) // ten thousandths of a minute
	b = pad(append(b, sign), parts/600000, width)
	parts %= 600000
	b = append(pad(b, parts/10000, 2), '.')
	return pad(b, parts%10000, 4)
}

// errServer says that the server wrote what no server of the family writes.
var errServer = errors.New("starlink: not a line of words")

func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	n := bytes.IndexByte(data, '\n') + 1
	switch {
	case n == 0 && len(data) > maxLine:
		return 0, protocols.Heard{}, errServer
	case n == 0:
		return 0, protocols.Heard{}, nil
	}
	return n, protocols.Heard{Command: string(bytes.TrimRight(data[:n], "\r\n"))}, nil
}
