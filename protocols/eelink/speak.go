package eelink

import (
	"encoding/binary"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// batch is the most positions of one report; each is a package of its own.
const batch = 10

// tracker is one that reports in the new layouts; over UDP a report is one datagram.
type tracker struct {
	out    []byte // the last report, reused
	imei   [8]byte
	udp    bool
	serial uint16 // of the last package

	oldest  uint16 // serial of the oldest report that is not acknowledged
	waiting uint16 // so many are not
}

func newTracker(n protocols.Network, device string) *tracker {
	t := &tracker{udp: n == protocols.UDP}
	bcd := wire.AppendBCD(make([]byte, 0, 8), device)
	bcd = bcd[max(0, len(bcd)-8):]
	copy(t.imei[8-len(bcd):], bcd)
	return t
}

// Batch is how many packages are sent before answers are awaited.
func (t *tracker) Batch() int { return batch }

// Acknowledged is true: every package is answered.
func (t *tracker) Acknowledged() bool { return true }

// Hello is the login with nothing but the IMEI.
func (t *tracker) Hello() []byte {
	t.waiting = 0
	b := t.start(nil)
	b, from := t.open(b, kindLogin)
	b = seal(append(b, t.imei[:]...), from)
	return t.finish(b)
}

// start writes the head of a datagram.
func (t *tracker) start(b []byte) []byte {
	if !t.udp {
		return b
	}
	return append(append(b, 'E', 'L', 0, 0, 0, 0), t.imei[:]...)
}

func (t *tracker) finish(b []byte) []byte {
	if !t.udp {
		return b
	}
	return wrap(b)
}

// open begins a package with the next serial number.
func (t *tracker) open(b []byte, kind byte) ([]byte, int) {
	t.serial++
	from := len(b)
	b = append(b, 0x67, 0x67, kind, 0, 0)
	return binary.BigEndian.AppendUint16(b, t.serial), from
}

// seal sets the size of the package that starts at from.
func seal(b []byte, from int) []byte {
	binary.BigEndian.PutUint16(b[from+3:], uint16(len(b)-from-5))
	return b
}

// Report writes a package 12 for each position, 14 if it warns.
func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.start(t.out[:0])
	t.oldest, t.waiting = t.serial+1, uint16(len(positions))
	for i := range positions {
		b = t.report(b, &positions[i])
	}
	t.out = t.finish(b)
	return t.out
}

func (t *tracker) report(b []byte, p *protocols.Position) []byte {
	be := binary.BigEndian
	code, kind := codeOf(p.Alarms), byte(kindLocation)
	if code != 0 {
		kind = kindWarning
	}
	b, from := t.open(b, kind)
	b = be.AppendUint32(b, uint32(max(0, p.Time.Unix())))
	mask := byte(partGPS)
	if p.Cell.OK {
		mask |= partCell
	}
	b = append(b, mask)
	b = be.AppendUint32(b, uint32(int32(math.Round(p.Latitude*1800000))))
	b = be.AppendUint32(b, uint32(int32(math.Round(p.Longitude*1800000))))
	b = be.AppendUint16(b, uint16(int16(wire.Clamp(p.Altitude.Value, -32767, 32767))))
	b = be.AppendUint16(b, uint16(wire.Clamp(p.Speed.Value, 0, 2000)))
	b = be.AppendUint16(b, uint16(wire.Clamp(p.Course.Value, 0, 360))%360)
	b = append(b, byte(wire.Clamp(float64(p.Satellites.Value), 0, 255)))
	if c, ok := p.Cell.Get(); ok {
		b = be.AppendUint16(b, c.MCC)
		b = be.AppendUint16(b, c.MNC)
		b = be.AppendUint16(b, uint16(c.LAC))
		b = append(be.AppendUint32(b, uint32(c.CID)), 40)
	}
	if code != 0 {
		b = append(b, code)
	}
	b = be.AppendUint16(b, statusOf(p))
	if code == 0 {
		b = be.AppendUint16(b, uint16(wire.Clamp(p.BatteryVolts.Value*1000, 0, math.MaxUint16)))
		b = append(b, 0, 0, 0, 0) // analog inputs
		b = be.AppendUint32(b, uint32(wire.Clamp(p.Odometer.Value, 0, math.MaxUint32)))
	}
	return seal(b, from)
}

func statusOf(p *protocols.Position) uint16 {
	s := uint16(bitReceiving)
	if p.Valid {
		s |= bitFixed
	}
	if on, ok := p.Ignition.Get(); ok {
		s |= bitCar
		if on {
			s |= bitEngine
		}
	}
	return s
}

// codeOf is the type of warning for the first of the alarms that has one, 0 if none has.
func codeOf(a protocols.Alarms) byte {
	for i := range warnings {
		if a&warnings[i].alarm != 0 {
			return warnings[i].kind
		}
	}
	return 0
}

// Hear reads one package of the server's, or a datagram with one or more.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if len(data) < 2 {
		return 0, heard, nil
	}
	n := announced(data)
	switch {
	case n < 0 || isWrapped(data) != t.udp:
		return 0, heard, &wire.Error{Field: "head", Offset: 0, Err: wire.ErrUnknown}
	case n == 0 || n > len(data):
		return 0, heard, nil
	}
	packages := data[:n]
	if t.udp {
		if binary.BigEndian.Uint16(data[4:]) != sum(data[6:n]) {
			return 0, heard, &wire.Error{Field: "checksum", Offset: 4, Err: wire.ErrChecksum}
		}
		packages = data[udpHead:n]
	}
	for len(packages) >= packageHead {
		size := announced(packages)
		if size < packageHead || size > len(packages) {
			return 0, heard, &wire.Error{Field: "size", Offset: n - len(packages), Err: wire.ErrValue}
		}
		t.hear(packages[:size], &heard)
		packages = packages[size:]
	}
	return n, heard, nil
}

func (t *tracker) hear(b []byte, heard *protocols.Heard) {
	switch b[2] {
	case kindLogin:
		heard.Welcome = true
	case kindLocation, kindWarning:
		serial := binary.BigEndian.Uint16(b[5:])
		if past := serial - t.oldest; past < t.waiting {
			heard.Positions += int(past) + 1
			t.oldest, t.waiting = serial+1, t.waiting-past-1
		}
	case kindCommand:
		if len(b) > packageHead+5 {
			heard.Command = string(b[packageHead+5:])
			t.serial++
			answer := t.start(nil)
			answer = appendCommand(answer, t.serial, binary.BigEndian.Uint32(b[packageHead+1:]), heard.Command+" OK")
			heard.Reply = t.finish(answer)
		}
	}
}
