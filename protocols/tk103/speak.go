package tk103

import (
	"bytes"
	"errors"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// speak is a KX402.
func speak(_ protocols.Network, device string) protocols.Tracker {
	t := &tracker{imei: device, device: device}
	if n := len(device); n > deviceDigits {
		t.device = device[n-deviceDigits:]
	}
	return t
}

// deviceDigits are those of a KX402's id.
const deviceDigits = 12

// tracker says a position per message; only handshake and login are answered.
type tracker struct {
	imei, device string
	buf          []byte // what the last Report or Hear gave
	last         []byte // the last position, for the answers to commands
}

// maxBatch is how many messages a tracker sends at once.
const maxBatch = 10

func (t *tracker) Hello() []byte      { return []byte("(" + t.device + "BP00" + t.imei + "HSO)") }
func (t *tracker) Batch() int         { return maxBatch }
func (t *tracker) Acknowledged() bool { return false }

func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.buf[:0]
	for i := range positions {
		p := &positions[i]
		b = t.open(b, "BR00")
		if code := codeOf(p.Alarms); code != 0 {
			b = append(b[:len(b)-4], "BO01"...)
			b = append(b, code)
		}
		from := len(b)
		b = appendPosition(b, p)
		if i == len(positions)-1 {
			t.last = append(t.last[:0], b[from:]...)
		}
		b = append(b, ')')
	}
	t.buf = b
	return b
}

func (t *tracker) open(b []byte, name string) []byte {
	return append(append(append(b, '('), t.device...), name...)
}

// codeOf is the code of an alarm, 0 if there is none.
func codeOf(a protocols.Alarms) byte {
	for i, one := range [...]protocols.Alarms{
		protocols.AlarmPowerCut, protocols.AlarmAccident, protocols.AlarmSOS, protocols.AlarmVibration,
		protocols.AlarmLowSpeed, protocols.AlarmOverspeed, protocols.AlarmGeofence,
	} {
		if a&one != 0 {
			return '0' + byte(i)
		}
	}
	return 0
}

func appendPosition(b []byte, p *protocols.Position) []byte {
	b = p.Time.UTC().AppendFormat(b, "060102")
	if p.Valid {
		b = append(b, 'A')
	} else {
		b = append(b, 'V')
	}
	b = appendAngle(b, p.Latitude, 2, 'N', 'S')
	b = appendAngle(b, p.Longitude, 3, 'E', 'W')
	b = wire.AppendFixed(b, math.Min(p.Speed.Value, 999.9), 3, 1)
	b = p.Time.UTC().AppendFormat(b, "150405")
	b = wire.AppendFixed(b, p.Course.Value, 3, 2)
	if p.Ignition.Value {
		b = append(b, "01000000L"...)
	} else {
		b = append(b, "00000000L"...)
	}
	const digits = "0123456789ABCDEF"
	metres := uint32(math.Min(p.Odometer.Value, math.MaxUint32))
	for shift := 28; shift >= 0; shift -= 4 {
		b = append(b, digits[metres>>shift&15])
	}
	return b
}

func appendAngle(b []byte, v float64, width int, plus, minus byte) []byte {
	b = wire.AppendMinutes(b, v, width, 4)
	if v < 0 {
		return append(b, minus)
	}
	return append(b, plus)
}

// errServer says that the server wrote what no server of the family writes.
var errServer = errors.New("tk103: neither an answer nor a command")

func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	end := bytes.IndexByte(data, ')')
	switch {
	case len(data) > 0 && data[0] != '(', end < 0 && len(data) > maxFrame:
		return 0, heard, errServer
	case end < 0:
		return 0, heard, nil
	}
	words := data[1:end]
	n := 0
	for n < len(words) && n < maxID && words[n] >= '0' && words[n] <= '9' {
		n++
	}
	n = min(n, len(t.device))
	switch words = words[n:]; {
	case n < minID:
		return 0, heard, errServer
	case string(words) == "AP01HSO":
		heard.Welcome = true
	case string(words) == "AP05":
	default:
		heard.Command = string(words)
		heard.Reply = t.obey(words)
	}
	return end + 1, heard, nil
}

// obey answers AP00 with BP04 and the last position, and other commands with B in the place of A.
func (t *tracker) obey(words []byte) []byte {
	b := t.open(t.buf[:0], "")
	if string(words) == "AP00" && len(t.last) > 0 {
		b = append(append(b, "BP04"...), t.last...)
	} else {
		b = append(append(b, 'B'), words[min(len(words), 1):]...)
	}
	t.buf = append(b, ')')
	return t.buf
}
