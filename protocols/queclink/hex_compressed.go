package queclink

import (
	"encoding/binary"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// hexCompressed is the type of +RSP that carries a fix for each second, most of them as what changed.
const hexCompressed = 100

// The two highest bits of a compressed fix say how it is written.
const (
	fixWhole  = 1 // speed and azimuth in three bytes, longitude, latitude, and the time if it is the first
	fixChange = 2 // what changed, in five bytes; all others are one byte: no fix, or the same
)

// readCompressed reads a number of fixes. What was read before belongs to the last one.
func readCompressed(m *protocols.Message, r *wire.Reader) error {
	count := int(r.U16("number"))
	head := m.Positions[0]
	positions := make([]protocols.Position, 0, min(count, r.Len()/5+1))
	var speed, heading, longitude, latitude int32
	var at int64
	for n := 0; n < count && r.Err() == nil; n++ {
		if at > 0 {
			at++
		}
		first, _ := r.Peek()
		switch first >> 6 {
		case fixWhole:
			v := r.U24("speed and azimuth")
			speed, heading = int32(v>>9&0xFFF), int32(v&0x1FF)
			longitude, latitude = int32(r.U32("longitude")), int32(r.U32("latitude"))
			if at == 0 {
				at = int64(r.U32("time"))
			}
		case fixChange:
			v := r.UintN("changes", 5)
			speed += signed(v>>30, 7)
			heading += signed(v>>23, 7)
			longitude += signed(v>>11, 12)
			latitude += signed(v, 11)
		default:
			r.Skip("no fix", 1)
			continue
		}
		if r.Err() != nil {
			break
		}
		var p protocols.Position
		place(&p, longitude, latitude)
		p.Valid = p.Located
		p.Time = plausible(time.Unix(at, 0).UTC())
		p.Speed = protocols.Some(float64(max(speed, 0)) / 10)
		p.Course = protocols.Some(float64((heading%360 + 360) % 360))
		positions = append(positions, p)
	}
	if len(positions) > 0 {
		carry(&positions[len(positions)-1], &head)
		m.Positions = positions
	}
	return r.Err()
}

// signed reads the lowest bits of v as a signed number.
func signed(v uint64, bits uint) int32 { return int32(uint32(v)<<(32-bits)) >> (32 - bits) }

// The types of +INF whose own parts are known.
const (
	infoCSQ     = 5
	infoVersion = 6
	infoBattery = 7
	infoCells   = 10
)

// readHexInfo reads an information report: head, IMEI, versions, state, times and masks, the type's own part, ICCID,
// time zone. It believes that layout only where the frame is exactly as long.
func readHexInfo(p *protocols.Position, frame []byte) {
	const start, fixed = 11, 59 // header to length; unit to time of sending and count
	own := 0
	switch frame[4] {
	case infoCSQ:
		own = 2
	case infoVersion, infoBattery:
		own = 6
	case infoCells:
		own = 12
	}
	if len(frame) != start+fixed+own+hexTail {
		return
	}
	r := wire.NewReader(frame[start+13:]) // behind unit, device type, versions
	if frame[4] == infoVersion {
		r.Skip("versions", own)
	}
	v := r.U8("motion status")
	readMotion(p, []byte{hexDigits[v>>4], hexDigits[v&15]})
	r.Skip("reserved", 1)
	p.Satellites = protocols.Some(int(r.U8("satellites")))
	r.Skip("mode to reserved", 21)
	if frame[4] == infoBattery {
		p.Note("charging", protocols.Bool(r.U8("charging") != 0))
		p.ExternalVolts = protocols.Some(float64(r.U16("external voltage")) / 1000)
		p.BatteryVolts = protocols.Some(float64(r.U16("battery voltage")) / 1000)
		p.BatteryPercent = percent(r.U8("battery"))
	}
	if iccid, ok := wire.BCD(r.Bytes("iccid", 10)); ok {
		p.ICCID = iccid
	}
	if rssi := r.U8("csq rssi"); frame[4] == infoCSQ && rssi <= 31 {
		p.SignalPercent = protocols.Some((int(rssi)*100 + 15) / 31)
	}
}

// findHexPlace finds a place by its shape in a frame whose layout depends on masks: accuracy, speed, azimuth, altitude,
// longitude, latitude and their time.
func findHexPlace(p *protocols.Position, b []byte) {
	const mask, size, beforeTime, sent = hasSpeed | hasAzimuth | hasAltitude, 23, 16, 9
	for i := 0; i+size+sent <= len(b); i++ {
		at := b[i:]
		if at[0] > 50 || at[1] > 3 || at[3] > 9 || binary.BigEndian.Uint16(at[4:]) > 359 ||
			hexMoment(at[beforeTime:]).IsZero() {
			continue
		}
		var found protocols.Position
		readHexFix(&found, at[:size], mask, 0)
		if found.Located {
			found.Attributes = p.Attributes
			*p = found
			return
		}
	}
}
