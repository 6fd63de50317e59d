package suntech

import (
	"fmt"

	"drover/protocols"
)

// maxWords is the most bytes of a custom command.
const maxWords = 512

// defaultPrefix is of the trackers that are met most.
const defaultPrefix = "ST300"

// prefixOf is the header of a model's commands, and whether it is a universal tracker: four digits.
func prefixOf(model string) (prefix string, universal bool) {
	digits := 0
	for digits+2 < len(model) && model[digits+2] >= '0' && model[digits+2] <= '9' {
		digits++
	}
	switch {
	case len(model) < 5 || model[:2] != "ST" || digits < 3:
		return "", false
	case digits > 3:
		return "", true
	case model[2] == '2':
		return "SA200", false
	}
	return "ST" + model[2:3] + "00", false
}

// Encode writes ST300CMD;id;02;words or CMD;id;words and a carriage return.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	if c.id == "" {
		return nil, errNobody
	}
	words, err := frame(c.prefix, c.universal, c.id, command)
	if err != nil {
		return nil, err
	}
	return append([]byte(words), '\r'), nil
}

// errNobody says that no tracker has named itself on the conversation.
var errNobody = fmt.Errorf("suntech: the tracker has not said its number yet")

// frame is a command without its end.
func frame(prefix string, universal bool, id string, command protocols.Command) (string, error) {
	if universal {
		words, err := universalWords(command)
		return "CMD;" + id + ";" + words, err
	}
	if prefix == "" {
		prefix = defaultPrefix
	}
	words, err := legacyWords(command)
	header := "CMD"
	if len(words) > 4 && words[3] == ';' && isUpper([]byte(words[:3])) {
		header, words = words[:3], words[4:] // parameters have headers of their own: RPT;…
	}
	return prefix + header + ";" + id + ";02;" + words, err
}

func legacyWords(command protocols.Command) (string, error) {
	switch command.Kind {
	case protocols.Custom:
		return command.Text, checkWords(command.Text)
	case protocols.Locate:
		return "StatusReq", nil
	case protocols.Reboot:
		return "Reboot", nil
	case protocols.Immobilise:
		return "Enable1", nil
	case protocols.Release:
		return "Disable1", nil
	case protocols.Output:
		if command.Output < 1 || command.Output > 2 {
			return "", errOutput
		}
		if command.On {
			return "Enable" + string(rune('0'+command.Output)), nil
		}
		return "Disable" + string(rune('0'+command.Output)), nil
	}
	return "", fmt.Errorf("suntech: %v: %w", command.Kind, protocols.ErrNoCommand)
}

// errOutput says which outputs there are.
var errOutput = fmt.Errorf("suntech: output must be 1 or 2")

// universalWords are group and number of a universal tracker's command.
func universalWords(command protocols.Command) (string, error) {
	switch command.Kind {
	case protocols.Custom:
		return command.Text, checkWords(command.Text)
	case protocols.Locate:
		return "03;01", nil
	case protocols.Reboot:
		return "03;03", nil
	case protocols.Immobilise:
		return "04;01", nil
	case protocols.Release:
		return "04;02", nil
	case protocols.Output:
		if command.Output < 1 || command.Output > 2 {
			return "", errOutput
		}
		number := 2 * command.Output
		if command.On {
			number--
		}
		return "04;0" + string(rune('0'+number)), nil
	}
	return "", fmt.Errorf("suntech: %v: %w", command.Kind, protocols.ErrNoCommand)
}

// checkWords refuses what could end the frame or is no printable ASCII.
func checkWords(words string) error {
	if words == "" || len(words) > maxWords {
		return fmt.Errorf("suntech: the command has %d bytes, not 1..%d", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' {
			return fmt.Errorf("suntech: character %q at byte %d can not be sent", r, i)
		}
	}
	return nil
}
