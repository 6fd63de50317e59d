package osmand

import (
	"bytes"
	"math"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// tracker is a Traccar Client that sends a query for each position.
type tracker struct {
	device  string
	out     []byte // the last report, reused
	waiting bool   // the last position is not acknowledged
}

// Hello is nothing: each request names the device.
func (t *tracker) Hello() []byte { return nil }

// Batch is one: a request carries one position.
func (t *tracker) Batch() int { return 1 }

// Acknowledged is true: every request is answered.
func (t *tracker) Acknowledged() bool { return true }

// Report writes a request; one without a position only names the device.
func (t *tracker) Report(positions []protocols.Position) []byte {
	b := append(t.out[:0], "GET /?id="...)
	b = appendEscaped(b, t.device)
	for i := range positions[:min(len(positions), 1)] {
		b = appendFields(b, &positions[i])
	}
	t.waiting = len(positions) > 0
	t.out = append(b, " HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n"...)
	return t.out
}

// appendEscaped writes what is neither letter nor digit as a percent sign and two digits.
func appendEscaped(b []byte, s string) []byte {
	const digits = "0123456789ABCDEF"
	for i := range len(s) {
		c := s[i]
		if c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '-' || c == '_' || c == '.' {
			b = append(b, c)
		} else {
			b = append(b, '%', digits[c>>4], digits[c&15])
		}
	}
	return b
}

// appendFields appends what the query has names for.
func appendFields(b []byte, p *protocols.Position) []byte {
	if !p.Time.IsZero() {
		b = strconv.AppendInt(append(b, "&timestamp="...), p.Time.UnixMilli(), 10)
	}
	if p.Located {
		b = appendNumber(b, "&lat=", p.Latitude, 1e7)
		b = appendNumber(b, "&lon=", p.Longitude, 1e7)
		if !p.Valid {
			b = append(b, "&valid=false"...)
		}
	}
	for _, f := range [...]struct {
		name  string
		value protocols.Opt[float64]
		scale float64
	}{
		{"&speed=", p.Speed, 1 / knots}, {"&bearing=", p.Course, 1}, {"&altitude=", p.Altitude, 1}, {"&hdop=", p.HDOP, 1},
		{"&batt=", p.BatteryPercent, 1}, {"&odometer=", p.Odometer, 1}, {"&power=", p.ExternalVolts, 1},
		{"&battery=", p.BatteryVolts, 1},
	} {
		if v, ok := f.value.Get(); ok {
			b = appendNumber(b, f.name, v*f.scale, 1e4)
		}
	}
	if v, ok := p.Satellites.Get(); ok {
		b = strconv.AppendInt(append(b, "&sat="...), int64(v), 10)
	}
	if v, ok := p.Ignition.Get(); ok {
		b = strconv.AppendBool(append(b, "&ignition="...), v)
	}
	if c, ok := p.Cell.Get(); ok {
		b = append(b, "&cell="...)
		for i, n := range [...]uint64{uint64(c.MCC), uint64(c.MNC), uint64(c.LAC), c.CID} {
			if i > 0 {
				b = append(b, ',')
			}
			b = strconv.AppendUint(b, n, 10)
		}
	}
	for _, a := range alarmWords {
		if p.Alarms&a.alarm != 0 {
			b = append(append(b, "&alarm="...), a.word...)
		}
	}
	return b
}

func appendNumber(b []byte, name string, v, unit float64) []byte {
	return strconv.AppendFloat(append(b, name...), math.Round(v*unit)/unit, 'f', -1, 64)
}

// Hear reads one answer; its body is a command.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	const version = "HTTP/1.1 "
	if n := min(len(data), len(version)); string(data[:n]) != version[:n] {
		return 0, heard, &wire.Error{Field: "status line", Offset: 0, Err: wire.ErrUnknown}
	}
	end := bytes.Index(data, headEnd)
	if end < 0 {
		if len(data) > maxHead {
			return 0, heard, &wire.Error{Field: "headers", Offset: maxHead, Err: wire.ErrTooLong}
		}
		return 0, heard, nil
	}
	length := 0
	for rest := data[:end]; len(rest) > 0; {
		var line []byte
		line, rest, _ = bytes.Cut(rest, lineEnd)
		if name, value, _ := bytes.Cut(line, []byte{':'}); is(name, "content-length") {
			length, _ = strconv.Atoi(string(bytes.TrimSpace(value)))
		}
	}
	end += len(headEnd)
	switch {
	case length < 0 || length > maxBody:
		return 0, heard, &wire.Error{Field: "content-length", Offset: 0, Err: wire.ErrValue}
	case len(data) < end+length:
		return 0, heard, nil
	}
	status := data[len(version):end]
	heard.Command = string(data[end : end+length])
	switch {
	case !bytes.HasPrefix(status, []byte("200")):
		heard.Refused = true
	case t.waiting:
		heard.Positions, t.waiting = 1, false
	}
	return end + length, heard, nil
}
