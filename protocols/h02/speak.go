package h02

import (
	"bytes"
	"errors"
	"math"
	"math/bits"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// speak is a SinoTrack that reports V1 sentences, over TCP and UDP alike.
func speak(_ protocols.Network, device string) protocols.Tracker {
	return &tracker{device: device}
}

// tracker says a position per sentence; the server acknowledges each with V4,V1.
type tracker struct {
	device string
	buf    []byte // what the last Report or Hear gave
	last   []byte // the last position from its time on, for the answers to commands
}

// maxBatch is how many sentences a tracker sends at once.
const maxBatch = 10

func (t *tracker) Hello() []byte      { return nil }
func (t *tracker) Batch() int         { return maxBatch }
func (t *tracker) Acknowledged() bool { return true }

func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.buf[:0]
	for i := range positions {
		b = t.open(b, "V1")
		from := len(b)
		b = appendPosition(b, &positions[i], len(t.device) == maxID)
		if i == len(positions)-1 {
			t.last = append(t.last[:0], b[from:]...)
		}
		b = append(b, '#')
	}
	t.buf = b
	return b
}

// open writes *HQ,<id>,<kind>,
func (t *tracker) open(b []byte, kind string) []byte {
	b = append(b, "*HQ,"...)
	b = append(b, t.device...)
	b = append(b, ',')
	b = append(b, kind...)
	return append(b, ',')
}

// appendPosition writes hhmmss,A,ddmm.mmmm,N,dddmm.mmmm,E,knots,course,ddmmyy,status and the cell.
func appendPosition(b []byte, p *protocols.Position, imei bool) []byte {
	b = appendStamp(b, p.Time, clockLayout)
	if p.Valid {
		b = append(b, ",A,"...)
	} else {
		b = append(b, ",V,"...)
	}
	b = appendAngle(b, p.Latitude, 2, "N", "S")
	b = append(b, ',')
	b = appendAngle(b, p.Longitude, 3, "E", "W")
	b = append(b, ',')
	b = appendFixed(b, int64(math.Round(p.Speed.Value/wire.KnotsToKMH(1)*100)), 3, 2)
	b = append(b, ',')
	b = appendFixed(b, int64(math.Round(p.Course.Value))%360, 3, 0)
	b = append(b, ',')
	b = appendStamp(b, p.Time, "020106")
	b = append(b, ',')
	b = appendHex(b, statusOf(p, imei))
	if c, ok := p.Cell.Get(); ok {
		b = appendCell(b, c, imei)
		b = appendBattery(b, p, imei)
	}
	return b
}

// appendAngle writes degrees and minutes with four decimals, and which half of the globe.
func appendAngle(b []byte, v float64, width int, plus, minus string) []byte {
	units := int64(math.Round(math.Abs(v) * 600000))
	b = appendFixed(b, units/600000, width, 0)
	b = appendFixed(b, units%600000, 2, 4)
	b = append(b, ',')
	if v < 0 {
		return append(b, minus...)
	}
	return append(b, plus...)
}

// appendFixed writes v × 10^-decimals with at least width digits before the point.
func appendFixed(b []byte, v int64, width, decimals int) []byte {
	start := len(b)
	b = strconv.AppendInt(b, v, 10)
	for len(b)-start < width+decimals {
		b = append(b, 0)
		copy(b[start+1:], b[start:])
		b[start] = '0'
	}
	if decimals > 0 {
		point := len(b) - decimals
		b = append(b, 0)
		copy(b[point+1:], b[point:])
		b[point] = '.'
	}
	return b
}

func appendHex(b []byte, v uint32) []byte {
	const hex = "0123456789ABCDEF"
	for shift := 28; shift >= 0; shift -= 4 {
		b = append(b, hex[v>>shift&0x0F])
	}
	return b
}

// appendCell writes the cell in the base that the dialect uses.
func appendCell(b []byte, c protocols.Cell, imei bool) []byte {
	base := 10
	if imei {
		base = 16
	}
	for _, v := range [...]uint64{uint64(c.MCC), uint64(c.MNC), uint64(c.LAC), c.CID} {
		b = append(b, ',')
		b = strconv.AppendUint(b, v, base)
	}
	return b
}

// appendBattery writes the level that SinoTracks put after the cell.
func appendBattery(b []byte, p *protocols.Position, imei bool) []byte {
	percent, ok := p.BatteryPercent.Get()
	if !ok || imei || percent < 7 {
		return b
	}
	b = append(b, ',')
	return strconv.AppendInt(b, int64(math.Round(percent)), 10)
}

// statusOf is the status word of a position: a bit is 0 where something is.
func statusOf(p *protocols.Position, imei bool) uint32 {
	status := ^uint32(0)
	if on, ok := p.Ignition.Get(); ok && !on {
		status &^= ignitionBit
	}
	table := &sinoTrackAlarms
	switch {
	case imei && p.Cell.OK:
		table = &tkStarAlarms
	case imei:
		table = &canTrackAlarms
	}
	for rest := p.Alarms; rest != 0; rest &= rest - 1 {
		alarm := protocols.Alarms(1) << bits.TrailingZeros64(uint64(rest))
		for bit, a := range table {
			if a == alarm {
				status &^= 1 << bit
				break
			}
		}
	}
	return status
}

// errServer says that the server wrote what no server of the family writes.
var errServer = errors.New("h02: neither a sentence nor a command in words")

func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if len(data) == 0 {
		return 0, heard, nil
	}
	if data[0] != '*' {
		return t.hearWords(data)
	}
	end := bytes.IndexByte(data, '#') + 1
	switch {
	case end == 0 && len(data) >= maxSentence:
		return 0, heard, errServer
	case end == 0:
		return 0, heard, nil
	}
	var s sentence
	s.cut(data[:end])
	kind := string(s.at(fieldType))
	switch {
	case kind == "":
		return 0, heard, errServer
	case kind == "V4":
		if string(s.at(fieldFirst)) == "V1" {
			heard.Positions = 1
		}
	case isReply(kind):
	default:
		t.obey(&s, kind, &heard)
	}
	return end, heard, nil
}

// isReply is whether the server says that in answer to a report.
func isReply(kind string) bool {
	return kind == "R12" || kind == "V0" || kind == "HTBT" || kind == "ICCID"
}

// hearWords takes words without a frame as a command, as it would come by SMS.
func (t *tracker) hearWords(data []byte) (int, protocols.Heard, error) {
	end := bytes.IndexByte(data, '*')
	if end < 0 {
		end = len(data)
	}
	words := string(data[:end])
	if checkWords(words) != nil {
		return 0, protocols.Heard{}, errServer
	}
	t.buf = append(t.open(t.buf[:0], "SMS"), "SET OK#"...)
	return end, protocols.Heard{Command: words, Reply: t.buf}, nil
}

// obey answers a command with V4, its name, what became of it, its time, and the last position. R1 has no answer.
func (t *tracker) obey(s *sentence, kind string, heard *protocols.Heard) {
	heard.Command = kind
	parameters := s.span(fieldFirst+1, s.n)
	if parameters != nil {
		heard.Command += "," + string(parameters)
	}
	if kind == "R1" {
		return
	}
	b := append(t.open(t.buf[:0], "V4"), kind...)
	switch {
	case kind == "S20":
		b = append(b, ",OK"...)
	case parameters != nil:
		b = append(b, ',')
		b = append(b, parameters...)
	}
	b = append(b, ',')
	b = append(b, s.at(fieldFirst)...)
	if len(t.last) > 0 {
		b = append(b, ',')
		b = append(b, t.last...)
	}
	t.buf = append(b, '#')
	heard.Reply = t.buf
}
