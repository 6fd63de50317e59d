package galileosky

var rawNames = [...]string{"refrigerator", "tyres", "radiation"}

var fuelNames = [...]string{
	"rs485_3", "rs485_4", "rs485_5", "rs485_6", "rs485_7", "rs485_8", "rs485_9", "rs485_10", "rs485_11",
	"rs485_12", "rs485_13", "rs485_14", "rs485_15",
}

var fuelDegrees = [...]string{
	"rs485_3_c", "rs485_4_c", "rs485_5_c", "rs485_6_c", "rs485_7_c", "rs485_8_c", "rs485_9_c", "rs485_10_c",
	"rs485_11_c", "rs485_12_c", "rs485_13_c", "rs485_14_c", "rs485_15_c",
}

var degrees = [...]string{
	"temperature_0_c", "temperature_1_c", "temperature_2_c", "temperature_3_c", "temperature_4_c",
	"temperature_5_c", "temperature_6_c", "temperature_7_c",
}

var thermoDegrees = [...]string{
	"thermometer_0_c", "thermometer_1_c", "thermometer_2_c", "thermometer_3_c", "thermometer_4_c",
	"thermometer_5_c", "thermometer_6_c", "thermometer_7_c",
}

var thermoHumidity = [...]string{
	"humidity_0_percent", "humidity_1_percent", "humidity_2_percent", "humidity_3_percent", "humidity_4_percent",
	"humidity_5_percent", "humidity_6_percent", "humidity_7_percent",
}
