package gps103

import "drover/protocols"

// templates are commands in the words of its makers' manuals.
func templates() []protocols.Template {
	password := protocols.Blank{Name: "password", Usual: "123456", Help: "Six digits; 123456 in a new tracker."}
	return []protocols.Template{
		{
			Name: "Status", Words: "check{password}",
			Help: "Power, battery, door, ignition, GPS, signal.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "Position", Words: "smslink{password}", Kind: protocols.Locate,
			Help: "A link to a map with the present position.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "Interval", Words: "fix{interval}s{times}n{password}", Kind: protocols.Interval,
			Help: "So many positions at this interval.",
			Blanks: []protocols.Blank{
				{Name: "interval", Usual: "030", Help: "Three digits: seconds, 020 to 255."},
				{Name: "times", Usual: "005", Help: "Three digits."},
				password,
			},
		},
		{
			Name: "End the interval", Words: "nofix{password}",
			Help: "Ends the positions at an interval.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "Cut the engine", Words: "stop{password}", Kind: protocols.Immobilise, Dangerous: true,
			Help: "Cuts fuel and power, once the vehicle is slower than 20 km/h.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "Let the engine run", Words: "resume{password}", Kind: protocols.Release,
			Help: "Restores fuel and power.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "IMEI", Words: "imei{password}",
			Help: "The tracker's IMEI.",
			Blanks: []protocols.Blank{
				password,
			},
		},
		{
			Name: "Authorise a number", Words: "admin{password} {number}",
			Help: "The number that alarms go to, and that the tracker obeys.",
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
				{Name: "port", Usual: "5001", Help: "1 to 65535."},
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
			Name: "Begin", Words: "begin{password}",
			Help: "Initialises a new tracker.",
			Blanks: []protocols.Blank{
				password,
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
