package watch

import (
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// position reads date, time, validity, place, speed, course, altitude, satellites, signal, battery, steps, tumbles,
// state, and what is heard of cells and Wi-Fi networks.
func (w *words) position(p *protocols.Position, data []byte) error {
	f := wire.NewFields(data, ',')
	base := w.offset() + len(w.rest) - len(data)
	date := f.Next()
	p.Time = w.c.timeOf(date, f.Next())
	valid := f.Next()
	at := f.Offset()
	latitude, ns, longitude, ew := f.Next(), f.Next(), f.Next(), f.Next()
	if ew == nil {
		return &wire.Error{Field: "longitude", Offset: base + min(at, len(data)), Err: wire.ErrShort}
	}
	err := place(p, latitude, ns, longitude, ew, base+at)
	p.Valid = p.Located && len(valid) == 1 && valid[0] == 'A'
	if v, ok := f.Next().Float(); ok && v >= 0 && v <= 2000 {
		p.Speed = protocols.Some(v)
	}
	if v, ok := f.Next().Float(); ok && v >= 0 && v <= 360 {
		if v == 360 {
			v = 0
		}
		p.Course = protocols.Some(v)
	}
	if v, ok := f.Next().Float(); ok && v >= -1000 && v < 100000 {
		p.Altitude = protocols.Some(v)
	}
	if v, ok := f.Next().Int64(); ok && v >= 0 && v <= 255 {
		p.Satellites = protocols.Some(int(v))
	}
	if v, ok := f.Next().Int64(); ok && v >= 0 && v <= 100 {
		p.SignalPercent = protocols.Some(int(v))
	}
	setPercent(&p.BatteryPercent, f.Next())
	count(p, "steps", f.Next())
	count(p, "tumbles", f.Next())
	readState(p, f.Next())
	readRadio(p, f.Rest())
	return err
}

// timeOf joins ddmmyy and hhmmss; zero if there is no such moment.
func (c *codec) timeOf(date, clock wire.Field) time.Time {
	d, okD := date.Int64()
	s, okS := clock.Int64()
	day, month := int(d/10000), int(d/100%100)
	hour, minute, second := int(s/10000), int(s/100%100), int(s%100)
	if !okD || !okS || len(date) != 6 || len(clock) != 6 || day < 1 || day > 31 || month < 1 || month > 12 ||
		s < 0 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}
	}
	return time.Date(2000+int(d%100), time.Month(month), day, hour, minute, second, 0, time.UTC).Add(-c.offset)
}

// place reads degrees. A letter for south or west makes them negative, whatever their sign; some firmwares write the
// sign and N or E, others no letter at all. 0, 0 is no place.
func place(p *protocols.Position, latitude, ns, longitude, ew wire.Field, at int) error {
	lat, okLat := degrees(latitude, ns, 'S')
	lon, okLon := degrees(longitude, ew, 'W')
	switch {
	case len(latitude) == 0 && len(longitude) == 0:
		return nil
	case !okLat || lat < -90 || lat > 90:
		return &wire.Error{Field: "latitude", Offset: at, Err: wire.ErrValue}
	case !okLon || lon < -180 || lon > 180:
		return &wire.Error{Field: "longitude", Offset: at + len(latitude) + len(ns) + 2, Err: wire.ErrValue}
	case lat == 0 && lon == 0:
		return nil
	}
	p.Located, p.Latitude, p.Longitude = true, lat, lon
	return nil
}

func degrees(f, half wire.Field, negative byte) (float64, bool) {
	for len(f) > 0 && f[0] == ' ' {
		f = f[1:]
	}
	v, ok := f.Float()
	if len(half) == 1 && half[0] == negative && v > 0 {
		v = -v
	}
	return v, ok
}

// stateAlarms are the alarms of the state's bits.
var stateAlarms = [23]protocols.Alarms{
	0: protocols.AlarmLowBattery, 1: protocols.AlarmGeofenceExit, 2: protocols.AlarmGeofenceEnter,
	14: protocols.AlarmPowerCut,
	16: protocols.AlarmSOS, 17: protocols.AlarmLowBattery, 18: protocols.AlarmGeofenceExit,
	19: protocols.AlarmGeofenceEnter, 20: protocols.AlarmRemoving, 21: protocols.AlarmFall, 22: protocols.AlarmFall,
}

// The bits of the state that are no alarms.
const (
	stateWorn   = 3
	stateMoving = 4
)

// readState reads eight hexadecimal digits of state.
func readState(p *protocols.Position, f wire.Field) {
	state, ok := f.Hex()
	if !ok {
		return
	}
	for bit, alarm := range stateAlarms {
		if state>>bit&1 != 0 {
			p.Alarms |= alarm
		}
	}
	if state>>stateMoving&1 != 0 {
		p.Note("motion", protocols.Bool(true))
	}
	if state>>stateWorn&1 != 0 {
		p.Note("strap", protocols.Bool(true))
	}
	p.Note("status", protocols.Int(int64(state&0xFFFFFFFF)))
}

// The most cells and networks that are read of a report, and their names; the serving cell is the first.
const (
	maxCells = 16
	maxWiFi  = 16
)

var cellNames = [maxCells]string{
	"", "cell_2", "cell_3", "cell_4", "cell_5", "cell_6", "cell_7", "cell_8", "cell_9", "cell_10", "cell_11", "cell_12",
	"cell_13", "cell_14", "cell_15", "cell_16",
}

var wifiNames = [maxWiFi]string{
	"wifi_1", "wifi_2", "wifi_3", "wifi_4", "wifi_5", "wifi_6", "wifi_7", "wifi_8", "wifi_9", "wifi_10", "wifi_11",
	"wifi_12", "wifi_13", "wifi_14", "wifi_15", "wifi_16",
}

// readRadio reads the count of cells, the timing advance, country and network, area, cell and level of each; then the
// count of Wi-Fi networks, name, address and level of each; then the accuracy.
func readRadio(p *protocols.Position, data wire.Field) {
	f := wire.NewFields(data, ',')
	cells, ok := f.Next().Int64()
	if v, said := f.Next().Int64(); said && v != 255 {
		p.Note("timing_advance", protocols.Int(v))
	}
	text := "" // of data, made once
	spare := func(name string, from int) {
		if text == "" {
			text = string(data)
		}
		p.Note(name, protocols.Text(unescaped(text[from:min(f.Offset()-1, len(text))])))
	}
	if ok && cells > 0 {
		mcc, mnc := f.Next(), f.Next()
		for i := 0; i < int(min(cells, maxCells)) && f.More(); i++ {
			from := f.Offset()
			lac, cid, level := f.Next(), f.Next(), f.Next()
			switch {
			case level == nil:
				return
			case i == 0:
				setCell(p, mcc, mnc, lac, cid)
			default:
				spare(cellNames[i], from)
			}
		}
	}
	networks, _ := f.Next().Int64()
	for i := 0; i < int(min(networks, maxWiFi)) && f.More(); i++ {
		from := f.Offset()
		f.Next()
		f.Next()
		if f.Next() != nil {
			spare(wifiNames[i], from)
		}
	}
	if v, scale, ok := f.Next().Decimal(); ok && scale > 0 && v >= 0 {
		p.Note("accuracy_m", protocols.Decimal(v, scale))
	}
}

// unescaped gives s without escapes, and s itself if it has none.
func unescaped(s string) string {
	for i := range len(s) {
		if s[i] == escape {
			return string(plainBytes([]byte(s)))
		}
	}
	return s
}

// setCell reads a cell in decimal digits, or in hexadecimal ones where area or cell show that.
func setCell(p *protocols.Position, mcc, mnc, lac, cid wire.Field) {
	m, ok1 := mcc.Int64()
	n, ok2 := mnc.Int64()
	a, ok3 := lac.Int64()
	c, ok4 := cid.Int64()
	if !ok3 || !ok4 {
		area, okA := lac.Hex()
		cell, okC := cid.Hex()
		a, c, ok3, ok4 = int64(area), int64(cell), okA, okC
	}
	if ok1 && ok2 && ok3 && ok4 && m > 0 && m < 1000 && n >= 0 && n < 1000 && a >= 0 && a <= 0xFFFFFFFF && c > 0 {
		p.Cell = protocols.Some(protocols.Cell{MCC: uint16(m), MNC: uint16(n), LAC: uint32(a), CID: uint64(c)})
	}
}
