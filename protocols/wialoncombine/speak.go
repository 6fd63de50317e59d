package wialoncombine

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxBatch is the most messages of a packet.
const maxBatch = 20

// tracker is a Vega MT.
type tracker struct {
	device string
	udp    bool
	out    []byte // the last report, reused

	seq     uint16 // of the last packet
	login   uint16 // of the last login
	oldest  uint16 // of the packet that is not acknowledged, if waiting is not 0
	waiting int    // so many positions are in it
}

func speak(n protocols.Network, device string) protocols.Tracker {
	return &tracker{device: device, udp: n == protocols.UDP}
}

// Hello is the login; over UDP it stands before each report.
func (t *tracker) Hello() []byte {
	if t.udp {
		return nil
	}
	return t.sayLogin(nil)
}

// Batch is how many messages a packet carries.
func (t *tracker) Batch() int { return maxBatch }

// Acknowledged is true: every packet is answered.
func (t *tracker) Acknowledged() bool { return true }

// sayLogin appends a login: version 1, the id as a number of eight bytes or a text, no password.
func (t *tracker) sayLogin(b []byte) []byte {
	b, at := t.open(b, kindLogin)
	t.login = t.seq
	b = append(b, 1)
	if id, err := strconv.ParseUint(t.device, 10, 64); err == nil && len(t.device) == 15 {
		b = binary.BigEndian.AppendUint64(append(b, 0x30), id)
	} else {
		b = append(append(append(b, 0x40), t.device...), 0)
	}
	return shut(b, at)
}

// open appends the head of a packet with room for its length, and gives where the packet starts.
func (t *tracker) open(b []byte, kind byte) ([]byte, int) {
	at := len(b)
	t.seq++
	b = binary.BigEndian.AppendUint16(append(b, '$', '$', kind), t.seq)
	if kind != kindKeepAlive {
		b = append(b, 0, 0)
	}
	return b, at
}

// shut sets the length and appends the checksum.
func shut(b []byte, at int) []byte {
	binary.BigEndian.PutUint16(b[at+aliveSize:], uint16(len(b)-at-aliveSize-2))
	return binary.BigEndian.AppendUint16(b, wire.CRC16ARC(b[at:]))
}

// Report writes a packet of a message for each position, or a keep-alive if there are none.
func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.out[:0]
	if t.udp {
		b = t.sayLogin(b)
	}
	if len(positions) == 0 {
		t.out, _ = t.open(b, kindKeepAlive)
		return t.out
	}
	b, at := t.open(b, kindData)
	t.oldest, t.waiting = t.seq, len(positions)
	for i := range positions {
		b = appendMessage(b, &positions[i])
	}
	t.out = shut(b, at)
	return t.out
}

// appendMessage appends time, a position if there is one, and custom parameters.
func appendMessage(b []byte, p *protocols.Position) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(p.Time.Unix()))
	count := len(b)
	b = append(b, 1)
	if p.Located {
		b[count]++
		b = append(b, subPosition)
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(p.Latitude*1e6))))
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(p.Longitude*1e6))))
		b = appendWord(b, p.Speed.Value, 0, 2000)
		b = appendWord(b, p.Course.Value, 0, 360)
		b = appendWord(b, p.Altitude.Value, math.MinInt16, math.MaxInt16)
		b = append(b, byte(min(max(p.Satellites.Value, 0), 255)))
		b = appendWord(b, p.HDOP.Value*100, 0, math.MaxUint16)
	}
	b = append(b, subCustom, 0)
	return appendParameters(b, p, len(b)-1)
}

func appendWord(b []byte, v, low, high float64) []byte {
	if !(v >= low) { // also NaN
		v = low
	}
	return binary.BigEndian.AppendUint16(b, uint16(int32(math.Round(min(v, high)))))
}

// appendParameters appends what has a number in Vega's list; count is where it says how many.
func appendParameters(b []byte, p *protocols.Position, count int) []byte {
	parameter := func(number int, kind byte) {
		b[count]++
		b = append(b, 0x80|byte(number>>8), byte(number), kind)
	}
	if v, ok := p.Ignition.Get(); ok {
		parameter(1241, 0)
		on := byte(0)
		if v {
			on = 1
		}
		b = append(b, on)
	}
	for _, volts := range [...]struct {
		number int
		value  protocols.Opt[float64]
	}{{1252, p.ExternalVolts}, {1253, p.BatteryVolts}} {
		if v, ok := volts.value.Get(); ok {
			parameter(volts.number, typeFloat)
			b = binary.BigEndian.AppendUint32(b, math.Float32bits(float32(v)))
		}
	}
	if v, ok := p.BatteryPercent.Get(); ok {
		parameter(1255, 0)
		b = append(b, byte(min(max(v, 0), 100)))
	}
	if p.Alarms&protocols.AlarmSOS != 0 {
		parameter(1251, 0)
		b = append(b, 1)
	}
	if v, ok := p.Cell.Get(); ok {
		for i, n := range [...]uint64{uint64(v.MCC), uint64(v.MNC), uint64(v.LAC), v.CID} {
			parameter(firstCell+i, 2)
			b = binary.BigEndian.AppendUint32(b, uint32(n))
		}
	}
	return b
}

// Hear reads one answer of the server's, or a line that is a command.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if len(data) == 0 {
		return 0, heard, nil
	}
	if data[0] != '@' {
		return t.obey(data)
	}
	switch {
	case len(data) < aliveSize:
		return 0, heard, nil
	case data[1] != '@':
		return 0, heard, &wire.Error{Field: "head", Offset: 1, Err: wire.ErrUnknown}
	}
	code, seq := data[2], binary.BigEndian.Uint16(data[3:])
	switch {
	case code == notWelcome:
		heard.Refused = true
	case code == taken && seq == t.login:
		heard.Welcome = true
	case code == taken && seq == t.oldest:
		heard.Positions, t.waiting = t.waiting, 0
	}
	return aliveSize, heard, nil
}

// obey answers a line in words.
func (t *tracker) obey(data []byte) (int, protocols.Heard, error) {
	end := bytes.IndexByte(data, '\n') + 1
	if end == 0 {
		if len(data) > maxLine {
			return 0, protocols.Heard{}, &wire.Error{Field: "line", Offset: maxLine, Err: wire.ErrTooLong}
		}
		return 0, protocols.Heard{}, nil
	}
	words := strings.TrimRight(string(data[:end]), "\r\n")
	return end, protocols.Heard{Command: words, Reply: []byte("#M#done: " + words + "\r\n")}, nil
}
