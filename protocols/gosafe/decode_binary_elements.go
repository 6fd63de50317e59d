package gosafe

import (
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

func (d *decoder) binaryElement(element int, b []byte, at int) {
	switch element {
	case elementSYS:
		d.system(b)
	case elementGPS:
		d.binaryGPS(b, at)
	case elementGSM:
		d.binaryGSM(b)
	case elementADC:
		d.binaryADC(b)
	case elementCOT, elementDTT:
		d.tagged(element, b)
	default:
		name := [...]string{"one_wire", "event_data", "obd", "fuel"}[element-elementIWD]
		if len(b) > 0 {
			d.pos.Note(name, protocols.Bytes(b))
		}
	}
}

// system reads model, firmware and hardware: parts whose first byte is their number and length.
func (d *decoder) system(b []byte) {
	for len(b) > 0 && len(b) > int(b[0]&15) {
		n := int(b[0] & 15)
		if i := b[0] >> 4; i < 3 {
			name := [...]string{"model", "firmware", "hardware"}[i]
			d.pos.Note(name, protocols.Text(string(b[1:1+n])))
		}
		b = b[1+n:]
	}
}

// The bits of what a GPS element has, in their order.
const (
	gpsFlags = 1 << iota
	gpsPlace
	gpsSpeed
	gpsCourse
	gpsAltitude
	gpsHDOP
	gpsVDOP
)

// binaryGPS reads a mask of what follows it: satellites and fix, place in 1e-6 degrees, speed, course, altitude, HDOP
// and VDOP in hundredths.
func (d *decoder) binaryGPS(b []byte, at int) {
	p, r := d.pos, wire.NewReader(b)
	mask := r.U16("GPS mask")
	fix := false
	if mask&gpsFlags != 0 {
		flags := r.U8("satellites")
		p.Satellites = protocols.Some(int(flags & 31))
		fix = flags>>5&3 != 0
	}
	if mask&gpsPlace != 0 && r.Len() >= 8 {
		lat, lon := float64(int32(r.U32("latitude")))/1e6, float64(int32(r.U32("longitude")))/1e6
		switch {
		case lat < -90 || lat > 90 || lon < -180 || lon > 180:
			d.fail("place", at+3, wire.ErrValue)
		case lat != 0 || lon != 0:
			p.Located, p.Valid, p.Latitude, p.Longitude = true, fix, lat, lon
		}
	}
	if v := masked(&r, mask&gpsSpeed); v.OK && v.Value <= 2000 {
		p.Speed = v
	}
	if v := masked(&r, mask&gpsCourse); v.OK && v.Value < 360 {
		p.Course = v
	}
	if v := masked(&r, mask&gpsAltitude); v.OK {
		p.Altitude = protocols.Some(float64(int16(uint16(v.Value))))
	}
	if v := masked(&r, mask&gpsHDOP); v.OK {
		p.HDOP = protocols.Some(v.Value / 100)
	}
	if v := masked(&r, mask&gpsVDOP); v.OK {
		p.Note("vdop", protocols.Decimal(int64(v.Value), 2))
	}
	if err := r.Err(); err != nil {
		d.fail("GPS", at, wire.ErrShort)
	}
}

// masked reads a number of two bytes if it is there.
func masked(r *wire.Reader, there uint16) protocols.Opt[float64] {
	if there == 0 || r.Len() < 2 {
		return protocols.Opt[float64]{}
	}
	return protocols.Some(float64(r.U16("number")))
}

// binaryGSM reads registration, signal, country and network of twelve bits each, area, cell and level.
func (d *decoder) binaryGSM(b []byte) {
	const size = 10
	if len(b) < size {
		return
	}
	if csq := int(b[1]); csq <= 31 {
		d.pos.SignalPercent = protocols.Some((csq*100 + 15) / 31)
	}
	mcc, mnc := uint16(b[2])<<4|uint16(b[3]>>4), uint16(b[3]&15)<<8|uint16(b[4])
	if mcc > 0 && mcc < 1000 && mnc < 1000 {
		lac, cid := binary.BigEndian.Uint16(b[5:]), binary.BigEndian.Uint16(b[7:])
		d.pos.Cell = protocols.Some(protocols.Cell{MCC: mcc, MNC: mnc, LAC: uint32(lac), CID: uint64(cid)})
	}
	d.pos.Note("cell_rssi_dbm", protocols.Int(-int64(b[9])))
	if len(b) > size {
		d.pos.Note("cells", protocols.Bytes(b[size:]))
	}
}

// binaryADC reads values of twelve bits, -10 to 100, behind four of their number: supply, battery, then others.
func (d *decoder) binaryADC(b []byte) {
	for ; len(b) >= 2; b = b[2:] {
		raw := binary.BigEndian.Uint16(b)
		milli := int64(raw&0xFFF)*110000/4096 - 10000
		switch n := raw >> 12; n {
		case 0:
			d.pos.ExternalVolts = protocols.Some(float64(milli) / 1000)
		case 1:
			d.pos.BatteryVolts = protocols.Some(float64(milli) / 1000)
		case 2:
			d.pos.Note("adc_1", protocols.Decimal(milli, 3))
		default:
			d.pos.Note("adc_2", protocols.Decimal(milli, 3))
		}
	}
}

// tagged reads counters and digital states: parts whose first byte is their number and length.
func (d *decoder) tagged(element int, b []byte) {
	for len(b) > 0 && len(b) > int(b[0]&15) && b[0]&15 <= 8 {
		n := int(b[0] & 15)
		r := wire.NewReader(b[1 : 1+n])
		v := r.UintN("part", n)
		part := int(b[0] >> 4)
		switch {
		case element == elementCOT && part == 0 && v <= 1e13:
			d.pos.Odometer = protocols.Some(float64(v))
		case element == elementCOT && part == 1:
			d.pos.Note("engine_hours_s", protocols.Int(int64(v)))
		case element == elementDTT && part == 1:
			d.lines(uint8(v))
		case element == elementDTT && part < len(digitalNames) && (v != 0 || part == 0):
			d.pos.Note(digitalNames[part], protocols.Int(int64(v&(1<<62-1))))
		}
		b = b[1+n:]
	}
}

var digitalNames = [...]string{"status", "", "geofence_low", "geofence_high", "event_status", "packet_type"}
