package taip

import (
	"bytes"
	"time"

	"drover/protocols"
)

// eventReport reads EV: event, week, day, second, place, speed, course, source and age.
func (d *decoder) eventReport() {
	event := d.digits("event", 2)
	if d.whole() {
		d.alarm(event, usualAlarm(event))
	}
	d.pos.Time = d.week()
	d.place(d.pos)
	d.motion(d.pos, mile)
	d.source()
}

// position reads PV: the second of the day, place, speed, course, source and age.
func (d *decoder) position(at time.Time) {
	d.second(secondOfDay, 1, at)
	d.place(d.pos)
	d.motion(d.pos, mile)
	d.source()
}

// second reads the second of the day, in so many parts.
func (d *decoder) second(width int, parts float64, at time.Time) {
	if second := d.digits("second", width); d.whole() {
		d.pos.Time = ofDay(float64(second)/parts, at)
	}
}

// source reads where a position is from and how old it is: source 9 is unknown. They may be left out.
func (d *decoder) source() {
	if d.err != nil || d.left() < 2 {
		return
	}
	if d.left() >= inputsLength { // the columns of GP in their stead
		d.inputs(usualAlarm)
		return
	}
	source, age := d.digits("source", 1), d.digits("age", 1)
	if !d.whole() {
		return
	}
	if source == 9 {
		d.pos.Valid = false
	}
	d.add("fix_source", protocols.Int(int64(source)))
	d.add("fix_age", protocols.Int(int64(age)))
}

// foot is metres in a foot.
const foot = 0.3048

// longNavigation reads LN: the second of the day in thousandths, degrees with seven decimals, altitude in hundredths of
// a foot, speeds in tenths of a mile an hour, heading in tenths, the satellites with four characters each.
func (d *decoder) longNavigation(at time.Time) {
	d.second(8, 1000, at)
	lat, lon := float64(d.digits("latitude", 10))/1e7, float64(d.digits("longitude", 11))/1e7
	altitude := float64(d.digits("altitude", 9)) / 100
	speed := float64(d.digits("horizontal speed", 4)) / 10
	climb := d.digits("vertical speed", 5)
	heading := float64(d.digits("heading", 4)) / 10
	satellites := d.digits("satellites", 2)
	if !d.whole() {
		return
	}
	d.locate(d.pos, lat, lon)
	setAltitude(d.pos, altitude*foot)
	if speed >= 0 {
		d.pos.Speed = protocols.Some(speed * mile)
	}
	if heading >= 0 && heading < 360 {
		d.pos.Course = protocols.Some(heading)
	}
	if satellites >= 0 {
		d.pos.Satellites = protocols.Some(satellites)
	}
	if climb != 0 {
		d.add("vertical_speed_mph", protocols.Decimal(int64(climb), 1))
	}
	if d.left() >= 2 {
		d.at = len(d.data) - 2
		d.source()
	}
}

// setAltitude takes metres that can be.
func setAltitude(p *protocols.Position, metres float64) {
	if metres >= -32768 && metres <= 100000 {
		p.Altitude = protocols.Some(metres)
	}
}

// altitude reads AL: the second of the day, altitude in feet, vertical speed in miles an hour, source and age.
func (d *decoder) altitude(at time.Time) {
	d.second(secondOfDay, 1, at)
	altitude, climb := d.digits("altitude", 6), d.digits("vertical speed", 4)
	if !d.whole() {
		return
	}
	setAltitude(d.pos, float64(altitude)*foot)
	if climb != 0 {
		d.add("vertical_speed_mph", protocols.Int(int64(climb)))
	}
	d.source()
}

// stampLength is how many digits date and time have.
const stampLength = 12

// ahead reads what may stand before date and time: an event, and behind a comma the name of a protocol.
func (d *decoder) ahead(alarms func(int) protocols.Alarms) {
	if d.left() > 0 && d.data[d.at] == ',' {
		d.at++
	}
	end := bytes.IndexAny(d.data[d.at:], "+-") - stampLength
	if end <= 0 || end > maxAhead {
		return
	}
	event, _, _ := bytes.Cut(d.data[d.at:d.at+end], comma)
	if v, ok := number(event); ok && v >= 0 && v < 1e6 {
		d.alarm(int(v), alarms(int(v)))
	}
	d.at += end
}

// maxAhead is the most characters before date and time.
const maxAhead = 24

// dated reads the kinds that write date and time: perhaps an event, date, time, place, speed, course, and one of two
// layouts: that of CQ and CV may be told by inputs that begin with a letter where others have the fix.
func (d *decoder) dated(kind []byte) {
	alarms := usualAlarm
	if kind[0] == 'U' && d.left() > 0 && d.data[d.at] == ',' {
		alarms = userAlarm
	}
	d.ahead(alarms)
	d.pos.Time = d.stamp()
	d.place(d.pos)
	d.motion(d.pos, mile)
	if d.err != nil || d.left() == 0 {
		return
	}
	if d.left() >= consolidatedLength && (kind[0] == 'C' || d.data[d.at] > '9') {
		d.consolidated()
	} else {
		d.inputs(alarms)
	}
}

// userAlarm is the alarm of an event of US.
func userAlarm(event int) protocols.Alarms {
	switch event {
	case 22:
		return protocols.AlarmHardAcceleration
	case 23:
		return protocols.AlarmHardBraking
	case 24:
		return protocols.AlarmAccident
	case 26, 28:
		return protocols.AlarmHardCornering
	}
	return 0
}

// inputsLength is how many characters fix, age, inputs, event and HDOP have.
const inputsLength = 9

// inputs reads fix, age in seconds, inputs, and then event and HDOP or, after commas, the flow meter and what follows.
// Fix 0 is none; bit 7 of the inputs is the ignition.
func (d *decoder) inputs(alarms func(int) protocols.Alarms) {
	fix := d.digits("fix", 1)
	age := d.hex("age", 2)
	inputs := d.hex("inputs", 2)
	if !d.whole() {
		return
	}
	d.pos.Valid = d.pos.Located && fix > 0
	d.add("fix", protocols.Int(int64(fix)))
	if age != 0xFF {
		d.add("fix_age_s", protocols.Int(int64(age)))
	}
	d.pos.Ignition = protocols.Some(inputs&0x80 != 0)
	d.add("inputs", protocols.Int(int64(inputs)))
	if d.left() > 0 && d.data[d.at] == ',' {
		d.meters(alarms)
		return
	}
	if d.left() >= 2 {
		event := d.digits("event", 2)
		if d.whole() {
			d.alarm(event, alarms(event))
		}
	}
	if d.left() >= 2 && d.err == nil {
		if hdop, ok := number(d.data[d.at : d.at+2]); ok && hdop >= 0 {
			d.pos.HDOP = protocols.Some(float64(hdop))
			d.at += 2
		}
	}
	if d.left() > 0 && d.err == nil {
		d.add("more", protocols.Text(string(d.data[d.at:])))
	}
}
