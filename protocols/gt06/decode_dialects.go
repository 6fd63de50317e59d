package gt06

import (
	"encoding/hex"
	"strconv"

	"drover/protocols"
)

// tailBenway reads two bytes: ignition, input 2, and either a temperature or an analogue input.
func (d *decoder) tailBenway() {
	mask := d.U16("extended status")
	value := int64(mask & 0x3FF)
	d.pos.Ignition = protocols.Some(mask&0x8000 != 0)
	d.add("input_2", protocols.Bool(mask&0x4000 != 0))
	switch {
	case mask&0x1000 != 0:
		value = int64(mask & 0x1FF)
		if mask&0x0200 != 0 {
			value = -value
		}
		d.add("temperature_1_c", protocols.Int(value))
	case mask&0x2000 != 0:
		d.add("adc_1", protocols.Int(value))
	default:
		d.add("adc_1_v", protocols.Decimal(value, 1))
	}
}

// tailVXT01 reads the VXT01's status, which has no language but the vehicle's voltage.
func (d *decoder) tailVXT01() {
	bits := d.terminal()
	d.pos.Alarms |= bitAlarms[bits>>3&7]
	d.pos.ExternalVolts = protocols.Some(float64(d.U16("voltage")) / 100)
	d.signal(d.U8("GSM signal"))
	d.alarmCode(d.U8("alarm"))
}

// tailS5 reads the S5's status: voltage, signal, alarm, oil, temperature with a sign bit, mileage in tens of metres.
func (d *decoder) tailS5() {
	d.tailVXT01()
	d.add("oil", protocols.Int(int64(d.U16("oil"))))
	degrees := d.U8("temperature")
	value := int64(degrees & 0x7F)
	if degrees&0x80 != 0 {
		value = -value
	}
	d.add("temperature_1_c", protocols.Int(value))
	d.pos.Odometer = protocols.Some(float64(d.U32("mileage")) * 10)
}

// tailCard reads the mileage and the driver's card of the GT06E and WETRUST dialects. The latter adds the driving time.
func (d *decoder) tailCard() {
	d.odometer()
	n := int(d.U8("card length"))
	if n > d.Len() {
		d.extra()
		return
	}
	if card := printable(d.Bytes("card", n)); card != "" {
		d.add("driver_license", protocols.Text(card))
	}
	if d.Len() >= 2 {
		if d.U8("alarm") > 0 {
			d.pos.Alarms |= protocols.AlarmGeneral
		}
		d.add("card_status", protocols.Int(int64(d.U8("card status"))))
	}
	if d.Len() == 2 {
		d.add("driving_time", protocols.Int(int64(d.U16("driving time"))))
	}
	d.extra()
}

// tailSeeworld reads mileage, travel time, temperature with a sign bit and humidity in hundredths.
func (d *decoder) tailSeeworld() {
	d.odometer()
	d.add("travel_time_s", protocols.Int(int64(d.U32("travel time"))))
	word := d.U16("temperature")
	value := int64(word & 0x7FFF)
	if word&0x8000 != 0 {
		value = -value
	}
	d.add("temperature_1_c", protocols.Decimal(value, 2))
	d.add("humidity_percent", protocols.Decimal(int64(d.U16("humidity")), 2))
}

// locationSR411 reads the SR411 mini's type 24: fix, cell, ignition, both voltages and the IMEI.
func (d *decoder) locationSR411() {
	d.gps()
	d.cell(0, 2, 3)
	d.pos.Ignition = protocols.Some(d.U8("ACC") != 0)
	d.pos.ExternalVolts = protocols.Some(float64(d.U16("external voltage")) / 100)
	d.pos.BatteryVolts = protocols.Some(float64(d.U16("battery voltage")) / 100)
	d.Skip("reserved", 2)
	d.imei()
}

// locationLW4G reads the LW4G's type A2: fix, 4G cell, status with the vehicle's voltage, mileage, hours, IMEI, inputs.
func (d *decoder) locationLW4G() {
	d.gps()
	d.cell(0, 4, 8)
	d.Skip("length", 1)
	bits := d.terminal()
	d.pos.Alarms |= bitAlarms[bits>>3&7]
	d.pos.ExternalVolts = protocols.Some(float64(d.U16("voltage")) / 100)
	d.level(d.U8("voltage level"))
	d.signal(d.U8("GSM signal"))
	d.alarmCode(d.U8("alarm"))
	d.Skip("language", 1)
	d.odometer()
	d.add("engine_time", protocols.Int(int64(d.U32("working hours"))))
	d.imei()
	d.Skip("reserved", 1)
	d.add("inputs", protocols.Int(int64(d.U8("inputs"))))
	d.extra()
}

// location36 reads the 4G type 36: fix, cell, ignition, mileage, voltages, engine time and the driver's card.
func (d *decoder) location36() {
	d.gps()
	d.cell(0, 2, 4)
	d.pos.Ignition = protocols.Some(d.U8("ACC") != 0)
	d.add("report_mode", protocols.Int(int64(d.U8("data upload mode"))))
	d.add("archive", protocols.Bool(d.U8("real-time re-upload") != 0))
	d.odometer()
	d.pos.ExternalVolts = protocols.Some(float64(d.U16("external voltage")) / 100)
	d.pos.BatteryVolts = protocols.Some(float64(d.U8("battery voltage")) / 10)
	d.add("engine_time_min", protocols.Int(int64(d.U24("working time"))))
	if d.Len() >= 8 {
		d.card()
	}
	d.extra()
}

// driver reads type 61: the IMEI before the fix and the number of the driver's card after it.
func (d *decoder) driver() {
	d.imei()
	d.gps()
	d.cell(0, 2, 4)
	if id := d.UintN("driver id", min(d.Len(), 6)); id > 0 {
		d.add("driver_id", protocols.Text(strconv.FormatUint(id, 10)))
	}
	d.extra()
}

// report17 reads what type 17 may be: Wi-Fi, a fix with a card (the RFID dialect), or a cell with a phone number.
func (d *decoder) report17() {
	switch {
	case d.bare:
		d.wifi()
	case d.Len() == 35 && d.dated(18):
		d.gps()
		d.cell(0, 2, 3)
		d.card()
		d.extra()
	case d.Len() == 31:
		d.cell(0, 2, 3)
		d.phone()
	default:
		d.unknown()
	}
}

// card reads the 8 bytes of a driver's card; all zeros is none.
func (d *decoder) card() {
	b := d.Bytes("card", 8)
	for _, c := range b {
		if c != 0 {
			d.add("driver_id", protocols.Text(hex.EncodeToString(b)))
			return
		}
	}
}

// x1 reads the X1's type 34: fix, mileage, cell, driver, voltages, inputs, outputs, analogue inputs.
func (d *decoder) x1() {
	if d.Len() < 51 {
		d.unknown()
		return
	}
	if flags := d.U32("data and alarm"); flags != 0 {
		d.add("alarm_flags", protocols.Int(int64(flags)))
	}
	d.gps()
	d.add("terminal_information", protocols.Int(int64(d.U16("terminal information"))))
	d.odometer()
	d.cell(0, 2, 4)
	if id := d.U32("driver id"); id > 0 {
		d.add("driver_id", protocols.Text(strconv.FormatUint(uint64(id), 10)))
	}
	d.pos.ExternalVolts = protocols.Some(float64(d.U16("external voltage")) / 100)
	d.pos.BatteryVolts = protocols.Some(float64(d.U16("battery voltage")) / 100)
	ports := d.U32("port information")
	d.add("inputs", protocols.Int(int64(d.U8("inputs"))))
	d.add("outputs", protocols.Int(int64(d.U8("outputs"))))
	for i := range min(int(ports>>20&15), len(adcNames), d.Len()/2) {
		d.add(adcNames[i], protocols.Decimal(int64(d.U16("analogue input")), 2))
	}
	d.extra()
}

var adcNames = [...]string{"adc_1_v", "adc_2_v", "adc_3_v", "adc_4_v"}
