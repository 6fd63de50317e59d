package teltonika

import (
	"math"
	"time"

	"drover/protocols"
)

// Bits of the masks of codec 7 (GH3000 protocol, "AVL data": which parts a record has, which fields its GPS part has).
const (
	maskGPS = 1 << iota
	mask1Byte
	mask2Bytes
	mask4Bytes
	mask8Bytes
)

const (
	maskLocation = 1 << iota
	maskAltitude
	maskAngle
	maskSpeed
	maskSatellites
	maskCell
	maskSignal
	maskOperator
)

// maskedRecord reads one record of codec 7, whose masks say which fields it has, and gives its start in the arena.
func (d *records) maskedRecord() int {
	const (
		epoch    = 1167609600 // 2007-01-01 in seconds since 1970
		timeBits = 30         // above them the priority
	)
	word := d.r.U32("priority and timestamp")
	d.p.Time = time.Unix(epoch+int64(word&(1<<timeBits-1)), 0).UTC()
	mask := d.r.U8("global mask")
	start := d.room(d.r.Len())
	d.add("priority", protocols.Int(int64(word>>timeBits)))
	if mask&maskGPS != 0 {
		d.maskedGPS()
	}
	for _, part := range [...]struct {
		bit    uint8
		field  string
		length int
	}{{mask1Byte, "1-byte elements", 1}, {mask2Bytes, "2-byte elements", 2}, {mask4Bytes, "4-byte elements", 4},
		{mask8Bytes, "8-byte elements", 8}} {
		if mask&part.bit == 0 {
			continue
		}
		for range d.r.U8(part.field) {
			id := d.r.U8(part.field)
			if data := d.r.Bytes(part.field, part.length); data != nil {
				d.masked(id, int64(bigEndian(data, part.length)))
			}
		}
	}
	return start
}

// maskedGPS reads the GPS part. As in the other codecs, a place without satellites is the last known one; where their
// number is not said, it is a fix.
func (d *records) maskedGPS() {
	p := d.p
	mask := d.r.U8("gps mask")
	if mask&maskLocation != 0 {
		lat := math.Float32frombits(d.r.U32("latitude"))
		lon := math.Float32frombits(d.r.U32("longitude"))
		if math.Abs(float64(lat)) <= 90 && math.Abs(float64(lon)) <= 180 && (lat != 0 || lon != 0) {
			p.Located, p.Valid, p.Latitude, p.Longitude = true, true, float64(lat), float64(lon)
		}
	}
	if mask&maskAltitude != 0 {
		p.Altitude = protocols.Some(float64(d.r.U16("altitude")))
	}
	if mask&maskAngle != 0 {
		p.Course = protocols.Some(float64(d.r.U8("angle")) * 360 / 256)
	}
	if mask&maskSpeed != 0 {
		p.Speed = protocols.Some(float64(d.r.U8("speed")))
	}
	if mask&maskSatellites != 0 {
		n := d.r.U8("satellites")
		p.Satellites = protocols.Some(int(n))
		p.Valid = p.Valid && n > 0
	}
	if mask&maskCell != 0 {
		d.cell.area = protocols.Some(int64(d.r.U16("area code")))
		d.cell.id = protocols.Some(int64(d.r.U16("cell id")))
	}
	if mask&maskSignal != 0 {
		d.bars(int64(d.r.U8("signal")))
	}
	if mask&maskOperator != 0 {
		d.cell.operator = protocols.Some(int64(d.r.U32("operator")))
	}
}

func (d *records) bars(v int64) {
	if v <= 5 {
		d.p.SignalPercent = protocols.Some(int(v) * 20)
	} else {
		d.add("signal", protocols.Int(v))
	}
}

// masked keeps an element of codec 7, which has a list of its own.
func (d *records) masked(id uint8, v int64) {
	p := d.p
	kept := false
	switch id {
	case 1:
		kept = fill(&p.BatteryPercent, float64(v), 100)
	case 2:
		d.addFlag("usb_connected", v)
		kept = true
	case 5:
		d.add("uptime_s", protocols.Int(v))
		kept = true
	case 20:
		kept = fill(&p.HDOP, float64(v)/10, 1e5)
	case 21:
		d.add("vdop", protocols.Decimal(v, 1))
		kept = true
	case 22:
		d.add("pdop", protocols.Decimal(v, 1))
		kept = true
	case 67:
		kept = fill(&p.BatteryVolts, float64(v)/1000, 1e6)
	case 221:
		d.add("button", protocols.Int(v))
		kept = true
	case 222:
		if v == 1 {
			p.Alarms |= protocols.AlarmSOS
		}
	case 240:
		d.addFlag("movement", v)
		kept = true
	case 244:
		d.addFlag("roaming", v)
		kept = true
	}
	if !kept {
		d.add(ioName(uint16(id)), unlistedValue(uint64(v)))
	}
}

func (d *records) addFlag(name string, v int64) {
	e := element{kind: flag, factor: 1}
	d.add(name, e.value(v))
}
