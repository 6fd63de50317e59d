package xexun2

import (
	"encoding/hex"
	"math"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// The bits of the mask of a place.
const (
	placeFloat  = 1 << 0
	placeWiFi   = 1 << 1
	placeCells  = 1 << 2
	placeRanges = 1 << 3
	placeMotion = 1 << 5
	placeDouble = 1 << 6
	placeData   = 1 << 7
)

// place reads what a record knows of where it was.
func (d *decoder) place() {
	mask := d.U8("position mask")
	if mask&placeFloat != 0 {
		sats := d.U8("satellites")
		lon, lat := math.Float32frombits(d.U32("longitude")), math.Float32frombits(d.U32("latitude"))
		d.locate(sats, float64(lon), float64(lat))
	}
	if mask&placeWiFi != 0 {
		d.wifi()
	}
	if mask&placeCells != 0 {
		d.cells()
	}
	if mask&placeRanges != 0 {
		n := min(12*int(d.U8("range count")), d.Len())
		d.pos.Note("ranges", protocols.Bytes(d.Bytes("ranges", n)))
	}
	if mask&placeMotion != 0 {
		d.motion(d.U16("speed"), d.U16("course"))
	}
	if mask&placeDouble != 0 {
		sats := d.U8("satellites")
		lon, lat := math.Float64frombits(d.U64("longitude")), math.Float64frombits(d.U64("latitude"))
		d.locate(sats, lon, lat)
	}
	if mask&placeData != 0 {
		d.data()
	}
}

// data reads a block behind its length: its kind, its size and what it holds, which is a fix of kind G.
func (d *decoder) data() {
	const fix, head, fixSize = 'G', 3, 27
	n := int(d.U16("data length"))
	b := d.Bytes("data", min(n, d.Len()))
	if len(b) < head+fixSize || b[0] != fix {
		if len(b) > 0 {
			d.pos.Note("data", protocols.Bytes(b))
		}
		return
	}
	r := wire.NewReader(b[head:])
	lon, lat := math.Float64frombits(r.U64("longitude")), math.Float64frombits(r.U64("latitude"))
	valid, sats := r.U8("validity") > 0, r.U8("satellites")
	r.Skip("signal of the satellites", 1)
	d.pos.Satellites = protocols.Some(int(sats))
	if !valid {
		return
	}
	d.locate(sats, lon, lat)
	d.motion(r.U16("speed"), r.U16("course"))
	if altitude := float64(math.Float32frombits(r.U32("altitude"))); altitude > -1000 && altitude < 100_000 {
		d.pos.Altitude = protocols.Some(altitude)
	}
}

// motion takes speed and course in tenths.
func (d *decoder) motion(speed, course uint16) {
	if d.Err() == nil && speed <= 20000 {
		d.pos.Speed = protocols.Some(float64(speed) / 10)
	}
	if d.Err() == nil && course <= 3600 {
		d.pos.Course = protocols.Some(float64(course%3600) / 10)
	}
}

// locate takes degrees and minutes, dddmm.mmmm.
func (d *decoder) locate(sats uint8, lon, lat float64) {
	if d.Err() != nil {
		return
	}
	d.pos.Satellites = protocols.Some(int(sats))
	lon, lat = degrees(lon), degrees(lat)
	switch {
	case !(lat >= -90 && lat <= 90):
		d.Fail("latitude", wire.ErrValue)
	case !(lon >= -180 && lon <= 180):
		d.Fail("longitude", wire.ErrValue)
	case lat != 0 || lon != 0:
		d.pos.Located, d.pos.Valid, d.pos.Latitude, d.pos.Longitude = true, true, lat, lon
	}
}

func degrees(v float64) float64 {
	switch {
	case !(math.Abs(v) < 1e6):
		return math.NaN()
	case v < 0:
		return -wire.NMEADegrees(-v)
	}
	return wire.NMEADegrees(v)
}

// wifi reads addresses and levels into one text.
func (d *decoder) wifi() {
	var scratch [400]byte
	out := scratch[:0]
	for n := int(d.U8("Wi-Fi count")); n > 0 && d.Len() >= 7; n-- {
		b := d.Bytes("Wi-Fi", 7)
		if len(out) > 0 {
			out = append(out, ' ')
		}
		for i := range b[:6] {
			if i > 0 {
				out = append(out, ':')
			}
			out = hex.AppendEncode(out, b[i:i+1])
		}
		out = strconv.AppendInt(append(out, ','), int64(int8(b[6])), 10)
	}
	if len(out) > 0 {
		d.pos.Note("wifi", protocols.Text(string(out)))
	}
}

// cells reads country, network, area, cell and level of each; the first is the serving one.
func (d *decoder) cells() {
	n := int(d.U8("cell count"))
	for i := 0; i < n && d.Len() >= 13; i++ {
		mcc, mnc, lac, cid := d.U16("MCC"), d.U16("MNC"), d.U32("LAC"), d.U32("CID")
		level := d.U8("level")
		if i == 0 && mcc > 0 && mcc < 1000 {
			d.pos.Cell = protocols.Some(protocols.Cell{MCC: mcc, MNC: mnc, LAC: lac, CID: uint64(cid)})
			d.pos.Note("cell_level", protocols.Int(int64(level)))
		}
	}
}
