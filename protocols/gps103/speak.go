package gps103

import (
	"bytes"
	"errors"

	"drover/protocols"
	"drover/protocols/wire"
)

// speak is a TK103-2B.
func speak(_ protocols.Network, device string) protocols.Tracker { return &tracker{device: device} }

// tracker says a position per message; nothing is acknowledged.
type tracker struct {
	device string
	buf    []byte // what the last Report or Hear gave
	last   []byte // the last position from its local time on, for the answers to commands
}

// maxBatch is how many messages a tracker sends at once.
const maxBatch = 10

func (t *tracker) Hello() []byte      { return []byte(login + t.device + ",A;") }
func (t *tracker) Batch() int         { return maxBatch }
func (t *tracker) Acknowledged() bool { return false }

func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.buf[:0]
	for i := range positions {
		p := &positions[i]
		b = t.open(b, wordOf(p))
		from := len(b)
		b = appendPosition(b, p)
		if i == len(positions)-1 {
			t.last = append(t.last[:0], b[from:]...)
		}
	}
	t.buf = b
	return b
}

func (t *tracker) open(b []byte, word string) []byte {
	b = append(b, opening...)
	b = append(b, t.device...)
	b = append(b, ',')
	b = append(b, word...)
	return append(b, ',')
}

// wordOf is the keyword of a position's first alarm.
func wordOf(p *protocols.Position) string {
	for i := range words {
		if words[i].alarm&p.Alarms != 0 {
			return words[i].text
		}
	}
	return "tracker"
}

func appendPosition(b []byte, p *protocols.Position) []byte {
	b = p.Time.UTC().AppendFormat(b, "060102150405")
	if !p.Located {
		return append(b, ",,L,,,0001,,0001,,,,,,,,,;"...)
	}
	b = append(b, ",,F,"...)
	b = p.Time.UTC().AppendFormat(b, "150405.000")
	if p.Valid {
		b = append(b, ",A,"...)
	} else {
		b = append(b, ",V,"...)
	}
	b = appendAngle(b, p.Latitude, 2, "N", "S")
	b = appendAngle(b, p.Longitude, 3, "E", "W")
	b = wire.AppendFixed(b, p.Speed.Value/wire.KnotsToKMH(1), 1, 2)
	b = append(b, ',')
	b = wire.AppendFixed(b, p.Course.Value, 1, 2)
	b = append(b, ',')
	if p.Altitude.OK {
		b = wire.AppendFixed(b, p.Altitude.Value, 1, 1)
	}
	b = append(b, ',')
	switch on, ok := p.Ignition.Get(); {
	case ok && on:
		b = append(b, '1')
	case ok:
		b = append(b, '0')
	}
	return append(b, ",0,0.00%,,;"...)
}

func appendAngle(b []byte, v float64, width int, plus, minus string) []byte {
	b = wire.AppendMinutes(b, v, width, 4)
	half := plus
	if v < 0 {
		half = minus
	}
	b = append(b, ',')
	b = append(b, half...)
	return append(b, ',')
}

// errServer says that the server wrote what no server of the family writes.
var errServer = errors.New("gps103: neither LOAD, ON nor a command")

func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	for _, known := range [...]string{"LOAD", "ON"} {
		if n := len(known); len(data) >= n && string(data[:n]) == known {
			heard.Welcome = known == "LOAD"
			return n, heard, nil
		}
		if len(data) < len(known) && string(data) == known[:len(data)] {
			return 0, heard, nil
		}
	}
	head := "**,imei:" + t.device + ","
	if n := min(len(data), len(head)); string(data[:n]) != head[:n] {
		return 0, heard, errServer
	}
	if len(data) <= len(head) {
		return 0, heard, nil
	}
	rest := data[len(head):]
	used := len(data)
	if i := bytes.IndexAny(rest, ";*"); i >= 0 {
		used = len(head) + i
		if rest[i] == ';' {
			used++
		}
		rest = rest[:i]
	}
	heard.Command = string(rest)
	heard.Reply = t.obey(rest)
	return used, heard, nil
}

// obey answers a command of one letter with that letter and t, and the last position; B with a position.
func (t *tracker) obey(words []byte) []byte {
	name, _, _ := bytes.Cut(words, []byte{','})
	word := "tracker"
	if len(name) == 1 && name[0] >= 'C' && name[0] <= 'Z' {
		word = string([]byte{name[0] | 0x20, 't'})
	}
	b := t.open(t.buf[:0], word)
	if len(t.last) > 0 {
		b = append(b, t.last...)
	} else {
		b = append(b, "000000000,,L,,,0001,,0001,,,,,,,,,;"...)
	}
	t.buf = b
	return b
}
