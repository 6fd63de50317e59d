package gosafe

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// gps reads validity, satellites, place, speed, course, altitude, HDOP and VDOP; the older form has its time first and
// its date last. Only A is a fix: V is none, L the last one.
func (d *decoder) gps(f *wire.Fields, at int) {
	first := f.Next()
	if len(first) == 6 && wire.Digits([]byte(first)) {
		d.oldGPS(f, first, at)
		return
	}
	if v, ok := f.Next().Int64(); ok && v >= 0 && v <= 255 {
		d.pos.Satellites = protocols.Some(int(v))
	}
	d.place(f, at)
	d.pos.Valid = d.pos.Located && string(first) == "A"
	d.motion(f)
	if v, ok := f.Next().Float(); ok && v >= -10000 && v < 100000 {
		d.pos.Altitude = protocols.Some(v)
	}
	d.hdop(f.Next())
	if v, scale, ok := f.Next().Decimal(); ok {
		d.pos.Note("vdop", protocols.Decimal(v, scale))
	}
}

// oldGPS reads what follows the time: the dimensions of the fix, a letter for validity or both, place, speed, course,
// HDOP on some, and the date.
func (d *decoder) oldGPS(f *wire.Fields, clock wire.Field, at int) {
	kind := f.Next()
	mark := *f
	if next := f.Next(); string(next) == "A" || string(next) == "V" {
		kind = next
	} else {
		*f = mark
	}
	d.place(f, at)
	dimensions, isNumber := kind.Int64()
	d.pos.Valid = d.pos.Located && (string(kind) == "A" || isNumber && dimensions >= 2)
	d.motion(f)
	date := f.Next()
	if f.More() {
		d.hdop(date)
		date = f.Next()
	}
	d.pos.Time = moment(date, clock)
}

func (d *decoder) hdop(f wire.Field) {
	if v, ok := f.Float(); ok && v >= 0 && v < 1e5 {
		d.pos.HDOP = protocols.Some(v)
	}
}

// motion reads speed and course.
func (d *decoder) motion(f *wire.Fields) {
	if v, ok := f.Next().Float(); ok && v >= 0 && v <= 2000 {
		d.pos.Speed = protocols.Some(v)
	}
	if v, ok := f.Next().Float(); ok && v >= 0 && v <= 360 {
		if v == 360 {
			v = 0
		}
		d.pos.Course = protocols.Some(v)
	}
}

// place reads latitude and longitude in degrees behind their letters; 0, 0 is none.
func (d *decoder) place(f *wire.Fields, at int) {
	at += f.Offset()
	latitude, longitude := f.Next(), f.Next()
	lat, ok1 := degrees(latitude, 'N', 'S')
	lon, ok2 := degrees(longitude, 'E', 'W')
	switch {
	case len(latitude) == 0 && len(longitude) == 0:
	case !ok1 || lat < -90 || lat > 90:
		d.fail("latitude", at, wire.ErrValue)
	case !ok2 || lon < -180 || lon > 180:
		d.fail("longitude", at+len(latitude)+1, wire.ErrValue)
	case lat != 0 || lon != 0:
		d.pos.Located, d.pos.Latitude, d.pos.Longitude = true, lat, lon
	}
}

func degrees(f wire.Field, plus, minus byte) (float64, bool) {
	if len(f) == 0 || f[0] != plus && f[0] != minus {
		return 0, false
	}
	v, ok := f[1:].Float()
	if f[0] == minus {
		v = -v
	}
	return v, ok
}

// gsm reads registration, signal in bars, country, network, area, cell and level; then the neighbours.
func (d *decoder) gsm(f *wire.Fields) {
	f.Next()
	if v, ok := f.Next().Int64(); ok && v >= 0 && v <= 5 {
		d.pos.SignalPercent = protocols.Some(int(v) * 20)
	}
	mcc, mnc, lac, cid, level := f.Next(), f.Next(), f.Next(), f.Next(), f.Next()
	a, ok1 := lac.Hex()
	c, ok2 := cid.Hex()
	if ok1 && ok2 {
		d.setCell(mcc, mnc, a, c)
	}
	if v, ok := level.Int64(); ok {
		d.pos.Note("cell_rssi_dbm", protocols.Int(v))
	}
	if rest := f.Rest(); len(rest) > 0 {
		d.pos.Note("cells", d.words(rest))
	}
}

// oldCell reads the time, country, network, area and cell, in decimal digits.
func (d *decoder) oldCell(f *wire.Fields) {
	if stamp := f.Next(); len(stamp) == timeDigits {
		d.pos.Time = moment(stamp[6:], stamp[:6])
	}
	mcc, mnc := f.Next(), f.Next()
	a, ok1 := f.Next().Int64()
	c, ok2 := f.Next().Int64()
	if ok1 && ok2 && a >= 0 && c >= 0 {
		d.setCell(mcc, mnc, uint64(a), uint64(c))
	}
}

func (d *decoder) setCell(mcc, mnc wire.Field, lac, cid uint64) {
	m, ok1 := mcc.Int64()
	n, ok2 := mnc.Int64()
	if ok1 && ok2 && m > 0 && m < 1000 && n >= 0 && n < 1000 && lac <= 0xFFFFFFFF {
		d.pos.Cell = protocols.Some(protocols.Cell{MCC: uint16(m), MNC: uint16(n), LAC: uint32(lac), CID: cid})
	}
}

func setOdometer(p *protocols.Position, f wire.Field) {
	if v, ok := f.Float(); ok && v >= 0 && v <= 1e13 {
		p.Odometer = protocols.Some(v)
	}
}

// counters reads the odometer in metres and the engine's hours as h-m-s.
func (d *decoder) counters(f *wire.Fields) {
	setOdometer(d.pos, f.Next())
	hours := f.Next()
	if len(hours) == 0 {
		return
	}
	parts := wire.NewFields(hours, '-')
	seconds := int64(0)
	for _, unit := range [...]int64{3600, 60, 1} {
		v, ok := parts.Next().Int64()
		if ok && v >= 0 && v < 1e9 {
			seconds += v * unit
		}
	}
	d.pos.Note("engine_hours_s", protocols.Int(seconds))
}

// adc reads the volts of supply, battery and two inputs; the older form has six values, each second one behind its
// number: supply, temperature, battery.
func (d *decoder) adc(f *wire.Fields, count int) {
	first := f.Next()
	if count == 6 && first.Is("0") {
		setVolts(&d.pos.ExternalVolts, f.Next())
		f.Next()
		if v, scale, ok := f.Next().Decimal(); ok {
			d.pos.Note("device_temperature_c", protocols.Decimal(v, scale))
		}
		f.Next()
		setVolts(&d.pos.BatteryVolts, f.Next())
		return
	}
	setVolts(&d.pos.ExternalVolts, first)
	setVolts(&d.pos.BatteryVolts, f.Next())
	for _, name := range [...]string{"adc_1_v", "adc_2_v", "adc_3_v"} {
		if v, scale, ok := f.Next().Decimal(); ok {
			d.pos.Note(name, protocols.Decimal(v, scale))
		}
	}
}

func setVolts(o *protocols.Opt[float64], f wire.Field) {
	if v, ok := f.Float(); ok && v > -1000 && v < 1e6 {
		*o = protocols.Some(v)
	}
}

// lines are the names of the bits of inputs and outputs behind the ignition.
var lines = [...]string{"", "input_1", "input_2", "input_3", "input_4", "output_1", "output_2", "output_3"}

// digital reads status, inputs and outputs, fences, events and the kind of packet.
func (d *decoder) digital(f *wire.Fields) {
	if v, ok := f.Next().Hex(); ok {
		d.pos.Note("status", protocols.Int(int64(v)))
	}
	if v, ok := f.Next().Hex(); ok {
		d.lines(uint8(v))
	}
	low, high, events, kind := f.Next(), f.Next(), f.Next(), f.Next()
	for i, fence := range [...]wire.Field{low, high} {
		if v, ok := fence.Hex(); !ok && len(fence) > 0 || v != 0 {
			d.pos.Note([...]string{"geofence_low", "geofence_high"}[i], d.words(fence))
		}
	}
	if v, ok := events.Hex(); ok && v <= 1<<62 {
		d.pos.Note("event_status", protocols.Int(int64(v)))
	}
	if v, ok := kind.Hex(); ok && v <= 1<<62 {
		d.pos.Note("packet_type", protocols.Int(int64(v)))
	}
}

func (d *decoder) lines(v uint8) {
	d.pos.Ignition = protocols.Some(v&1 != 0)
	for i := 1; i < len(lines); i++ {
		d.pos.Note(lines[i], protocols.Bool(v>>i&1 != 0))
	}
}
