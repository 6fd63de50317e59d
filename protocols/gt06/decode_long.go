package gt06

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"drover/protocols"
)

// longReport reads the types that only 7979 frames carry, and the others as 7878 frames have them.
func (d *decoder) longReport() {
	switch d.kind {
	case kindAlarm32, kindCellsWiFi33:
		d.az735()
	case kindModules:
		d.modules(2)
	case kindOBD:
		d.obd()
	case kindSerial:
		d.serialData()
	case 0x84:
		d.extra()
	default:
		d.report()
	}
}

// az735 reads the AZ735's location (32) and alarm (33): time, then fix, cell, more cells, Wi-Fi, status and extension,
// each behind its length.
func (d *decoder) az735() {
	d.time()
	if n := int(d.U8("GPS length")); n == 12 {
		d.fix()
	} else {
		d.Skip("GPS", n)
	}
	if n := int(d.U8("LBS length")); n > 1 {
		d.cellOf(n - 1)
		d.signal(d.U8("GSM signal"))
	}
	if b := d.Bytes("extended LBS", int(d.U8("extended LBS length"))); !allZero(b) {
		d.add("extended_lbs", protocols.Bytes(b))
	}
	d.accessPoints(int(d.U8("Wi-Fi length"))/7, true)
	status := d.U8("status")
	if d.Err() != nil {
		return
	}
	d.add("status", protocols.Int(int64(status)))
	if d.kind == kindCellsWiFi33 {
		d.az735Alarm(status)
	}
	d.Skip("extension", min(d.Len(), int(d.U8("extension length"))))
}

func (d *decoder) az735Alarm(status byte) {
	switch status {
	case 0xA0, 0xA1:
		d.add("armed", protocols.Bool(status == 0xA0))
	case 0xA2, 0xA3:
		d.pos.Alarms |= protocols.AlarmLowBattery
	case 0xA4:
		d.pos.Alarms |= protocols.AlarmGeneral
	case 0xA5:
		d.pos.Alarms |= protocols.AlarmDoor
	}
}

// serialData reads type 9B, what came over the serial port, behind the port's number. Readers of cards frame their
// number with STX and ETX.
func (d *decoder) serialData() {
	d.add("serial_port", protocols.Int(int64(d.U8("module"))))
	rest := d.Rest()
	if trimmed := bytes.Trim(rest, "\x02\x03\r\n\x00"); isText(trimmed) {
		d.add("serial_text", protocols.Text(string(trimmed)))
		return
	}
	d.add("serial_data", protocols.Bytes(rest))
}

// obdNames are the values of type 8C in hundredths, by their hexadecimal key.
var obdNames = [256]string{
	0x2B: "fuel_level_percent", 0x2D: "coolant_temperature_c", 0x35: "obd_speed_kmh", 0x36: "rpm", 0x47: "fuel_used_l",
	0x49: "engine_hours",
}

// obd reads type 8C: time, ignition, "key=value,…" in hexadecimal, and a fix of 12 bytes at the end,
// which is the last known one unless it is valid.
func (d *decoder) obd() {
	d.time()
	ignition := d.U8("ACC")
	if d.Err() != nil {
		return
	}
	d.pos.Ignition = protocols.Some(ignition != 0)
	if d.Len() < 12 {
		d.extra()
		return
	}
	pairs := string(d.Bytes("OBD data", d.Len()-12))
	for i, pair := range strings.SplitN(pairs, ",", 65) {
		if i < 64 {
			d.obdPair(pair)
		}
	}
	d.fix()
	if !d.pos.Valid {
		d.setAside("last_latitude_deg", "last_longitude_deg")
	}
}

// obdPair takes one value. The first two digits of its key say what it is.
func (d *decoder) obdPair(pair string) {
	key, value, ok := strings.Cut(pair, "=")
	if !ok || len(key) < 2 {
		return
	}
	id, err := strconv.ParseUint(key[:2], 16, 8)
	if err != nil {
		return
	}
	if id == 0x4A {
		d.add("vin", protocols.Text(printable([]byte(value))))
		return
	}
	n, err := strconv.ParseInt(value, 16, 64)
	switch {
	case err != nil:
		d.add("obd_"+strings.ToLower(key[:2]), protocols.Text(printable([]byte(value))))
	case id == 0x28 && n >= 0 && n <= math.MaxUint32:
		d.pos.Odometer = protocols.Some(float64(n) * 10)
	case obdNames[id] != "":
		d.add(obdNames[id], protocols.Decimal(n, 2))
	default:
		d.add("obd_"+strings.ToLower(key[:2]), protocols.Int(n))
	}
}
