package meitrack

import "drover/protocols"

// templates are commands in the words of its makers' manuals.
func templates() []protocols.Template {
	return []protocols.Template{
		{
			Name: "Position", Words: "A10", Kind: protocols.Locate,
			Help: "Asks for a position now.",
		},
		{
			Name: "Position as a link", Words: "A00",
			Help: "A link to a map with the present position.",
		},
		{
			Name: "Interval", Words: "A12,{tens},0", Kind: protocols.Interval,
			Help: "Time between positions.",
			Blanks: []protocols.Blank{
				{Name: "tens", Usual: "6", Help: "Tens of seconds, 0 to 65535; 0 ends them."},
			},
		},
		{
			Name: "Outputs", Words: "C01,{speed},{outputs}", Kind: protocols.Output, Dangerous: true,
			Help: "Switches outputs, below a speed. An output may cut the engine.",
			Blanks: []protocols.Blank{
				{Name: "speed", Usual: "0", Help: "km/h below which it is done, 0 to 255; 0: at once."},
				{Name: "outputs", Usual: "12222", Help: "A digit for each of five outputs: 0 off, 1 on, 2 as it is."},
			},
		},
		{
			Name: "Firmware", Words: "E91",
			Help: "Firmware version and serial number.",
		},
		{
			Name: "Restart", Words: "F01", Kind: protocols.Reboot,
			Help: "Starts the tracker anew.",
		},
	}
}
