package jt600

import (
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// The places of a sensor's fields, behind the place of the lock that heard it.
const (
	offHeard       = offRest
	offSensor      = offHeard + 6
	offNumber      = offSensor + 5
	offVolts       = offNumber + 1
	offPercent     = offVolts + 2
	offRSSI        = offPercent + 1
	offSensorKind  = offRSSI + 1
	offSensorData  = offSensorKind + 1
	sensorBytes    = offSensorData
	climateBytes   = offSensorData + 6 // temperature, humidity, stored records, state of the lock
	lockEventBytes = offSensorData + 7 // event, state, times opened, state of the lock
)

// The kinds of sensors.
const (
	sensorClimate = 1
	sensorLock    = 4
	sensorValve   = 5
	sensorValve2  = 6
)

// sensor reads what a wireless sensor told the lock, and answers it.
func sensor(b []byte, at int, r *record, m *protocols.Message) error {
	p := r.open(m)
	if len(b) < sensorBytes {
		p.Note("report", protocols.Bytes(b))
		return &wire.Error{Field: "sensor", Offset: at, Err: wire.ErrShort}
	}
	err := base(b, at, p)
	if id, ok := wire.BCD(b[offSensor:offNumber]); ok {
		p.Note("sensor_id", protocols.Text(id))
	}
	number := b[offNumber]
	p.Note("index", protocols.Int(int64(number)))
	p.Note("sensor_battery_v", protocols.Decimal(int64(binary.BigEndian.Uint16(b[offVolts:])), 2))
	p.Note("sensor_battery_percent", protocols.Int(int64(b[offPercent])))
	p.Note("sensor_rssi_dbm", protocols.Int(-int64(b[offRSSI])))
	kind := b[offSensorKind]
	p.Note("sensor_kind", protocols.Int(int64(kind)))
	b = sensorData(b, kind, p)
	if len(b) > 0 {
		p.Note("extra", protocols.Bytes(b))
	}
	m.Reply = confirm(r.reply[:0], numberedVersion, number)
	return err
}

// sensorData reads what the kinds of sensors say, and gives what is left.
func sensorData(b []byte, kind byte, p *protocols.Position) []byte {
	data := b[offSensorData:]
	switch {
	case kind == sensorClimate && len(b) >= climateBytes:
		if raw := binary.BigEndian.Uint16(data); raw != 0xFFFF {
			tenths := int64(raw & 0x0FFF)
			if raw>>12 != 0 {
				tenths = -tenths
			}
			p.Note("temperature_c", protocols.Decimal(tenths, 1))
		}
		p.Note("humidity_percent", protocols.Int(int64(data[2])))
		p.Note("stored_records", protocols.Int(int64(binary.BigEndian.Uint16(data[3:]))))
		p.Note("gateway_status", protocols.Int(int64(data[5])))
		return b[climateBytes:]
	case kind >= sensorLock && kind <= sensorValve2 && len(b) >= lockEventBytes:
		event := binary.BigEndian.Uint16(data)
		p.Alarms |= sensorAlarms(kind, event)
		p.Note("event", protocols.Int(int64(event)))
		p.Note("sensor_status", protocols.Int(int64(binary.BigEndian.Uint16(data[2:]))))
		p.Note("times_opened", protocols.Int(int64(binary.BigEndian.Uint16(data[4:]))))
		p.Note("gateway_status", protocols.Int(int64(data[6])))
		return b[lockEventBytes:]
	}
	return data
}

// sensorAlarms are those among the events of a small lock or a valve.
func sensorAlarms(kind byte, event uint16) (a protocols.Alarms) {
	tampering, low := uint16(1<<2|1<<4), uint16(0) // back cover opened, string cut
	if kind != sensorLock {
		tampering, low = 1<<4|1<<5, 1<<2 // taken off, back cover opened
	}
	if event&tampering != 0 {
		a |= protocols.AlarmTampering
	}
	if event&low != 0 {
		a |= protocols.AlarmLowBattery
	}
	return a
}
