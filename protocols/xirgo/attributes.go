package xirgo

import (
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// number adds a field as a number, or as a text if it is none.
func (d *decoder) number(name string, b []byte, i int) {
	if n, ok := parse(b); ok {
		d.add(name, protocols.Decimal(n.mantissa, n.scale))
		return
	}
	d.fault(i)
	d.text(name, b)
}

// text adds a field as a text.
func (d *decoder) text(name string, b []byte) {
	switch {
	case len(b) == 0:
	case wire.Printable(b):
		d.add(name, protocols.Text(string(b)))
	default:
		d.add(name, protocols.Bytes(b))
	}
}

// unknown keeps a field under its number.
func (d *decoder) unknown(i int) {
	if b := d.fields[i]; len(b) > 0 {
		if n, ok := parse(b); ok {
			d.add("io"+strconv.Itoa(i+1), protocols.Decimal(n.mantissa, n.scale))
			return
		}
		d.text("io"+strconv.Itoa(i+1), b)
	}
}

func (d *decoder) add(name string, v protocols.Value) {
	d.pos.Attributes = append(d.pos.Attributes, protocols.Attr(name, v))
}

// fail notes the first fault.
func (d *decoder) fail(field string, err error) {
	if d.outside == nil {
		d.outside = &wire.Error{Field: field, Offset: len(opening), Err: err}
	}
}

// fault notes a field that is no number.
func (d *decoder) fault(i int) {
	if d.outside == nil {
		at := len(opening)
		for _, b := range d.fields[:i] {
			at += len(b) + 1
		}
		d.outside = &wire.Error{Field: "field " + strconv.Itoa(i+1), Offset: at, Err: wire.ErrValue}
	}
}
