package jt808

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"drover/protocols"
)

// trim takes padding off both ends.
func trim(b []byte) []byte { return bytes.Trim(b, "\x00 \r\n") }

// text is a text without its padding. What is not UTF-8 (the standard's texts are GBK) stays bytes.
func text(b []byte) protocols.Value {
	b = trim(b)
	if !utf8.Valid(b) {
		return protocols.Bytes(b)
	}
	for _, c := range b {
		if c < ' ' {
			return protocols.Bytes(b)
		}
	}
	return protocols.Text(string(b))
}

// printable is whether b is a text of ASCII.
func printable(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return len(b) > 0
}

// wide is a text of UTF-16.
func wide(b []byte) string {
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, u16(b))
	}
	return string(trim([]byte(string(utf16.Decode(units)))))
}

func decimalText(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

func (d *decoder) driverName(v []byte) bool {
	d.add("driver", text(v))
	return true
}

func (d *decoder) driverID(v []byte) bool {
	d.add("driver_id", text(v))
	return true
}

func (d *decoder) firmware(v []byte) bool {
	d.add("firmware", text(v))
	return true
}

func (d *decoder) vin(v []byte) bool {
	d.add("vin", text(v))
	return true
}

func (d *decoder) altitude(v []byte) bool {
	if len(v) != 2 {
		return false
	}
	d.pos.Altitude = protocols.Some(float64(int16(u16(v))))
	return true
}
