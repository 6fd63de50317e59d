package totem

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// The fields of a report between bars.
const (
	barTime = iota // behind the alarm code
	barValid
	barLatitude
	barNS
	barLongitude
	barEW
	barSpeed
	barCourse
	barHDOP
	barPorts
	barPower
	barAnalog
	barCell
	barTemperature
	barOdometer
	barNumber
	barFields
)

// readBars reads a report of fields between bars.
func (d *decoder) readBars() error {
	var w [barFields + 1]wire.Field
	if n := len(wire.CutFields(w[:], d.body, '|')); n <= barHDOP || len(w[barTime]) != 14 {
		return d.fail("time", 0, wire.ErrShort)
	}
	p := d.position
	d.alarm(w[barTime][:2], &oldAlarms)
	p.Time = w[barTime][2:].DMYHMS()
	d.place(w[barLatitude], w[barNS], w[barLongitude], w[barEW], string(w[barValid]) == "A")
	knots, ok := w[barSpeed].Float()
	d.speed(wire.KnotsToKMH(knots), ok)
	d.course(w[barCourse].Float())
	d.hdop(w[barHDOP])
	d.barPorts(w[barPorts])
	if power := w[barPower]; len(power) == 5 && wire.Digits(power) {
		d.flag("charging", power[0] == '1')
		d.battery(power[1:3], 10)
		d.supply(power[3:], 1)
	}
	noteNumber(p, "adc_1", w[barAnalog])
	if cell := w[barCell]; len(cell) == 8 {
		d.cell(cell[:4], cell[4:], nil, nil)
	}
	noteNumber(p, "temperature_1", w[barTemperature])
	d.kilometres(w[barOdometer])
	if v, ok := w[barNumber].Int64(); ok {
		p.Note("serial", protocols.Int(v))
	}
	return nil
}

// barPorts reads a binary digit for each, the first last: antenna, charging, six inputs, four outputs.
func (d *decoder) barPorts(w wire.Field) {
	for i, name := range [...]string{
		"gnss_antenna", "external_power", "input_1", "input_2", "input_3", "input_4", "input_5", "input_6",
		"output_1", "output_2", "output_3", "output_4",
	} {
		if at := len(w) - 1 - i; at >= 0 && (w[at] == '0' || w[at] == '1') {
			d.flag(name, w[at] == '1')
		}
	}
}

// columns cuts fields of fixed widths off a report.
type columns struct {
	wire.Reader
}

func (c *columns) take(field string, n int) wire.Field { return c.Bytes(field, n) }

// readOldPlaces reads a report of fields of fixed widths, with a hexadecimal length.
func (d *decoder) readOldPlaces() error {
	c := columns{wire.NewReader(d.body)}
	p := d.position
	d.alarm(c.take("alarm", 2), &oldAlarms)
	p.Time = c.take("time", 12).DMYHMS()
	noteText(p, "ports", c.take("ports", 4))
	d.flag("charging", string(c.take("charging", 1)) == "1")
	d.battery(c.take("battery", 2), 10)
	d.supply(c.take("supply", 2), 1)
	noteNumber(p, "adc_1", c.take("analog 1", 4))
	noteNumber(p, "adc_2", c.take("analog 2", 4))
	noteNumber(p, "temperature_1", c.take("temperature 1", 3))
	noteNumber(p, "temperature_2", c.take("temperature 2", 3))
	d.cell(c.take("area", 4), c.take("cell", 4), nil, nil)
	valid := string(c.take("valid", 1)) == "A"
	if v, ok := c.take("satellites", 2).Int64(); ok && v >= 0 {
		p.Satellites = protocols.Some(int(v))
	}
	d.course(c.take("course", 3).Float())
	knots, ok := c.take("speed", 3).Float()
	d.speed(wire.KnotsToKMH(knots), ok)
	dilution(p, "pdop", c.take("PDOP", 4))
	d.kilometres(c.take("odometer", 7))
	latitude, ns := c.take("latitude", 9), c.take("north or south", 1)
	longitude, ew := c.take("longitude", 10), c.take("east or west", 1)
	d.place(latitude, ns, longitude, ew, valid)
	if c.Err() != nil || p.Time.IsZero() {
		return d.fail("report", min(c.Offset(), len(d.body)), wire.ErrValue)
	}
	if v, ok := c.take("number", 4).Int64(); ok {
		p.Note("serial", protocols.Int(v))
	}
	return nil
}
