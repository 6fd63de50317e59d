package h02

import (
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// Where the fields of a record are, counted from the end of its id.
const (
	offTime      = 0  // hhmmss
	offDate      = 3  // ddmmyy
	offLatitude  = 6  // ddmmmmmm
	offBattery   = 10 // X record: temperature
	offLongitude = 11 // dddmmmmmm and a nibble of flags
	offMotion    = 16 // knots and degrees, three digits each
	offStatus    = 19
	offTail      = 23
)

// The flags in the last nibble of the longitude.
const (
	flagEast  = 8
	flagNorth = 4
	flagValid = 2
	flagCold  = 1 // X record: the temperature is below zero
)

// decodeRecord reads a binary record: $ with the device's id, or X with the mileage in its place.
func (c *codec) decodeRecord(frame []byte) (protocols.Message, error) {
	var m protocols.Message
	id, d := shortID, sinoTrack
	if frame[0] == '$' && !fits(frame, shortID) && fits(frame, longID) {
		id, d = longID, canTrack
	}
	if len(frame) < 1+id+offTail {
		return m, &wire.Error{Field: "record", Offset: len(frame), Err: wire.ErrShort}
	}
	var digits [2 * longID]byte
	who, err := appendDigits(digits[:0], frame[1:1+id])
	if err != nil {
		return m, err
	}
	body := frame[1+id:]
	e := new(entry)
	p := e.open(&m)
	if err := readRecord(p, body, frame[0] == 'X'); err != nil {
		err.Offset += 1 + id
		return protocols.Message{}, err
	}
	if frame[0] == 'X' {
		mileage, _ := wire.BCDNumber(frame[1 : 1+id])
		p.Odometer = protocols.Some(float64(mileage) * mileageUnit)
	} else {
		m.Device = c.speaker(who[:min(len(who), maxID)]) // the 16th digit is padding
	}
	readStatus(p, binary.BigEndian.Uint32(body[offStatus:]), d)
	if id == longID {
		noteBytes(p, "tail", body[offTail:])
	} else {
		readRecordTail(p, body[offTail:])
	}
	if c.confirms && c.id != "" {
		m.Reply = c.reply(e.reply[:0], "R12", clockLayout)
	}
	return m, nil
}

// appendDigits gives the two digits of each byte of an id.
func appendDigits(b, data []byte) ([]byte, error) {
	for i, c := range data {
		if !isBCD(c) {
			return b, &wire.Error{Field: "id", Offset: 1 + i, Err: wire.ErrValue}
		}
		b = append(b, '0'+c>>4, '0'+c&0x0F)
	}
	return b, nil
}

// mileageUnit is the unit of an X record's mileage in metres: a knot over a second (the ST-901 paper, S32).
const mileageUnit = 0.51444

// readRecord reads time, place, battery or temperature, speed and course.
func readRecord(p *protocols.Position, body []byte, temperature bool) *wire.Error {
	var number [5]int64
	for i, field := range [...]struct {
		name string
		at   int
		n    int
	}{
		{"time", offTime, 3}, {"date", offDate, 3}, {"latitude", offLatitude, 4}, {"longitude", offLongitude, 4},
		{"speed and direction", offMotion, 3},
	} {
		v, ok := wire.BCDNumber(body[field.at : field.at+field.n])
		if !ok {
			return &wire.Error{Field: field.name, Offset: field.at, Err: wire.ErrValue}
		}
		number[i] = v
	}
	last := body[offLongitude+4]
	latitude, longitude, motion := number[2], number[3]*10+int64(last>>4), number[4]
	if err := place(p, latitude, longitude); err != nil {
		return err
	}
	if last&flagNorth == 0 {
		p.Latitude = -p.Latitude
	}
	if last&flagEast == 0 {
		p.Longitude = -p.Longitude
	}
	p.Valid = p.Located && last&flagValid != 0
	p.Time = moment(int(number[1]), int(number[0]))
	p.Speed = protocols.Some(wire.KnotsToKMH(float64(motion / 1000)))
	setCourse(p, float64(motion%1000))
	if temperature {
		readTemperature(p, body[offBattery], last&flagCold != 0)
	} else {
		readLevel(p, int(body[offBattery]))
	}
	return nil
}

// place sets the location from ddmmmmmm and dddmmmmmm; 0, 0 is none.
func place(p *protocols.Position, latitude, longitude int64) *wire.Error {
	if latitude == 0 && longitude == 0 {
		return nil
	}
	p.Latitude = float64(latitude/1e6) + float64(latitude%1e6)/600000
	p.Longitude = float64(longitude/1e6) + float64(longitude%1e6)/600000
	switch {
	case p.Latitude > 90:
		return &wire.Error{Field: "latitude", Offset: offLatitude, Err: wire.ErrValue}
	case p.Longitude > 180:
		return &wire.Error{Field: "longitude", Offset: offLongitude, Err: wire.ErrValue}
	}
	p.Located = true
	return nil
}

// readTemperature reads the X record's temperature in half degrees; FE and FF are no sensor.
func readTemperature(p *protocols.Position, half byte, cold bool) {
	if half >= 0xFE {
		return
	}
	v := int64(half) * 5
	if cold {
		v = -v
	}
	p.Note("temperature_c", protocols.Decimal(v, 1))
}

// Where the fields after the status of a record with a 5-byte id are.
const (
	tailAlarms     = 0
	tailSignal     = 2 // from here on in the longer records only
	tailSatellites = 3
	tailReserved   = 4 // four bytes that no paper names
	tailCell       = 8
	tailVoltage    = 15
)

// readRecordTail reads what follows the status of a record with a 5-byte id: the user's alarms, a reserved byte, what
// the longer records have, and the record number.
func readRecordTail(p *protocols.Position, tail []byte) {
	if len(tail) == 0 {
		return
	}
	if flag := tail[tailAlarms]; flag != 0xFF && flag != 0 {
		p.Note("user_alarm_flag", protocols.Int(int64(flag)))
	}
	p.Note("record", protocols.Int(int64(tail[len(tail)-1])))
	if len(tail) <= tailVoltage {
		return
	}
	if signal, satellites := int(tail[tailSignal]), int(tail[tailSatellites]); signal <= 31 && satellites <= 32 {
		readCSQ(p, signal)
		p.Satellites = protocols.Some(satellites)
	} else {
		noteBytes(p, "signal", tail[tailSignal:tailReserved])
	}
	if v := binary.BigEndian.Uint32(tail[tailReserved:]); v != 0 {
		p.Note("reserved", protocols.Int(int64(v)))
	}
	cell := tail[tailCell:]
	setCell(p, protocols.Cell{
		MCC: binary.BigEndian.Uint16(cell), MNC: uint16(cell[2]),
		LAC: uint32(binary.BigEndian.Uint16(cell[3:])), CID: uint64(binary.BigEndian.Uint16(cell[5:])),
	})
	if len(tail) > tailVoltage+2 {
		if v := binary.BigEndian.Uint16(tail[tailVoltage:]); v > 0 && v <= maxVoltage {
			p.ExternalVolts = protocols.Some(float64(v) / 10)
		}
	}
}

func noteBytes(p *protocols.Position, name string, b []byte) {
	if len(b) > 0 {
		p.Note(name, protocols.Bytes(b))
	}
}
