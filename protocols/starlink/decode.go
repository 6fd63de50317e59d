package starlink

import (
	"bytes"
	"math"
	"time"

	"drover/protocols"
)

// reading is what is known of a report while its fields are read.
type reading struct {
	event    int64     // its code; 0 if it has none
	at       time.Time // of the event
	lat, lon bool      // they were there
	bad      bool      // one of them was there and out of range
}

// readReport reads the fields of an event report. One that can not be read is kept as text.
func (c *codec) readReport(p *protocols.Position, data []byte) {
	var r reading
	if c.given || fitsUsual(data) {
		c.readColumns(p, &r, data)
	} else {
		c.readShapes(p, &r, data)
	}
	p.Located = r.lat && r.lon && !r.bad && (p.Latitude != 0 || p.Longitude != 0)
	p.Valid = p.Located
	if !p.Located {
		p.Latitude, p.Longitude = 0, 0
	}
	if p.Time.IsZero() {
		p.Time = r.at
	} else if !r.at.IsZero() && !r.at.Equal(p.Time) {
		p.Note("event_at", protocols.Int(stampNumber(r.at)))
	}
	if !p.Ignition.OK && (r.event == eventIgnitionOn || r.event == eventIgnitionOff) {
		p.Ignition = protocols.Some(r.event == eventIgnitionOn)
	}
	if r.event == eventKey {
		noteKey(p, data)
	}
}

// readColumns reads the fields of the list, and keeps what is behind them.
func (c *codec) readColumns(p *protocols.Position, r *reading, data []byte) {
	rest := data
	for n := 0; n < len(c.columns) && rest != nil; n++ {
		field, after, more := bytes.Cut(rest, []byte{','})
		if rest = after; !more {
			rest = nil
		}
		if len(field) == 0 {
			continue
		}
		if col := &c.columns[n]; !c.readField(p, r, col, field) {
			name := col.name
			if name == "" {
				name = "unread"
			}
			p.Note(name, protocols.Text(string(field)))
		}
	}
	if rest = bytes.Trim(rest, ","); len(rest) > 0 {
		p.Note("extra", protocols.Text(string(rest)))
	}
}

// stampNumber is a time as the number YYYYMMDDhhmmss.
func stampNumber(t time.Time) int64 {
	day := int64(t.Year())*10000 + int64(t.Month())*100 + int64(t.Day())
	return day*1e6 + int64(t.Hour())*10000 + int64(t.Minute())*100 + int64(t.Second())
}

// noteKey adds the driver's key: the last field of the report, or the one before it if that is nothing but zeros.
func noteKey(p *protocols.Position, data []byte) {
	for range 2 {
		i := bytes.LastIndexByte(data, ',')
		if key := data[i+1:]; len(bytes.Trim(key, "0")) > 0 {
			p.Note("driver_id", protocols.Text(string(key)))
			return
		}
		if i < 0 {
			return
		}
		data = data[:i]
	}
}

// readField reads one field; false if it is not what it should be.
func (c *codec) readField(p *protocols.Position, r *reading, col *column, b []byte) bool {
	switch col.as {
	case asText:
		p.Note(col.name, protocols.Text(string(b)))
		return true
	case asEventTime, asFixTime:
		t := c.moment(b)
		if t.IsZero() {
			return false
		}
		if col.as == asFixTime {
			p.Time = t
		} else {
			r.at = t
		}
		return true
	case asLatitude, asLongitude:
		return readDegrees(p, r, b, col.as == asLatitude)
	}
	m, scale, ok := decimal(b)
	if !ok {
		return false
	}
	return readNumber(p, r, col, m, scale)
}

// readDegrees reads [+-]dddmm.mmmm.
func readDegrees(p *protocols.Position, r *reading, b []byte, latitude bool) bool {
	v, ok := degrees(b)
	if latitude {
		r.lat = true
		p.Latitude = v
		ok = ok && math.Abs(v) <= 90
	} else {
		r.lon = true
		p.Longitude = v
		ok = ok && math.Abs(v) <= 180
	}
	r.bad = r.bad || !ok
	return ok
}

// readNumber reads a field that is a number.
func readNumber(p *protocols.Position, r *reading, col *column, m int64, scale uint8) bool {
	v := float64(m) / pow10[scale]
	switch col.as {
	case asNumber:
		p.Note(col.name, protocols.Decimal(m, scale))
	case asBool:
		p.Note(col.name, protocols.Bool(m > 0))
	case asEvent:
		r.event = m
		p.Note("event", protocols.Int(m))
		if m > 0 && m < int64(len(alarms)) {
			p.Alarms |= alarms[m]
		}
	case asIgnition:
		p.Ignition = protocols.Some(m > 0)
	case asEngine:
		p.Note(col.name, protocols.Bool(m > 0))
		if !p.Ignition.OK {
			p.Ignition = protocols.Some(m > 0)
		}
	case asKnots:
		return set(&p.Speed, v*1.852, 0, 2000)
	case asKMH:
		return set(&p.Speed, v, 0, 2000)
	case asCourse:
		return v <= 360 && set(&p.Course, math.Mod(v, 360), 0, 360)
	case asAltitude:
		return set(&p.Altitude, v, -32768, 100000)
	case asKilometres:
		return set(&p.Odometer, v*1000, 0, 1e13)
	case asExternal:
		return set(&p.ExternalVolts, v, 0, 1000)
	case asBattery:
		return set(&p.BatteryVolts, v, 0, 1000)
	case asPercent:
		return set(&p.BatteryPercent, v, 0, 100)
	case asSatellites:
		if v < 0 || v > 255 {
			return false
		}
		p.Satellites = protocols.Some(int(v))
	case asSignal:
		if v < 0 || v > 31 {
			return v == 99
		}
		p.SignalPercent = protocols.Some(int(math.Round(v * 100 / 31)))
	}
	return true
}

// set gives a field its value if that is in its range.
func set(o *protocols.Opt[float64], v, least, most float64) bool {
	if v < least || v > most {
		return false
	}
	*o = protocols.Some(v)
	return true
}

// moment reads yymmddhhmmss, or ddmmyyhhmmss where the profile says so; zero for what is no date.
func (c *codec) moment(b []byte) time.Time {
	if len(b) != 12 {
		return time.Time{}
	}
	var v [6]int
	for i := range v {
		high, low := b[2*i]-'0', b[2*i+1]-'0'
		if high > 9 || low > 9 {
			return time.Time{}
		}
		v[i] = int(high)*10 + int(low)
	}
	if c.dayFirst {
		v[0], v[2] = v[2], v[0]
	}
	if v[1] < 1 || v[1] > 12 || v[2] < 1 || v[2] > 31 || v[3] > 23 || v[4] > 59 || v[5] > 60 {
		return time.Time{}
	}
	return time.Date(2000+v[0], time.Month(v[1]), v[2], v[3], v[4], v[5], 0, time.UTC).Add(-c.offset)
}
