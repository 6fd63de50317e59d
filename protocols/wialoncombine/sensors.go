package wialoncombine

import "strconv"

// sensor is a run of numbers of Vega's list that have one name; where there are several, it has a number in it.
type sensor struct {
	first, last int
	name, unit  string
}

// sensorTable is Vega's list as far as its entries are understood, by number.
var sensorTable = [...]sensor{
	{2, 2, "firmware", ""}, {3, 3, "gsm_firmware", ""}, {4, 4, "gps_firmware", ""}, {5, 5, "imei", ""},
	{6, 6, "serial_number", ""}, {9, 9, "uptime_s", ""}, {10, 10, "device_time_s", ""}, {11, 11, "mode", ""},
	{13, 16, "stored_messages_", ""}, {17, 20, "connected_server_", ""}, {25, 25, "record_reason", ""},
	{101, 101, "sensor_latitude_deg", ""}, {102, 102, "sensor_longitude_deg", ""}, {103, 103, "sensor_speed_kmh", ""},
	{104, 104, "sensor_course_deg", ""}, {105, 105, "sensor_altitude_m", ""}, {106, 106, "sensor_hdop", ""},
	{107, 107, "pdop", ""}, {108, 108, "vdop", ""}, {109, 109, "gps_satellites", ""}, {110, 110, "glonass_satellites", ""},
	{113, 113, "gps_odometer", ""}, {114, 114, "moving", ""}, {115, 115, "trips", ""}, {116, 116, "gps_jamming", ""},
	{117, 217, "geofence_", ""},
	{1001, 1020, "adc_", ""}, {1041, 1060, "input_", ""}, {1061, 1080, "output_", ""}, {1081, 1100, "pulses_", ""},
	{1101, 1120, "frequency_", "_hz"}, {1121, 1140, "output_frequency_", "_hz"}, {1141, 1150, "fuel_level_", ""},
	{1151, 1154, "fuel_temperature_", "_c"}, {1181, 1200, "temperature_", "_c"}, {1201, 1220, "case_open_", ""},
	{1243, 1243, "acceleration_x", ""}, {1244, 1244, "acceleration_y", ""}, {1245, 1245, "acceleration_z", ""},
	{1249, 1249, "shaking", ""}, {1250, 1250, "device_temperature_c", ""}, {1251, 1251, "sos", ""},
	{1256, 1256, "authorised", ""}, {1257, 1257, "driver_id", ""}, {1258, 1258, "engine_hours", ""},
	{1261, 1275, "extension_adc_", ""}, {1281, 1295, "extension_frequency_", "_hz"}, {1301, 1315, "extension_pulses_", ""},
	{1321, 1335, "extension_input_", ""}, {1341, 1355, "extension_output_", ""}, {1529, 1529, "key", ""},
	{2005, 2005, "gsm_level", ""}, {2007, 2007, "gsm_jamming", ""}, {2008, 2011, "sent_kb_", ""},
	{2012, 2015, "received_kb_", ""}, {2101, 2101, "can_engine_min", ""}, {2102, 2102, "can_trip_engine_min", ""},
	{2103, 2103, "can_odometer_km", ""}, {2104, 2104, "can_trip_odometer_km", ""}, {2105, 2105, "can_fuel_used_l", ""},
	{2106, 2106, "can_trip_fuel_used_l", ""}, {2107, 2107, "can_fuel_percent", ""}, {2108, 2108, "can_fuel_l", ""},
	{2109, 2109, "rpm", ""}, {2110, 2110, "coolant_temperature_c", ""}, {2111, 2111, "can_speed_kmh", ""},
	{2112, 2116, "axle_weight_", "_kg"}, {2117, 2117, "can_fuel_rate_l_per_h", ""}, {2118, 2118, "adblue_percent", ""},
	{2119, 2119, "adblue_l", ""}, {2124, 2124, "grain_moisture_percent", ""}, {2125, 2125, "accelerator_percent", ""},
	{2126, 2126, "engine_load_percent", ""}, {2135, 2135, "vehicle_battery_percent", ""},
	{2136, 2136, "vehicle_battery_temperature_c", ""},
}

// maxSensor is the first number that has no place in the tables of names.
const maxSensor = 2200

// plainNames are the names of parameters without a list.
var plainNames = func() (names [maxSensor]string) {
	for n := range names {
		names[n] = "param_" + strconv.Itoa(n)
	}
	return names
}()

// vegaNames are the names of parameters of Vega's list.
var vegaNames = func() [maxSensor]string {
	names := plainNames
	for _, s := range sensorTable {
		for n := s.first; n <= s.last && n < maxSensor; n++ {
			names[n] = s.name + s.unit
			if s.first < s.last {
				names[n] = s.name + strconv.Itoa(n-s.first+1) + s.unit
			}
		}
	}
	return names
}()

// nameOf is the name of a custom parameter.
func nameOf(number int, vega bool) string {
	switch {
	case number >= maxSensor:
		return "param_" + strconv.Itoa(number)
	case vega:
		return vegaNames[number]
	}
	return plainNames[number]
}
