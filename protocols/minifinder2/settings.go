package minifinder2

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"

	"drover/protocols"
	"drover/protocols/wire"
)

// The keys of the settings that tell of the tracker or its SIM.
const (
	setIMEI     = 0x03
	setICCID    = 0x04
	setTimeZone = 0x0E
	setBattery  = 0x14
	setNetwork  = 0x64
	setState    = 0x65
	setIMSI     = 0x66
)

// settingNames are the settings that are texts.
var settingNames = [256]string{
	0x13: "device_name", 0x1A: "firmware", 0x1B: "gsm_module", 0x40: "apn", 0x47: "device_name", 0x61: "telephone",
}

// settings reads what the answer about the configuration says of the tracker. All of it stays in the result, too.
func (c *codec) settings(m *protocols.Message, keys []byte, r *record) {
	p := &r.positions[0]
	p.Attributes = r.attributes[:0]
	said := false
	for {
		name, b, rest, ok := key(keys)
		if !ok {
			break
		}
		keys = rest
		words := bytes.Trim(b, "\x00 ")
		switch {
		case name == setIMEI && wire.Digits(words) && len(words) == 15:
			m.Device = string(words)
		case name == setICCID && len(words) >= 18 && len(words) <= 22 && wire.Printable(words):
			p.ICCID, said = string(words), true
		case name == setICCID && len(b) == 10:
			p.ICCID, said = hex.EncodeToString(b), true
		case name == setIMSI && wire.Digits(words) && len(words) <= 16:
			p.IMSI, said = string(words), true
		case name == setBattery && len(b) >= 3:
			setBatteryOf(p, b)
			said = true
		case (name == setNetwork || name == setState) && len(b) > 0 && b[0] <= 31:
			p.SignalPercent, said = protocols.Some((int(b[0])*100+15)/31), true
		case name == setTimeZone && len(b) == 1:
			p.Note("time_zone", protocols.Int(int64(int8(b[0]))))
			said = true
		case settingNames[name] != "" && len(words) > 0 && wire.Printable(words):
			p.Note(settingNames[name], protocols.Text(string(words)))
			said = true
		}
	}
	if said {
		m.Positions = r.positions[:]
	}
}

// setBatteryOf reads percent and millivolts, of which firmwares differ in the order of the bytes.
func setBatteryOf(p *protocols.Position, b []byte) {
	if b[0] <= 100 {
		p.BatteryPercent = protocols.Some(float64(b[0]))
	}
	v := binary.LittleEndian.Uint16(b[1:])
	if other := binary.BigEndian.Uint16(b[1:]); isBattery(other) && !isBattery(v) {
		v = other
	}
	p.BatteryVolts = protocols.Some(float64(v) / 1000)
}

// isBattery is whether the battery of such a tracker can have so many millivolts.
func isBattery(v uint16) bool { return v >= 2500 && v <= 5000 }
