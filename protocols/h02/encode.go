package h02

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"drover/protocols"
)

// The shortest and longest interval of D1 in seconds (the ST-901 paper).
const (
	minInterval = 30
	maxInterval = 65535
)

// Encode writes a command to the last speaker. A custom text that starts with a command of the family, as S14 in
// "S14,100,10,1,3", becomes *XX,<id>,S14,<time>,100,10,1,3#; any other, as "RCONF", goes out as it is, which the
// trackers take as they take an SMS. The time is that of the last frame.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	words, err := commandWords(command, c.password)
	if err != nil {
		return nil, err
	}
	name, parameters := splitCommand(words)
	if !isCommand(name) {
		return []byte(words), nil
	}
	id := c.id
	if id == "" {
		id = "0000000000" // every tracker listens to it
	}
	b := make([]byte, 0, 32+len(words))
	b = append(b, '*')
	b = append(b, c.letters()...)
	b = append(b, ',')
	b = append(b, id...)
	b = append(b, ',')
	b = append(b, name...)
	b = append(b, ',')
	b = appendStamp(b, c.at, clockLayout)
	b = append(b, parameters...)
	return append(b, '#'), nil
}

// commandWords are a command's name and parameters, without the time between them.
func commandWords(command protocols.Command, password string) (string, error) {
	switch command.Kind {
	case protocols.Custom:
		return command.Text, checkWords(command.Text)
	case protocols.Locate:
		return "D1,30,1", nil
	case protocols.Interval:
		seconds, err := intervalSeconds(command.Every)
		return "D1," + strconv.Itoa(seconds) + ",65535", err
	case protocols.Immobilise:
		return "S20,1,1", nil
	case protocols.Release:
		return "S20,0,0", nil
	case protocols.Output:
		if command.Output != 1 {
			break
		}
		if command.On {
			return "S20,1,1", nil
		}
		return "S20,0,0", nil
	case protocols.Reboot:
		return "R1", nil
	case protocols.SetServer, protocols.SetAPN:
		return placeWords(command, password)
	}
	return "", fmt.Errorf("h02: %v: %w", command.Kind, protocols.ErrNoCommand)
}

func intervalSeconds(every time.Duration) (int, error) {
	if every < minInterval*time.Second || every > maxInterval*time.Second {
		return 0, fmt.Errorf("h02: interval %v is not in %ds..%ds", every, minInterval, maxInterval)
	}
	return int(every / time.Second), nil
}

// splitCommand is the name before the first comma and the rest from that comma on.
func splitCommand(words string) (name, parameters string) {
	for i := range len(words) {
		if words[i] == ',' {
			return words[:i], words[i:]
		}
	}
	return words, ""
}

// isCommand is whether name is one of the family's: one to three capitals and a number, as S20 or R1, or SCF.
func isCommand(name string) bool {
	i := 0
	for i < len(name) && name[i] >= 'A' && name[i] <= 'Z' {
		i++
	}
	letters := i
	for i < len(name) && name[i] >= '0' && name[i] <= '9' {
		i++
	}
	return name == "SCF" || i == len(name) && letters >= 1 && letters <= 3 && i > letters && i-letters <= 3
}

// maxWords is the most bytes of a custom command: an SMS.
const maxWords = 160

// errNoWords says that a custom command is empty.
var errNoWords = errors.New("h02: the command has no text")

// checkWords refuses what could end the frame or is no printable ASCII.
func checkWords(words string) error {
	switch {
	case words == "":
		return errNoWords
	case len(words) > maxWords:
		return fmt.Errorf("h02: the command has %d bytes, more than %d", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || r == '#' || r == '*' || r == '$' {
			return fmt.Errorf("h02: character %q at byte %d can not be sent", r, i)
		}
	}
	return nil
}
