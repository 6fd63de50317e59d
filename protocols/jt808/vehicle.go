package jt808

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// vehicleF0 reads a vendor's message of a vehicle: time, whether it was stored, kind of vehicle, and what it is about.
// The place that some end with is of another moment, and kept among the attributes.
func (d *decoder) vehicleF0(b []byte) bool {
	if len(b) < 9 {
		return false
	}
	at := clock(b, d.offset)
	if at.IsZero() {
		return false
	}
	d.pos.Time, d.said = at, true
	if b[6] > 0 {
		d.add("archive", protocols.Bool(true))
	}
	d.number("vehicle_type", b[7:8])
	r := wire.NewReader(b[9:])
	switch b[8] {
	case 0x01:
		d.vehicleData(&r)
	case 0x02:
		d.vehicleFaults(&r)
	case 0x03:
		d.vehicleAlarms(&r)
	case 0x04:
		d.vehicleTrip(&r)
	case 0x0B:
		if r.U8("VIN") > 0 {
			if v := r.Bytes("VIN", 17); v != nil {
				d.add("vin", text(v))
			}
		}
	case 0x15:
		d.vehicleEvent(&r)
	default:
		d.number("vehicle_message", b[8:9])
	}
	if rest := r.Rest(); len(rest) > 0 {
		d.add("extra", protocols.Bytes(rest))
	}
	return true
}

// vehicleItems are the numbers of a vehicle.
var vehicleItems = [...]item{
	{id: 0x0102, size: 4, times: 100, field: fieldOdometer},
	{id: 0x0528, size: 4, times: 100, field: fieldOdometer},
	{id: 0x0546, size: 4, times: 100, field: fieldOdometer},
	{id: 0x0103, size: 4, scale: 2, name: "fuel_l"},
	{id: 0x0111, size: 1, offset: -40, name: "fuel_temperature_c"},
	{id: 0x012E, size: 2, scale: 1, name: "oil_level"},
	{id: 0x052A, size: 2, scale: 2, name: "fuel_l"},
	{id: 0x0105, size: 4, scale: 2, name: "fuel_used_l"},
	{id: 0x052C, size: 4, scale: 2, name: "fuel_used_l"},
	{id: 0x014A, size: 2, scale: 2, name: "fuel_consumption"},
	{id: 0x0537, size: 2, scale: 2, name: "fuel_consumption"},
	{id: 0x0538, size: 2, scale: 2, name: "fuel_consumption"},
	{id: 0x0539, size: 2, scale: 2, name: "fuel_consumption"},
	{id: 0x052B, size: 1, name: "fuel_percent"},
	{id: 0x052D, size: 1, offset: -40, name: "coolant_temperature_c"},
	{id: 0x052E, size: 1, offset: -40, name: "air_temperature_c"},
	{id: 0x0530, size: 2, scale: 3, field: fieldExternal},
	{id: 0x0535, size: 2, scale: 1, name: "obd_speed_kmh"},
	{id: 0x0536, size: 2, name: "rpm"},
	{id: 0x053D, size: 2, scale: 1, name: "intake_pressure_kpa"},
	{id: 0x0544, size: 1, name: "liquid_level"},
	{id: 0x0547, size: 1, name: "throttle_percent"},
	{id: 0x0548, size: 1, name: "throttle_percent"},
	{id: 0xFEEC, field: fieldText, name: "vin"},
}

// vehicleData reads a count of items.
func (d *decoder) vehicleData(r *wire.Reader) {
	for range r.U8("count") {
		id := r.U16("id")
		v := r.Bytes("value", int(r.U8("length")))
		if r.Err() != nil {
			break
		}
		if len(v) > 0 {
			d.streamItem(id, v, vehicleItems[:])
		}
	}
	d.lastPlace(r)
}

// vehicleFaults reads systems and their faults' codes.
func (d *decoder) vehicleFaults(r *wire.Reader) {
	var list []byte
	for range r.U16("systems") {
		r.Skip("system", 4)
		for range r.U16("codes") {
			r.Skip("code", 8)
			code := trim(r.Bytes("text", int(r.U16("length of the text"))))
			if r.Err() != nil {
				break
			}
			if len(list) > 0 {
				list = append(list, ' ')
			}
			list = append(list, code...)
		}
		if r.Err() != nil {
			break
		}
	}
	if len(list) > 0 {
		d.add("dtcs", text(list))
	}
	d.lastPlace(r)
}

// vehicleAlarm is an event's alarm.
func vehicleAlarm(id byte) protocols.Alarms {
	switch id {
	case 0x01:
		return protocols.AlarmPowerRestored
	case 0x02:
		return protocols.AlarmPowerCut
	case 0x0E:
		return protocols.AlarmIdle
	case 0x1A:
		return protocols.AlarmHardAcceleration
	case 0x1B:
		return protocols.AlarmHardBraking
	case 0x1C:
		return protocols.AlarmHardCornering
	case 0x1D, 0x1E, 0x1F:
		return protocols.AlarmLaneChange
	case 0x23:
		return protocols.AlarmFatigue
	case 0x25:
		return protocols.AlarmOverspeed
	case 0x26, 0x27, 0x28:
		return protocols.AlarmAccident
	case 0x31, 0x32:
		return protocols.AlarmDoor
	}
	return 0
}

func (d *decoder) vehicleAlarms(r *wire.Reader) {
	for range r.U8("count") {
		id := r.U8("id")
		v := r.Bytes("value", int(r.U8("length")))
		if r.Err() != nil {
			break
		}
		d.pos.Alarms |= vehicleAlarm(id)
		d.add("event", protocols.Int(int64(id)))
		if len(v) > 0 {
			d.add("event_data", protocols.Bytes(v))
		}
	}
	d.lastPlace(r)
}

// vehicleTrip reads the start (1) or the end (2) of a trip.
func (d *decoder) vehicleTrip(r *wire.Reader) {
	property := r.U8("property")
	d.add("trip", protocols.Int(int64(r.U32("trip"))))
	r.Skip("start", 6)
	if property != 2 {
		return
	}
	r.Skip("end and places", 6+8+8+1)
	idles, idle := r.U16("idlings"), r.U16("idling time")
	distance, fuel := r.U16("distance"), r.U16("fuel")
	if r.Err() != nil {
		return
	}
	d.add("trip_idlings", protocols.Int(int64(idles)))
	d.add("trip_idle_time_s", protocols.Int(int64(idle)))
	d.add("trip_odometer_m", protocols.Int(int64(distance)*100))
	d.add("trip_fuel_l", protocols.Decimal(int64(fuel), 2))
}

func (d *decoder) vehicleEvent(r *wire.Reader) {
	event := r.U32("event")
	if r.Err() != nil {
		return
	}
	d.add("event", protocols.Int(int64(event)))
	switch event {
	case 51:
		d.pos.Alarms |= protocols.AlarmHardAcceleration
	case 52:
		d.pos.Alarms |= protocols.AlarmHardBraking
	case 53:
		d.pos.Alarms |= protocols.AlarmHardCornering
	case 54:
		d.pos.Alarms |= protocols.AlarmLaneChange
	case 56:
		d.pos.Alarms |= protocols.AlarmAccident
	}
}

// lastPlace reads status, place and its time as attributes: they are of when the place was last known.
func (d *decoder) lastPlace(r *wire.Reader) {
	if r.Err() != nil || r.Len() < 12 {
		return
	}
	status := r.U32("status")
	d.pos.Ignition = protocols.Some(status&statusIgnition != 0)
	lat, lon := int64(r.U32("latitude")), int64(r.U32("longitude"))
	if status&statusSouth != 0 {
		lat = -lat
	}
	if status&statusWest != 0 {
		lon = -lon
	}
	d.add("last_latitude_deg", protocols.Decimal(lat, 6))
	d.add("last_longitude_deg", protocols.Decimal(lon, 6))
	if r.Len() >= 6 {
		if digits, ok := wire.BCD(r.Bytes("time of the place", 6)); ok {
			d.add("last_fix_time", protocols.Text(digits))
		}
	}
}
