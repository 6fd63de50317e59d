package queclink

import "drover/protocols"

// disagrees are captured messages that another decoder reads otherwise.
var disagrees = []protocols.Disagree{
	{
		Messages: []string{"queclink/93cbe425bc"},
		They:     "no fix",
		Bytes: "accuracy 1, speed, azimuth, altitude, longitude -3.647673, latitude 40.481997 and their time stand behind " +
			"the CAN items",
	},
	{
		Messages: []string{"queclink/903dd33314"},
		They:     "device 6211119207959184133, 12586 V",
		Bytes: "an IMEI in HEX is seven bytes of two digits each and one of one: 865084030003675, whose check digit is " +
			"right; the supply is in mV",
	},
	{
		Messages: []string{"queclink/be6dd99ebc"},
		They:     "the ignition is off",
		Bytes:    "report type 0 of GTIGL is the switching on, 1 the switching off",
	},
	{
		Messages: []string{"queclink/f6b5122920"},
		They:     "ICCID 11, supply 0.001 V, battery 12986 V",
		Bytes: "a GV500VC has its VIN before its name: 11 is the state of motion, 1 that the supply is connected, 12986 mV " +
			"the supply and 4.16 V the battery",
	},
	{
		Messages: []string{
			"queclink/30921123a0", "queclink/e0e0728a84", "queclink/5339ff00a4", "queclink/7982f25c60",
		},
		They:  "the battery is empty",
		Bytes: "the 00 behind the cell is a reserved field; these reports have no battery",
	},
	{
		Messages: []string{"queclink/5efb9ff1ea", "queclink/e0e0728a84"},
		They:     "an alarm of movement",
		Bytes:    "the states 41 and 21 are rest: the tracker says that it stopped",
	},
}
