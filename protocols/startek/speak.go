package startek

import (
	"bytes"
	"math"
	"math/bits"
	"strconv"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// batch is how many frames a tracker sends at once.
const batch = 10

// tracker is a vehicle tracker that reports 000.
type tracker struct {
	device  string
	out     []byte // the last report, reused
	words   []byte // room for one report's words
	flag    byte
	outputs byte // which outputs are on
}

// Hello is nil: a tracker starts with reports.
func (t *tracker) Hello() []byte { return nil }

// Batch is how many frames a tracker sends at once.
func (t *tracker) Batch() int { return batch }

// Acknowledged is false: servers answer nothing.
func (t *tracker) Acknowledged() bool { return false }

// Report writes a frame for each position.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.out = t.out[:0]
	for i := range positions {
		t.words = t.report(t.words[:0], &positions[i])
		t.turn()
		t.out = appendFrame(t.out, "&&", t.flag, t.device, string(t.words))
	}
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

// report writes a position's words.
func (t *tracker) report(b []byte, p *protocols.Position) []byte {
	b = append(b, "000,"...)
	b = strconv.AppendInt(b, eventOf(p.Alarms), 10)
	b = append(b, ",,"...)
	b = p.Time.UTC().AppendFormat(b, "060102150405")
	valid := ",V,"
	if p.Valid {
		valid = ",A,"
	}
	b = append(b, valid...)
	b = number(b, p.Latitude, 6, ',')
	b = number(b, p.Longitude, 6, ',')
	b = number(b, float64(p.Satellites.Value), 0, ',')
	b = number(b, p.HDOP.Value, 1, ',')
	b = number(b, p.Speed.Value, 0, ',')
	b = number(b, p.Course.Value, 0, ',')
	b = number(b, p.Altitude.Value, 0, ',')
	b = number(b, p.Odometer.Value, 0, ',')
	c := p.Cell.Value
	b = number(b, float64(c.MCC), 0, '|')
	b = number(b, float64(c.MNC), 0, '|')
	b = append(hexadecimal(b, uint64(c.LAC), 4), '|')
	b = append(hexadecimal(b, c.CID, 8), ',')
	b = number(b, float64(p.SignalPercent.Value)*31/100, 0, ',')
	inputs := uint64(0)
	if p.Ignition.Value {
		inputs = 1 << ignition
	}
	b = append(b, "00000000,"...)
	b = append(hexadecimal(b, inputs, 2), ',')
	b = append(hexadecimal(b, uint64(t.outputs), 2), ',')
	b = append(hexadecimal(b, hundredths(p.ExternalVolts.Value), 4), '|')
	b = hexadecimal(b, hundredths(p.BatteryVolts.Value), 4)
	return append(b, "|0000|0000,1,"...)
}

func hundredths(v float64) uint64 { return uint64(math.Round(max(0, min(v, 655)) * 100)) }

// number writes v with so many decimals, and what follows it.
func number(b []byte, v float64, decimals int, next byte) []byte {
	return append(strconv.AppendFloat(b, v, 'f', decimals, 64), next)
}

// hexadecimal writes v in at least so many digits.
func hexadecimal(b []byte, v uint64, digits int) []byte {
	for width := (bits.Len64(v) + 3) / 4; width < digits; width++ {
		b = append(b, '0')
	}
	if v == 0 {
		return b
	}
	start := len(b)
	b = strconv.AppendUint(b, v, 16)
	copy(b[start:], bytes.ToUpper(b[start:]))
	return b
}

// eventOf is the number of the first alarm that has one, 0 if none has.
func eventOf(alarms protocols.Alarms) int64 {
	if alarms == 0 {
		return 0
	}
	for event, alarm := range eventAlarms {
		if alarm != 0 && alarms&alarm != 0 {
			return int64(event)
		}
	}
	return 0
}

// Hear reads a command.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	comma, announced, ok := header(data, '$')
	end := comma + announced + tail
	switch {
	case !ok || end > maxFrame:
		return 0, heard, &wire.Error{Field: "header", Err: wire.ErrUnknown}
	case comma == 0 || len(data) < end:
		return 0, heard, nil
	}
	f, err := open(data[:end], '$')
	switch {
	case err != nil:
		return 0, heard, err
	case f.spoilt:
		return 0, heard, &wire.Error{Field: "checksum", Offset: f.end, Err: wire.ErrChecksum}
	}
	heard.Command = string(f.data[f.start:f.end])
	name, rest, _ := strings.Cut(heard.Command, ",")
	if name == "900" {
		t.switchOutput(rest)
	}
	heard.Reply = appendFrame(nil, "&&", f.flag, t.device, name+",OK")
	return end, heard, nil
}

// switchOutput obeys number and 1 or 0.
func (t *tracker) switchOutput(words string) {
	number, on, _ := strings.Cut(words, ",")
	n, _ := strconv.Atoi(number)
	if n < 1 || n > outputs {
		return
	}
	t.outputs &^= 1 << (n - 1)
	if on == "1" {
		t.outputs |= 1 << (n - 1)
	}
}
