package queclink

import (
	"encoding/binary"

	"drover/protocols"
)

// hexEvent is a type of +EVT, and how many bytes of its own it has.
type hexEvent struct {
	event  string
	alarms protocols.Alarms
	own    int
	value  string // the name of its own number
}

// hexEvents are the types of +EVT and +BVT by their numbers; those that are not named here keep their number and bytes.
var hexEvents = [...]hexEvent{
	1:  {"power_on", protocols.AlarmGeneral, 0, ""},
	2:  {"power_off", protocols.AlarmGeneral, 0, ""},
	3:  {"power_connected", protocols.AlarmPowerRestored, 0, ""},
	4:  {"power_cut", protocols.AlarmPowerCut, 0, ""},
	6:  {"low_battery", protocols.AlarmLowBattery, 2, "battery"},
	7:  {"charging", 0, 0, ""},
	8:  {"charging_stopped", 0, 2, "battery"},
	9:  {"motion_changed", 0, 0, ""},
	10: {"gnss_antenna", 0, 1, "antenna_state"},
	12: {"network_connected", 0, 0, ""},
	13: {"ignition_on", 0, 4, "ignition_off_s"},
	14: {"ignition_off", 0, 4, "ignition_on_s"},
	17: {"idling_ended", 0, 4, "idle_s"},
	20: {"jamming", protocols.AlarmJamming, 0, ""},
	23: {"crash", protocols.AlarmAccident, 1, "crash_counter"},
	33: {"jamming_state", 0, 1, "jamming_state"},
	35: {"roaming", 0, 1, "roaming_state"},
	45: {"ignition_on", 0, 7, "ignition_off_s"},
	46: {"ignition_off", 0, 7, "ignition_on_s"},
}

// readHexEvent reads the type of a report and its own bytes.
func readHexEvent(p *protocols.Position, frame, own []byte) {
	kind := int(frame[4])
	p.Note("message_type", protocols.Int(int64(kind)))
	if frame[1] == 'B' {
		p.Note("buffered", protocols.Bool(true))
	}
	if frame[2] != 'V' || kind >= len(hexEvents) || hexEvents[kind].event == "" {
		if len(own) > 0 {
			p.Note("event_data", protocols.Bytes(own))
		}
		return
	}
	e := &hexEvents[kind]
	p.Note("event", protocols.Text(e.event))
	p.Alarms |= e.alarms
	switch e.event {
	case "ignition_on":
		p.Ignition = protocols.Some(true)
	case "ignition_off":
		p.Ignition = protocols.Some(false)
	}
	switch {
	case len(own) != e.own:
		if len(own) > 0 {
			p.Note("event_data", protocols.Bytes(own))
		}
	case e.value == "battery":
		p.BatteryVolts = protocols.Some(float64(binary.BigEndian.Uint16(own)) / 1000)
	case len(own) >= 4:
		p.Note(e.value, protocols.Int(int64(binary.BigEndian.Uint32(own[len(own)-4:]))))
	case len(own) == 1:
		p.Note(e.value, protocols.Int(int64(own[0])))
	}
}
