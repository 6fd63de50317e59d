package its

import "drover/protocols"

// rest reads what follows the satellites: altitude, PDOP, HDOP, operator, ignition, mains, their voltages, emergency,
// tampering, cells, inputs, outputs, and what the maker put behind them.
func (d *decoder) rest(i int) {
	if i+8 >= d.n {
		return
	}
	d.altitude(i)
	d.number("pdop", i+1)
	if v, ok := float(d.at(i + 2)); ok && v >= 0 && v <= 1e5 {
		d.pos.HDOP = protocols.Some(v)
	}
	d.text("operator", i+3)
	if b := d.at(i + 4); isBinary(b, 1, '1') {
		d.pos.Ignition = protocols.Some(b[0] == '1')
	}
	if b := d.at(i + 5); isBinary(b, 1, '1') {
		d.add("mains", protocols.Bool(b[0] == '1'))
	}
	if v, ok := float(d.at(i + 6)); ok && v < 1000 {
		d.pos.ExternalVolts = protocols.Some(v)
	}
	if v, ok := float(d.at(i + 7)); ok && v < 1000 {
		d.pos.BatteryVolts = protocols.Some(v)
	}
	if b := d.at(i + 8); isBinary(b, 1, '1') {
		d.add("emergency", protocols.Bool(b[0] == '1'))
	}
	if b := d.at(i + 9); len(b) == 1 && b[0] == 'O' {
		d.add("cover_open", protocols.Bool(true))
	}
	d.cell(i + 10)
	outputs := d.outputs(i + 11)
	if outputs < 0 {
		return
	}
	d.share("inputs", outputs-1)
	d.share("outputs", outputs)
	d.tail(outputs + 1)
}

// cell reads signal, country, network, area and cell.
func (d *decoder) cell(i int) {
	if v, ok := whole(d.at(i)); ok && v >= 0 && v <= 31 {
		d.pos.SignalPercent = protocols.Some(int((100*v + 15) / 31))
	}
	mcc, ok := whole(d.at(i + 1))
	mnc, ok2 := whole(d.at(i + 2))
	lac, ok3 := hexNumber(d.at(i + 3))
	cid, ok4 := hexNumber(d.at(i + 4))
	if ok && ok2 && ok3 && ok4 && mcc > 0 && mcc < 1000 && mnc >= 0 && mnc < 1000 && cid != 0 {
		d.pos.Cell = protocols.Some(protocols.Cell{MCC: uint16(mcc), MNC: uint16(mnc), LAC: uint32(lac), CID: cid})
	}
}

// outputs finds the field of the two outputs behind that of the four inputs; the last such pair is it, -1 if none is.
func (d *decoder) outputs(from int) int {
	for i := d.n - 1; i > from; i-- {
		if isBinary(d.at(i), 2, '1') && isBinary(d.at(i-1), 4, '2') {
			return i
		}
	}
	return -1
}

// hasOutputs is whether inputs and outputs stand before field last.
func (d *decoder) hasOutputs(last int) bool {
	i := d.outputs(d.place + 18)
	return i >= 0 && i < last
}

// tail reads what stands behind the outputs, of which makers have five kinds:
//
//   - 0.1,0,000027,…: an analog input, mileage, number
//   - 0,0,003372,6897.214,…: two analog inputs, number, mileage
//   - 000014,0.0,0.1,12.5,…: number, two analog inputs, perhaps the distance since the last
//   - 31024,1.5,00.0,0.63,-0.28,0.76,15,38,…: number, mileage, an analog input, accelerations, tilts
//   - 8083,194.9,0B and 002080,C9FBBF99: number, mileage if there is one, checksum
func (d *decoder) tail(i int) {
	switch {
	case d.hasPoint(i):
		d.number("analog_1_v", i)
		d.mileage(i+1, 1)
		d.number("number", i+2)
	case len(d.at(i+2)) == 6 && d.isNumber(i+2) && d.hasPoint(i+3):
		d.number("analog_1_v", i)
		d.number("analog_2_v", i+1)
		d.number("number", i+2)
		d.mileage(i+3, 1000)
	case d.hasPoint(i+1) && d.hasPoint(i+2) && !d.isMotion(i+3):
		d.number("number", i)
		d.number("analog_1_v", i+1)
		d.number("analog_2_v", i+2)
		if d.hasPoint(i + 3) {
			d.number("distance", i+3)
		}
	case d.hasPoint(i+1) && d.hasPoint(i+2):
		d.number("number", i)
		d.mileage(i+1, 1000)
		d.number("analog_1_v", i+2)
		for n, name := range [...]string{"acceleration_x_g", "acceleration_y_g", "acceleration_z_g", "tilt_y_deg",
			"tilt_x_deg"} {
			d.number(name, i+3+n)
		}
	default:
		d.number("number", i)
		if d.isNumber(i+1) && i+1 < d.last() {
			d.mileage(i+1, 1000)
		}
	}
}

// isMotion is whether three accelerations and two tilts follow.
func (d *decoder) isMotion(i int) bool {
	_, one := whole(d.at(i + 3))
	_, other := whole(d.at(i + 4))
	return d.isNumber(i) && d.isNumber(i+1) && d.isNumber(i+2) && one && other
}

func (d *decoder) isNumber(i int) bool {
	_, _, ok := decimal(d.at(i))
	return ok
}

func (d *decoder) hasPoint(i int) bool {
	_, scale, ok := decimal(d.at(i))
	return ok && scale > 0
}

// mileage takes a total of so many metres a unit.
func (d *decoder) mileage(i int, unit float64) {
	if v, ok := float(d.at(i)); ok && v >= 0 && v < 1e9 {
		d.pos.Odometer = protocols.Some(v * unit)
	}
}
