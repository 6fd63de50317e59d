package gt06

import (
	"encoding/binary"
	"math"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// batch is the most positions of one report; each is a frame of its own.
const batch = 10

// tracker is a vehicle tracker with 2G cells, as the GT06N.
type tracker struct {
	out    []byte // the last report, reused
	device string

	serial  uint16 // of the last frame
	oldest  uint16 // serial of the oldest report that is not acknowledged
	waiting uint16 // so many reports are not acknowledged
	cut     bool   // the fuel is cut
	ignited bool   // the last position's ignition
	level   byte   // the battery's, 0 to 6
	bars    byte   // the GSM signal's, 0 to 4
}

func newTracker(device string) *tracker { return &tracker{device: device, level: 6, bars: 4} }

// Hello is the login: IMEI, model, UTC.
func (t *tracker) Hello() []byte {
	var content [12]byte
	digits := t.device
	if len(digits) > 16 {
		digits = digits[len(digits)-16:]
	}
	bcd := wire.AppendBCD(make([]byte, 0, 8), digits)
	copy(content[8-len(bcd):8], bcd)
	content[8], content[9] = 0x36, 0x05
	t.serial++
	t.waiting = 0
	return appendFrame(nil, kindLogin, content[:], t.serial)
}

// Batch is how many frames are sent before an answer is awaited.
func (t *tracker) Batch() int { return batch }

// Acknowledged is true: every frame is answered.
func (t *tracker) Acknowledged() bool { return true }

// Report writes a frame 22 for each position, or 26 where it warns. No positions at all are a heartbeat.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.out = t.out[:0]
	if len(positions) == 0 {
		t.serial++
		beat := [5]byte{t.terminal(0), t.level, t.bars, 0, english}
		t.out = appendFrame(t.out, kindStatus, beat[:], t.serial)
		return t.out
	}
	t.oldest, t.waiting = t.serial+1, uint16(len(positions))
	for i := range positions {
		t.remember(&positions[i])
		t.report(&positions[i])
	}
	return t.out
}

func (t *tracker) remember(p *protocols.Position) {
	t.ignited = p.Ignition.Value
	if v, ok := p.BatteryPercent.Get(); ok {
		t.level = byte(math.Ceil(clamp(v, 0, 100) * 6 / 100))
	}
	if v, ok := p.SignalPercent.Get(); ok {
		t.bars = byte(clamp(float64(v), 0, 100) / 25)
	}
}

// report appends one position's frame.
func (t *tracker) report(p *protocols.Position) {
	var room [64]byte
	b := appendFix(room[:0], p)
	code := codeOf(p.Alarms)
	if code != 0 {
		b = appendServingCell(append(b, 9), p)
		b = append(b, t.terminal(p.Alarms), t.level, t.bars, code, english)
		t.serial++
		t.out = appendFrame(t.out, kindAlarm26, b, t.serial)
		return
	}
	b = appendServingCell(b, p)
	b = append(b, wire.Bit(t.ignited), 0, 0)
	if v, ok := p.Odometer.Get(); ok {
		b = binary.BigEndian.AppendUint32(b, uint32(clamp(math.Round(v), 0, math.MaxUint32)))
	}
	t.serial++
	t.out = appendFrame(t.out, kindLocation22, b, t.serial)
}

// appendFix appends time, satellites, place, speed and course.
func appendFix(b []byte, p *protocols.Position) []byte {
	at := p.Time.UTC()
	b = append(b, byte(at.Year()-2000), byte(at.Month()), byte(at.Day()),
		byte(at.Hour()), byte(at.Minute()), byte(at.Second()))
	b = append(b, 0xC0|byte(clamp(float64(p.Satellites.Value), 0, 15)))
	b = binary.BigEndian.AppendUint32(b, uint32(math.Round(math.Abs(p.Latitude)*1800000)))
	b = binary.BigEndian.AppendUint32(b, uint32(math.Round(math.Abs(p.Longitude)*1800000)))
	b = append(b, byte(clamp(math.Round(p.Speed.Value), 0, 255)))
	flags := uint16(clamp(math.Round(p.Course.Value), 0, 360)) % 360
	if p.Latitude >= 0 {
		flags |= 1 << 10
	}
	if p.Longitude < 0 {
		flags |= 1 << 11
	}
	if p.Valid {
		flags |= 1 << 12
	}
	return binary.BigEndian.AppendUint16(b, flags)
}

// appendServingCell appends country, network, area and cell; a cell of another generation is cut to its low bytes.
func appendServingCell(b []byte, p *protocols.Position) []byte {
	c := p.Cell.Value
	b = binary.BigEndian.AppendUint16(b, c.MCC&0x7FFF)
	b = append(b, byte(c.MNC))
	b = binary.BigEndian.AppendUint16(b, uint16(c.LAC))
	return append(b, byte(c.CID>>16), byte(c.CID>>8), byte(c.CID))
}

func (t *tracker) terminal(a protocols.Alarms) byte {
	bits := wire.Bit(t.ignited)<<1 | 1<<2 | 1<<6 | wire.Bit(t.cut)<<7
	for i, alarm := range bitAlarms {
		if alarm != 0 && a&alarm != 0 {
			return bits | byte(i)<<3
		}
	}
	return bits
}

// codeOf is the alarm byte for the first of the alarms that has one, 0 if none has.
func codeOf(a protocols.Alarms) byte {
	if a == 0 {
		return 0
	}
	for code, alarm := range codeAlarms {
		if alarm != 0 && a&alarm != 0 {
			return byte(code)
		}
	}
	return 0
}

// Hear reads one frame of the server's.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	head, announced, ok := header(data)
	switch {
	case !ok && len(data) >= 4:
		return 0, heard, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrUnknown}
	case !ok || len(data) < head+announced+2:
		return 0, heard, nil
	}
	used := head + announced + 2
	if !proved(data[:used]) {
		return 0, heard, &wire.Error{Field: "checksum", Offset: max(0, used-4), Err: wire.ErrChecksum}
	}
	f, err := open(data[:used])
	if err != nil {
		return 0, heard, err
	}
	switch f.kind {
	case kindLogin:
		heard.Welcome = true
	case kindLocation22, kindAlarm26:
		if n := f.serial - t.oldest; n < t.waiting {
			heard.Positions = int(n) + 1
			t.oldest, t.waiting = f.serial+1, t.waiting-n-1
		}
	case kindCommand:
		heard.Command, heard.Reply, err = t.obey(f)
	case kindStatus, kindTime, kindAddress, kindString:
	default:
		return 0, heard, &wire.Error{Field: "protocol number", Offset: head, Err: wire.ErrUnknown}
	}
	return used, heard, err
}

// obey reads a command and answers it in the vendor's words.
func (t *tracker) obey(f frame) (string, []byte, error) {
	r := wire.NewReader(f.data[:f.end])
	r.Skip("start", f.start)
	n := int(r.U8("length of command"))
	flag := r.U32("server flag")
	words := string(r.Bytes("command content", n-4))
	if err := r.Err(); err != nil {
		return "", nil, err
	}
	answer := "OK!"
	name, _, _ := strings.Cut(strings.TrimSuffix(words, "#"), ",")
	switch name {
	case "RELAY":
		t.cut = strings.HasPrefix(words, "RELAY,1")
		answer = "Restore fuel supply: Success!"
		if t.cut {
			answer = "Cut off the fuel supply: Success! Speed: 0 km/h"
		}
	case "DYD", "HFYD":
		t.cut = name == "DYD"
		answer = name + "=Success!"
	case "TIMER":
		answer = "SET TIMER OK!"
	case "RESET":
		answer = "The terminal will restart after 60s!"
	case "WHERE":
		answer = "No data!"
	}
	t.serial++
	return words, appendCommand(nil, kindString, flag, answer, english, t.serial), nil
}

func clamp(v, low, high float64) float64 {
	if !(v > low) { // also NaN
		return low
	}
	return min(v, high)
}
