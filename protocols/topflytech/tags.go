package topflytech

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// The kinds of Bluetooth devices.
const (
	tagMix     = 0 // each device stands behind its own kind
	tagTyre    = 1
	tagButton  = 2
	tagDriver  = 3
	tagClimate = 4
	tagDoor    = 5
	tagRelay   = 6
	tagFuel    = 7
)

// tagSizes are the lengths of what a device says.
var tagSizes = [...]int{
	tagTyre: 10, tagButton: 25, tagDriver: 25, tagClimate: 15, tagDoor: 12, tagRelay: 12, tagFuel: 15,
}

// maxTags is the most devices of a frame.
const maxTags = 64

// tags reads devices of one kind, or of several.
func (d *decoder) tags() {
	if d.Len() < 2 {
		return
	}
	kind := int(d.U16("kind of device"))
	mixed := kind == tagMix
	for range maxTags {
		if mixed {
			if d.Len() < 3 {
				return
			}
			kind = int(d.U16("kind of device"))
		}
		if kind < tagTyre || kind >= len(tagSizes) || d.Len() < tagSizes[kind] {
			d.extra("tag_data")
			return
		}
		at := d.Offset()
		id := d.Bytes("MAC", 6)
		if kind == tagDriver {
			d.add("driver_id", protocols.Bytes(id))
		} else {
			d.add("tag_id", protocols.Bytes(id))
		}
		d.tag(kind)
		d.Skip("device", tagSizes[kind]-(d.Offset()-at))
		if d.Len() == 0 || d.Err() != nil {
			return
		}
	}
}

// tag reads one device behind its address.
func (d *decoder) tag(kind int) {
	switch kind {
	case tagTyre:
		d.tagByte("tag_battery_v", 1, 122, 2)
		if v := d.U8("pressure"); v != 0xFF {
			d.add("tyre_pressure_kpa", protocols.Decimal(int64(v)*3054, 3))
		}
		d.tagByte("tyre_temperature_c", 1, -55, 0)
		d.add("tyre_status", protocols.Int(int64(d.U8("status"))))
	case tagButton, tagDriver:
		d.button(kind)
	case tagClimate, tagDoor, tagRelay:
		d.tagByte("tag_battery_v", 1, 200, 2)
		d.tagByte("tag_battery_percent", 1, 0, 0)
		d.tagDegrees()
		if kind == tagClimate {
			if v := d.U16("humidity"); v != 0xFFFF {
				d.add("tag_humidity_percent", protocols.Decimal(int64(v), 2))
			}
			if v := d.U16("light"); v != 0xFFFF {
				d.add("tag_light", protocols.Bool(v&1 != 0))
			}
		} else if v := d.U8("state"); v != 0xFF && kind == tagDoor {
			d.add("tag_door", protocols.Bool(v != 0))
		} else if v != 0xFF {
			d.add("tag_output", protocols.Bool(v != 0))
		}
		d.tagByte("tag_dbm", 1, -128, 0)
	case tagFuel:
		d.tagByte("tag_battery_v", 1, 200, 2)
		if v := d.U16("level"); v != 0xFFFF {
			d.add("tag_fuel", protocols.Int(int64(v)))
		}
		d.tagDegrees()
		d.Skip("reserved", 2)
		d.add("tag_status", protocols.Int(int64(d.U8("status"))))
		d.tagByte("tag_dbm", 1, -128, 0)
	}
}

// tagByte adds a byte, to which something is to be added; FF is none.
func (d *decoder) tagByte(name string, factor, offset int64, scale uint8) {
	if v := d.U8(name); v != 0xFF {
		d.add(name, protocols.Decimal(int64(v)*factor+offset, scale))
	}
}

// tagDegrees reads hundredths of a degree with a sign in the top bit.
func (d *decoder) tagDegrees() {
	v := d.U16("temperature")
	if v == 0xFFFF {
		return
	}
	t := int64(v & 0x7FFF)
	if v&0x8000 != 0 {
		t = -t
	}
	d.add("tag_temperature_c", protocols.Decimal(t, 2))
}

// button reads an emergency button or a driver's tag: its battery, why it speaks, and where the tracker was.
func (d *decoder) button(kind int) {
	if v, ok := wire.BCDNumber(d.Bytes("voltage", 1)); ok {
		d.add("tag_battery_v", protocols.Decimal(v, 1))
	}
	switch alert := d.U8("alert"); {
	case d.Err() != nil:
	case alert == 1:
		d.pos.Alarms |= protocols.AlarmLowBattery
	case alert == 0 && kind == tagButton:
		d.pos.Alarms |= protocols.AlarmSOS
	}
	d.status(d.U8("status"))
	d.place()
}
