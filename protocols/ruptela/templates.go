package ruptela

import "drover/protocols"

// templates are commands in the words of its makers' manuals.
func templates() []protocols.Template {
	return []protocols.Template{
		{
			Name: "Position", Words: "coords", Kind: protocols.Locate,
			Help: "Time, latitude, longitude, altitude, satellites, course.",
		},
		{
			Name: "Firmware", Words: "version",
			Help: "Version, signal and state.",
		},
		{
			Name: "IMEI", Words: "imei",
			Help: "The tracker's IMEI.",
		},
		{
			Name: "Inputs and outputs", Words: "getio {ids}",
			Help: "The values of I/O elements.",
			Blanks: []protocols.Blank{
				{Name: "ids", Usual: "29", Help: "Their ids, parted by commas; 29 is the power voltage in mV."},
			},
		},
		{
			Name: "Outputs", Words: "setio {first},{second}", Kind: protocols.Output, Dangerous: true,
			Help: "Switches the two outputs. An output may cut the engine.",
			Blanks: []protocols.Blank{
				{Name: "first", Usual: "2", Help: "1 on, 0 off, 2 as it is."},
				{Name: "second", Usual: "2", Help: "1 on, 0 off, 2 as it is."},
			},
		},
		{
			Name: "Server", Words: "setconnection *old*,*old*,*old*,TCP,{host},{port}", Kind: protocols.SetServer,
			Dangerous: true,
			Help:      "The server that the tracker calls.",
			Blanks: []protocols.Blank{
				{Name: "host", Help: "IP address."},
				{Name: "port", Usual: "5046", Help: "1 to 65535."},
			},
		},
		{
			Name: "Access point", Words: "setconnection {apn},{user},{secret}", Kind: protocols.SetAPN, Dangerous: true,
			Help: "The access point of the mobile network.",
			Blanks: []protocols.Blank{
				{Name: "apn", Usual: "internet", Help: "Its name."},
				{Name: "user", Help: "Who signs in there, if anybody does."},
				{Name: "secret", Help: "With which password."},
			},
		},
		{
			Name: "Restart", Words: "reset", Kind: protocols.Reboot,
			Help: "Starts the tracker anew.",
		},
	}
}
