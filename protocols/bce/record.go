package bce

import (
	"encoding/binary"
	"math"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

const (
	epoch     = 1199145600 // 2008-01-01
	kindData  = 7
	moreMasks = 0x8000 // another mask follows
)

// span is after how many seconds the time begins anew: 28 bits of two seconds, 17 years.
const span = 1 << 29

// moment is the latest of the moments that a time may mean which is not more than a day after it arrived.
func moment(t uint32, arrived time.Time) time.Time {
	at := epoch + int64(t>>4)*2
	if last := arrived.Unix() + 86400; at+span <= last {
		at += (last - at) / span * span
	}
	return time.Unix(at, 0).UTC()
}

// record reads masks, and the fields that the masks name.
func (d *decoder) record(b []byte) {
	r := wire.NewReader(b)
	d.pos.Time = moment(r.U32LE("time"), d.arrived)
	var masks [8]uint16
	n := 0
	for n < len(masks) {
		masks[n] = r.U16LE("mask")
		n++
		if masks[n-1]&moreMasks == 0 {
			break
		}
	}
	d.first(&r, masks[0])
	for i := 1; i < min(n, len(further)+1); i++ {
		d.fields(&r, masks[i], &further[i-1])
	}
	if r.Len() > 0 {
		if rest := r.Rest(); !wire.Zeros(rest) {
			d.add("more_fields", protocols.Bytes(rest))
		}
	}
}

// first reads the fields of the first mask.
func (d *decoder) first(r *wire.Reader, mask uint16) {
	if mask&1 != 0 {
		d.place(r)
	}
	if mask>>1&1 != 0 {
		if v := r.U16LE("digital inputs"); r.Err() == nil {
			d.inputs(v)
		}
	}
	for i := range 8 {
		if mask>>(2+i)&1 != 0 {
			d.whole(r, analogNames[i], 2, 1, 0)
		}
	}
	if mask>>10&1 != 0 {
		d.whole(r, "counter_1", 4, 1, 0)
	}
	if mask>>11&1 != 0 {
		d.whole(r, "counter_2", 4, 1, 0)
	}
	if mask>>12&1 != 0 {
		d.whole(r, "fuel_sensor_1", 2, 1, 0)
	}
	if mask>>13&1 != 0 {
		d.whole(r, "fuel_sensor_2", 2, 1, 0)
	}
	if mask>>14&1 != 0 {
		d.cell(r)
	}
}

var analogNames = [8]string{"adc_1", "adc_2", "adc_3", "adc_4", "adc_5", "adc_6", "adc_7", "adc_8"}

// whole reads a number of so many bytes × mul × 10^-scale.
func (d *decoder) whole(r *wire.Reader, name string, size int, mul int64, scale uint8) {
	if r.Len() >= size {
		d.add(name, protocols.Decimal(int64(r.UintLE(name, size))*mul, scale))
	} else {
		r.Skip(name, size)
	}
}

// place: longitude, latitude, speed, satellites and precision, course in two degrees, height, metres since the last.
func (d *decoder) place(r *wire.Reader) {
	b := r.Bytes("place", 17)
	if b == nil {
		return
	}
	p := d.pos
	lon := float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))
	lat := float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4:])))
	p.Satellites = protocols.Some(int(b[9] & 15))
	p.HDOP = protocols.Some(float64(b[9] >> 4))
	p.Speed = protocols.Some(float64(b[8]))
	if course := 2 * int(b[10]); course <= 360 {
		p.Course = protocols.Some(float64(course % 360))
	}
	p.Altitude = protocols.Some(float64(int16(binary.LittleEndian.Uint16(b[11:]))))
	if v := float64(math.Float32frombits(binary.LittleEndian.Uint32(b[13:]))); v > 0 && v < 1e9 {
		d.add("distance_m", protocols.Decimal(int64(math.Round(v*10)), 1))
	}
	if math.Abs(lat) <= 90 && math.Abs(lon) <= 180 && (lat != 0 || lon != 0) {
		p.Located, p.Valid, p.Latitude, p.Longitude = true, true, lat, lon
	}
}

func (d *decoder) inputs(v uint16) {
	d.add("inputs", protocols.Int(int64(v)))
	if d.ignition >= 0 {
		d.pos.Ignition = protocols.Some(v>>d.ignition&1 != 0)
	}
}

// cell: country, network, area, cell, timing advance, level.
func (d *decoder) cell(r *wire.Reader) {
	b := r.Bytes("cell", 9)
	if b == nil {
		return
	}
	d.pos.Cell = protocols.Some(protocols.Cell{
		MCC: binary.LittleEndian.Uint16(b), MNC: uint16(b[2]),
		LAC: uint32(binary.LittleEndian.Uint16(b[3:])), CID: uint64(binary.LittleEndian.Uint16(b[5:])),
	})
	d.add("timing_advance", protocols.Int(int64(b[7])))
	d.add("gsm_level", protocols.Int(int64(b[8])))
}
