package teltonika

import "drover/protocols"

// templates are commands in the words of its makers' manuals.
func templates() []protocols.Template {
	return []protocols.Template{
		{Name: "Status", Words: "getinfo",
			Help: "Clock, uptime, GNSS, signal, records waiting."},
		{Name: "Position as a link", Words: "ggps",
			Help: "A link to a map with the present position."},
		{Name: "Position", Words: "getgps", Kind: protocols.Locate,
			Help: "Position, speed, satellites and time."},
		{Name: "Firmware", Words: "getver",
			Help: "Firmware, modem and hardware versions, and the IMEI."},
		{Name: "Connection", Words: "getstatus",
			Help: "State of the data link, the SIM and the network."},
		{Name: "Inputs and outputs", Words: "getio",
			Help: "The state of digital and analogue inputs and of the outputs."},
		{Name: "Read an I/O element", Words: "readio {id}",
			Help: "The value of one I/O element.",
			Blanks: []protocols.Blank{
				{Name: "id", Usual: "66", Help: "Its AVL id; 66 is the external voltage."},
			}},
		{Name: "Read a parameter", Words: "getparam {id}",
			Help: "The value of one parameter.",
			Blanks: []protocols.Blank{
				{Name: "id", Usual: "2004", Help: "Its number, as in the configurator."},
			}},
		{Name: "Set a parameter", Words: "setparam {id}:{value}",
			Help: "Changes one parameter; a wrong server or access point cuts the tracker off.", Dangerous: true,
			Blanks: []protocols.Blank{
				{Name: "id", Help: "Its number, as in the configurator."},
				{Name: "value", Help: "The new value."},
			}},
		{Name: "Switch outputs", Words: "setdigout {outputs} {seconds}", Kind: protocols.Output,
			Help: "One digit for each output: 1 on, 0 off. An output may cut the engine.", Dangerous: true,
			Blanks: []protocols.Blank{
				{Name: "outputs", Usual: "1", Help: "Digits for outputs 1, 2, …: 0, 1, or ? to leave one as it is."},
				{Name: "seconds", Usual: "0", Help: "How long; 0 for good."},
			}},
		{Name: "Record now", Words: "getrecord",
			Help: "Makes a record and sends it at once. There is no answer."},
		{Name: "Restart", Words: "cpureset", Kind: protocols.Reboot,
			Help: "Starts the tracker anew. There is no answer."},
		{Name: "Ask the maker's server", Words: "web_connect",
			Help: "Has the tracker call FOTA WEB at once, for a new firmware or configuration."},
	}
}
