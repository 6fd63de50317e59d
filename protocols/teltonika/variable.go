package teltonika

import (
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// variable keeps an element that says its own length. One without a value says nothing.
func (d *records) variable(id uint16, data []byte) {
	if len(data) == 0 {
		return
	}
	e := d.list.find(id, variable)
	switch {
	case e == nil && d.sizedAsFixed(id, data):
	case e == nil:
		d.add(ioName(id), protocols.Bytes(data))
	case e.means == isBeacons && d.parts(data, d.beacon), e.means == isTags && d.parts(data, d.tag):
	case e.kind == textValue && wire.Printable(trimZeros(data)):
		if text := trimText(data); text != "" {
			d.add(e.name, protocols.Text(text))
		}
	default:
		d.add(e.name, protocols.Bytes(data))
	}
}

// sizedAsFixed keeps an element that is among the variable ones though its list says a fixed length.
func (d *records) sizedAsFixed(id uint16, data []byte) bool {
	switch len(data) {
	case 1, 2, 4, 8:
		if d.list.find(id, int8(len(data))) != nil {
			d.fixed(id, int8(len(data)), bigEndian(data, len(data)))
			return true
		}
	}
	return false
}

func trimZeros(b []byte) []byte {
	for len(b) > 0 && (b[len(b)-1] == 0 || b[len(b)-1] == 0xFF) {
		b = b[:len(b)-1]
	}
	return b
}

// parts reads what follows the first byte (which part of how many this is) as things numbered from 1. If one can not be
// read, none is kept.
func (d *records) parts(data []byte, read func(r *wire.Reader, n int)) bool {
	start := len(d.arena)
	r := wire.NewReader(data)
	r.Skip("part", 1)
	for n := 1; r.Len() > 0; n++ {
		read(&r, n)
	}
	if r.Err() != nil {
		d.arena = d.arena[:start]
		return false
	}
	return true
}

// beacon reads an iBeacon or Eddystone beacon of element 385. The flags say which, and what follows its identity.
func (d *records) beacon(r *wire.Reader, n int) {
	const (
		hasRSSI = 1 << iota
		hasBattery
		hasTemperature
	)
	prefix := "beacon_" + strconv.Itoa(n)
	flags := r.U8("beacon flags")
	if flags>>4 != 0 {
		d.add(prefix+"_uuid", protocols.Bytes(r.Bytes("uuid", 16)))
		d.add(prefix+"_major", protocols.Int(int64(r.U16("major"))))
		d.add(prefix+"_minor", protocols.Int(int64(r.U16("minor"))))
	} else {
		d.add(prefix+"_namespace", protocols.Bytes(r.Bytes("namespace", 10)))
		d.add(prefix+"_instance", protocols.Bytes(r.Bytes("instance", 6)))
	}
	if flags&hasRSSI != 0 {
		d.add(prefix+"_rssi_dbm", protocols.Int(int64(int8(r.U8("rssi")))))
	}
	if flags&hasBattery != 0 {
		d.add(prefix+"_battery", protocols.Int(int64(r.U16("battery"))))
	}
	if flags&hasTemperature != 0 {
		d.add(prefix+"_temperature", protocols.Int(int64(int16(r.U16("temperature")))))
	}
}

// tag reads a sensor of the lists 548, 10828, 10829, 10831 and 11317: its length, then fields of kind, length, value.
func (d *records) tag(r *wire.Reader, n int) {
	fields := wire.NewReader(r.Bytes("tag", int(r.U8("tag length"))))
	prefix := "tag_" + strconv.Itoa(n) + "_"
	for r.Err() == nil && fields.Len() > 0 {
		kind := fields.U8("field kind")
		data := fields.Bytes("field", int(fields.U8("field length")))
		if err := fields.Err(); err != nil {
			r.Fail("tag", err)
			return
		}
		d.tagField(prefix, kind, data)
	}
}

// tagFields are the fields of a tag by kind; length 0 is bytes or text.
var tagFields = [...]struct {
	name   string
	length int
	kind   kind
	scale  uint8
}{
	0:  {"rssi_dbm", 1, signed, 0},
	1:  {"id", 0, binaryValue, 0},
	2:  {"data", 0, binaryValue, 0},
	5:  {"name", 0, textValue, 0},
	6:  {"temperature_c", 2, signed, 2},
	7:  {"humidity_percent", 1, unsigned, 0},
	8:  {"magnet", 1, flag, 0},
	9:  {"movement", 1, flag, 0},
	10: {"movements", 2, unsigned, 0},
	11: {"pitch_deg", 1, signed, 0},
	12: {"roll_deg", 2, signed, 0},
	13: {"low_battery", 1, flag, 0},
	14: {"battery_v", 2, unsigned, 3},
	15: {"mac", 0, binaryValue, 0},
}

func (d *records) tagField(prefix string, kind byte, data []byte) {
	if int(kind) >= len(tagFields) || tagFields[kind].name == "" ||
		tagFields[kind].length > 0 && tagFields[kind].length != len(data) {
		d.add(prefix+strconv.Itoa(int(kind)), protocols.Bytes(data))
		return
	}
	f := &tagFields[kind]
	if f.kind == textValue && wire.Printable(trimZeros(data)) {
		d.add(prefix+f.name, protocols.Text(trimText(data)))
		return
	}
	if f.length == 0 {
		d.add(prefix+f.name, protocols.Bytes(data))
		return
	}
	v := int64(bigEndian(data, len(data)))
	if f.kind == signed {
		unused := 64 - 8*uint(len(data))
		v = v << unused >> unused
	}
	e := element{kind: f.kind, factor: 1, scale: f.scale}
	d.add(prefix+f.name, e.value(v))
}
