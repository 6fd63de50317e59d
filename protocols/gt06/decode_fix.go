package gt06

import (
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// gps reads the 18 bytes that begin every location: time and fix.
func (d *decoder) gps() {
	d.time()
	d.fix()
}

// time reads six bytes, year to second, in the tracker's own time.
func (d *decoder) time() {
	b := d.Bytes("date and time", 6)
	if b != nil {
		d.said = true
		d.pos.Time = clock(b, d.offset)
	}
}

// clock is the moment that six bytes say; zero if there is no such moment.
func clock(b []byte, offset time.Duration) time.Time {
	if b[0] > 99 || b[1] < 1 || b[1] > 12 || b[2] < 1 || b[2] > 31 || b[3] > 23 || b[4] > 59 || b[5] > 59 {
		return time.Time{}
	}
	t := time.Date(2000+int(b[0]), time.Month(b[1]), int(b[2]), int(b[3]), int(b[4]), int(b[5]), 0, time.UTC)
	return t.Add(-offset)
}

// fix reads satellites, latitude, longitude, speed and course.
func (d *decoder) fix() {
	at := d.Offset()
	b := d.Bytes("GPS information", 12)
	if b == nil {
		return
	}
	d.pos.Satellites = protocols.Some(int(b[0] & 15))
	d.pos.Speed = protocols.Some(float64(b[9]))
	d.locate(at+1, be32(b[1:]), be32(b[5:]), be16(b[10:]))
}

// maxLatitude is 90 degrees.
const maxLatitude = 90 * 1800000

// locate sets the place: latitude and longitude in 1/1,800,000 degrees; flags hold the course in bits 0 to 9, north in
// bit 10, west in bit 11, validity in bit 12 and, where bit 14 says so, the ignition in bit 15. No place is 0, 0.
func (d *decoder) locate(at int, latitude, longitude uint32, flags uint16) {
	d.said = true
	if flags&(1<<14) != 0 {
		d.pos.Ignition = protocols.Some(flags&(1<<15) != 0)
	}
	switch {
	case latitude == 0 && longitude == 0:
		return
	case latitude > maxLatitude:
		d.failAt("latitude", at, wire.ErrValue)
		return
	case longitude > 2*maxLatitude:
		d.failAt("longitude", at+4, wire.ErrValue)
		return
	}
	d.pos.Located, d.pos.Valid = true, flags&(1<<12) != 0
	d.pos.Latitude, d.pos.Longitude = float64(latitude)/1800000, float64(longitude)/1800000
	if flags&(1<<10) == 0 {
		d.pos.Latitude = -d.pos.Latitude
	}
	if flags&(1<<11) != 0 {
		d.pos.Longitude = -d.pos.Longitude
	}
	if course := flags & 0x3FF; course < 360 {
		d.pos.Course = protocols.Some(float64(course))
	}
}

// cell reads the serving cell. mnc, lac and cid are widths in bytes; an mnc of 0 has one byte, or two where the top
// bit of the country code is set.
func (d *decoder) cell(mnc, lac, cid int) {
	country := d.U16("MCC")
	if mnc == 0 {
		mnc = mncWidth(country)
	}
	c := protocols.Cell{
		MCC: country & 0x7FFF, MNC: uint16(d.UintN("MNC", mnc)),
		LAC: uint32(d.UintN("LAC", lac)), CID: d.UintN("cell id", cid),
	}
	if d.Err() == nil && c.MCC != 0 {
		d.pos.Cell = protocols.Some(c)
		d.said = true
	}
}

func mncWidth(country uint16) int {
	if country&0x8000 != 0 {
		return 2
	}
	return 1
}

// sizedCell reads a cell behind its length. Some firmwares count the length byte itself, others do not, so the length
// is taken which leaves as many bytes as fits says can follow. Where neither does, the cell has lac and cid bytes, and
// a longer one counts itself. In place of a cell that is not known some send 45 bytes, all but the first 9 of them 0.
func (d *decoder) sizedCell(lac, cid int, fits func(rest int) bool) {
	const unknown, zeros = 45, 36
	n := int(d.U8("LBS length"))
	switch {
	case n == 0 && d.Len() >= unknown && allZero(d.data[d.Offset()+unknown-zeros:d.Offset()+unknown]):
		d.Skip("LBS", unknown)
	case n == 0:
	case n > 1 && fits(d.Len()-n+1):
		d.cellOf(n - 1)
	case fits(d.Len() - n):
		d.cellOf(n)
	default:
		d.cellWithin(n-1, lac, cid)
	}
}

// cellWithin reads a cell and passes over what is left of n bytes.
func (d *decoder) cellWithin(n, lac, cid int) {
	behind := d.Offset() + n
	d.cell(0, lac, cid)
	d.Skip("rest of the cell", max(0, min(behind-d.Offset(), d.Len())))
}

// cellOf reads a cell of n bytes in all.
func (d *decoder) cellOf(n int) {
	switch n {
	case 8:
		d.cell(1, 2, 3)
	case 9:
		if high, _ := d.Peek(); high&0x80 != 0 {
			d.cell(2, 2, 3)
		} else {
			d.cell(1, 2, 4)
		}
	case 10:
		d.cell(2, 2, 4)
	case 15:
		d.cell(1, 4, 8)
	case 16:
		d.cell(2, 4, 8)
	default:
		d.add("lbs", protocols.Bytes(d.Bytes("LBS", n)))
	}
}

func be16(b []byte) uint16 { return uint16(b[0])<<8 | uint16(b[1]) }

func be32(b []byte) uint32 { return uint32(be16(b))<<16 | uint32(be16(b[2:])) }
