package tk103

import "drover/protocols"

// templates are commands in the words of its makers' manuals.
func templates() []protocols.Template {
	password := protocols.Blank{Name: "password", Usual: "123456", Help: "Six digits; 123456 in a new tracker."}
	return []protocols.Template{
		{
			Name: "Status", Words: "check{password}",
			Help: "Power, battery, ignition, GPS, signal.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "Cut the engine", Words: "stopelec{password}", Kind: protocols.Immobilise, Dangerous: true,
			Help: "Cuts fuel and power; some makes wait until the vehicle is slow.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "Let the engine run", Words: "supplyelec{password}", Kind: protocols.Release,
			Help: "Restores fuel and power.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "Interval", Words: "fix{interval}s***n{password}", Kind: protocols.Interval,
			Help: "Positions at this interval until it is ended.",
			Blanks: []protocols.Blank{
				{Name: "interval", Usual: "030", Help: "Three digits: seconds."},
				password,
			},
		},
		{
			Name: "Authorise a number", Words: "admin{password} {number}",
			Help: "The number that the tracker obeys.",
			Blanks: []protocols.Blank{
				password,
				{Name: "number", Help: "Phone number of the modem."},
			},
		},
		{
			Name: "Server", Words: "adminip{password} {host} {port}", Kind: protocols.SetServer, Dangerous: true,
			Help: "The server that the tracker calls.",
			Blanks: []protocols.Blank{
				password,
				{Name: "host", Help: "IP address."},
				{Name: "port", Usual: "5002", Help: "1 to 65535."},
			},
		},
		{
			Name: "Access point", Words: "apn{password} {apn}", Kind: protocols.SetAPN, Dangerous: true,
			Help: "The access point of the mobile network.",
			Blanks: []protocols.Blank{
				password,
				{Name: "apn", Usual: "internet", Help: "Its name."},
			},
		},
		{
			Name: "Restart", Words: "reset{password}", Kind: protocols.Reboot,
			Help: "Starts the tracker anew.",
			Blanks: []protocols.Blank{
				password,
			},
		},
	}
}
