package wialon

import (
	"math"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// place reads ddmm.mmmm and dddmm.mmmm with their hemispheres. 0, 0 is no place.
func (d *reader) place(lat, ns, lon, ew []byte, at int) {
	if len(lat) == 0 || len(lon) == 0 {
		return
	}
	latitude, ok1 := degrees(lat, 90)
	longitude, ok2 := degrees(lon, 180)
	switch {
	case !ok1 || len(ns) != 1 || ns[0] != 'N' && ns[0] != 'S':
		d.fail("latitude", at)
		return
	case !ok2 || len(ew) != 1 || ew[0] != 'E' && ew[0] != 'W':
		d.fail("longitude", at)
		return
	case latitude == 0 && longitude == 0:
		return
	}
	if ns[0] == 'S' {
		latitude = -latitude
	}
	if ew[0] == 'W' {
		longitude = -longitude
	}
	d.pos.Located, d.pos.Latitude, d.pos.Longitude = true, latitude, longitude
}

// degrees reads degrees and minutes; a sign before them is the hemisphere's as well and is left out.
func degrees(b []byte, most float64) (float64, bool) {
	v, ok := float(b)
	v = math.Abs(v)
	minutes := math.Mod(v, 100)
	v = wire.NMEADegrees(v)
	return v, ok && minutes < 60 && v <= most
}

// motion reads speed in km/h, course in degrees and height in metres.
func (d *reader) motion(speed, course, height []byte, at int) {
	if len(speed) > 0 {
		if v, ok := float(speed); ok && v >= 0 && v <= 2000 {
			d.pos.Speed = protocols.Some(v)
		} else {
			d.fail("speed", at)
		}
	}
	if len(course) > 0 {
		if v, ok := float(course); ok && v >= 0 && v <= 360 {
			d.pos.Course = protocols.Some(math.Mod(v, 360))
		} else {
			d.fail("course", at)
		}
	}
	if len(height) > 0 {
		if v, ok := float(height); ok && v >= -32768 && v <= 100000 {
			d.pos.Altitude = protocols.Some(v)
		} else {
			d.fail("height", at)
		}
	}
}

// satellites reads how many there are: three are the least that make a fix.
func (d *reader) satellites(sats []byte, at int) {
	if len(sats) == 0 {
		return
	}
	n, ok := whole(sats)
	if !ok || n > 255 {
		d.fail("sats", at)
		return
	}
	d.pos.Satellites = protocols.Some(n)
	d.pos.Valid = d.pos.Located && n >= 3
}

// extras reads HDOP, inputs and outputs, whose bits are one each.
func (d *reader) extras(hdop, inputs, outputs []byte, at int) {
	if len(hdop) > 0 {
		if v, ok := float(hdop); ok && v >= 0 && v <= 1e5 {
			d.pos.HDOP = protocols.Some(v)
		} else {
			d.fail("hdop", at)
		}
	}
	d.bits("inputs", inputs)
	d.bits("outputs", outputs)
}

func (d *reader) bits(name string, b []byte) {
	if mantissa, scale, ok := decimal(b); ok {
		d.pos.Note(name, protocols.Decimal(mantissa, scale))
	}
}

// adcNames are the names of analog inputs.
var adcNames = [...]string{
	"adc_1", "adc_2", "adc_3", "adc_4", "adc_5", "adc_6", "adc_7", "adc_8",
	"adc_9", "adc_10", "adc_11", "adc_12", "adc_13", "adc_14", "adc_15", "adc_16",
}

// list reads the analog inputs, between commas; text is the same as a string. What goes beyond the names is kept whole.
func (d *reader) list(b []byte, text string) {
	if len(b) == 0 {
		return
	}
	for _, name := range adcNames {
		one, after, more := strings.Cut(text, ",")
		if one != "" && one != "NA" {
			d.pos.Note(name, value([]byte(one), one))
		}
		if !more {
			return
		}
		text = after
	}
	d.pos.Note("adc_more", protocols.Text(text))
}

// key reads the code of a key, which is hexadecimal; no key is zeros.
func (d *reader) key(b []byte, text string) {
	for _, c := range b {
		if c != '0' {
			d.pos.Note("ibutton", protocols.Text(text))
			return
		}
	}
}

// value is a number, or else the text.
func value(b []byte, text string) protocols.Value {
	if mantissa, scale, ok := decimal(b); ok {
		return protocols.Decimal(mantissa, scale)
	}
	return protocols.Text(text)
}
