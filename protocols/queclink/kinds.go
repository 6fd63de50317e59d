package queclink

import (
	"sort"

	"drover/protocols"
)

// shape says what stands before the fix of a kind of report.
type shape uint8

const (
	shapeOther   shape = iota // nobody knows: the fields are kept as text
	shapeReport               // [external mV], report id and type, number of fixes
	shapeFields               // the kind's own fields, the last one next to the fix
	shapeTravel               // temperature and battery of the battery trackers' start and travel reports
	shapeCAN                  // report type, CAN state, mask and the items that it names
	shapeOBD                  // report type, mask and the OBD items
	shapeInfo                 // GTINF: no fix
	shapeVersion              // GTVER: no fix
	shapeCells                // GTGSM: cells and no fix
	shapeSerial               // GTDAT, GTDTT: what came over a serial port
	shapeBattery              // GTBAT
)

// as says how a field is read.
type as uint8

const (
	asSkip as = iota
	asNumber
	asText
	asBool
	asMotion
	asVolts
)

// field is one field of a kind of report.
type field struct {
	name string
	as   as
}

// kind is a type of report: what it tells of, and what its own fields are.
type kind struct {
	code   string
	event  string
	alarms protocols.Alarms
	shape  shape
	before []field // the last ones before the fix
}

// Fields that several kinds have.
var (
	offSeconds = field{"ignition_off_s", asNumber}
	onSeconds  = field{"ignition_on_s", asNumber}
	reason     = field{"report_type", asNumber}
	motion     = field{"motion_state", asMotion}
	skip       = field{"", asSkip}
)

// kinds are the types of reports in the order of their codes.
var kinds = [...]kind{
	{"AIS", "analog_input", 0, shapeReport, nil},
	{"ANT", "gnss_antenna", 0, shapeFields, []field{{"antenna_state", asNumber}}},
	{"ASC", "axes_calibrated", 0, shapeOther, nil},
	{"BAA", "accessory_alarm", 0, shapeOther, nil},
	{"BAT", "battery", 0, shapeBattery, nil},
	{"BID", "beacon", 0, shapeOther, nil},
	{"BPL", "low_battery", protocols.AlarmLowBattery, shapeFields, []field{{"", asVolts}}},
	{"BPN", "battery_connected", 0, shapeFields, nil},
	{"BTC", "charging", 0, shapeFields, []field{{"", asVolts}}},
	{"CAN", "can", 0, shapeCAN, nil},
	{"CID", "iccid", 0, shapeInfo, nil},
	{"CRA", "crash", protocols.AlarmAccident, shapeFields, []field{{"crash_counter", asText}}},
	{"CTN", "travel", 0, shapeTravel, nil},
	{"DAR", "driver_warning", 0, shapeOther, nil},
	{"DAT", "serial_data", 0, shapeSerial, nil},
	{"DIS", "digital_input", 0, shapeReport, nil},
	{"DOG", "watchdog", 0, shapeReport, nil},
	{"DOS", "digital_output", 0, shapeFields, []field{{"output", asNumber}, {"output_state", asNumber}}},
	{"DTT", "serial_data", 0, shapeSerial, nil},
	{"EPF", "power_cut", protocols.AlarmPowerCut, shapeFields, nil},
	{"EPN", "power_connected", protocols.AlarmPowerRestored, shapeFields, nil},
	{"EPS", "external_power", protocols.AlarmLowPower, shapeReport, nil},
	{"ERI", "fix", 0, shapeReport, nil},
	{"FLA", "fuel_loss", protocols.AlarmFuelLeak, shapeFields,
		[]field{{"fuel_before", asNumber}, {"fuel_after", asNumber}}},
	{"FRI", "fix", 0, shapeReport, nil},
	{"GEO", "geofence", 0, shapeReport, nil},
	{"GES", "parking_fence", protocols.AlarmGeofence, shapeFields, []field{{"report", asText},
		{"trigger_mode", asNumber}, {"radius_m", asNumber}, {"check_interval_s", asNumber}, skip}},
	{"GIN", "area_entered", protocols.AlarmGeofenceEnter, shapeReport, nil},
	{"GOT", "area_left", protocols.AlarmGeofenceExit, shapeReport, nil},
	{"GPJ", "gnss_jamming", 0, shapeFields, []field{{"jamming_window", asNumber}, {"jamming_state", asNumber}}},
	{"GSM", "cells", 0, shapeCells, nil},
	{"GSS", "gnss_signal", 0, shapeFields, []field{{"gnss_signal", asBool}, {"gnss_satellites", asNumber}, motion, skip}},
	{"HBM", "harsh_behaviour", 0, shapeReport, nil},
	{"IDA", "driver", 0, shapeFields, []field{{"driver_id", asText}, {"authorised", asBool}, skip}},
	{"IDF", "idling_ended", 0, shapeFields, []field{motion, {"idle_s", asNumber}}},
	{"IDL", "idling", protocols.AlarmIdle, shapeReport, nil},
	{"IDN", "idling", protocols.AlarmIdle, shapeFields, []field{motion}},
	{"IGF", "ignition_off", 0, shapeFields, []field{onSeconds}},
	{"IGL", "ignition", 0, shapeReport, nil},
	{"IGN", "ignition_on", 0, shapeFields, []field{offSeconds}},
	{"INF", "info", 0, shapeInfo, nil},
	{"IOB", "input_logic", 0, shapeReport, nil},
	{"JDR", "jamming", protocols.AlarmJamming, shapeFields, nil},
	{"JDS", "jamming_state", 0, shapeFields, []field{{"jamming_state", asNumber}}},
	{"LBC", "call", 0, shapeFields, []field{{"caller", asText}}},
	{"LBS", "cells", 0, shapeInfo, nil},
	{"LSA", "light", 0, shapeReport, nil},
	{"LSP", "long_stop", 0, shapeFields, nil},
	{"LSW", "switch", 0, shapeFields, []field{{"switch", asNumber}, {"input_1", asBool}}},
	{"MAI", "analog_input", 0, shapeReport, nil},
	{"MPF", "power_cut", protocols.AlarmPowerCut, shapeFields, nil},
	{"MPN", "power_connected", protocols.AlarmPowerRestored, shapeFields, nil},
	{"NMR", "movement", 0, shapeReport, nil},
	{"OBD", "obd", 0, shapeOBD, nil},
	{"OPF", "obd_disconnected", protocols.AlarmUnplugged, shapeOther, nil},
	{"OPN", "obd_connected", 0, shapeOther, nil},
	{"PDP", "network_connected", 0, shapeOther, nil},
	{"PFA", "power_off", protocols.AlarmGeneral, shapeOther, nil},
	{"PNA", "power_on", protocols.AlarmGeneral, shapeOther, nil},
	{"PNL", "first_fix", 0, shapeReport, nil},
	{"RMD", "roaming", 0, shapeFields, []field{{"roaming_state", asNumber}}},
	{"RTL", "fix", 0, shapeReport, nil},
	{"SOA", "shell_opened", protocols.AlarmTampering, shapeFields, nil},
	{"SOS", "sos", protocols.AlarmSOS, shapeReport, nil},
	{"SPD", "speed", protocols.AlarmOverspeed, shapeReport, nil},
	{"STC", "charging_stopped", 0, shapeFields, []field{{"", asVolts}}},
	{"STP", "stop", 0, shapeTravel, nil},
	{"STR", "start", 0, shapeTravel, nil},
	{"STT", "motion_changed", 0, shapeFields, []field{motion}},
	{"SWG", "geofence", protocols.AlarmGeofence, shapeFields, []field{reason}},
	{"TEM", "temperature", protocols.AlarmTemperature, shapeReport, nil},
	{"TMP", "temperature", protocols.AlarmTemperature, shapeOther, nil},
	{"TOW", "tow", protocols.AlarmTow, shapeReport, nil},
	{"TRI", "fix", 0, shapeTravel, nil},
	{"TSW", "switch", 0, shapeFields, []field{{"switch", asNumber}, {"input_1", asBool}}},
	{"VER", "version", 0, shapeVersion, nil},
	{"VGF", "ignition_off", 0, shapeFields, []field{reason, onSeconds}},
	{"VGL", "ignition", 0, shapeReport, nil},
	{"VGN", "ignition_on", 0, shapeFields, []field{reason, offSeconds}},
	{"WIF", "access_points", 0, shapeInfo, nil},
}

// kindOf is the kind of report with that code; nil if nobody named it.
func kindOf(code []byte) *kind {
	i := sort.Search(len(kinds), func(i int) bool { return kinds[i].code >= string(code) })
	if i < len(kinds) && kinds[i].code == string(code) {
		return &kinds[i]
	}
	return nil
}
