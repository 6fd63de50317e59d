package egts

var inputNames = [8]string{
	"inputs_1_8", "inputs_9_16", "inputs_17_24", "inputs_25_32", "inputs_33_40", "inputs_41_48", "inputs_49_56",
	"inputs_57_64",
}

var analogNames = [8]string{
	"analog_1", "analog_2", "analog_3", "analog_4", "analog_5", "analog_6", "analog_7", "analog_8",
}

var countNames = [8]string{
	"counter_1", "counter_2", "counter_3", "counter_4", "counter_5", "counter_6", "counter_7", "counter_8",
}

var liquidLevels = [8]string{
	"liquid_0", "liquid_1", "liquid_2", "liquid_3", "liquid_4", "liquid_5", "liquid_6", "liquid_7",
}

var liquidLitres = [8]string{
	"liquid_0_l", "liquid_1_l", "liquid_2_l", "liquid_3_l", "liquid_4_l", "liquid_5_l", "liquid_6_l",
	"liquid_7_l",
}

var liquidPercents = [8]string{
	"liquid_0_percent", "liquid_1_percent", "liquid_2_percent", "liquid_3_percent", "liquid_4_percent",
	"liquid_5_percent", "liquid_6_percent", "liquid_7_percent",
}
