package startek

import "drover/protocols"

// guide is what people should know of the family.
func guide() protocols.Guide {
	return protocols.Guide{
		Title:    "iStartek",
		Makers:   "Startek (iStartek): VT100, VT110, VT120-L, VT200, VT300-L, VT800-L, PT20 to PT60, and rebrandings",
		Papers:   []string{"iStartek GPS tracker Communication Protocol (V1.0, V1.3, V2.2)"},
		Identity: "IMEI in each message",
		Clock:    "UTC",
		Reads: []protocols.Reading{
			{Message: "000, 010", Meaning: "report: event, place, cell, status, ports, volts, fuel, temperatures, vehicle"},
			{Message: "020", Meaning: "compressed reports: kept as bytes"},
			{Message: "710", Meaning: "lines of values from the vehicle's bus: all kept as they are; of T1 and T2 also " +
				"speed of the engine, fuel, coolant, supply, throttle, ignition, odometer and fuel used"},
			{Message: "others", Meaning: "answers to commands"},
		},
		Replies: "None.",
		Notes: []string{
			"The second input is the ignition.",
			"A bus that has said nothing yet gives 0 for everything, the supply too.",
			"The unit of fuel sensors depends on their calibration.",
			"Only output commands (900) have words here; all others can be sent as custom ones.",
		},
		Known: "The report, its fuel, temperatures and card are borne out by captured frames, the status's bits by the " +
			"paper. The vehicle's values in it and in 710, " +
			"command 900, the SMS form and the alarms of events are general knowledge of the family.",
	}
}
