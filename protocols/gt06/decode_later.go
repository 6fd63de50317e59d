package gt06

import (
	"encoding/hex"
	"strconv"

	"drover/protocols"
)

// location38 reads type 38: fix, why and how late it is sent, a cell of 2G or 4G, tagged values.
func (d *decoder) location38() {
	d.gps()
	if d.Len() < 12 {
		d.extra()
		return
	}
	d.add("report_mode", protocols.Int(int64(d.U8("data upload mode"))))
	d.add("archive", protocols.Bool(d.U8("real-time re-upload") != 0))
	d.cellByType()
	d.modules(1)
}

// alarm39 reads type 39: fix, a cell of 2G or 4G, status and tagged values.
func (d *decoder) alarm39() {
	d.gps()
	if d.Len() < 10 {
		d.extra()
		return
	}
	d.cellByType()
	d.status()
	d.modules(1)
}

// cellByType reads a cell behind its generation, from 3 on with wide numbers, and its signal.
func (d *decoder) cellByType() {
	lac, cid, signal := 2, 3, 1
	if d.U8("kind of cell") >= 3 {
		lac, cid, signal = 4, 8, 2
	}
	d.cell(0, lac, cid)
	d.Skip("cell's signal", min(signal, d.Len()))
}

// foreword is whether a location of the NT dialect comes: its source, the IMEI and a time stand before the fix.
func (d *decoder) foreword() bool {
	if d.kind != kindLocation22 && d.kind != kindDriver25 || !d.datedAt(9, 6) || !d.datedAt(15, 18) {
		return false
	}
	return d.data[d.Offset()+1]>>4 == 0
}

// locationNT reads the NT dialect: source, IMEI, time, fix, cell, status with both voltages, alarm, language, mileage
// and minutes of work; type 25 adds the driver's card.
func (d *decoder) locationNT() {
	d.add("location_source", protocols.Int(int64(d.U8("location source"))))
	d.imei()
	d.Skip("time of the report", 6)
	d.gps()
	if d.Len() == 0 {
		return
	}
	cid := 3
	if d.kind == kindDriver25 {
		cid = 4
	}
	if n := int(d.U8("LBS length")); n > 0 {
		d.cellWithin(n-1, 2, cid)
	}
	bits := d.terminal()
	d.pos.Alarms |= bitAlarms[bits>>3&7]
	d.pos.ExternalVolts = protocols.Some(float64(d.U16("voltage")) / 100)
	d.pos.BatteryVolts = protocols.Some(float64(d.U8("battery voltage")) / 10)
	d.signal(d.U8("GSM signal"))
	d.alarmCode(d.U8("alarm"))
	d.Skip("language", min(1, d.Len()))
	if d.Len() < 6 {
		d.extra()
		return
	}
	d.pos.Odometer = protocols.Some(float64(d.U24("mileage")))
	d.add("engine_time_min", protocols.Int(int64(d.U24("working time"))))
	d.cardNT()
	d.extra()
}

// cardNT reads a card behind its length, which counts the card's kind too.
func (d *decoder) cardNT() {
	if d.kind != kindDriver25 || d.Len() == 0 {
		return
	}
	if n := int(d.U8("card length")); n > 1 && n <= d.Len() {
		d.add("card_type", protocols.Int(int64(d.U8("kind of card"))))
		d.add("driver_id", protocols.Text(hex.EncodeToString(d.Bytes("card", n-1))))
	}
}

// state reads type F1: the time and what has changed, each behind its id and length.
func (d *decoder) state() {
	const epochSize = 4
	if d.Len() <= epochSize || !isTagged(d.data[d.Offset()+epochSize:d.end]) {
		d.unknown()
		return
	}
	d.pos.Time = d.epoch("time")
	d.said = true
	for d.Len() > 0 {
		id := d.U16("id")
		if v := d.Bytes("state", int(d.U8("length"))); len(v) > 0 {
			d.stateItem(id, v)
		}
	}
}

func (d *decoder) stateItem(id uint16, v []byte) {
	switch {
	case id == 0x01:
		d.add("motion", protocols.Bool(v[0] == 2 || v[0] == 4))
	case id == 0x02:
		d.add("armed", protocols.Bool(v[0] > 0))
	case id == 0x04:
		d.pos.Ignition = protocols.Some(v[0] > 0)
	case id == 0x05 && len(v) == 2:
		d.pos.ExternalVolts = protocols.Some(float64(be16(v)) / 100)
	case id == 0x07:
		d.add("charging", protocols.Bool(v[0] > 0))
	case id == 0x0B && len(v) == 2:
		d.add("battery_temperature_c", protocols.Decimal(int64(be16(v)), 1))
	default:
		d.add("state_"+strconv.FormatUint(uint64(id), 16), protocols.Bytes(v))
	}
}
