package h02

import "drover/protocols"

// templates are commands in the words of its makers' manuals.
func templates() []protocols.Template {
	password := protocols.Blank{Name: "password", Usual: "0000", Help: "Four digits; 0000 in a new tracker."}
	return []protocols.Template{
		{
			Name: "Position", Words: "669{password}", Kind: protocols.Locate,
			Help: "A link to a map with the present position, ignition and speed.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "Settings", Words: "RCONF",
			Help: "Identity, server, intervals and other settings.",
		},
		{
			Name: "Status of relabelled ones", Words: "CXZT",
			Help: "Firmware, identity, server, battery, GPS and signal of a GT09 and its like.",
		},
		{
			Name: "Position of relabelled ones", Words: "g1234",
			Help: "The position of a GT09 and its like.",
		},
		{
			Name: "Cut the engine", Words: "940{password}", Kind: protocols.Immobilise, Dangerous: true,
			Help: "Cuts fuel and power.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "Let the engine run", Words: "941{password}", Kind: protocols.Release,
			Help: "Restores fuel and power.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "Interval", Words: "805{password} {seconds}", Kind: protocols.Interval,
			Help: "Seconds between positions with ignition on.",
			Blanks: []protocols.Blank{
				password,
				{Name: "seconds", Usual: "20", Help: "0 to 18000."},
			},
		},
		{
			Name: "Interval at rest", Words: "809{password} {seconds}",
			Help: "Seconds between positions with ignition off.",
			Blanks: []protocols.Blank{
				password,
				{Name: "seconds", Usual: "300", Help: "0 to 18000."},
			},
		},
		{
			Name: "Server", Words: "804{password} {host} {port}", Kind: protocols.SetServer, Dangerous: true,
			Help: "The server that the tracker calls.",
			Blanks: []protocols.Blank{
				password,
				{Name: "host", Help: "IP address."},
				{Name: "port", Usual: "5013", Help: "1 to 65535."},
			},
		},
		{
			Name: "Access point", Words: "803{password} {apn}", Kind: protocols.SetAPN, Dangerous: true,
			Help: "The access point of the mobile network.",
			Blanks: []protocols.Blank{
				password,
				{Name: "apn", Usual: "internet", Help: "Its name."},
			},
		},
		{
			Name: "Restart", Words: "RESTART", Kind: protocols.Reboot,
			Help: "Starts the tracker anew.",
		},
	}
}
