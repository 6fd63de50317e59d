package meiligao

import (
	"encoding/binary"
	"encoding/hex"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxBatch is how many frames a tracker writes at once.
const maxBatch = 10

// tracker is a VT310 that reports the long layout.
type tracker struct {
	id   [idSize]byte
	out  []byte // the last report, reused
	body []byte // the data of a frame in the making, reused
}

func newTracker(device string) *tracker {
	if len(device) > 2*idSize && wire.Digits(device) {
		device = device[len(device)-15 : len(device)-1] // an IMEI goes without its check digit
	}
	return &tracker{id: idOf(device)}
}

func (t *tracker) Batch() int         { return maxBatch }
func (t *tracker) Acknowledged() bool { return false }

func (t *tracker) Hello() []byte { return appendFrame(nil, "$$", t.id, cmdLogin, nil) }

// Report writes a frame for each position, 9999 where it warns. No positions at all are a heartbeat.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.out = t.out[:0]
	if len(positions) == 0 {
		t.out = appendFrame(t.out, "$$", t.id, cmdHeartbeat, nil)
	}
	for i := range positions {
		p := &positions[i]
		t.body = t.body[:0]
		kind := uint16(cmdPosition)
		if code := codeOf(p.Alarms); code != 0 {
			t.body = append(t.body, code)
			kind = cmdAlarm
		}
		t.body = appendSentence(t.body, p)
		t.out = appendFrame(t.out, "$$", t.id, kind, t.body)
	}
	return t.out
}

// codeOf is the code of the first alarm that has one; 0 if none has.
func codeOf(a protocols.Alarms) byte {
	for code := byte(1); a != 0 && code < 0x80; code++ {
		if alarmOf(code)&a != 0 {
			return code
		}
	}
	return 0
}

// appendSentence writes a position as text.
func appendSentence(b []byte, p *protocols.Position) []byte {
	from := len(b)
	at := p.Time.UTC()
	b = at.AppendFormat(b, "150405.000")
	if p.Valid {
		b = append(b, ",A,"...)
	} else {
		b = append(b, ",V,"...)
	}
	b = appendAngle(b, p.Latitude, 2, "N,", "S,")
	b = appendAngle(b, p.Longitude, 3, "E,", "W,")
	b = appendFixed(b, p.Speed.Value/wire.KnotsToKMH(1), 1, 2)
	b = append(b, ',')
	b = appendFixed(b, p.Course.Value, 1, 1)
	b = at.AppendFormat(append(b, ','), "020106,,*")
	sum := wire.Xor([]byte("GPRMC,")) ^ wire.Xor(b[from:len(b)-1])
	b = appendHex(b, uint64(sum), 2)
	b = appendFixed(append(b, '|'), p.HDOP.Value, 1, 1)
	b = appendFixed(append(b, '|'), p.Altitude.Value, 1, 0)
	b = append(b, "|0000|0000,0000|"...)
	c := p.Cell.Value
	b = appendHex(b, uint64(c.MCC), 4)
	b = appendHex(b, uint64(c.MNC), 4)
	b = appendHex(b, uint64(uint16(c.LAC)), 4)
	b = appendHex(b, uint64(uint32(c.CID)), 8)
	b = appendHex(append(b, '|'), uint64(min(max(p.SignalPercent.Value, 0), 100)*31+50)/100, 2)
	b = appendHex(append(b, '|'), uint64(min(max(p.Odometer.Value, 0), math.MaxUint32)), 8)
	return appendHex(append(b, '|'), uint64(min(max(p.Satellites.Value, 0), 255)), 2)
}

// appendAngle writes degrees and minutes with four decimals, and which half of the globe.
func appendAngle(b []byte, v float64, width int, plus, minus string) []byte {
	units := int64(math.Round(math.Abs(v) * 600000))
	b = appendUnits(b, units/600000, width, 0)
	b = appendUnits(b, units%600000, 2, 4)
	b = append(b, ',')
	if v < 0 {
		return append(b, minus...)
	}
	return append(b, plus...)
}

func appendFixed(b []byte, v float64, width, decimals int) []byte {
	if v < 0 {
		b, v = append(b, '-'), -v
	}
	return appendUnits(b, int64(math.Round(v*math.Pow10(decimals))), width, decimals)
}

// appendUnits writes v × 10^-decimals with at least width digits before the point.
func appendUnits(b []byte, v int64, width, decimals int) []byte {
	var room [24]byte
	i := len(room)
	for n := 0; v > 0 || n < width+decimals; n++ {
		if n == decimals && n > 0 {
			i--
			room[i] = '.'
		}
		i--
		room[i] = byte('0' + v%10)
		v /= 10
	}
	return append(b, room[i:]...)
}

func appendHex(b []byte, v uint64, digits int) []byte {
	for i := digits - 1; i >= 0; i-- {
		b = append(b, "0123456789ABCDEF"[v>>(4*i)&15])
	}
	return b
}

// Hear reads one frame of the server's.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if len(data) < offID {
		return 0, heard, nil
	}
	n := int(binary.BigEndian.Uint16(data[2:]))
	switch {
	case data[0] != '@' || data[1] != '@':
		return 0, heard, &wire.Error{Field: "head", Err: wire.ErrUnknown}
	case n < minFrame || n > maxFrame:
		return 0, heard, &wire.Error{Field: "length", Offset: 2, Err: wire.ErrValue}
	case len(data) < n:
		return 0, heard, nil
	case !proved(data[:n]):
		return 0, heard, &wire.Error{Field: "checksum", Offset: n - tailSize, Err: wire.ErrChecksum}
	}
	kind, body := binary.BigEndian.Uint16(data[offKind:]), data[offBody:n-tailSize]
	switch kind {
	case cmdLoginReply:
		heard.Welcome = len(body) == 1 && body[0] == 1
		heard.Refused = !heard.Welcome
	case cmdHeartbeat, cmdPhotoAccepted, cmdRetransmit:
	default:
		heard.Command = hex.EncodeToString(data[offKind:offBody])
		switch {
		case len(body) > 0 && wire.Printable(body):
			heard.Command += " " + string(body)
		case len(body) > 0:
			heard.Command += ":" + hex.EncodeToString(body)
		}
		if kind != cmdReboot {
			t.out = appendFrame(t.out[:0], "$$", t.id, kind, []byte{1})
			heard.Reply = t.out
		}
	}
	return n, heard, nil
}
