package queclink

import (
	"bytes"
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// The bits of a report's mask: which parts it has. They stand in the order of headParts, fixes and tailParts.
const (
	hasSpeed    = 1 << 0
	hasAzimuth  = 1 << 1
	hasAltitude = 1 << 2
	hasCell     = 1 << 3
	hasSent     = 1 << 4
	hasCount    = 1 << 5
	hasName     = 1 << 6 // the device is named by its name, not by its IMEI
	hasLength   = 1 << 7
	hasType     = 1 << 8
	hasVersion  = 1 << 9
	hasFirmware = 1 << 10
	hasBattery  = 1 << 11
	hasPower    = 1 << 12
	hasAnalog1  = 1 << 13
	hasAnalog2  = 1 << 14
	hasAnalog3  = 1 << 15
	hasInputs   = 1 << 16
	hasOutputs  = 1 << 17
	hasMotion   = 1 << 18
	hasInUse    = 1 << 19
	hasTrip     = 1 << 20
	hasMileage  = 1 << 21
	hasHours    = 1 << 22
	hasTotal    = 1 << 23
)

// part is a part of a report that its mask names, and its length.
type part struct {
	bit  uint32
	size int
}

// tailParts follow the fixes.
var tailParts = [...]part{{hasTrip, 3}, {hasMileage, 5}, {hasHours, 3}, {hasTotal, 6}, {hasSent, 7}, {hasCount, 2}}

// hexReport reads +RSP, +EVT, +BSP and +BVT.
func (c *codec) hexReport(m *protocols.Message, rec *record, frame []byte) error {
	mask := binary.BigEndian.Uint32(frame[5:])
	r := wire.NewReader(frame[:len(frame)-hexTail])
	r.Skip("header", 9)
	obd := false
	for _, s := range [...]part{{hasLength, 2}, {hasType, 1}, {hasVersion, 2}, {hasFirmware, 2}} {
		if mask&s.bit == 0 {
			continue
		}
		if b := r.Bytes("head", s.size); s.bit == hasType && len(b) == 1 {
			obd = isOBD(b[0])
		}
	}
	unit := r.Bytes("unique id", 8)
	if unit == nil {
		return r.Err()
	}
	c.hexUnit(m, unit, mask)
	p := rec.open(m)
	readHexHead(p, &r, mask, obd)
	if r.Err() != nil {
		return r.Err()
	}
	if frame[2] != 'V' && frame[4] == hexCompressed {
		p.Note("message_type", protocols.Int(hexCompressed))
		return readCompressed(m, &r)
	}
	tail := r.Offset() + r.Len()
	for _, s := range tailParts {
		if mask&s.bit != 0 {
			tail -= s.size
		}
	}
	number, cell := findHexFixes(frame, r.Offset(), tail, mask)
	if number == 0 {
		p.Note("data", protocols.Bytes(frame[r.Offset():len(frame)-hexTail]))
		return &wire.Error{Field: "number", Offset: r.Offset(), Err: wire.ErrValue}
	}
	size := hexFixSize(mask, cell)
	start := tail - number*size
	readHexEvent(p, frame, frame[r.Offset():start-1])
	attributes := *p
	readHexFix(p, frame[start:start+size], mask, cell)
	for n := 1; n < number; n++ {
		var next protocols.Position
		readHexFix(&next, frame[start+n*size:start+(n+1)*size], mask, cell)
		m.Positions = append(m.Positions, next)
	}
	last := &m.Positions[len(m.Positions)-1]
	if number > 1 { // what was said once is of the newest fix
		carry(last, &attributes)
		m.Positions[0].Attributes = nil
	}
	c.readHexTail(last, frame[tail:len(frame)-hexTail], mask)
	return nil
}

// isOBD is whether a device type is a tracker for the OBD socket.
func isOBD(device byte) bool {
	return device == 0x1F || device == 0x2D || device == 0x36 || device == 0x5E
}

// carry gives to what was read before the fixes.
func carry(to, from *protocols.Position) {
	to.Attributes, to.Satellites, to.Ignition = from.Attributes, from.Satellites, from.Ignition
	to.BatteryPercent, to.ExternalVolts, to.Alarms = from.BatteryPercent, from.ExternalVolts, from.Alarms
}

// hexUnit reads who speaks: an IMEI, or a name filled up with zeros.
func (c *codec) hexUnit(m *protocols.Message, unit []byte, mask uint32) {
	var digits [15]byte
	if mask&hasName == 0 && hexIMEI(digits[:], unit) {
		m.Device = same(&c.id, digits[:])
		return
	}
	if name := bytes.TrimRight(unit, "\x00"); isID(name) {
		m.Device = same(&c.id, name)
	}
}

// readHexHead reads what stands between the device and the kind's own fields. The trackers for the OBD socket have the
// vehicle's values where the others have their analogue inputs.
func readHexHead(p *protocols.Position, r *wire.Reader, mask uint32, obd bool) {
	if obd && mask&hasAnalog1 != 0 {
		if vin := r.Bytes("vin", 17); isID(vin) {
			p.Note("vin", protocols.Text(string(vin)))
		}
	}
	if mask&hasBattery != 0 {
		p.BatteryPercent = percent(r.U8("battery"))
	}
	if mask&hasPower != 0 {
		p.ExternalVolts = protocols.Some(float64(r.U16("external voltage")) / 1000)
	}
	if obd {
		readHexEngine(p, r, mask)
	} else {
		readHexInputs(p, r, mask)
	}
	if mask&hasMotion != 0 {
		v := r.U8("motion status")
		readMotion(p, []byte{hexDigits[v>>4], hexDigits[v&15]})
	}
	if mask&hasInUse != 0 {
		p.Satellites = protocols.Some(int(r.U8("satellites")))
	}
}

// readHexInputs reads inputs and outputs.
func readHexInputs(p *protocols.Position, r *wire.Reader, mask uint32) {
	for i, bit := range [...]uint32{hasAnalog1, hasAnalog2, hasAnalog3} {
		if mask&bit != 0 {
			p.Note(analogNames[i], protocols.Decimal(int64(r.U16("analogue input")), 3))
		}
	}
	if mask&hasInputs != 0 {
		p.Note("inputs", protocols.Int(int64(r.U8("inputs"))))
	}
	if mask&hasOutputs != 0 {
		p.Note("outputs", protocols.Int(int64(r.U8("outputs"))))
	}
}

// readHexEngine reads speed of the engine, consumption and fuel.
func readHexEngine(p *protocols.Position, r *wire.Reader, mask uint32) {
	if mask&hasAnalog2 != 0 {
		p.Note("rpm", protocols.Int(int64(r.U16("engine rpm"))))
	}
	if mask&hasAnalog3 != 0 {
		p.Note("fuel_consumption", protocols.Int(int64(r.U16("fuel consumption"))))
	}
	if mask&hasInputs != 0 {
		p.Note("fuel_percent", protocols.Int(int64(r.U8("fuel level"))))
	}
}
