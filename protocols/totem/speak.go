package totem

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// batch is how many frames a tracker sends before it waits for answers.
const batch = 10

// tracker is an AVL-08, which reports sentences.
type tracker struct {
	device string
	out    []byte // the last report, reused
	number uint16 // of the last frame
}

// Hello is nil: a tracker starts with reports.
func (t *tracker) Hello() []byte { return nil }

// Batch is how many frames are sent before an answer is awaited.
func (t *tracker) Batch() int { return batch }

// Acknowledged is true: every frame is answered.
func (t *tracker) Acknowledged() bool { return true }

// Report writes a frame for each position.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.out = t.out[:0]
	for i := range positions {
		t.number = (t.number + 1) % 10000
		t.report(&positions[i])
	}
	return t.out
}

// report appends one position's frame.
func (t *tracker) report(p *protocols.Position) {
	from := len(t.out)
	b := append(t.out, "$$00"...)
	b = append(append(b, t.device...), '|')
	b = appendHex(b, codeOf(p.Alarms))
	b = appendSentence(b, p)
	hdop := p.HDOP.Value
	b = append(b, "|00.0|"...)
	b = append(strconv.AppendFloat(b, hdop, 'f', 1, 64), "|00.0|000000000000|"...)
	b = p.Time.UTC().AppendFormat(b, "20060102150405")
	b = append(b, "|1"...)
	b = digits(b, p.BatteryVolts.Value*100, 3)
	b = digits(b, p.ExternalVolts.Value*100, 4)
	b = append(b, "|00000000|"...)
	c := p.Cell.Value
	for _, v := range [...]uint64{uint64(c.LAC >> 8), uint64(c.LAC), c.CID >> 8, c.CID} {
		b = appendHex(b, byte(v))
	}
	b = append(b, "|0000|"...)
	b = append(strconv.AppendFloat(b, p.Odometer.Value/1000, 'f', 4, 64), '|')
	b = append(digits(b, float64(t.number), 4), '|')
	length := len(b) - from + 4
	copy(b[from+2:], appendHex(make([]byte, 0, 2), byte(length)))
	sum := wire.CRC16Modbus(b[from:])
	t.out = appendHex(appendHex(b, byte(sum>>8)), byte(sum))
}

// appendSentence writes an NMEA sentence.
func appendSentence(b []byte, p *protocols.Position) []byte {
	from := len(b)
	at := p.Time.UTC()
	b = append(b, "$GPRMC,"...)
	b = at.AppendFormat(b, "150405.000")
	valid := ",V,"
	if p.Valid {
		valid = ",A,"
	}
	b = append(b, valid...)
	b = angle(b, p.Latitude, 2, "N,", "S,")
	b = angle(b, p.Longitude, 3, "E,", "W,")
	b = append(strconv.AppendFloat(b, p.Speed.Value/wire.KnotsToKMH(1), 'f', 2, 64), ',')
	b = append(strconv.AppendFloat(b, p.Course.Value, 'f', 2, 64), ',')
	b = at.AppendFormat(b, "020106")
	b = append(b, ",,,A"...)
	sum := wire.Xor(b[from+1:])
	return appendHex(append(b, '*'), sum)
}

// angle writes degrees and minutes with five decimals, and which half of the globe.
func angle(b []byte, v float64, width int, plus, minus string) []byte {
	units := int64(math.Round(math.Abs(v) * 6e6))
	b = digits(b, float64(units/6e6), width)
	minutes := units % 6e6
	b = digits(b, float64(minutes/1e5), 2)
	b = append(b, '.')
	b = append(digits(b, float64(minutes%1e5), 5), ',')
	if v < 0 {
		return append(b, minus...)
	}
	return append(b, plus...)
}

// digits writes v as a whole number in so many digits; nines if it has more.
func digits(b []byte, v float64, width int) []byte {
	limit := math.Pow10(width) - 1
	n := strconv.FormatInt(int64(math.Round(max(0, min(v, limit)))), 10)
	for range width - len(n) {
		b = append(b, '0')
	}
	return append(b, n...)
}

// codeOf is the code of the first alarm that has one.
func codeOf(alarms protocols.Alarms) byte {
	if alarms != 0 {
		for code, alarm := range oldAlarms {
			if alarm != 0 && alarms&alarm != 0 {
				return byte(code)
			}
		}
	}
	return byInterval
}

// Hear reads an acknowledgement or a command.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if n := min(len(data), len(acknowledged)); n > 0 && string(data[:n]) == acknowledged[:n] {
		if n < len(acknowledged) {
			return 0, heard, nil
		}
		heard.Positions = 1
		return n, heard, nil
	}
	if len(data) < 10 && bytes.HasPrefix([]byte("$$0"), data[:min(len(data), 3)]) {
		return 0, heard, nil
	}
	if len(data) < 10 || string(data[:3]) != "$$0" {
		return 0, heard, &wire.Error{Field: "header", Err: wire.ErrUnknown}
	}
	length, ok := wire.Field(data[2:6]).Int64()
	switch {
	case !ok || length < 10:
		return 0, heard, &wire.Error{Field: "length", Offset: 2, Err: wire.ErrValue}
	case int64(len(data)) < length:
		return 0, heard, nil
	case !summed(data[:length], true):
		return 0, heard, &wire.Error{Field: "checksum", Offset: int(length) - 2, Err: wire.ErrChecksum}
	}
	if string(data[6:8]) == commandType {
		t.obey(string(data[8:length-2]), &heard)
	}
	return int(length), heard, nil
}

// obey answers a command with its number and OK.
func (t *tracker) obey(words string, heard *protocols.Heard) {
	heard.Command = words
	_, inner, _ := strings.Cut(strings.TrimSuffix(words, "#"), ",")
	number, _, _ := strings.Cut(inner, ",")
	heard.Reply = appendFrame(nil, commandType, t.device+"|"+number+",OK")
}
