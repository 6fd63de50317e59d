package h02

import (
	"fmt"
	"strconv"

	"drover/protocols"
)

// defaultPassword is what the SinoTrack manuals give for the SMS commands.
const defaultPassword = "0000"

// text writes a command as an SMS of the SinoTrack manuals: a number, the password, and the parameters.
func text(d protocols.Device, command protocols.Command) (string, error) {
	password := d.Password
	if password == "" {
		password = defaultPassword
	}
	if err := checkWords(password); err != nil {
		return "", fmt.Errorf("password: %w", err)
	}
	switch command.Kind {
	case protocols.Custom:
		return command.Text, checkWords(command.Text)
	case protocols.Locate:
		return "669" + password, nil
	case protocols.Interval:
		seconds, err := intervalSeconds(command.Every)
		if err != nil {
			return "", err
		}
		return "805" + password + " " + strconv.Itoa(seconds), nil
	case protocols.Immobilise:
		return "940" + password, nil
	case protocols.Release:
		return "941" + password, nil
	case protocols.Output:
		if command.Output == 1 && command.On {
			return "940" + password, nil
		}
		if command.Output == 1 {
			return "941" + password, nil
		}
	case protocols.Reboot:
		return "RESTART", nil
	}
	return "", fmt.Errorf("h02: %v: %w", command.Kind, protocols.ErrNoCommand)
}
