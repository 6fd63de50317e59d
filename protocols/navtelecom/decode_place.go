package navtelecom

import (
	"encoding/binary"
	"math"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// fixedPlace reads the fix: in F6 as in FLEX, before it in radians.
func (d *decoder) fixedPlace(r *wire.Reader, format byte) {
	p := d.pos
	d.nav = r.U8("receiver")
	p.Time = clock(r.Bytes("fix time", 6))
	place := r.Bytes("place", 8)
	if format == formatF6 {
		p.Satellites = protocols.Some(int(d.nav >> 2))
		d.altitude(int32(r.U32LE("altitude")))
	}
	motion := r.Bytes("motion", 4+2+4+4)
	if motion == nil {
		return
	}
	d.speed(motion)
	d.course(binary.LittleEndian.Uint16(motion[4:]))
	d.odometer(motion[6:])
	if v := single(motion[10:]) * 1000; v >= 0 && v < 1e12 {
		d.add("segment_m", protocols.Int(int64(math.Round(v))))
	}
	if format == formatF6 {
		p.Latitude = float64(int32(binary.LittleEndian.Uint32(place))) / 600000
		p.Longitude = float64(int32(binary.LittleEndian.Uint32(place[4:]))) / 600000
	} else {
		p.Latitude, p.Longitude = single(place)*180/math.Pi, single(place[4:])*180/math.Pi
	}
	p.Located = math.Abs(p.Latitude) <= 90 && math.Abs(p.Longitude) <= 180 && (p.Latitude != 0 || p.Longitude != 0)
	p.Valid = p.Located && d.nav&2 != 0
	if !p.Located {
		p.Latitude, p.Longitude, p.Time = 0, 0, time.Time{}
	}
}

// fixedTail reads, behind a place, the seconds of the last segment, and of F4 and F5.2 the temperatures, which are the
// last bytes.
func (d *decoder) fixedTail(r *wire.Reader, format byte, place bool) {
	if place && r.Len() >= 4 {
		d.add("segment_s", protocols.Int(int64(r.U16LE("segment seconds"))))
		d.add("segment_valid_s", protocols.Int(int64(r.U16LE("segment seconds"))))
	}
	n := r.Len()
	degrees := (format == formatF4 || format == formatF52) && n >= len(degreesNames)
	if degrees {
		n -= len(degreesNames)
	}
	if rest := r.Bytes("rest", n); !wire.Zeros(rest) {
		d.add("rest", protocols.Bytes(rest))
	}
	if degrees {
		d.degrees(r)
	}
}

// clock reads hour, minute, second, day, month from 0, year of this century; zero if there is no such moment.
func clock(b []byte) time.Time {
	if b == nil || b[0] > 23 || b[1] > 59 || b[2] > 59 || b[3] < 1 || b[3] > 31 || b[4] > 11 || b[5] > 99 {
		return time.Time{}
	}
	return time.Date(2000+int(b[5]), time.Month(b[4])+1, int(b[3]), int(b[0]), int(b[1]), int(b[2]), 0, time.UTC)
}
