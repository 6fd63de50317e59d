package jt600

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// speak is a JT701 padlock.
func speak(_ protocols.Network, device string) protocols.Tracker {
	if n := len(device); n > idDigits {
		device = device[n-idDigits:]
	}
	return &tracker{device: device}
}

// tracker says a position per record, each of which it wants answered.
type tracker struct {
	device string
	number byte
	buf    []byte // what the last Report or Hear gave
}

// maxBatch is how many records a tracker sends at once.
const maxBatch = 10

func (t *tracker) Hello() []byte      { return nil }
func (t *tracker) Batch() int         { return maxBatch }
func (t *tracker) Acknowledged() bool { return true }

func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.buf[:0]
	for i := range positions {
		t.number++
		b = append(b, startRecord)
		b = wire.AppendBCD(b, t.device)
		b = append(b, numberedVersion, 0x12, 0, wideLock)
		b = appendRecord(b, &positions[i])
		b = append(b, t.number)
	}
	t.buf = b
	return b
}

// appendRecord writes all of a padlock's record but its number.
func appendRecord(b []byte, p *protocols.Position) []byte {
	var clock [12]byte
	b = wire.AppendBCD(b, string(p.Time.UTC().AppendFormat(clock[:0], "020106150405")))
	var flags byte
	if p.Valid {
		flags |= 1
	}
	if p.Latitude >= 0 {
		flags |= 2
	}
	if p.Longitude >= 0 {
		flags |= 4
	}
	b = appendDigits(b, minutes(p.Latitude), 8)
	b = appendDigits(b, minutes(p.Longitude)*10, 10)
	b[len(b)-1] |= flags | 8
	knots := min(math.Round(p.Speed.Value/wire.KnotsToKMH(1)), 255)
	b = append(b, byte(knots), byte(int(p.Course.Value)%360/2))
	b = binary.BigEndian.AppendUint32(b, uint32(math.Min(p.Odometer.Value/1000, math.MaxUint32)))
	b = append(b, byte(p.Satellites.Value), 0, 0, 0, 0)
	b = binary.BigEndian.AppendUint16(b, uint16(statusOf(p)))
	b = append(b, byte(math.Round(p.BatteryPercent.Value)))
	c := p.Cell.Value
	b = binary.BigEndian.AppendUint16(b, uint16(c.CID))
	b = binary.BigEndian.AppendUint16(b, uint16(c.LAC))
	b = append(b, 20, 0, 1)
	for range offHighCell - offWake - 1 {
		b = append(b, 0x0F)
	}
	b = binary.BigEndian.AppendUint16(b, uint16(c.CID>>16))
	b = binary.BigEndian.AppendUint16(b, c.MCC)
	return append(b, byte(c.MNC))
}

// minutes is an angle as degrees × 10^6 + minutes × 10^4.
func minutes(v float64) int64 {
	n := int64(math.Round(math.Abs(v) * 600000))
	return n/600000*1e6 + n%600000
}

// appendDigits writes v as so many digits, two to a byte.
func appendDigits(b []byte, v int64, digits int) []byte {
	from := len(b)
	for range digits / 2 {
		b = append(b, 0)
	}
	for i := len(b) - 1; i >= from; i-- {
		b[i] = byte(v%10) | byte(v/10%10)<<4
		v /= 100
	}
	return b
}

// statusOf is a closed lock's status with the position's alarms.
func statusOf(p *protocols.Position) int {
	status := bitConfirm | bitString | bitLocked | bitCap
	rest := p.Alarms
	for i := range lockAlarms {
		if rest&lockAlarms[i].alarm != 0 {
			status |= 1 << lockAlarms[i].bit
			rest &^= lockAlarms[i].alarm
		}
	}
	return status
}

// errServer says that the server wrote what no server of the family writes.
var errServer = errors.New("jt600: no text in parentheses")

func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	end := bytes.IndexByte(data, endText)
	switch {
	case len(data) > 0 && data[0] != startText, end < 0 && len(data) > maxText:
		return 0, heard, errServer
	case end < 0:
		return 0, heard, nil
	}
	words := data[1:end]
	if string(words) == "P35" || bytes.HasPrefix(words, []byte("P69,0,")) {
		heard.Positions = 1
		return end + 1, heard, nil
	}
	heard.Command = string(words)
	b := append(t.buf[:0], startText)
	b = append(append(append(b, t.device...), ','), words...)
	t.buf = append(b, endText)
	heard.Reply = t.buf
	return end + 1, heard, nil
}
