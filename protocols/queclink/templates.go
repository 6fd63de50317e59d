package queclink

import "drover/protocols"

// templates are commands in the words of its makers' manuals.
func templates() []protocols.Template {
	password := protocols.Blank{Name: "password", Usual: "gv300", Help: "Mostly the model in lower case."}
	return []protocols.Template{
		{
			Name: "Position", Words: "AT+GTRTO={password},1,,,,,,FFFF", Kind: protocols.Locate,
			Help: "The present position, over the tracker's line.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "Settings", Words: "AT+GTRTO={password},2,,,,,,FFFF",
			Help: "The tracker's settings, over its line.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "Interval", Words: "AT+GTFRI={password},1,0,,1,0000,0000,,{seconds},,,,,,,,,FFFF", Kind: protocols.Interval,
			Help: "Seconds between positions.",
			Blanks: []protocols.Blank{
				password,
				{Name: "seconds", Usual: "60", Help: "5 to 86400."},
			},
		},
		{
			Name: "Output 1 on", Words: "AT+GTOUT={password},1,,,,,,,,,,,,,FFFF", Kind: protocols.Output, Dangerous: true,
			Help: "Switches output 1 on, which may cut the engine. The fields behind it differ by model.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "Output 1 off", Words: "AT+GTOUT={password},0,,,,,,,,,,,,,FFFF", Kind: protocols.Output, Dangerous: true,
			Help: "Switches output 1 off. The fields behind it differ by model.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "Restart", Words: "AT+GTRTO={password},3,,,,,,FFFF", Kind: protocols.Reboot,
			Help: "Starts the tracker anew.",
			Blanks: []protocols.Blank{
				password,
			},
		},
	}
}
