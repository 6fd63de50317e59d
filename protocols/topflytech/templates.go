package topflytech

import "drover/protocols"

// templates are commands in the words of its makers' manuals.
func templates() []protocols.Template {
	pin := protocols.Blank{Name: "pin", Usual: "0000", Help: "The PIN; 0000 in a new tracker."}
	return []protocols.Template{
		{
			Name: "Position as a link", Words: "GOOGLE,{pin}#",
			Help: "A link to a map with the present position, by SMS.",
			Blanks: []protocols.Blank{
				pin,
			},
		},
		{
			Name: "Cut the engine", Words: "RELAY,{pin},1#", Kind: protocols.Immobilise, Dangerous: true,
			Help: "By SMS: cuts fuel and power; above 20 km/h or without a fix it waits.",
			Blanks: []protocols.Blank{
				pin,
			},
		},
		{
			Name: "Let the engine run", Words: "RELAY,{pin},0#", Kind: protocols.Release, Dangerous: true,
			Help: "By SMS: restores fuel and power.",
			Blanks: []protocols.Blank{
				pin,
			},
		},
		{
			Name: "Text another number", Words: "FORWARD,{pin},{number},{code}#",
			Help: "Sends a text from the tracker's SIM, such as a code that asks for the balance.",
			Blanks: []protocols.Blank{
				pin,
				{Name: "number", Help: "Whom."},
				{Name: "code", Help: "The text."},
			},
		},
		{
			Name: "Restart", Words: "RESET#", Kind: protocols.Reboot,
			Help: "Starts the tracker anew.",
		},
	}
}
