package gt06

import "drover/protocols"

// location reads a position packet: fix, cell, and what its dialect appends.
func (d *decoder) location() {
	if d.kind == kindGPS11 && d.Len() < 18 {
		d.time()
		d.cell(0, 2, 3)
		return
	}
	if d.foreword() {
		d.locationNT()
		return
	}
	if d.kind == kindLocation && !d.dated(18) && d.datedAt(8, 18) {
		d.imei()
	}
	body := d.Len()
	d.gps()
	switch {
	case d.kind == kindGPS && !d.bare:
		d.tail()
		return
	case d.bare || d.Len() < 8:
		d.extra()
		return
	}
	switch {
	case d.kind == kindLocationA0:
		d.cell(0, 4, 8)
	case d.kind == kindLocation31 && body == 37, d.kind == kindGPS11 && d.Len() >= 10:
		d.cell(2, 2, 4)
	case d.kind == kindLocation22 && body == 42, d.kind == kindDriver25:
		d.cell(0, 2, 4)
	default:
		d.cell(0, 2, 3)
	}
	if d.kind == kindLocation {
		d.tail12(body)
		return
	}
	d.tail()
}

// tail12 reads what dialects append to type 12; they are told apart by the length of the body.
func (d *decoder) tail12(body int) {
	switch {
	case body == 28:
		d.tailBenway()
	case body == 31:
		d.tailVXT01()
	case body == 36 || body >= 108:
		d.tailCard()
	case body == 38:
		d.tailS5()
	default:
		d.tail()
	}
}

// tail reads ignition, reason of the report, stored or live, and then mileage and whatever follows. Four bytes alone
// are the mileage in metres.
func (d *decoder) tail() {
	if d.Len() == 4 {
		d.odometer()
	}
	if d.Len() < 3 {
		d.extra()
		return
	}
	d.pos.Ignition = protocols.Some(d.U8("ACC") != 0)
	d.add("report_mode", protocols.Int(int64(d.U8("data upload mode"))))
	d.add("archive", protocols.Bool(d.U8("real-time re-upload") != 0))
	switch n := d.Len(); {
	case n == 4:
		d.odometer()
	case n == 6 && d.kind == kindLocation31:
		d.odometer()
		d.altitude()
	case n == 12 && d.kind == kindLocation22:
		d.tailSeeworld()
	default:
		d.modules(1)
	}
}

func (d *decoder) odometer() {
	d.pos.Odometer = protocols.Some(float64(d.U32("mileage")))
}

// altitude reads metres above the sea, signed.
func (d *decoder) altitude() {
	d.pos.Altitude = protocols.Some(float64(int16(d.U16("altitude"))))
}
