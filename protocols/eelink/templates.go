package eelink

import "drover/protocols"

// templates are commands in the words of its makers' manuals.
func templates() []protocols.Template {
	return []protocols.Template{
		{Name: "Status", Words: "STATUS#",
			Help: "Voltages, signal, ignition, GPS."},
		{Name: "Position", Words: "WHERE#", Kind: protocols.Locate,
			Help: "Position, course, speed and time."},
		{Name: "Parameters", Words: "PARAM#",
			Help: "The tracker's settings."},
		{Name: "Firmware", Words: "VERSION#",
			Help: "The firmware version."},
		{Name: "Cut the engine", Words: "RELAY,1#", Kind: protocols.Immobilise,
			Help: "Cuts fuel and power.", Dangerous: true},
		{Name: "Let the engine run", Words: "RELAY,0#", Kind: protocols.Release,
			Help: "Restores fuel and power.", Dangerous: true},
		{Name: "Interval", Words: "TIMER,{seconds}#", Kind: protocols.Interval,
			Help: "Seconds between positions.",
			Blanks: []protocols.Blank{
				{Name: "seconds", Usual: "30", Help: "10 to 18000."},
			}},
		{Name: "Server", Words: "SERVER,{mode},{host},{port},0#", Kind: protocols.SetServer,
			Help: "The server that the tracker calls.", Dangerous: true,
			Blanks: []protocols.Blank{
				{Name: "mode", Usual: "1", Help: "0 for an IP address, 1 for a name."},
				{Name: "host", Help: "Address or name."},
				{Name: "port", Usual: "5064", Help: "1 to 65535."},
			}},
		{Name: "Access point", Words: "APN,{apn}#", Kind: protocols.SetAPN,
			Help: "The access point of the mobile network.", Dangerous: true,
			Blanks: []protocols.Blank{
				{Name: "apn", Usual: "internet", Help: "Its name."},
			}},
		{Name: "Restart", Words: "RESET#", Kind: protocols.Reboot,
			Help: "Starts the tracker anew."},
	}
}
