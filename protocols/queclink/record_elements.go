package queclink

import (
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// readElement reads one element of a record; one that is not known is kept as bytes.
func readElement(p *protocols.Position, id int, b []byte) {
	switch {
	case len(b) == 0:
	case id == 0x02:
		p.Note("device_name", protocols.Text(string(b)))
	case id == 0x0A:
		p.BatteryPercent = percent(b[0])
	case id == 0x13 && len(b) == 4:
		p.Note("triggered_at", protocols.Int(int64(binary.BigEndian.Uint32(b))))
	case id == 0x17:
		p.Note("moving", protocols.Bool(b[0] == 1))
	case id == 0x1B:
		p.Ignition = protocols.Some(b[0] == 1)
	case id == 0x51 && len(b) >= 15, id == 0x52 && len(b) >= 22:
		readLocation(p, b, id == 0x52)
	case id == 0x55 && len(b) >= 13:
		readRegistered(p, b)
	case id == 0x58 && len(b) >= 18:
		readSIM(p, b)
	case id == 0x61 && len(b) >= 5:
		if v := binary.BigEndian.Uint16(b[1:]); v > 0 {
			p.BatteryVolts = protocols.Some(float64(v) / 1000)
		}
		p.BatteryPercent = percent(b[3])
		p.Note("charging", protocols.Bool(b[4]&1 == 1))
	default:
		p.Note("io"+strconv.Itoa(id), protocols.Bytes(b))
	}
}

func percent(b byte) (v protocols.Opt[float64]) {
	if b <= 100 {
		return protocols.Some(float64(b))
	}
	return v
}

// readLocation reads the state of the fix, longitude, latitude, time and speed, and of the full form HDOP, azimuth,
// altitude and satellites.
func readLocation(p *protocols.Position, b []byte, full bool) {
	const fixed = 2
	state := b[0] >> 2 & 3
	place(p, int32(binary.BigEndian.Uint32(b[1:])), int32(binary.BigEndian.Uint32(b[5:])))
	p.Valid = p.Located && state == fixed
	p.Time = plausible(time.Unix(int64(binary.BigEndian.Uint32(b[9:])), 0).UTC())
	if !p.Located {
		return
	}
	if v := binary.BigEndian.Uint16(b[13:]); v <= 20000 {
		p.Speed = protocols.Some(float64(v) / 10)
	}
	if !full {
		return
	}
	p.HDOP = protocols.Some(float64(b[15]) / 10)
	setCourse(p, binary.BigEndian.Uint16(b[16:]))
	altitude := int32(uint32(b[18])<<24|uint32(b[19])<<16|uint32(b[20])<<8) >> 8
	if altitude >= -327680 && altitude <= 1_000_000 {
		p.Altitude = protocols.Some(float64(altitude) / 10)
	}
	p.Satellites = protocols.Some(int(b[21]))
}

// place sets the location from millionths of degrees; 0, 0 and what is out of range is none.
func place(p *protocols.Position, longitude, latitude int32) {
	p.Longitude, p.Latitude = float64(longitude)/1e6, float64(latitude)/1e6
	p.Located = (longitude != 0 || latitude != 0) && longitude >= -180_000_000 && longitude <= 180_000_000 &&
		latitude >= -90_000_000 && latitude <= 90_000_000
	if !p.Located {
		p.Longitude, p.Latitude = 0, 0
	}
}

func setCourse(p *protocols.Position, degrees uint16) {
	if degrees <= 360 {
		p.Course = protocols.Some(float64(degrees % 360))
	}
}

// readRegistered reads the serving cell: number of digits of the network's number, that number, area, cell, technology,
// and level.
func readRegistered(p *protocols.Position, b []byte) {
	network := uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	of := uint32(1000)
	if b[0] == 5 {
		of = 100
	}
	if mcc := network / of; mcc > 0 && mcc <= 999 {
		p.Cell = protocols.Some(protocols.Cell{
			MCC: uint16(mcc), MNC: uint16(network % of), LAC: uint32(binary.BigEndian.Uint16(b[4:])),
			CID: uint64(binary.BigEndian.Uint32(b[6:])),
		})
	}
	p.Note("access_technology", protocols.Int(int64(b[10]&0x7F)))
	if level := b[12]; level <= 31 {
		p.SignalPercent = protocols.Some((int(level)*100 + 15) / 31)
	}
}

// readSIM reads IMSI and ICCID, two digits a byte, filled up with F behind or 0 before.
func readSIM(p *protocols.Position, b []byte) {
	imsi, iccid := hex.EncodeToString(b[:8]), hex.EncodeToString(b[8:18])
	if imsi[0] == '0' {
		imsi = imsi[1:]
	}
	if wire.Digits(imsi) {
		p.IMSI = imsi
	}
	for len(iccid) > 0 && iccid[len(iccid)-1] == 'f' {
		iccid = iccid[:len(iccid)-1]
	}
	if wire.Digits(iccid) {
		p.ICCID = iccid
	}
}
