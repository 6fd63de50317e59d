package topflytech

import (
	"encoding/binary"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// batch is the most positions of one report; each is a frame of its own.
const batch = 10

// tracker is a vehicle tracker of the 2525 line.
type tracker struct {
	out    []byte // the last report, reused
	imei   [8]byte
	serial uint16 // of the last frame

	oldest  uint16 // serial of the oldest report that is not acknowledged
	waiting uint16 // so many are not
}

func newTracker(device string) *tracker {
	t := &tracker{}
	bcd := wire.AppendBCD(make([]byte, 0, 8), device)
	bcd = bcd[max(0, len(bcd)-8):]
	copy(t.imei[8-len(bcd):], bcd)
	return t
}

// Batch is how many frames are sent before answers are awaited.
func (t *tracker) Batch() int { return batch }

// Acknowledged is true: every frame is answered.
func (t *tracker) Acknowledged() bool { return true }

// Hello is the login, without versions.
func (t *tracker) Hello() []byte {
	t.waiting = 0
	return seal(t.open(nil, kindLogin), 0)
}

// open begins a frame with the next serial number.
func (t *tracker) open(b []byte, kind byte) []byte {
	t.serial++
	b = append(b, linePlus, linePlus, kind, 0, 0)
	b = binary.BigEndian.AppendUint16(b, t.serial)
	return append(b, t.imei[:]...)
}

// seal sets the length of the frame that starts at from.
func seal(b []byte, from int) []byte {
	binary.BigEndian.PutUint16(b[from+3:], uint16(len(b)-from))
	return b
}

// Report writes a frame 13 for each position, 14 if it warns.
func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.out[:0]
	t.oldest, t.waiting = t.serial+1, uint16(len(positions))
	for i := range positions {
		b = t.report(b, &positions[i])
	}
	t.out = b
	return b
}

func (t *tracker) report(b []byte, p *protocols.Position) []byte {
	be := binary.BigEndian
	from := len(b)
	code, kind := codeOf(p.Alarms), byte(kindLocation2)
	if code != 0 {
		kind = kindAlarm2
	}
	b = t.open(b, kind)
	b = append(b, 0, 60, 14, 16, 30, 3, 232) // intervals, angle, distance
	b = be.AppendUint16(b, uint16(wire.Clamp(float64(p.SignalPercent.Value), 0, 100)))
	status := byte(wire.Clamp(float64(p.Satellites.Value), 0, 31))
	if p.Valid {
		status |= 0x40
	}
	b = append(b, status, 0, 0, 5, 0, 0, 0)
	iop := uint16(0)
	if p.Ignition.Value {
		iop = bitIgnition
	}
	b = be.AppendUint16(b, iop)
	b = append(b, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, code, 0)
	b = be.AppendUint32(b, uint32(wire.Clamp(p.Odometer.Value, 0, math.MaxUint32)))
	b = append(b, bcd(wire.Clamp(p.BatteryPercent.Value, 0, 99)))
	b = wire.AppendBCD(b, p.Time.UTC().Format("060102150405"))
	b = appendPlace(b, p)
	b = appendHundredths(b, p.BatteryVolts.Value)
	b = appendHundredths(b, p.ExternalVolts.Value)
	return seal(append(b, 0xFF, 0xFF, 0, 0, 0, 0xFF), from)
}

func appendPlace(b []byte, p *protocols.Position) []byte {
	for _, v := range [...]float64{p.Altitude.Value, p.Longitude, p.Latitude} {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(v)))
	}
	speed := wire.Clamp(p.Speed.Value*10, 0, 9999)
	b = append(b, bcd(math.Floor(speed/100)), bcd(math.Mod(speed, 100)))
	return binary.BigEndian.AppendUint16(b, uint16(wire.Clamp(p.Course.Value, 0, 360))%360)
}

func appendHundredths(b []byte, v float64) []byte {
	v = wire.Clamp(v*100, 0, 9999)
	return append(b, bcd(math.Floor(v/100)), bcd(math.Mod(v, 100)))
}

func bcd(v float64) byte { return byte(v)/10<<4 | byte(v)%10 }

// codeOf is the code of the first of the alarms that has one, 0 if none has.
func codeOf(a protocols.Alarms) byte {
	for code, alarm := range alarmNames {
		if alarm != 0 && a&alarm != 0 {
			return byte(code)
		}
	}
	return 0
}

// Hear reads an answer or a command.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if len(data) < headLength {
		return 0, heard, nil
	}
	n := int(binary.BigEndian.Uint16(data[3:]))
	switch {
	case !plausible(data) || [8]byte(data[7:headLength]) != t.imei:
		return 0, heard, &wire.Error{Field: "header", Offset: 0, Err: wire.ErrUnknown}
	case len(data) < n:
		return 0, heard, nil
	}
	switch data[2] {
	case kindLogin:
		heard.Welcome = true
	case kindLocation2, kindAlarm2:
		serial := binary.BigEndian.Uint16(data[5:])
		if past := serial - t.oldest; past < t.waiting {
			heard.Positions = int(past) + 1
			t.oldest, t.waiting = serial+1, t.waiting-past-1
		}
	case kindCommand:
		if n <= headLength+1 {
			return 0, heard, &wire.Error{Field: "command", Offset: headLength, Err: wire.ErrShort}
		}
		heard.Command = string(data[headLength+1 : n])
		heard.Reply = t.obey(heard.Command)
	}
	return n, heard, nil
}

// obey answers a command, in characters of two bytes.
func (t *tracker) obey(words string) []byte {
	b := append(t.open(nil, kindCommand), 1)
	for _, part := range [...]string{"SET ", words, " OK#"} {
		for i := range len(part) {
			b = append(b, part[i], 0)
		}
	}
	return seal(b, 0)
}
