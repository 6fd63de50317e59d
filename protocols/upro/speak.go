package upro

import (
	"bytes"
	"errors"
	"math"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// speak is an HQ20 tracker.
func speak(_ protocols.Network, device string) protocols.Tracker { return &tracker{device: device} }

// tracker says a position per message, each of which it wants answered.
type tracker struct {
	device string
	buf    []byte // what the last Report or Hear gave
	last   []byte // the fields of the last position, for the answers to commands
}

// maxBatch is how many messages a tracker sends at once.
const maxBatch = 10

func (t *tracker) Hello() []byte      { return nil }
func (t *tracker) Batch() int         { return maxBatch }
func (t *tracker) Acknowledged() bool { return true }

// Steps: courses are said in tens of degrees.
func (t *tracker) Steps() (time.Duration, float64) { return time.Second, 10 }

func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.buf[:0]
	for i := range positions {
		b = append(append(append(b, "*HQ201"...), t.device...), ",BA"...)
		from := len(b)
		b = appendFields(b, &positions[i])
		if i == len(positions)-1 {
			t.last = append(t.last[:0], b[from:]...)
		}
		b = append(b, '#')
	}
	t.buf = b
	return b
}

func appendFields(b []byte, p *protocols.Position) []byte {
	b = append(b, "&A"...)
	b = p.Time.UTC().AppendFormat(b, "150405")
	b = appendAngle(b, p.Latitude, 8)
	b = appendAngle(b, p.Longitude, 9)
	flags := byte('0')
	if !p.Valid {
		flags |= 1
	}
	if p.Latitude >= 0 {
		flags |= 2
	}
	if p.Longitude >= 0 {
		flags |= 4
	}
	knots := math.Min(p.Speed.Value/wire.KnotsToKMH(1), 999.9)
	b = append(b, flags)
	b = wire.AppendFixed(b, math.Min(knots/2, 99), 2, 0)
	b = wire.AppendFixed(b, math.Mod(math.Round(p.Course.Value/10), 36), 2, 0)
	b = p.Time.UTC().AppendFormat(b, "020106")
	b = appendStatus(append(b, "&B"...), p)
	b = append(b, "&C"...)
	units := uint32(math.Min(p.Odometer.Value*3600/1852/2, math.MaxUint32))
	for shift := 28; shift >= 0; shift -= 4 {
		b = append(b, '0'|byte(units>>shift&15))
	}
	b = wire.AppendFixed(append(b, "&F"...), math.Round(knots*10), 4, 0)
	b = wire.AppendFixed(append(b, "&R20"...), float64(min(p.Satellites.Value, 99)), 2, 0)
	if v, ok := p.ExternalVolts.Get(); ok {
		b = wire.AppendFixed(append(b, "&V"...), math.Min(math.Max(v*10, 0), 9999), 4, 0)
	}
	if v, ok := p.BatteryPercent.Get(); ok {
		b = wire.AppendFixed(append(b, "&T"...), v, 2, 0)
	}
	if v, ok := p.Altitude.Get(); ok && v >= 0 {
		b = wire.AppendFixed(append(b, "&G"...), math.Min(v*10, 999999), 6, 0)
	}
	return b
}

// appendAngle writes degrees, and minutes with four decimals, without sign and point.
func appendAngle(b []byte, v float64, digits int) []byte {
	n := math.Round(math.Abs(v) * 600000)
	return wire.AppendFixed(b, math.Floor(n/600000)*1e6+math.Mod(n, 600000), digits, 0)
}

func appendStatus(b []byte, p *protocols.Position) []byte {
	from := len(b)
	b = append(b, "0000000000"...)
	if p.Ignition.Value {
		b[from+1] |= 1
	}
	rest := p.Alarms
	for i := range alarms {
		if rest&alarms[i].alarm != 0 {
			b[from+alarms[i].digit] |= 1 << alarms[i].bit
			rest &^= alarms[i].alarm
		}
	}
	return b
}

// errServer says that the server wrote what no server of the family writes.
var errServer = errors.New("upro: neither an answer nor a command")

func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	end := bytes.IndexByte(data, '#')
	switch {
	case len(data) > 0 && data[0] != '*', end < 0 && len(data) > maxFrame, end >= 0 && end < atID:
		return 0, heard, errServer
	case end < 0:
		return 0, heard, nil
	}
	switch words := data[atFlag:end]; {
	case words[0] == 'Y':
		heard.Positions = 1
	case len(words) < 3:
		return 0, heard, errServer
	default:
		heard.Command = string(words[2:])
		b := append(append(append(t.buf[:0], "*HQ200"...), t.device...), ",Y"...)
		b = append(append(b, words[2:min(len(words), 4)]...), t.last...)
		t.buf = append(b, '#')
		heard.Reply = t.buf
	}
	return end + 1, heard, nil
}
