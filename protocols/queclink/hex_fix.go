package queclink

import (
	"bytes"
	"encoding/binary"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// hexFixSize is the length of one fix with a cell of that length.
func hexFixSize(mask uint32, cell int) int {
	size := 1 + 4 + 4 + 7
	for _, s := range [...]part{{hasSpeed, 3}, {hasAzimuth, 2}, {hasAltitude, 2}, {hasCell, cell}} {
		if mask&s.bit != 0 {
			size += s.size
		}
	}
	return size
}

// findHexFixes tells from the bytes how many fixes end at tail and how long their cells are: the byte before them is
// their number, and each has a time.
func findHexFixes(frame []byte, from, tail int, mask uint32) (number, cell int) {
	for _, cell := range [...]int{9, 11} {
		size := hexFixSize(mask, cell)
		at := size - 7
		if mask&hasCell != 0 {
			at -= cell
		}
		for n := 1; n <= 15 && tail-n*size-1 >= from; n++ {
			start := tail - n*size
			if int(frame[start-1]) != n {
				continue
			}
			ok := true
			for i := start; i < tail && ok; i += size {
				ok = isHexMoment(frame[i+at:])
			}
			if ok {
				return n, cell
			}
		}
	}
	return 0, 0
}

// isHexMoment is whether seven bytes are a time, or none: all zero.
func isHexMoment(b []byte) bool {
	if bytes.Equal(b[:7], make([]byte, 7)) {
		return true
	}
	return !hexMoment(b).IsZero()
}

// hexMoment reads year (two bytes), month, day, hour, minute, second.
func hexMoment(b []byte) time.Time {
	if b[4] > 23 || b[5] > 59 || b[6] > 60 {
		return time.Time{}
	}
	return date(int(binary.BigEndian.Uint16(b)), int(b[2]), int(b[3]), int(b[4]), int(b[5]), int(b[6]))
}

// readHexFix reads accuracy, speed, azimuth, altitude, longitude, latitude, time and cell.
func readHexFix(p *protocols.Position, b []byte, mask uint32, cell int) {
	r := wire.NewReader(b)
	accuracy := r.U8("accuracy")
	p.HDOP = protocols.Some(float64(accuracy))
	if mask&hasSpeed != 0 {
		p.Speed = protocols.Some(float64(r.U16("speed")) + tenths(r.U8("speed")))
		if p.Speed.Value > 2000 {
			p.Speed = protocols.Opt[float64]{}
		}
	}
	if mask&hasAzimuth != 0 {
		setCourse(p, r.U16("azimuth"))
	}
	if mask&hasAltitude != 0 {
		p.Altitude = protocols.Some(float64(int16(r.U16("altitude"))))
	}
	longitude := int32(r.U32("longitude"))
	place(p, longitude, int32(r.U32("latitude")))
	p.Valid = p.Located && accuracy > 0
	p.Time = hexMoment(r.Bytes("time", 7))
	if mask&hasCell == 0 {
		return
	}
	mcc, mnc, lac := r.U16("mcc"), r.U16("mnc"), r.U16("lac")
	cid := r.UintN("cell id", cell-7)
	if mcc > 0 && mcc <= 0x999 {
		p.Cell = protocols.Some(protocols.Cell{
			MCC: undigit(mcc), MNC: undigit(mnc), LAC: uint32(lac), CID: cid,
		})
	}
}

// undigit reads a country or network: its decimal digits are the hexadecimal digits of v.
func undigit(v uint16) uint16 { return v>>12*1000 + v>>8&15*100 + v>>4&15*10 + v&15 }

// tenths is a byte of decimals: one digit, or two.
func tenths(b byte) float64 {
	if b < 10 {
		return float64(b) / 10
	}
	return float64(b%100) / 100
}

// readHexTail reads the mileage, the hour meters and when it was sent.
func (c *codec) readHexTail(p *protocols.Position, b []byte, mask uint32) {
	r := wire.NewReader(b)
	if mask&hasTrip != 0 {
		v := r.U16("current mileage")
		p.Note("trip_odometer_m", protocols.Int(int64(v)*1000+int64(tenths(r.U8("current mileage"))*1000+0.5)))
	}
	if mask&hasMileage != 0 {
		v := r.U32("total mileage")
		p.Odometer = protocols.Some((float64(v) + tenths(r.U8("total mileage"))) * 1000)
	}
	if mask&hasHours != 0 {
		v := r.Bytes("current hour meter", 3)
		p.Note("trip_hours_s", protocols.Int(int64(v[0])*3600+int64(v[1])*60+int64(v[2])))
	}
	if mask&hasTotal != 0 {
		h := r.U32("total hour meter")
		v := r.Bytes("total hour meter", 2)
		p.Note("engine_hours_s", protocols.Int(int64(h)*3600+int64(v[0])*60+int64(v[1])))
	}
	if mask&hasSent == 0 {
		return
	}
	sent := hexMoment(r.Bytes("send time", 7))
	switch {
	case p.Time.IsZero():
		p.Time = c.utc(sent)
	case p.Valid && !sent.IsZero():
		c.learnClock(sent, p.Time)
	}
}
