package totem

import "drover/protocols"

// templates are commands in the words of its makers' manuals.
func templates() []protocols.Template {
	return []protocols.Template{
		{
			Name: "Position", Words: "721", Kind: protocols.Locate,
			Help: "Asks for a position now.",
		},
		{
			Name: "Output on", Words: "025,{output},1", Kind: protocols.Output, Dangerous: true,
			Help: "Switches an output on, which may cut the engine.",
			Blanks: []protocols.Blank{
				{Name: "output", Usual: "C", Help: "Its letter: A, B or C."},
			},
		},
		{
			Name: "Output off", Words: "025,{output},0", Kind: protocols.Output, Dangerous: true,
			Help: "Switches an output off.",
			Blanks: []protocols.Blank{
				{Name: "output", Usual: "C", Help: "Its letter: A, B or C."},
			},
		},
		{
			Name: "Restart", Words: "006", Kind: protocols.Reboot,
			Help: "Starts the tracker anew.",
		},
	}
}
