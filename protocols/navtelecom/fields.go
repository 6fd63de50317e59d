package navtelecom

// kind is how a part of a FLEX record is read.
type kind uint8

const (
	special      kind = iota // decode_flex.go knows it by its field
	number                   // unsigned
	numberOrNone             // unsigned; all ones say that there is no value
	signed                   // two's complement
	signedOrNone             // the least number says that there is no value
	float                    // IEEE 754 of four bytes; less than zero says that there is no value
	tank                     // with bit 15 percent, else tenths of litres; 7FFF says that there is no value
)

// part is one value of a record: the number on the wire × mul × 10^-scale.
type part struct {
	field uint8 // its number in the paper, from 1
	size  uint8 // bytes
	kind  kind
	mul   int16 // -1: ten-millionths of minutes, which become degrees
	scale uint8
	name  string
}

// parts are the fields of FLEX 1.0 (1 to 69), 2.0 (to 122) and 3.0 (to 255) in their order, as annex A.1 of the
// paper has them. A field of several values has several parts.
var parts = [...]part{
	// FLEX 1.0
	{1, 4, number, 1, 0, "record"}, {2, 2, number, 1, 0, "event"}, {3, 4, special, 1, 0, ""},
	{4, 1, special, 1, 0, ""}, {5, 1, special, 1, 0, ""}, {6, 1, number, 1, 0, "modules_2"},
	{7, 1, special, 1, 0, ""}, {8, 1, special, 1, 0, ""}, {9, 4, special, 1, 0, ""}, {10, 4, special, 1, 0, ""},
	{11, 4, special, 1, 0, ""}, {12, 4, special, 1, 0, ""}, {13, 4, special, 1, 0, ""}, {14, 2, special, 1, 0, ""},
	{15, 4, special, 1, 0, ""}, {16, 4, float, 1000, 0, "segment_m"}, {17, 2, number, 1, 0, "segment_s"},
	{18, 2, number, 1, 0, "segment_valid_s"}, {19, 2, special, 1, 0, ""}, {20, 2, special, 1, 0, ""},
	{21, 2, number, 1, 3, "adc_1_v"}, {22, 2, number, 1, 3, "adc_2_v"}, {23, 2, number, 1, 3, "adc_3_v"},
	{24, 2, number, 1, 3, "adc_4_v"}, {25, 2, number, 1, 3, "adc_5_v"}, {26, 2, number, 1, 3, "adc_6_v"},
	{27, 2, number, 1, 3, "adc_7_v"}, {28, 2, number, 1, 3, "adc_8_v"}, {29, 1, special, 1, 0, ""},
	{30, 1, number, 1, 0, "inputs_9_16"}, {31, 1, special, 1, 0, ""}, {32, 1, number, 1, 0, "outputs_9_16"},
	{33, 4, number, 1, 0, "pulses_1"}, {34, 4, number, 1, 0, "pulses_2"}, {35, 2, number, 1, 0, "frequency_1_hz"},
	{36, 2, number, 1, 0, "frequency_2_hz"}, {37, 4, number, 1, 0, "engine_hours_s"},
	{38, 2, number, 1, 0, "fuel_sensor_1"}, {39, 2, number, 1, 0, "fuel_sensor_2"},
	{40, 2, number, 1, 0, "fuel_sensor_3"}, {41, 2, number, 1, 0, "fuel_sensor_4"},
	{42, 2, number, 1, 0, "fuel_sensor_5"}, {43, 2, number, 1, 0, "fuel_sensor_6"},
	{44, 2, number, 1, 0, "fuel_sensor_rs232"}, {45, 1, signedOrNone, 1, 0, "temperature_1_c"},
	{46, 1, signedOrNone, 1, 0, "temperature_2_c"}, {47, 1, signedOrNone, 1, 0, "temperature_3_c"},
	{48, 1, signedOrNone, 1, 0, "temperature_4_c"}, {49, 1, signedOrNone, 1, 0, "temperature_5_c"},
	{50, 1, signedOrNone, 1, 0, "temperature_6_c"}, {51, 1, signedOrNone, 1, 0, "temperature_7_c"},
	{52, 1, signedOrNone, 1, 0, "temperature_8_c"}, {53, 2, tank, 1, 0, "can_fuel"},
	{54, 4, float, 1, 3, "can_fuel_used_l"}, {55, 2, numberOrNone, 1, 0, "rpm"},
	{56, 1, signedOrNone, 1, 0, "coolant_c"}, {57, 4, float, 1000, 0, "can_odometer_m"},
	{58, 2, numberOrNone, 1, 0, "axle_1_kg"}, {59, 2, numberOrNone, 1, 0, "axle_2_kg"},
	{60, 2, numberOrNone, 1, 0, "axle_3_kg"}, {61, 2, numberOrNone, 1, 0, "axle_4_kg"},
	{62, 2, numberOrNone, 1, 0, "axle_5_kg"}, {63, 1, numberOrNone, 1, 0, "throttle_percent"},
	{64, 1, numberOrNone, 1, 0, "brake_percent"}, {65, 1, numberOrNone, 1, 0, "engine_load_percent"},
	{66, 2, tank, 1, 0, "can_urea"}, {67, 4, numberOrNone, 1, 0, "can_engine_hours_s"},
	{68, 2, numberOrNone, 5, 0, "service_distance_km"}, {69, 1, numberOrNone, 1, 0, "can_speed_kmh"},

	// FLEX 2.0
	{70, 1, number, 1, 0, "glonass_satellites"}, {70, 1, number, 1, 0, "gps_satellites"},
	{70, 1, number, 1, 0, "galileo_satellites"}, {70, 1, number, 1, 0, "compass_satellites"},
	{70, 1, number, 1, 0, "beidou_satellites"}, {70, 1, number, 1, 0, "doris_satellites"},
	{70, 1, number, 1, 0, "irnss_satellites"}, {70, 1, number, 1, 0, "qzss_satellites"}, {71, 1, special, 1, 0, ""},
	{71, 1, number, 1, 1, "pdop"}, {72, 1, number, 1, 0, "precise_receiver"},
	{73, 8, signed, -1, 9, "precise_latitude_deg"}, {73, 8, signed, -1, 9, "precise_longitude_deg"},
	{74, 4, signed, 1, 3, "precise_altitude_m"}, {75, 2, number, 1, 2, "precise_course_deg"},
	{76, 4, float, 1, 1, "precise_speed_kmh"}, {77, 37, special, 1, 0, ""},
	{78, 1, signedOrNone, 1, 0, "fuel_sensor_1_c"}, {79, 1, signedOrNone, 1, 0, "fuel_sensor_2_c"},
	{80, 1, signedOrNone, 1, 0, "fuel_sensor_3_c"}, {81, 1, signedOrNone, 1, 0, "fuel_sensor_4_c"},
	{82, 1, signedOrNone, 1, 0, "fuel_sensor_5_c"}, {83, 1, signedOrNone, 1, 0, "fuel_sensor_6_c"},
	{84, 2, number, 1, 0, "fuel_sensor_7"}, {84, 1, signedOrNone, 1, 0, "fuel_sensor_7_c"},
	{85, 2, number, 1, 0, "fuel_sensor_8"}, {85, 1, signedOrNone, 1, 0, "fuel_sensor_8_c"},
	{86, 2, number, 1, 0, "fuel_sensor_9"}, {86, 1, signedOrNone, 1, 0, "fuel_sensor_9_c"},
	{87, 2, number, 1, 0, "fuel_sensor_10"}, {87, 1, signedOrNone, 1, 0, "fuel_sensor_10_c"},
	{88, 2, number, 1, 0, "fuel_sensor_11"}, {88, 1, signedOrNone, 1, 0, "fuel_sensor_11_c"},
	{89, 2, number, 1, 0, "fuel_sensor_12"}, {89, 1, signedOrNone, 1, 0, "fuel_sensor_12_c"},
	{90, 2, number, 1, 0, "fuel_sensor_13"}, {90, 1, signedOrNone, 1, 0, "fuel_sensor_13_c"},
	{91, 2, number, 1, 0, "fuel_sensor_14"}, {91, 1, signedOrNone, 1, 0, "fuel_sensor_14_c"},
	{92, 2, number, 1, 0, "fuel_sensor_15"}, {92, 1, signedOrNone, 1, 0, "fuel_sensor_15_c"},
	{93, 2, number, 1, 0, "fuel_sensor_16"}, {93, 1, signedOrNone, 1, 0, "fuel_sensor_16_c"},
	{94, 6, special, 1, 0, ""}, {95, 12, special, 1, 0, ""}, {96, 24, special, 1, 0, ""},
	{97, 48, special, 1, 0, ""}, {98, 1, number, 1, 0, "tachograph_drivers"},
	{99, 1, number, 1, 0, "tachograph_mode"}, {100, 2, special, 1, 0, ""},
	{101, 1, numberOrNone, 1, 0, "tachograph_speed_kmh"}, {102, 4, numberOrNone, 100, 0, "tachograph_odometer_m"},
	{103, 4, number, 1, 0, "tachograph_time_unix_s"}, {104, 1, number, 1, 0, "driver_state"},
	{105, 4, number, 1, 0, "display_message"}, {106, 2, numberOrNone, 1, 2, "record_gap_s"},
	{107, 2, signedOrNone, 1, 3, "acceleration_x_g"}, {107, 2, signedOrNone, 1, 3, "acceleration_y_g"},
	{107, 2, signedOrNone, 1, 3, "acceleration_z_g"}, {108, 2, numberOrNone, 1, 2, "eco_duration_s"},
	{109, 2, signedOrNone, 1, 3, "eco_max_acceleration_g"}, {109, 2, signedOrNone, 1, 3, "eco_max_braking_g"},
	{109, 2, signedOrNone, 1, 3, "eco_max_cornering_g"}, {110, 1, numberOrNone, 1, 0, "passengers_1"},
	{110, 1, numberOrNone, 1, 0, "passengers_2"}, {111, 1, numberOrNone, 1, 0, "passengers_3"},
	{111, 1, numberOrNone, 1, 0, "passengers_4"}, {112, 1, numberOrNone, 1, 0, "passengers_5"},
	{112, 1, numberOrNone, 1, 0, "passengers_6"}, {113, 1, numberOrNone, 1, 0, "passengers_7"},
	{113, 1, numberOrNone, 1, 0, "passengers_8"}, {114, 1, numberOrNone, 1, 0, "passengers_9"},
	{114, 1, numberOrNone, 1, 0, "passengers_10"}, {115, 1, numberOrNone, 1, 0, "passengers_11"},
	{115, 1, numberOrNone, 1, 0, "passengers_12"}, {116, 1, numberOrNone, 1, 0, "passengers_13"},
	{116, 1, numberOrNone, 1, 0, "passengers_14"}, {117, 1, numberOrNone, 1, 0, "passengers_15"},
	{117, 1, numberOrNone, 1, 0, "passengers_16"}, {118, 1, number, 1, 0, "announcer"},
	{119, 2, number, 1, 0, "last_geofence"}, {120, 2, number, 1, 0, "last_stop"}, {121, 2, number, 1, 0, "route"},
	{122, 1, number, 1, 0, "camera"},

	// FLEX 3.0
	{123, 1, special, 1, 0, ""}, {124, 1, number, 1, 0, "modules_3"}, {125, 1, number, 1, 0, "link"},
	{126, 1, number, 1, 0, "inputs_17_24"}, {127, 4, number, 1, 0, "pulses_3"}, {128, 4, number, 1, 0, "pulses_4"},
	{129, 4, number, 1, 0, "pulses_5"}, {130, 4, number, 1, 0, "pulses_6"}, {131, 4, number, 1, 0, "pulses_7"},
	{132, 4, number, 1, 0, "pulses_8"}, {133, 2, number, 1, 0, "frequency_3_hz"},
	{134, 2, number, 1, 0, "frequency_4_hz"}, {135, 2, number, 1, 0, "frequency_5_hz"},
	{136, 2, number, 1, 0, "frequency_6_hz"}, {137, 2, number, 1, 0, "frequency_7_hz"},
	{138, 2, number, 1, 0, "frequency_8_hz"}, {139, 1, number, 1, 0, "accelerometer_sensors"},
	{140, 1, number, 25, 2, "tilt_deg"}, {141, 1, signed, 1, 0, "pitch_deg"}, {141, 1, signed, 15, 1, "roll_deg"},
	{142, 1, number, 1, 0, "tilt_x_deg"}, {142, 1, number, 1, 0, "tilt_y_deg"},
	{142, 1, number, 1, 0, "tilt_z_deg"}, {143, 2, signedOrNone, 1, 3, "eco_max_vertical_g"},
	{144, 1, numberOrNone, 1, 0, "eco_max_speed_kmh"}, {145, 1, number, 1, 0, "eco_speed_limits"},
	{146, 1, number, 1, 0, "eco_acceleration_limits"}, {146, 1, number, 1, 0, "eco_cornering_limits"},
	{146, 1, number, 1, 0, "eco_vertical_limits"}, {147, 2, numberOrNone, 1, 0, "fuel_sensor_1_hz"},
	{148, 2, numberOrNone, 1, 0, "fuel_sensor_2_hz"}, {149, 2, numberOrNone, 1, 0, "fuel_sensor_3_hz"},
	{150, 2, numberOrNone, 1, 0, "fuel_sensor_4_hz"}, {151, 2, numberOrNone, 1, 0, "fuel_sensor_5_hz"},
	{152, 2, numberOrNone, 1, 0, "fuel_sensor_6_hz"}, {153, 2, numberOrNone, 1, 0, "fuel_sensor_7_hz"},
	{154, 2, numberOrNone, 1, 0, "fuel_sensor_8_hz"}, {155, 2, numberOrNone, 1, 0, "fuel_sensor_9_hz"},
	{156, 2, numberOrNone, 1, 0, "fuel_sensor_10_hz"}, {157, 2, numberOrNone, 1, 0, "fuel_sensor_11_hz"},
	{158, 2, numberOrNone, 1, 0, "fuel_sensor_12_hz"}, {159, 2, numberOrNone, 1, 0, "fuel_sensor_13_hz"},
	{160, 2, numberOrNone, 1, 0, "fuel_sensor_14_hz"}, {161, 2, numberOrNone, 1, 0, "fuel_sensor_15_hz"},
	{162, 2, numberOrNone, 1, 0, "fuel_sensor_16_hz"}, {163, 2, signedOrNone, 5, 2, "precise_temperature_1_c"},
	{164, 2, signedOrNone, 5, 2, "precise_temperature_2_c"},
	{165, 2, signedOrNone, 5, 2, "precise_temperature_3_c"},
	{166, 2, signedOrNone, 5, 2, "precise_temperature_4_c"}, {167, 1, numberOrNone, 5, 1, "humidity_1_percent"},
	{168, 1, numberOrNone, 5, 1, "humidity_2_percent"}, {169, 1, numberOrNone, 5, 1, "humidity_3_percent"},
	{170, 1, numberOrNone, 5, 1, "humidity_4_percent"}, {171, 2, number, 1, 0, "flow_status"},
	{172, 4, number, 1, 0, "flow_faults"}, {173, 4, numberOrNone, 1, 2, "flow_total_l"},
	{174, 4, numberOrNone, 1, 2, "flow_trip_l"}, {175, 2, signedOrNone, 1, 1, "flow_l_h"},
	{176, 4, numberOrNone, 1, 2, "flow_feed_l"}, {177, 2, signedOrNone, 1, 1, "flow_feed_l_h"},
	{178, 2, signedOrNone, 1, 1, "flow_feed_c"}, {179, 4, numberOrNone, 1, 2, "flow_return_l"},
	{180, 2, signedOrNone, 1, 1, "flow_return_l_h"}, {181, 2, signedOrNone, 1, 1, "flow_return_c"},
	{182, 1, number, 1, 0, "reefer_state"}, {182, 1, number, 1, 0, "reefer_mode"},
	{183, 2, signedOrNone, 1, 2, "reefer_1_c"}, {184, 2, signedOrNone, 1, 2, "reefer_2_c"},
	{185, 2, signedOrNone, 1, 2, "reefer_3_c"}, {186, 2, signedOrNone, 1, 2, "reefer_set_1_c"},
	{187, 2, signedOrNone, 1, 2, "reefer_set_2_c"}, {188, 2, signedOrNone, 1, 2, "reefer_set_3_c"},
	{189, 2, signedOrNone, 1, 2, "reefer_ambient_c"}, {190, 2, signedOrNone, 1, 2, "reefer_coolant_c"},
	{191, 2, numberOrNone, 1, 3, "reefer_battery_v"}, {192, 2, numberOrNone, 1, 3, "reefer_battery_a"},
	{193, 4, numberOrNone, 36, 0, "reefer_engine_hours_s"}, {194, 4, numberOrNone, 36, 0, "reefer_mains_hours_s"},
	{195, 2, number, 1, 0, "reefer_faults"}, {195, 2, number, 1, 0, "reefer_fault_1"},
	{196, 2, number, 1, 0, "reefer_fault_2"}, {196, 2, number, 1, 0, "reefer_fault_3"},
	{197, 2, number, 1, 0, "reefer_fault_4"}, {197, 2, number, 1, 0, "reefer_fault_5"},
	{197, 2, number, 1, 0, "reefer_fault_6"}, {198, 1, number, 1, 0, "reefer_engine"},
	{198, 2, numberOrNone, 1, 0, "reefer_rpm"}, {199, 1, number, 1, 0, "reefer_compressor"},
	{200, 2, number, 1, 0, "geofences"}, {201, 2, special, 1, 0, ""}, {202, 1, number, 1, 0, "can_security_event"},
	{203, 4, number, 1, 0, "can_warnings"}, {204, 1, number, 1, 0, "can_fault_lamps"},
	{204, 4, number, 1, 0, "can_fault_code"}, {205, 4, number, 1, 0, "load_engine_hours_s"},
	{206, 4, number, 1, 0, "diagnostics"}, {207, 1, number, 1, 0, "user_1_u8"}, {208, 1, number, 1, 0, "user_2_u8"},
	{209, 1, number, 1, 0, "user_3_u8"}, {210, 1, number, 1, 0, "user_4_u8"}, {211, 1, number, 1, 0, "user_5_u8"},
	{212, 1, number, 1, 0, "user_6_u8"}, {213, 1, number, 1, 0, "user_7_u8"}, {214, 1, number, 1, 0, "user_8_u8"},
	{215, 1, number, 1, 0, "user_9_u8"}, {216, 1, number, 1, 0, "user_10_u8"}, {217, 1, number, 1, 0, "user_11_u8"},
	{218, 1, number, 1, 0, "user_12_u8"}, {219, 1, number, 1, 0, "user_13_u8"},
	{220, 1, number, 1, 0, "user_14_u8"}, {221, 1, number, 1, 0, "user_15_u8"},
	{222, 1, number, 1, 0, "user_16_u8"}, {223, 2, number, 1, 0, "user_1_u16"},
	{224, 2, number, 1, 0, "user_2_u16"}, {225, 2, number, 1, 0, "user_3_u16"},
	{226, 2, number, 1, 0, "user_4_u16"}, {227, 2, number, 1, 0, "user_5_u16"},
	{228, 2, number, 1, 0, "user_6_u16"}, {229, 2, number, 1, 0, "user_7_u16"},
	{230, 2, number, 1, 0, "user_8_u16"}, {231, 2, number, 1, 0, "user_9_u16"},
	{232, 2, number, 1, 0, "user_10_u16"}, {233, 2, number, 1, 0, "user_11_u16"},
	{234, 2, number, 1, 0, "user_12_u16"}, {235, 2, number, 1, 0, "user_13_u16"},
	{236, 2, number, 1, 0, "user_14_u16"}, {237, 2, number, 1, 0, "user_15_u16"},
	{238, 4, number, 1, 0, "user_1_u32"}, {239, 4, number, 1, 0, "user_2_u32"},
	{240, 4, number, 1, 0, "user_3_u32"}, {241, 4, number, 1, 0, "user_4_u32"},
	{242, 4, number, 1, 0, "user_5_u32"}, {243, 4, number, 1, 0, "user_6_u32"},
	{244, 4, number, 1, 0, "user_7_u32"}, {245, 4, number, 1, 0, "user_8_u32"},
	{246, 4, number, 1, 0, "user_9_u32"}, {247, 4, number, 1, 0, "user_10_u32"},
	{248, 4, number, 1, 0, "user_11_u32"}, {249, 4, number, 1, 0, "user_12_u32"},
	{250, 4, number, 1, 0, "user_13_u32"}, {251, 4, number, 1, 0, "user_14_u32"},
	{252, 4, number, 1, 0, "user_15_u32"}, {253, 8, signed, 1, 0, "user_1_i64"},
	{254, 8, signed, 1, 0, "user_2_i64"}, {255, 8, signed, 1, 0, "user_3_i64"},
}
