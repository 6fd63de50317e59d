package gt06

import "drover/protocols"

// templates are commands in the words of its makers' manuals.
func templates() []protocols.Template {
	return []protocols.Template{
		{Name: "Status", Words: "STATUS#",
			Help: "Battery, GPRS, GSM signal, GPS, ignition, relay."},
		{Name: "Position", Words: "WHERE#", Kind: protocols.Locate,
			Help: "Position, course, speed and time."},
		{Name: "Position as a link", Words: "URL#",
			Help: "A link to a map with the present position."},
		{Name: "Parameters", Words: "PARAM#",
			Help: "IMEI, intervals, numbers and other settings."},
		{Name: "Firmware", Words: "VERSION#",
			Help: "The firmware version."},
		{Name: "Network settings", Words: "GPRSSET#",
			Help: "Access point, server and whether data is on."},
		{Name: "Cut the engine", Words: "RELAY,1#", Kind: protocols.Immobilise,
			Help: "Only the centre number may send it by SMS; some models have the sense the other way round.", Dangerous: true},
		{Name: "Let the engine run", Words: "RELAY,0#", Kind: protocols.Release,
			Help: "Restores fuel and power; some models have the sense the other way round.", Dangerous: true},
		{Name: "Interval", Words: "TIMER,{moving},{standing}#", Kind: protocols.Interval,
			Help: "Seconds between positions with ignition on and off.",
			Blanks: []protocols.Blank{
				{Name: "moving", Usual: "10", Help: "Seconds, 5 to 18000."},
				{Name: "standing", Usual: "300", Help: "Seconds, 5 to 18000; 0 for none."},
			}},
		{Name: "Server", Words: "SERVER,{mode},{host},{port},0#", Kind: protocols.SetServer,
			Help: "The server that the tracker calls.", Dangerous: true,
			Blanks: []protocols.Blank{
				{Name: "mode", Usual: "1", Help: "0 for an IP address, 1 for a name."},
				{Name: "host", Help: "Address or name."},
				{Name: "port", Usual: "5023", Help: "1 to 65535."},
			}},
		{Name: "Access point", Words: "APN,{apn}#", Kind: protocols.SetAPN,
			Help: "The access point of the mobile network.", Dangerous: true,
			Blanks: []protocols.Blank{
				{Name: "apn", Usual: "internet", Help: "Its name."},
			}},
		{Name: "Centre number", Words: "CENTER,A,{number}#",
			Help: "The only number that may cut the engine by SMS: that of the modem.",
			Blanks: []protocols.Blank{
				{Name: "number", Help: "Phone number."},
			}},
		{Name: "Restart", Words: "RESET#", Kind: protocols.Reboot,
			Help: "Starts the tracker anew after some seconds."},
		{Name: "Factory settings", Words: "FACTORY#",
			Help: "Forgets all settings, server and access point too.", Dangerous: true},
	}
}
