package fifotrack

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

// tracker is a vehicle tracker that reports A01.
type tracker struct {
	device string
	out    []byte // the last report, reused
	words  []byte // room for one report's words
	number uint16 // of the last frame
}

// Hello is nil: a tracker starts with reports.
func (t *tracker) Hello() []byte { return nil }

// Batch is how many frames a tracker sends at once.
func (t *tracker) Batch() int { return batch }

// Acknowledged is false: servers answer only A03.
func (t *tracker) Acknowledged() bool { return false }

// Report writes a frame for each position.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.out = t.out[:0]
	for i := range positions {
		if t.number++; t.number == 0 {
			t.number = 1
		}
		t.words = t.report(t.words[:0], &positions[i])
		t.out = appendFrame(t.out, "$$", t.device, t.words)
	}
	return t.out
}

// report writes a position's words.
func (t *tracker) report(b []byte, p *protocols.Position) []byte {
	b = hexadecimal(b, uint64(t.number))
	b = append(b, ",A01,"...)
	for event, alarm := range eventAlarms {
		if alarm != 0 && p.Alarms&alarm != 0 {
			b = strconv.AppendInt(b, int64(event), 10)
			break
		}
	}
	b = append(b, ',')
	b = p.Time.UTC().AppendFormat(b, "060102150405")
	valid := ",V,"
	if p.Valid {
		valid = ",A,"
	}
	b = append(b, valid...)
	b = number(b, p.Latitude, 6)
	b = number(b, p.Longitude, 6)
	b = number(b, p.Speed.Value, 0)
	b = number(b, p.Course.Value, 0)
	b = number(b, p.Altitude.Value, 0)
	b = number(b, p.Odometer.Value, 0)
	b = append(b, "0,"...)
	b = append(status(b, p), ",00,00,"...)
	c := p.Cell.Value
	b = append(strconv.AppendUint(b, uint64(c.MCC), 10), '|')
	b = append(strconv.AppendUint(b, uint64(c.MNC), 10), '|')
	b = append(hexadecimal(b, uint64(c.LAC)), '|')
	b = append(hexadecimal(b, c.CID), ',')
	b = append(hexadecimal(b, hundredths(p.BatteryVolts.Value)), '|')
	b = hexadecimal(b, hundredths(p.ExternalVolts.Value))
	return append(b, "|0,,"...)
}

// status writes eight digits: satellites in the highest four bits, signal from bit 3.
func status(b []byte, p *protocols.Position) []byte {
	v := uint64(min(max(p.Satellites.Value, 0), 15))<<28 | uint64(min(max(p.SignalPercent.Value, 0), 100)*31/100)<<3
	for limit := uint64(1) << 28; limit > max(v, 1); limit >>= 4 {
		b = append(b, '0')
	}
	return hexadecimal(b, v)
}

func hundredths(v float64) uint64 { return uint64(math.Round(max(0, min(v, 655)) * 100)) }

// number writes v with so many decimals, and a comma.
func number(b []byte, v float64, decimals int) []byte {
	return append(strconv.AppendFloat(b, v, 'f', decimals, 64), ',')
}

// hexadecimal writes v in capitals.
func hexadecimal(b []byte, v uint64) []byte {
	start := len(b)
	b = strconv.AppendUint(b, v, 16)
	copy(b[start:], bytes.ToUpper(b[start:]))
	return b
}

// Hear reads a command or an answer.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	comma, announced, ok := header(data, '#')
	end := comma + announced + tail
	switch {
	case !ok || end > maxFrame:
		return 0, heard, &wire.Error{Field: "header", Err: wire.ErrUnknown}
	case comma == 0 || len(data) < end:
		return 0, heard, nil
	}
	f, err := open(data[:end], '#')
	switch {
	case err != nil:
		return 0, heard, err
	case f.spoilt:
		return 0, heard, &wire.Error{Field: "checksum", Offset: f.end, Err: wire.ErrChecksum}
	}
	words := string(f.data[f.start:f.end])
	name, _, _ := strings.Cut(words, ",")
	if name == "A03" || name == "D06" {
		return end, heard, nil
	}
	heard.Command = words
	heard.Reply = appendFrame(nil, "$$", t.device, string(f.number)+","+name+",OK")
	return end, heard, nil
}
