package watch

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxBatch is how many messages a watch writes at once.
const maxBatch = 5

// tracker is a watch of the 3G kind.
type tracker struct {
	codec   codec  // writes messages
	out     []byte // the last report, reused
	content []byte // words in the making, reused
}

func newTracker(device string) *tracker {
	return &tracker{codec: codec{maker: [2]byte{'3', 'G'}, device: device}}
}

func (t *tracker) Batch() int         { return maxBatch }
func (t *tracker) Acknowledged() bool { return false }

func (t *tracker) Hello() []byte { return t.message(nil, "LK") }

func (t *tracker) message(b []byte, content string) []byte {
	return t.codec.appendMessage(b, []byte(t.codec.device), nil, content)
}

// Report writes a UD for each position, an AL where it warns. No positions at all are an LK.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.out = t.out[:0]
	if len(positions) == 0 {
		t.out = t.message(t.out, "LK")
	}
	for i := range positions {
		t.content = appendPosition(t.content[:0], &positions[i])
		t.out = t.message(t.out, string(t.content))
	}
	return t.out
}

func appendPosition(b []byte, p *protocols.Position) []byte {
	state := stateOf(p.Alarms)
	kind := "UD,"
	if p.Alarms != 0 {
		kind = "AL,"
	}
	b = p.Time.UTC().AppendFormat(append(b, kind...), "020106,150405")
	if p.Valid {
		b = append(b, ",A,"...)
	} else {
		b = append(b, ",V,"...)
	}
	b = appendDegrees(b, p.Latitude, ",N,", ",S,")
	b = appendDegrees(b, p.Longitude, ",E,", ",W,")
	b = strconv.AppendFloat(b, p.Speed.Value, 'f', 2, 64)
	b = strconv.AppendFloat(append(b, ','), p.Course.Value, 'f', 1, 64)
	b = strconv.AppendFloat(append(b, ','), p.Altitude.Value, 'f', 1, 64)
	for _, v := range [...]int{
		p.Satellites.Value, p.SignalPercent.Value, int(math.Round(p.BatteryPercent.Value)), 0, 0,
	} {
		b = strconv.AppendInt(append(b, ','), int64(v), 10)
	}
	b = append(b, ',')
	for shift := 28; shift >= 0; shift -= 4 {
		b = append(b, "0123456789ABCDEF"[state>>shift&15])
	}
	c, ok := p.Cell.Get()
	if !ok {
		return append(b, ",0,0,0,0.0"...)
	}
	b = append(b, ",1,1"...)
	for _, v := range [...]uint64{uint64(c.MCC), uint64(c.MNC), uint64(c.LAC), c.CID} {
		b = strconv.AppendUint(append(b, ','), v, 10)
	}
	return append(b, ",100,0,0.0"...)
}

func appendDegrees(b []byte, v float64, plus, minus string) []byte {
	b = strconv.AppendFloat(b, math.Abs(v), 'f', 6, 64)
	if v < 0 {
		return append(b, minus...)
	}
	return append(b, plus...)
}

// stateOf is the state of alarms, in the bits that are alarms for sure.
func stateOf(a protocols.Alarms) uint32 {
	var state uint32
	for bit := 16; bit < len(stateAlarms); bit++ {
		if a&stateAlarms[bit] != 0 && bit != 22 {
			state |= 1 << bit
		}
	}
	return state
}

// Hear reads one message of the server's.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	h, answer := readHead(data)
	switch {
	case answer == headNone:
		return 0, heard, &wire.Error{Field: "head", Err: wire.ErrUnknown}
	case answer == headShort || len(data) <= h.size+h.length:
		return 0, heard, nil
	case data[h.size+h.length] != ']':
		return 0, heard, &wire.Error{Field: "end", Offset: h.size + h.length, Err: wire.ErrValue}
	}
	content := data[h.size : h.size+h.length]
	kind, _, _ := bytes.Cut(content, []byte{','})
	switch string(kind) {
	case "LK":
		heard.Welcome = true
	case "AL", "TKQ", "TKQ2", "INIT", "CONFIG", "JXTKR", "TK":
	default:
		heard.Command = string(content)
		if name := strings.TrimSpace(string(kind)); name != "" {
			t.out = t.message(t.out[:0], name)
			heard.Reply = t.out
		}
	}
	return h.size + h.length + 1, heard, nil
}
