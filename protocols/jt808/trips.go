package jt808

import (
	"encoding/hex"
)

// tripItems are the numbers of a trip (F1).
var tripItems = [...]item{
	{id: 0x0007, size: 2, name: "trip"},
	{id: 0x0009, size: 4, name: "trip_odometer_m"},
	{id: 0x000A, size: 4, name: "trip_fuel_ml"},
	{id: 0x000B, size: 4, name: "trip_time_s"},
	{id: 0x000C, size: 2, name: "trip_overspeed_time_s"},
	{id: 0x000D, size: 2, name: "trip_overspeeds"},
	{id: 0x000E, size: 1, name: "trip_average_speed_kmh"},
	{id: 0x000F, size: 1, name: "trip_max_speed_kmh"},
	{id: 0x0010, size: 4, name: "trip_idle_time_s"},
	{id: 0x0012, size: 2, name: "trip_brakings"},
	{id: 0x0013, size: 4, name: "hard_accelerations"},
	{id: 0x0014, size: 4, name: "hard_brakings"},
	{id: 0x0015, size: 4, name: "hard_cornerings"},
}

// trip reads the list of a trip that has ended.
func (d *decoder) trip(b []byte) bool { return d.stream(b, tripItems[:]) }

// faults reads F2: time, place, and codes of four bytes.
func (d *decoder) faults(b []byte) bool {
	if len(b) < 15 || len(b) != 15+4*int(b[14]) {
		return false
	}
	at := clock(b, d.offset)
	if at.IsZero() {
		return false
	}
	d.pos.Time = at
	d.signedPlace(u32(b[6:]), u32(b[10:]))
	var list []byte
	for rest := b[15:]; len(rest) > 0; rest = rest[4:] {
		if len(list) > 0 {
			list = append(list, ' ')
		}
		list = hex.AppendEncode(list, rest[:4])
	}
	d.number("faults", b[14:15])
	d.addList("dtcs", list)
	return true
}

// signedPlace sets a place whose top bits are south and west.
func (d *decoder) signedPlace(latitude, longitude uint32) {
	lat, lon := float64(latitude&0x7FFFFFFF)/1e6, float64(longitude&0x7FFFFFFF)/1e6
	if lat == 0 && lon == 0 || lat > 90 || lon > 180 {
		return
	}
	if latitude>>31 != 0 {
		lat = -lat
	}
	if longitude>>31 != 0 {
		lon = -lon
	}
	d.pos.Located, d.pos.Valid, d.pos.Latitude, d.pos.Longitude = true, true, lat, lon
}
