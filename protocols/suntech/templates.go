package suntech

import "drover/protocols"

// templates are commands in the words of its makers' manuals.
func templates() []protocols.Template {
	return []protocols.Template{
		{
			Name: "Position", Words: "StatusReq", Kind: protocols.Locate,
			Help: "Asks for a status with the position.",
		},
		{
			Name: "Settings", Words: "Preset",
			Help: "The tracker's settings.",
		},
		{
			Name: "Output 1 on", Words: "Enable1", Kind: protocols.Output, Dangerous: true,
			Help: "Switches output 1 on, which may cut the engine.",
		},
		{
			Name: "Output 1 off", Words: "Disable1", Kind: protocols.Output,
			Help: "Switches output 1 off.",
		},
		{
			Name: "Firmware", Words: "ReqVer",
			Help: "The firmware version.",
		},
		{
			Name: "SIM", Words: "ReqICCID",
			Help: "The ICCID of the SIM.",
		},
		{
			Name: "Restart", Words: "Reboot", Kind: protocols.Reboot,
			Help: "Starts the tracker anew.",
		},
	}
}
