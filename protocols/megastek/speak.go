package megastek

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// batch is how many frames a tracker sends at once.
const batch = 10

// tracker is a later model, which reports $MGV.
type tracker struct {
	device string
	out    []byte // the last report, reused
}

// Hello is nil: a tracker starts with reports.
func (t *tracker) Hello() []byte { return nil }

// Batch is how many frames a tracker sends at once.
func (t *tracker) Batch() int { return batch }

// Acknowledged is false: servers answer nothing.
func (t *tracker) Acknowledged() bool { return false }

// Report writes a frame for each position, with its length in front.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.out = t.out[:0]
	for i := range positions {
		from := len(t.out)
		t.out = append(t.out, "0000$MGV002,"...)
		t.out = append(t.out, t.device...)
		t.out = appendFix(t.out, &positions[i])
		t.out = appendState(t.out, &positions[i])
		t.out = append(t.out, closes...)
		length := digits(make([]byte, 0, lengthDigits), int64(len(t.out)-from-lengthDigits), lengthDigits)
		copy(t.out[from:], length)
	}
	return t.out
}

// appendFix writes from the name on what the receiver says.
func appendFix(b []byte, p *protocols.Position) []byte {
	at := p.Time.UTC()
	b = append(b, ",,R,"...)
	b = at.AppendFormat(b, "020106,150405")
	valid := ",V,"
	if p.Valid {
		valid = ",A,"
	}
	b = append(b, valid...)
	b = angle(b, p.Latitude, 2, "N,", "S,")
	b = angle(b, p.Longitude, 3, "E,", "W,")
	b = append(b, "00,"...)
	b = digits(b, int64(min(max(p.Satellites.Value, 0), 99)), 2)
	b = append(b, ",00,"...)
	b = number(b, p.HDOP, 1, 2)
	b = number(b, p.Speed, 1/wire.KnotsToKMH(1), 3)
	b = number(b, p.Course, 1, 2)
	b = number(b, p.Altitude, 1, 1)
	return number(b, p.Odometer, 0.001, 3)
}

// appendState writes cell, signal, battery and what the report is called.
func appendState(b []byte, p *protocols.Position) []byte {
	if c, ok := p.Cell.Get(); ok {
		b = digits(b, int64(c.MCC), 3)
		b = digits(append(b, ','), int64(c.MNC), 2)
		b = hexadecimal(append(b, ','), uint64(c.LAC))
		b = hexadecimal(append(b, ','), c.CID)
	} else {
		b = append(b, ",,,"...)
	}
	b = append(b, ',')
	if v, ok := p.SignalPercent.Get(); ok {
		b = strconv.AppendInt(b, int64(v*31/100), 10)
	}
	b = append(b, ",0000,0000,0,,,,,,00,"...)
	if v, ok := p.BatteryPercent.Get(); ok {
		b = digits(b, int64(math.Round(v)), 3)
	}
	b = append(b, ',')
	for _, a := range &alarmNames {
		if p.Alarms&a.alarm != 0 {
			return append(b, a.name...)
		}
	}
	return append(b, byTimer...)
}

// number writes a value in a unit with so many decimals, if it is there, and a comma.
func number(b []byte, v protocols.Opt[float64], unit float64, decimals int) []byte {
	if v.OK {
		b = strconv.AppendFloat(b, v.Value*unit, 'f', decimals, 64)
	}
	return append(b, ',')
}

// angle writes degrees and minutes with five decimals, and which half of the globe.
func angle(b []byte, v float64, width int, plus, minus string) []byte {
	units := int64(math.Round(math.Abs(v) * 6e6))
	b = digits(b, units/6e6, width)
	minutes := units % 6e6
	b = append(digits(b, minutes/1e5, 2), '.')
	b = append(digits(b, minutes%1e5, 5), ',')
	if v < 0 {
		return append(b, minus...)
	}
	return append(b, plus...)
}

// digits writes a number in at least so many digits.
func digits(b []byte, v int64, width int) []byte {
	n := strconv.FormatInt(v, 10)
	for range width - len(n) {
		b = append(b, '0')
	}
	return append(b, n...)
}

// hexadecimal writes v in capitals.
func hexadecimal(b []byte, v uint64) []byte {
	start := len(b)
	b = strconv.AppendUint(b, v, 16)
	copy(b[start:], bytes.ToUpper(b[start:]))
	return b
}

// Hear reads a command.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	n := min(len(data), len(opensAnswer))
	end := bytes.IndexByte(data, '!') + 1
	switch {
	case string(data[:n]) != opensAnswer[:n] || end == 0 && len(data) > maxFrame:
		return 0, heard, &wire.Error{Field: "header", Err: wire.ErrUnknown}
	case end == 0:
		return 0, heard, nil
	}
	_, words, ok := cutAnswer(data[:end])
	if !ok {
		return 0, heard, &wire.Error{Field: "command", Offset: n, Err: wire.ErrValue}
	}
	heard.Command = string(words)
	name, _, _ := strings.Cut(heard.Command, ",")
	heard.Reply = []byte(opensAnswer + t.device + ";" + name + ",OK" + closes)
	return end, heard, nil
}
