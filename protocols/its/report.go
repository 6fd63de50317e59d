package its

import (
	"time"

	"drover/protocols"
)

// timeOf reads the time before the place, and the validity on either side of it. It gives the first of those fields, or
// -1 if there is no time: then the sentence is no report.
func (d *decoder) timeOf(offset time.Duration) int {
	i := d.place - 1
	valid := d.at(i)
	if isValidity(valid) {
		i--
	} else {
		valid = nil
	}
	at, before := d.moment(i)
	if before == i {
		return -1
	}
	if valid == nil && isValidity(d.at(before)) {
		valid = d.at(before)
		before--
	}
	if !at.IsZero() {
		d.pos.Time = at.Add(-offset)
	}
	d.said = true
	d.pos.Valid = len(valid) == 1 && (valid[0] == '1' || valid[0] == 'A')
	return before + 1
}

func isValidity(b []byte) bool {
	return len(b) == 1 && (b[0] == '0' || b[0] == '1' || b[0] == 'A' || b[0] == 'V')
}

// report reads a sentence with a time and a place. timed is the first field of those.
func (d *decoder) report(timed int) {
	d.locate()
	d.before()
	if s := d.at(d.imei + 1); len(s) == 2 && timed == d.imei+2 {
		d.status(s)
	} else if timed > d.imei+1 {
		d.text("vehicle", d.imei+1)
	}
	i := d.place + 4
	if string(d.word()) == "EPB" || d.isEmergency(i) {
		d.emergency(i)
		return
	}
	d.motion(i)
	d.rest(i + 3)
}

// locate sets the place; 0, 0 is none.
func (d *decoder) locate() {
	latitude, _ := float(d.at(d.place))
	longitude, _ := float(d.at(d.place + 2))
	if latitude < 0 || latitude > 90 || longitude < 0 || longitude > 180 || latitude == 0 && longitude == 0 {
		d.pos.Valid = false
		return
	}
	d.pos.Located = true
	d.pos.Latitude, d.pos.Longitude = latitude, longitude
	if d.at(d.place + 1)[0] == 'S' {
		d.pos.Latitude = -latitude
	}
	if d.at(d.place + 3)[0] == 'W' {
		d.pos.Longitude = -longitude
	}
}

// before reads what stands before the IMEI: maker, firmware, kind of packet, its number, and whether it is from memory.
func (d *decoder) before() {
	first := 1
	if len(d.at(0)) == 1 {
		first = 2
	}
	last := d.imei - 1
	if b := d.at(last); len(b) == 1 && (b[0] == 'L' || b[0] == 'H') {
		if b[0] == 'H' {
			d.add("archive", protocols.Bool(true))
		}
		last--
	}
	if v, ok := whole(d.at(last)); ok && last > first && len(d.at(last)) <= 3 {
		d.add("event", protocols.Int(v))
		last--
	}
	switch b := d.at(last); {
	case last >= first && len(b) == 2 && b[0] >= 'A' && b[0] <= 'Z':
		d.status(b)
		last--
	case string(b) == "EMR":
		d.pos.Alarms |= protocols.AlarmSOS
		last--
	case string(b) == "SEM":
		last--
	}
	if last > first {
		d.text("firmware", last)
		last--
	}
	if last >= first {
		d.text("maker", last)
	}
}

// statuses are the kinds of packets that warn.
var statuses = [...]struct {
	kind  [2]byte
	alarm protocols.Alarms
}{
	{[2]byte{'E', 'A'}, protocols.AlarmSOS}, {[2]byte{'W', 'D'}, protocols.AlarmSOS},
	{[2]byte{'B', 'L'}, protocols.AlarmLowBattery}, {[2]byte{'H', 'B'}, protocols.AlarmHardBraking},
	{[2]byte{'H', 'A'}, protocols.AlarmHardAcceleration}, {[2]byte{'R', 'T'}, protocols.AlarmHardCornering},
	{[2]byte{'O', 'S'}, protocols.AlarmOverspeed}, {[2]byte{'T', 'A'}, protocols.AlarmTampering},
	{[2]byte{'B', 'D'}, protocols.AlarmPowerCut}, {[2]byte{'B', 'R'}, protocols.AlarmPowerRestored},
	{[2]byte{'G', 'I'}, protocols.AlarmGeofenceEnter}, {[2]byte{'G', 'O'}, protocols.AlarmGeofenceExit},
	{[2]byte{'T', 'O'}, protocols.AlarmTow}, {[2]byte{'A', 'C'}, protocols.AlarmAccident},
}

// statusText is a kind of packet as text; those that warn cost no allocation.
func statusText(b []byte) string {
	const kinds = "EAWDBLHBHARTOSTABDBRGIGOTOACINIF"
	for i := 0; i < len(kinds); i += 2 {
		if kinds[i:i+2] == string(b) {
			return kinds[i : i+2]
		}
	}
	return string(b)
}

// status takes the kind of a packet. NR is an everyday one, IN and IF tell of the ignition.
func (d *decoder) status(b []byte) {
	switch string(b) {
	case "IN", "IF":
		d.pos.Ignition = protocols.Some(b[1] == 'N')
	case "NR", "NM":
		return
	}
	d.add("status", protocols.Text(statusText(b)))
	for i := range statuses {
		if statuses[i].kind == [2]byte(b) {
			d.pos.Alarms |= statuses[i].alarm
		}
	}
}

// motion reads speed, course and satellites.
func (d *decoder) motion(i int) {
	if v, ok := float(d.at(i)); ok && v >= 0 && v <= 2000 {
		d.pos.Speed = protocols.Some(v)
	}
	d.course(i + 1)
	if v, ok := whole(d.at(i + 2)); ok && v >= 0 && v < 256 {
		d.pos.Satellites = protocols.Some(int(v))
	}
}

func (d *decoder) course(i int) {
	if v, ok := float(d.at(i)); ok && v >= 0 && v <= 360 {
		if v == 360 {
			v = 0
		}
		d.pos.Course = protocols.Some(v)
	}
}

func (d *decoder) altitude(i int) {
	if v, ok := float(d.at(i)); ok && v >= -1000 && v <= 100000 {
		d.pos.Altitude = protocols.Some(v)
	}
}

// isEmergency is whether altitude, speed and distance follow: where others have satellites there is a distance with a
// point, or behind it a letter that says where the place is from.
func (d *decoder) isEmergency(i int) bool {
	b := d.at(i + 3)
	return len(b) == 1 && (b[0] == 'G' || b[0] == 'N') || d.hasPoint(i+2)
}

// emergency reads the end of a packet of the emergency button.
func (d *decoder) emergency(i int) {
	d.altitude(i)
	if v, ok := float(d.at(i + 1)); ok && v >= 0 && v <= 2000 {
		d.pos.Speed = protocols.Some(v)
	}
	if v, scale, ok := decimal(d.at(i + 2)); ok && v != 0 {
		d.add("distance", protocols.Decimal(v, scale))
	}
	if b := d.at(i + 3); len(b) == 1 && b[0] == 'N' { // from the network, not from a receiver
		d.pos.Valid = false
	}
	d.text("vehicle", i+4)
	d.text("reply_number", i+5)
}
