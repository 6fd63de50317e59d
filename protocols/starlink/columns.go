package starlink

import (
	"fmt"
	"strings"

	"drover/protocols"
)

// usualFields is the list of a tracker as it comes.
const usualFields = "#EDT#,#EID#,#PDT#,#LAT#,#LONG#,#SPD#,#HEAD#,#ODO#,#IN1#,#IN2#,#IN3#,#IN4#," +
	"#OUT1#,#OUT2#,#OUT3#,#OUT4#,#LAC#,#CID#,#VIN#,#VBAT#,#DEST#,#IGN#,#ENG#"

// usual is usualFields.
var usual = columns(usualFields)

// as says how a field is read.
type as uint8

const (
	asText as = iota // kept as it is
	asNumber
	asBool
	asEvent
	asEventTime
	asFixTime
	asLatitude
	asLongitude
	asKnots
	asKMH
	asCourse
	asAltitude
	asKilometres
	asExternal
	asBattery
	asPercent
	asIgnition
	asEngine // runs; where nothing else tells the ignition, that is on then
	asSatellites
	asSignal
)

// column is a field of an event report.
type column struct {
	tag  string // between the #
	name string // of the attribute, where it is one
	as   as
}

// known are the fields whose meaning is known.
var known = [...]column{
	{"EDT", "event_at", asEventTime}, {"PDT", "", asFixTime}, {"EID", "event", asEvent}, {"EDSC", "event_reason", asText},
	{"EDV1", "event_value_1", asText}, {"EDV2", "event_value_2", asText}, {"LAT", "", asLatitude},
	{"LONG", "", asLongitude}, {"SPD", "", asKnots}, {"SPDK", "", asKMH}, {"HEAD", "", asCourse},
	{"ALT", "", asAltitude}, {"ALTD", "", asAltitude}, {"ODO", "", asKilometres}, {"ODOD", "", asKilometres},
	{"SATU", "", asSatellites}, {"SAT", "satellites_in_view", asNumber}, {"SATN", "satellites_in_view", asNumber},
	{"PDOP", "pdop", asNumber}, {"IN1", "input_1", asBool}, {"IN2", "input_2", asBool}, {"IN3", "input_3", asBool},
	{"IN4", "input_4", asBool}, {"OUT1", "output_1", asBool}, {"OUT2", "output_2", asBool},
	{"OUT3", "output_3", asBool}, {"OUT4", "output_4", asBool}, {"OUTA", "output_1", asBool},
	{"OUTB", "output_2", asBool}, {"OUTC", "output_3", asBool}, {"OUTD", "output_4", asBool},
	{"LAC", "lac", asNumber}, {"CID", "cid", asNumber}, {"CSS", "", asSignal}, {"VIN", "", asExternal},
	{"V1", "", asExternal}, {"VBAT", "", asBattery}, {"V2", "", asBattery}, {"V3", "adc_1_v", asNumber},
	{"V4", "adc_2_v", asNumber}, {"BATC", "", asPercent}, {"BATH", "battery_health_percent", asNumber},
	{"TVI", "device_temperature_c", asNumber}, {"IGN", "", asIgnition}, {"IGNL", "", asIgnition},
	{"ENG", "engine", asEngine}, {"STRT", "starter_v", asNumber}, {"IARM", "armed", asBool},
	{"CFL", "fuel_level", asNumber}, {"CFL2", "fuel_level_2", asNumber}, {"DEST", "destination", asText},
	{"DAL", "driver_id", asText}, {"DID", "driver_id", asText}, {"DUR", "duration_s", asNumber},
	{"TDUR", "total_duration_s", asNumber}, {"TS1", "sensor_1_state", asNumber}, {"TS2", "sensor_2_state", asNumber},
	{"TD1", "sensor_1_data", asText}, {"TD2", "sensor_2_data", asText}, {"CV1", "can_1", asNumber},
	{"CV2", "can_2", asNumber}, {"CV3", "can_3", asNumber}, {"CV4", "can_4", asNumber}, {"IMEI", "imei", asText},
}

// columns reads a list of names. One that is not known becomes a text of its own name.
func columns(list string) []column {
	var all []column
	for tag := range strings.SplitSeq(list, ",") {
		tag = strings.Trim(strings.TrimSpace(tag), "#")
		found := column{tag, strings.ToLower(tag), asText}
		for _, k := range known {
			if strings.EqualFold(k.tag, tag) {
				found = k
			}
		}
		all = append(all, found)
	}
	return all
}

// maxColumns is the most fields of an event report.
const maxColumns = 64

// checkFields says why a list can not be one: its names are #LETTERS# with commas between them, and tell a place.
func checkFields(list string) error {
	tags := strings.Split(list, ",")
	if len(tags) > maxColumns {
		return fmt.Errorf("it has %d fields, more than %d", len(tags), maxColumns)
	}
	for _, tag := range tags {
		tag = strings.TrimSpace(tag)
		if len(tag) < 3 || tag[0] != '#' || tag[len(tag)-1] != '#' {
			return fmt.Errorf("field %q: it must be a name between two #", tag)
		}
		for _, r := range tag[1 : len(tag)-1] {
			if (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' {
				return fmt.Errorf("field %q: %q is neither letter nor digit", tag, r)
			}
		}
	}
	return nil
}

// alarms are the events that warn of something, by their codes.
var alarms = [...]protocols.Alarms{
	6: protocols.AlarmOverspeed, 7: protocols.AlarmGeofenceEnter, 8: protocols.AlarmGeofenceExit,
	9: protocols.AlarmPowerCut, 11: protocols.AlarmLowBattery, 26: protocols.AlarmTow, 36: protocols.AlarmSOS,
	41: protocols.AlarmAccident, 42: protocols.AlarmJamming,
}

// The events that tell the ignition where no field does, and the one that brings a driver's key.
const (
	eventKey         = 20
	eventIgnitionOn  = 24
	eventIgnitionOff = 25
)
