package taip

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxBatch is how many messages are sent before an answer is awaited.
const maxBatch = 10

// tracker is a Syrus that sends events with extended tags and no numbers.
type tracker struct {
	device  string
	out     []byte // the last report, reused
	outputs byte   // their levels, a bit each
	last    string // the last position as PV has it, for QPV
}

// Hello is nothing: each message names the device.
func (t *tracker) Hello() []byte { return nil }

// Batch is how many messages are sent at once.
func (t *tracker) Batch() int { return maxBatch }

// Acknowledged is true: every message is answered by the bare ID.
func (t *tracker) Acknowledged() bool { return true }

// Report writes an EV for each position, or an altitude as a sign of life if there are none.
func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.out[:0]
	for i := range positions {
		b = t.report(b, &positions[i])
	}
	if len(positions) == 0 {
		b = t.shut(append(b, ">RAL00000+00000+00012"...))
	}
	t.out = b
	return b
}

// shut appends the ID and the end.
func (t *tracker) shut(b []byte) []byte {
	b = append(append(b, ";ID="...), t.device...)
	return append(b, '<')
}

func (t *tracker) report(b []byte, p *protocols.Position) []byte {
	event := int64(0)
	switch {
	case p.Alarms&protocols.AlarmSOS != 0:
		event = 1
	case p.Alarms&protocols.AlarmPowerCut != 0:
		event = 2
	}
	b = appendFixed(append(b, ">REV"...), event, 2)
	seconds := max(p.Time.Unix()-gpsEpoch, 0)
	b = appendFixed(b, seconds/(7*86400)%10000, 4)
	b = appendFixed(b, seconds/86400%7, 1)
	b = appendFixed(b, seconds%86400, 5)
	from := len(b)
	b = appendPlace(b, p)
	t.last = string(b[from-5:])
	return t.shut(t.appendTags(b, p))
}

// appendPlace appends the columns from latitude to age.
func appendPlace(b []byte, p *protocols.Position) []byte {
	b = appendSigned(b, int64(math.Round(p.Latitude*1e5)), 7)
	b = appendSigned(b, int64(math.Round(p.Longitude*1e5)), 8)
	b = appendFixed(b, clamp(p.Speed.Value/mile, 999), 3)
	b = appendFixed(b, clamp(p.Course.Value, 360)%360, 3)
	if p.Valid {
		return append(b, "32"...)
	}
	return append(b, "90"...)
}

func (t *tracker) appendTags(b []byte, p *protocols.Position) []byte {
	if v, ok := p.Ignition.Get(); ok {
		states := int64(2)
		if v {
			states = 3
		}
		b = strconv.AppendInt(append(b, ";IO="...), states, 10)
		b = append(b, "0123456789ABCDEF"[t.outputs&15], '0')
	}
	if v, ok := p.Satellites.Get(); ok {
		b = strconv.AppendInt(append(b, ";SV="...), int64(v), 10)
	}
	if v, ok := p.BatteryVolts.Get(); ok {
		b = strconv.AppendInt(append(b, ";BL="...), clamp(v*1000, math.MaxUint16), 10)
	}
	if v, ok := p.Odometer.Get(); ok {
		b = strconv.AppendInt(append(b, ";VO="...), clamp(v, 1e12), 10)
	}
	if v, ok := p.Altitude.Get(); ok {
		b = append(b, ";AL="...)
		if v >= 0 {
			b = append(b, '+')
		}
		b = strconv.AppendInt(b, int64(math.Round(v)), 10)
	}
	return b
}

// appendFixed writes v with that many digits.
func appendFixed(b []byte, v int64, width int) []byte {
	for limit := int64(math.Pow10(width - 1)); limit > 1 && v < limit; limit /= 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, v, 10)
}

func appendSigned(b []byte, v int64, width int) []byte {
	if v < 0 {
		return appendFixed(append(b, '-'), -v, width)
	}
	return appendFixed(append(b, '+'), v, width)
}

// clamp rounds a value into 0..high.
func clamp(v, high float64) int64 {
	if !(v > 0) { // also NaN
		return 0
	}
	return int64(math.Round(min(v, high)))
}

// Hear reads one answer, which is the bare ID, or one message between > and <, which is a command.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if len(data) == 0 {
		return 0, heard, nil
	}
	if data[0] != '>' {
		n := min(len(data), len(t.device))
		switch {
		case string(data[:n]) != t.device[:n]:
			return 0, heard, &wire.Error{Field: "id", Offset: 0, Err: wire.ErrUnknown}
		case n < len(t.device):
			return 0, heard, nil
		}
		heard.Positions = 1
		return n, heard, nil
	}
	end := bytes.IndexByte(data, '<')
	if end < 0 {
		if len(data) > maxSentence {
			return 0, heard, &wire.Error{Field: "message", Offset: maxSentence, Err: wire.ErrTooLong}
		}
		return 0, heard, nil
	}
	words, _, _ := strings.Cut(string(data[1:end]), ";ID=")
	if !strings.HasPrefix(words, "ACK") && !strings.HasPrefix(words, "SAK") {
		heard.Command, heard.Reply = words, t.obey(words)
	}
	return end + 1, heard, nil
}

// obey answers a command as TAIP does: with R instead of its first letter.
func (t *tracker) obey(words string) []byte {
	answer := "R" + words[min(len(words), 1):]
	switch {
	case words == "QPV" && t.last != "":
		answer = "RPV" + t.last
	case len(words) == 7 && strings.HasPrefix(words, "SSSXP") && words[5] >= '1' && words[5] <= '4':
		bit := byte(1) << (words[5] - '1')
		t.outputs &^= bit
		if words[6] == '1' {
			t.outputs |= bit
		}
	}
	return t.shut([]byte(">" + answer))
}
