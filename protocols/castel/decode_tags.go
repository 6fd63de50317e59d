package castel

import (
	"bytes"
	"encoding/binary"
	"strconv"

	"drover/protocols"
)

// The tags of 401F that are known.
const (
	tagAlarms      = 0x0007
	tagTemperature = 0x0010
	tagOutside     = 0x0011 // the first of four
	tagSupply      = 0x0020
	tagBattery     = 0x0021
)

// tags reads what newer firmware adds: tag, length, value.
func (d *decoder) tags() {
	if len(d.message.Positions) == 0 {
		d.give()
	}
	p := &d.message.Positions[len(d.message.Positions)-1]
	for d.Len() >= 4 && len(p.Attributes) < 64 {
		tag, n := d.U16LE("tag"), int(d.U16LE("tag length"))
		b := d.Bytes("tag value", n)
		switch {
		case b == nil:
		case tag == tagAlarms && n >= 5:
			warnings(p, b[5:])
		case n == 2 && tagged(p, tag, binary.LittleEndian.Uint16(b)):
		default:
			p.Note("io"+strconv.Itoa(int(tag)), protocols.Bytes(b))
		}
	}
}

// outsideNames are the temperatures of sensors.
var outsideNames = [...]string{"temperature_1_c", "temperature_2_c", "temperature_3_c", "temperature_4_c"}

// tagged reads a tag of two bytes, and gives false if it has no meaning here.
func tagged(p *protocols.Position, tag, v uint16) bool {
	switch {
	case tag == tagTemperature:
		p.Note("device_temperature_c", protocols.Decimal(int64(int16(v)), 1))
	case tag >= tagOutside && int(tag-tagOutside) < len(outsideNames):
		p.Note(outsideNames[tag-tagOutside], protocols.Decimal(int64(int16(v)), 1))
	case tag == tagSupply:
		p.ExternalVolts = protocols.Some(float64(v) / 100)
	case tag == tagBattery:
		p.BatteryVolts = protocols.Some(float64(v) / 100)
	default:
		return false
	}
	return true
}

// warnings reads the alarms of a tag, as those of 4007: whether each begins, its code, value and threshold.
func warnings(p *protocols.Position, b []byte) {
	const size = 6
	for ; len(b) >= size; b = b[size:] {
		begins, code := b[0] != 0, b[1]
		warn(p, begins, code)
		p.Note("alarm_code", protocols.Int(int64(code)))
		p.Note("alarm_begins", protocols.Bool(begins))
	}
}

// versions reads the software's and the hardware's name, each with a zero behind it, and leaves the list of settings.
func (d *decoder) versions() {
	rest := d.Rest()
	for _, name := range [...]string{"firmware", "hardware"} {
		text, behind, ok := bytes.Cut(rest, []byte{0})
		if !ok || len(d.message.Positions) == 0 {
			return
		}
		if len(text) > 0 {
			d.message.Positions[0].Note(name, protocols.Text(string(text)))
		}
		rest = behind
	}
}
