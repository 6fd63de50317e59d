package totem

import (
	"bytes"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// The widths of a report of fixed places with a decimal length: status, time and battery; after that, each of which may
// be left out, analog values 2 to 4 and one or two temperatures; area and cell, and perhaps network and country; the
// fix, perhaps a temperature, and the number.
const (
	stampWidth  = 8 + 12
	powerWidth  = 2 + 2 // battery and supply, or
	levelWidth  = 3     // the battery alone
	valueWidth  = 4     // of an analog value, a temperature or the number
	analogWidth = 3 * valueWidth
	cellWidth   = 4 + 4
	homeWidth   = 2 + 3
	pointAt     = 2 + 2 + 3 + 3 + 2 // of the HDOP's point in the fix
	fixWidth    = pointAt + 2 + 7 + 10 + 11
)

// places are the parts that a report of fixed places has.
type places struct {
	power, analog, home, warm bool
	temperatures              int
}

// placesOf tells the parts by the widths before and after the HDOP's point, and by what is digits. Battery and supply
// are believed before the battery alone. What follows the fix may be cut in a spoilt frame.
func placesOf(body wire.Field, spoilt bool) (f places, ok bool) {
	fix := bytes.IndexByte(body, '.') - pointAt
	rest := len(body) - fix - fixWidth
	if fix < 0 || rest < 0 || !spoilt && rest != valueWidth && rest != 2*valueWidth {
		return f, false
	}
	for _, power := range [...]int{powerWidth, levelWidth} {
		f = places{power: power == powerWidth, warm: rest >= 2*valueWidth}
		values := fix - stampWidth - power - valueWidth - cellWidth
		if f.home = values%valueWidth == homeWidth%valueWidth; f.home {
			values -= homeWidth
		}
		cell := stampWidth + power + valueWidth + values
		if f.analog = values > analogWidth; f.analog {
			values -= analogWidth
		}
		f.temperatures = values / valueWidth
		if values >= 0 && values%valueWidth == 0 && f.temperatures <= 2 &&
			wire.Digits(body[stampWidth:cell]) && (!f.home || wire.Digits(body[cell+cellWidth:fix])) {
			return f, true
		}
	}
	return f, false
}

// readPlaces reads a report of fields of fixed widths, with a decimal length.
func (d *decoder) readPlaces() error {
	p := d.position
	d.alarm(d.kind, &newAlarms)
	f, known := placesOf(d.body, d.spoilt)
	if !known {
		return d.unknown()
	}
	c := columns{wire.NewReader(d.body)}
	status, ok := c.take("status", 8).Hex()
	p.Time = c.take("time", 12).YMDHMS()
	if !ok || p.Time.IsZero() {
		return d.unknown()
	}
	if f.power {
		d.battery(c.take("battery", 2), 10)
		d.supply(c.take("supply", 2), 1)
	} else {
		d.battery(c.take("battery", levelWidth), 100)
	}
	noteNumber(p, "adc_1", c.take("analog 1", valueWidth))
	if f.analog {
		for _, name := range [...]string{"adc_2", "adc_3", "adc_4"} {
			noteNumber(p, name, c.take(name, valueWidth))
		}
	}
	for i := range f.temperatures {
		noteNumber(p, [...]string{"temperature_1", "temperature_2"}[i], c.take("temperature", valueWidth))
	}
	area, id := c.take("area", 4), c.take("cell", 4)
	var network, country wire.Field
	if f.home {
		network, country = c.take("network", 2), c.take("country", 3)
	}
	d.cell(area, id, network, country)
	d.status(uint32(status))
	d.fix(&c, status>>validBit(f.temperatures)&1 != 0)
	if f.warm {
		noteNumber(p, "temperature", c.take("temperature", valueWidth))
	}
	if v, ok := c.take("number", valueWidth).Int64(); ok {
		p.Note("serial", protocols.Int(v))
	}
	return nil
}

// validBit is the bit of the status that is set while the place is valid; it depends on the number of temperatures.
func validBit(temperatures int) int {
	if temperatures == 2 {
		return 12
	}
	return 14
}

// fix reads the place and what belongs to it.
func (d *decoder) fix(c *columns, valid bool) {
	p := d.position
	if v, ok := c.take("satellites", 2).Int64(); ok && v >= 0 {
		p.Satellites = protocols.Some(int(v))
	}
	if v, ok := c.take("signal", 2).Int64(); ok && v >= 0 && v <= 31 {
		p.SignalPercent = protocols.Some(int(math.Round(float64(v) * 100 / 31)))
	}
	d.course(c.take("course", 3).Float())
	d.speed(c.take("speed", 3).Float())
	d.hdop(c.take("HDOP", 4))
	d.kilometres(c.take("odometer", 7))
	latitude, ns := c.take("latitude", 9), c.take("north or south", 1)
	longitude, ew := c.take("longitude", 10), c.take("east or west", 1)
	d.place(latitude, ns, longitude, ew, valid)
}

// status takes the bits of the status, of which the first is the highest.
func (d *decoder) status(v uint32) {
	p := d.position
	bit := func(n int) bool { return v>>(32-n)&1 != 0 }
	for n, alarm := range [...]protocols.Alarms{
		1: protocols.AlarmSOS, 3: protocols.AlarmOverspeed, 5: protocols.AlarmGeofenceExit,
		6: protocols.AlarmGeofenceEnter, 7: protocols.AlarmGPSAntennaCut,
	} {
		if alarm != 0 && bit(n) {
			p.Alarms |= alarm
		}
	}
	p.Ignition = protocols.Some(bit(2))
	d.flag("charging", bit(4))
	d.flag("output_1", bit(9))
	d.flag("output_2", bit(10))
	d.flag("output_3", bit(11))
	p.Note("status", protocols.Int(int64(v)))
}

// unknown keeps the body of a report whose layout is not known.
func (d *decoder) unknown() error {
	noteText(d.position, "message_type", d.kind)
	return d.fail("report", 0, wire.ErrUnknown)
}

// busValues are the values of the vehicle's bus, in their order; some have no name here.
var busValues = [...]struct {
	name     string
	decimals uint8
}{
	{"", 0}, {"fuel_used", 0}, {"fuel_consumption", 0}, {"", 3}, {"rpm", 0}, {"obd_speed_kmh", 0}, {"air_flow", 0},
	{"intake_pressure_kpa", 0}, {"coolant_temperature_c", 0}, {"intake_temperature_c", 0}, {"engine_load_percent", 0},
	{"throttle_percent", 0}, {"fuel_level", 0},
}

// The most that is believed of an odometer and a supply.
const (
	maxMetres     = 1e12
	maxMillivolts = 1e6
)

// busType is the type of a report of the vehicle's bus.
const busType = "E5"

// readCommas reads time, place, and a driver's card or the values of the vehicle's bus. The longitude comes first, but
// with the latter the latitude does, if it can be one.
func (d *decoder) readCommas() error {
	var w [20]wire.Field
	body := d.body
	if n := len(body); n > 0 && body[n-1] == '|' {
		body = body[:n-1]
	}
	wire.CutFields(w[:], body, ',')
	p := d.position
	p.Time = w[0].YMDHMS()
	longitude, ok1 := w[1].Float()
	latitude, ok2 := w[2].Float()
	bus := string(d.kind) == busType
	if bus && math.Abs(longitude) <= 90 {
		latitude, longitude = longitude, latitude
	}
	if ok1 && ok2 && math.Abs(latitude) <= 90 && math.Abs(longitude) <= 180 && (latitude != 0 || longitude != 0) {
		p.Located, p.Valid, p.Latitude, p.Longitude = true, true, latitude, longitude
	}
	if !bus {
		noteText(p, "driver_id", w[3])
		return nil
	}
	noteText(p, "obd_version", bytes.TrimPrefix(w[3], []byte{'$'}))
	for i, value := range busValues {
		v, ok := w[4+i].Int64()
		switch {
		case !ok || v < 0:
		case i == 0 && v < maxMetres:
			p.Odometer = protocols.Some(float64(v))
		case i == 3 && v < maxMillivolts:
			p.ExternalVolts = protocols.Some(float64(v) / 1000)
		case value.name == "":
		default:
			p.Note(value.name, protocols.Decimal(v, value.decimals))
		}
	}
	return nil
}
