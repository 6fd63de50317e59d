package suntech

import (
	"bytes"
	"errors"
	"math/bits"

	"drover/protocols"
	"drover/protocols/wire"
)

// speak is an ST340 that reports in text.
func speak(_ protocols.Network, device string) protocols.Tracker {
	if n := len(device); n > deviceDigits {
		device = device[n-deviceDigits:]
	}
	return &tracker{device: device}
}

// deviceDigits are those of an ST340's number.
const deviceDigits = 9

// tracker says a position per report; nothing is acknowledged.
type tracker struct {
	device string
	number int
	buf    []byte                // what the last Report or Hear gave
	last   [1]protocols.Position // for the answers to commands; without attributes
}

// maxBatch is how many reports a tracker sends at once.
const maxBatch = 10

func (t *tracker) Hello() []byte      { return nil }
func (t *tracker) Batch() int         { return maxBatch }
func (t *tracker) Acknowledged() bool { return false }

func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.buf[:0]
	for i := range positions {
		b = t.status(b, &positions[i])
	}
	if n := len(positions); n > 0 {
		t.last[0] = positions[n-1]
		t.last[0].Attributes = nil
	}
	t.buf = b
	return b
}

// status writes a status report, or an alert report where there is an alarm that it has a code for.
func (t *tracker) status(b []byte, p *protocols.Position) []byte {
	code := codeOf(p.Alarms)
	kind := "STT"
	if code > 0 {
		kind = "ALT"
	}
	b = append(b, "ST300"...)
	b = append(b, kind...)
	b = append(b, ';')
	b = append(b, t.device...)
	b = append(b, ";02;010;"...)
	b = p.Time.UTC().AppendFormat(b, "20060102;15:04:05")
	b = append(b, ";00001;"...)
	b = appendAngle(b, p.Latitude, 2)
	b = appendAngle(b, p.Longitude, 3)
	b = wire.AppendFixed(b, p.Speed.Value, 3, 3)
	b = append(b, ';')
	b = wire.AppendFixed(b, p.Course.Value, 3, 2)
	b = append(b, ';')
	b = wire.AppendFixed(b, float64(p.Satellites.Value), 1, 0)
	if p.Valid {
		b = append(b, ";1;"...)
	} else {
		b = append(b, ";0;"...)
	}
	b = wire.AppendFixed(b, p.Odometer.Value, 1, 0)
	b = append(b, ';')
	b = wire.AppendFixed(b, p.ExternalVolts.Value, 1, 2)
	if p.Ignition.Value {
		b = append(b, ";100000;"...)
	} else {
		b = append(b, ";000000;"...)
	}
	if code > 0 {
		b = wire.AppendFixed(b, float64(code), 1, 0)
	} else {
		t.number = t.number%9999 + 1
		b = append(b, "1;"...)
		b = wire.AppendFixed(b, float64(t.number), 4, 0)
	}
	b = append(b, ";000000;"...)
	b = wire.AppendFixed(b, p.BatteryVolts.Value, 1, 1)
	return append(b, ";1\r"...)
}

// codeOf is the code of the first alarm that has one, 0 if none has.
func codeOf(a protocols.Alarms) int {
	for rest := uint64(a); rest != 0; rest &= rest - 1 {
		for i := range alerts {
			if alerts[i].alarm == 1<<bits.TrailingZeros64(rest) {
				return alerts[i].code
			}
		}
	}
	return 0
}

func appendAngle(b []byte, v float64, width int) []byte {
	if v < 0 {
		b = append(b, '-')
		v = -v
	} else {
		b = append(b, '+')
	}
	return append(wire.AppendFixed(b, v, width, 6), ';')
}

// errServer says that the server wrote what no server of the family writes.
var errServer = errors.New("suntech: not a command")

func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	end := bytes.IndexByte(data, '\r')
	switch {
	case end < 0 && len(data) > maxText:
		return 0, heard, errServer
	case end < 0:
		return 0, heard, nil
	}
	var s wire.Columns
	s.Cut(data[:end], ';')
	header := s.At(0)
	switch {
	case header.Is("ACK"):
		return end + 1, heard, nil
	case header.Is("CMD") && s.Len() > 2:
		heard.Command = string(s.Span(2, s.Len()))
		heard.Reply = t.answer("RES;", "", heard.Command)
	case isLegacy(header) && s.Len() > 3 && s.At(2).Is("02"):
		words := string(s.Span(3, s.Len()))
		kind := string(header[len(header)-3:])
		heard.Command = words
		if kind != "CMD" {
			heard.Command = kind + ";" + words
		}
		heard.Reply = t.obey(kind, words)
	default:
		return 0, heard, errServer
	}
	return end + 1, heard, nil
}

// obey answers a command with its words, and StatusReq with a status report.
func (t *tracker) obey(kind, words string) []byte {
	if kind == "CMD" && words == "StatusReq" && t.last[0].Located {
		t.buf = t.status(t.buf[:0], &t.last[0])
		return t.buf
	}
	return t.answer("ST300"+kind+";Res;", "010;", words)
}

func (t *tracker) answer(header, firmware, words string) []byte {
	b := append(t.buf[:0], header...)
	b = append(b, t.device...)
	b = append(b, ';')
	b = append(b, firmware...)
	b = append(b, words...)
	t.buf = append(b, '\r')
	return t.buf
}
