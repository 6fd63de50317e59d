package xirgo

import (
	"bytes"
	"math"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxBatch is how many sentences go out at once over TCP.
const maxBatch = 10

// tracker is an XT2060, which numbers its sentences over UDP.
type tracker struct {
	device string
	out    []byte // the last report, reused
	udp    bool
	closed bool   // output 1
	serial uint16 // of the last sentence
	wanted bool   // it is not acknowledged
}

func newTracker(n protocols.Network, device string) *tracker {
	return &tracker{device: device, udp: n == protocols.UDP}
}

// Hello is nil: there is no login.
func (t *tracker) Hello() []byte { return nil }

// Batch is one over UDP, where each sentence is acknowledged before the next.
func (t *tracker) Batch() int {
	if t.udp {
		return 1
	}
	return maxBatch
}

// Acknowledged is true over UDP only.
func (t *tracker) Acknowledged() bool { return t.udp }

// Report writes a sentence for each position.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.out = t.out[:0]
	for i := range positions {
		t.serial++
		t.out = t.sentence(t.out, &positions[i])
	}
	t.wanted = t.udp && len(positions) > 0
	return t.out
}

func (t *tracker) sentence(b []byte, p *protocols.Position) []byte {
	b = append(append(b, opening...), t.device...)
	b = strconv.AppendInt(append(b, ','), eventOf(p), 10)
	b = p.Time.UTC().AppendFormat(append(b, ','), "2006/01/02,15:04:05")
	b = appendDecimal(b, p.Latitude, 5)
	b = appendDecimal(b, p.Longitude, 5)
	b = appendDecimal(b, p.Altitude.Value, 1)
	b = appendDecimal(b, max(0, p.Speed.Value)/kmPerMile, 1)
	b = append(b, ",0.0,0.0,0"...)
	b = appendDecimal(b, max(0, p.Course.Value), 1)
	b = appendDecimal(b, float64(max(0, p.Satellites.Value)), 0)
	b = appendDecimal(b, max(0, p.HDOP.Value), 1)
	b = appendDecimal(b, max(0, p.Odometer.Value)/1000/kmPerMile, 1)
	b = append(b, ",0.0"...)
	b = appendDecimal(b, max(0, p.BatteryVolts.Value), 1)
	b = appendDecimal(b, float64(max(0, p.SignalPercent.Value))*31/100, 0)
	if p.Valid {
		b = append(b, ",1,0,0.0"...)
	} else {
		b = append(b, ",0,0,0.0"...)
	}
	if t.udp {
		b = strconv.AppendUint(append(b, ','), uint64(t.serial), 10)
	}
	return append(b, closing...)
}

// appendDecimal appends a comma and a number.
func appendDecimal(b []byte, v float64, decimals int) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	return strconv.AppendFloat(append(b, ','), v, 'f', decimals, 64)
}

// Hear reads an acknowledgement, or a command, which ends where the next begins.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	const acknowledgement = "!UDP_ACK,"
	var heard protocols.Heard
	if len(data) == 0 {
		return 0, heard, nil
	}
	end := len(data)
	for _, next := range [...][]byte{answer, []byte("!UDP_ACK,")} {
		if i := bytes.Index(data[1:], next); i >= 0 {
			end = min(end, i+1)
		}
	}
	switch one := data[:end]; {
	case bytes.HasPrefix(one, []byte(acknowledgement)):
		_, serial, _ := bytes.Cut(one[len(acknowledgement):], []byte{','})
		if n, ok := parse(serial); ok && t.wanted && n.mantissa == int64(t.serial) {
			heard.Positions, t.wanted = 1, false
		}
	case bytes.HasPrefix(one, answer):
		heard.Command = string(one)
		t.obey(one)
		heard.Reply = append(append([]byte{}, one...), ",OK\r\n"...)
	default:
		return 0, heard, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrUnknown}
	}
	return end, heard, nil
}

// obey switches output 1.
func (t *tracker) obey(words []byte) {
	switch string(words) {
	case relay(true):
		t.closed = true
	case relay(false):
		t.closed = false
	}
}
