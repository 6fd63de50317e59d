package meitrack

import (
	"encoding/hex"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// The longer values that are lists: temperature sensors and access points.
const (
	firstSensor, lastSensor = 0x2A, 0x31
	firstAccess, lastAccess = 0x1D, 0x24
)

// long reads a value of any length.
func (v *values) long(id int, b []byte) {
	r := wire.NewReader(b)
	p := v.position
	switch {
	case id == 0x0E && len(b) >= 10:
		country, network := r.U16LE("country"), r.U16LE("network")
		area, cell := r.U16LE("area"), r.U32LE("cell")
		setCell(p, uint64(country), uint64(network), uint64(area), uint64(cell))
		if len(b) >= 12 {
			p.Note("cell_signal_dbm", protocols.Int(int64(int16(r.U16LE("level")))))
		}
	case id >= firstSensor && id <= lastSensor && len(b) == 3:
		r.Skip("sensor's state", 1)
		p.Note(temperatureName(id-firstSensor), protocols.Decimal(int64(int16(r.U16LE("temperature"))), 2))
	case id >= firstAccess && id <= lastAccess && len(b) == 8:
		v.accessPoint(&r)
	case id == 0x28 && len(b) > 0:
		p.Note("photo_file", protocols.Text(string(b)))
	case id == 0x4B && len(b) > 3 && int(b[2]) <= len(b)-3:
		p.Note("network_type", protocols.Text(string(b[3:3+b[2]])))
	case id == 0xFE73:
		v.tag(&r)
	case id == 0xFEA8 && len(b) >= 6:
		v.batteries(b)
	default:
		p.Note(numbered("io", id), protocols.Bytes(b))
	}
}

// accessPoint reads an address and how strongly it is heard, and adds it to the list of them.
func (v *values) accessPoint(r *wire.Reader) {
	text := make([]byte, 0, 24)
	attributes := v.position.Attributes
	last := len(attributes) - 1
	if last >= 0 && attributes[last].Name == "wifi" {
		text = append(append(text, attributes[last].Value.Raw()...), ' ')
		v.position.Attributes = attributes[:last]
	}
	text = append(hex.AppendEncode(text, r.Bytes("address", 6)), ':')
	text = strconv.AppendInt(text, int64(int16(r.U16LE("level"))), 10)
	v.position.Note("wifi", protocols.Text(string(text)))
}

// tag reads a wireless sensor: version, name, address, battery, and temperature and humidity in 1/256.
func (v *values) tag(r *wire.Reader) {
	p := v.position
	r.Skip("version", 1)
	name := r.Bytes("name", int(r.U8("length of name")))
	address := r.Bytes("address", 6)
	battery := r.U8("battery")
	temperature, humidity := int16(r.U16LE("temperature")), r.U16LE("humidity")
	if r.Err() != nil {
		return
	}
	p.Note("tag_1_name", protocols.Text(string(name)))
	p.Note("tag_1_id", protocols.Text(hex.EncodeToString(address)))
	p.Note("tag_1_battery_percent", protocols.Int(int64(battery)))
	p.Note("tag_1_temperature_c", protocols.Decimal(int64(temperature)*1000/256, 3))
	p.Note("tag_1_humidity_percent", protocols.Decimal(int64(humidity)*1000/256, 3))
}

// batteries reads up to three of them: whether it is there or charging, and its level.
func (v *values) batteries(b []byte) {
	for i, name := range [...]string{"", "battery_2_percent", "battery_3_percent"} {
		state, level := b[2*i], int64(b[2*i+1])
		switch {
		case state == 0 || level > 100:
		case i == 0:
			setPercent(v.position, level)
		default:
			v.position.Note(name, protocols.Int(level))
		}
	}
}
