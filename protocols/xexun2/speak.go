package xexun2

import (
	"encoding/binary"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxBatch is how many records a tracker puts into a message.
const maxBatch = 10

// tracker is a 4G tracker that reports places as doubles.
type tracker struct {
	id      [idSize]byte
	out     []byte // the last report, reused
	body    []byte // a body in the making, reused
	index   uint16 // of the last message
	number  byte   // of the last record
	waiting int    // positions that are not acknowledged
}

func newTracker(device string) *tracker { return &tracker{id: idOf(device)} }

func (t *tracker) Hello() []byte      { return nil }
func (t *tracker) Batch() int         { return maxBatch }
func (t *tracker) Acknowledged() bool { return true }

// Report writes one message with a record for each position.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.index++
	t.waiting = len(positions)
	b := append(t.body[:0], byte(len(positions)))
	for range positions {
		b = append(b, 0, 0)
	}
	for i := range positions {
		from := len(b)
		t.number++
		b = appendRecord(append(b, t.number), &positions[i])
		binary.BigEndian.PutUint16(b[1+2*i:], uint16(len(b)-from))
	}
	t.body = b
	t.out = appendFrame(t.out[:0], kindReport, t.index, t.id, b)
	return t.out
}

func appendRecord(b []byte, p *protocols.Position) []byte {
	be := binary.BigEndian
	b = be.AppendUint32(b, uint32(p.Time.Unix()))
	b = append(b, byte((min(max(p.SignalPercent.Value, 0), 100)*maxCSQ+50)/100))
	b = be.AppendUint16(b, uint16(min(max(math.Round(p.BatteryPercent.Value), 0), 100)))
	code := codeOf(p.Alarms)
	mask := byte(hasPlace)
	if code != 0 {
		mask |= hasAlarm
	}
	if p.ICCID != "" || p.IMSI != "" {
		mask |= hasVersion
	}
	b = append(b, mask)
	if code != 0 {
		b = be.AppendUint32(b, code)
	}
	b = appendPlaces(b, p)
	if mask&hasVersion != 0 {
		b = append(b, make([]byte, 20)...)
		b = appendDigits(b, p.IMSI, 8, '0')
		b = appendDigits(b, p.ICCID, 10, 'F')
	}
	return b
}

// appendDigits writes digits in n bytes: a short number has a 0 before it, or F behind it.
func appendDigits(b []byte, digits string, n int, filler byte) []byte {
	for len(digits) < 2*n && filler == '0' {
		digits = "0" + digits
	}
	for i := range n {
		var c byte
		for _, at := range [2]int{2 * i, 2*i + 1} {
			d := byte(15)
			if at < len(digits) && digits[at] >= '0' && digits[at] <= '9' {
				d = digits[at] - '0'
			}
			c = c<<4 | d
		}
		b = append(b, c)
	}
	return b
}

func appendPlaces(b []byte, p *protocols.Position) []byte {
	be := binary.BigEndian
	places := byte(placeMotion)
	if p.Located {
		places |= placeDouble
	}
	c, cell := p.Cell.Get()
	if cell {
		places |= placeCells
	}
	b = append(b, places)
	if cell {
		b = be.AppendUint16(be.AppendUint16(append(b, 1), c.MCC), c.MNC)
		b = append(be.AppendUint32(be.AppendUint32(b, c.LAC), uint32(c.CID)), 50)
	}
	b = be.AppendUint16(b, uint16(min(max(math.Round(p.Speed.Value*10), 0), 20000)))
	b = be.AppendUint16(b, uint16(math.Round(p.Course.Value*10))%3600)
	if p.Located {
		b = append(b, byte(min(max(p.Satellites.Value, 0), 255)))
		b = be.AppendUint64(b, math.Float64bits(minutes(p.Longitude)))
		b = be.AppendUint64(b, math.Float64bits(minutes(p.Latitude)))
	}
	return b
}

// minutes writes degrees as dddmm.mmmm.
func minutes(v float64) float64 {
	whole := math.Trunc(v)
	return whole*100 + (v-whole)*60
}

// codeOf is the bit of the first alarm that has one.
func codeOf(a protocols.Alarms) uint32 {
	for _, known := range alarms {
		if a&known.alarm != 0 {
			return 1 << known.bit
		}
	}
	return 0
}

// Hear reads one message of the server's.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	var c codec
	used, frame, err := c.Split(data, false)
	switch {
	case err != nil:
		return 0, heard, err
	case used > 0 && frame == nil:
		return 0, heard, &wire.Error{Field: "flag", Err: wire.ErrUnknown}
	case frame == nil:
		return 0, heard, nil
	}
	inner := inside(frame)
	if !proved(inner) {
		return 0, heard, &wire.Error{Field: "checksum", Offset: offSum, Err: wire.ErrChecksum}
	}
	kind, index, body := binary.BigEndian.Uint16(inner), binary.BigEndian.Uint16(inner[offIndex:]), inner[offBody:]
	switch {
	case kind == kindCommand:
		heard.Command = string(body)
		t.out = appendFrame(t.out[:0], kindCommand, index, t.id, append([]byte("ok,"), body...))
		heard.Reply = t.out
	case kind == kindReport && index == t.index && len(body) == 1 && body[0] == 1:
		heard.Positions, t.waiting = t.waiting, 0
	}
	return used, heard, nil
}
