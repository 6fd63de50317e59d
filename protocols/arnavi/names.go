package arnavi

var pulseNames = [...]string{
	"pulses_1", "pulses_2", "pulses_3", "pulses_4", "pulses_5", "pulses_6", "pulses_7", "pulses_8",
}

var frequencyNames = [...]string{
	"frequency_1_hz", "frequency_2_hz", "frequency_3_hz", "frequency_4_hz", "frequency_5_hz", "frequency_6_hz",
	"frequency_7_hz", "frequency_8_hz",
}

var analogNames = [...]string{
	"analog_1_v", "analog_2_v", "analog_3_v", "analog_4_v", "analog_5_v", "analog_6_v", "analog_7_v",
	"analog_8_v",
}

var fuelNames = [...]string{
	"fuel_sensor_0", "fuel_sensor_1", "fuel_sensor_2", "fuel_sensor_3", "fuel_sensor_4", "fuel_sensor_5",
	"fuel_sensor_6", "fuel_sensor_7", "fuel_sensor_8", "fuel_sensor_9",
}

var fuelDegrees = [...]string{
	"fuel_sensor_0_c", "fuel_sensor_1_c", "fuel_sensor_2_c", "fuel_sensor_3_c", "fuel_sensor_4_c",
	"fuel_sensor_5_c", "fuel_sensor_6_c", "fuel_sensor_7_c", "fuel_sensor_8_c", "fuel_sensor_9_c",
}

// busFields are the tags 51 to 64, of the vehicle's bus: a mask of the bits, × mul × 10^-scale.
var busFields = [...]struct {
	name  string
	mask  uint32
	mul   uint8
	scale uint8
}{
	{"can_flags", 0xFFFFFFFF, 1, 0}, {"engine_hours_s", 0xFFFFFFFF, 36, 0}, {"odometer", 0xFFFFFFFF, 10, 0},
	{"can_fuel_used_l", 0xFFFFFFFF, 1, 1}, {"can_fuel_percent", 0xFFFF, 1, 1}, {"can_fuel_l", 0xFFFFFFFF, 1, 0},
	{"rpm", 0xFFFF, 1, 0}, {"coolant_c", 0xFF, 1, 0}, {"can_speed_kmh", 0xFFFFFFFF, 1, 0},
	{"axle_1_kg", 0xFFFFFFFF, 1, 0}, {"axle_2_kg", 0xFFFFFFFF, 1, 0}, {"axle_3_kg", 0xFFFFFFFF, 1, 0},
	{"axle_4_kg", 0xFFFFFFFF, 1, 0}, {"axle_5_kg", 0xFFFFFFFF, 1, 0},
}

// ioNames are for tags whose meaning is not known.
var ioNames = [...]string{
	"io0", "io1", "io2", "io3", "io4", "io5", "io6", "io7", "io8", "io9", "io10", "io11", "io12", "io13", "io14",
	"io15", "io16", "io17", "io18", "io19", "io20", "io21", "io22", "io23", "io24", "io25", "io26", "io27",
	"io28", "io29", "io30", "io31", "io32", "io33", "io34", "io35", "io36", "io37", "io38", "io39", "io40",
	"io41", "io42", "io43", "io44", "io45", "io46", "io47", "io48", "io49", "io50", "io51", "io52", "io53",
	"io54", "io55", "io56", "io57", "io58", "io59", "io60", "io61", "io62", "io63", "io64", "io65", "io66",
	"io67", "io68", "io69", "io70", "io71", "io72", "io73", "io74", "io75", "io76", "io77", "io78", "io79",
	"io80", "io81", "io82", "io83", "io84", "io85", "io86", "io87", "io88", "io89", "io90", "io91", "io92",
	"io93", "io94", "io95", "io96", "io97", "io98", "io99", "io100", "io101", "io102", "io103", "io104", "io105",
	"io106", "io107", "io108", "io109", "io110", "io111", "io112", "io113", "io114", "io115", "io116", "io117",
	"io118", "io119", "io120", "io121", "io122", "io123", "io124", "io125", "io126", "io127", "io128", "io129",
	"io130", "io131", "io132", "io133", "io134", "io135", "io136", "io137", "io138", "io139", "io140", "io141",
	"io142", "io143", "io144", "io145", "io146", "io147", "io148", "io149", "io150", "io151", "io152", "io153",
	"io154", "io155", "io156", "io157", "io158", "io159", "io160", "io161", "io162", "io163", "io164", "io165",
	"io166", "io167", "io168", "io169", "io170", "io171", "io172", "io173", "io174", "io175", "io176", "io177",
	"io178", "io179", "io180", "io181", "io182", "io183", "io184", "io185", "io186", "io187", "io188", "io189",
	"io190", "io191", "io192", "io193", "io194", "io195", "io196", "io197", "io198", "io199", "io200", "io201",
	"io202", "io203", "io204", "io205", "io206", "io207", "io208", "io209", "io210", "io211", "io212", "io213",
	"io214", "io215", "io216", "io217", "io218", "io219", "io220", "io221", "io222", "io223", "io224", "io225",
	"io226", "io227", "io228", "io229", "io230", "io231", "io232", "io233", "io234", "io235", "io236", "io237",
	"io238", "io239", "io240", "io241", "io242", "io243", "io244", "io245", "io246", "io247", "io248", "io249",
	"io250", "io251", "io252", "io253", "io254", "io255",
}
