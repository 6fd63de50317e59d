package h02

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"drover/protocols"
)

// defaultPassword is what the SinoTrack manuals give for the SMS commands.
const defaultPassword = "0000"

// text writes a command as an SMS of the SinoTrack manuals: a number, the password, and the parameters.
func text(d protocols.Device, command protocols.Command) (string, error) {
	password := cmp.Or(d.Password, defaultPassword)
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
	case protocols.SetServer, protocols.SetAPN:
		return placeWords(command, password)
	}
	return "", fmt.Errorf("h02: %v: %w", command.Kind, protocols.ErrNoCommand)
}

// placeWords say which server to call (804) or through which access point (803), in the words of an SMS: the tracker
// takes them over the line as well.
func placeWords(command protocols.Command, password string) (string, error) {
	password = cmp.Or(password, defaultPassword)
	words := "803" + password + " " + command.APN
	values := []string{password, command.APN, command.User, command.Secret}
	switch {
	case command.Kind == protocols.SetServer && (command.Port < 1 || command.Port > 65535):
		return "", fmt.Errorf("h02: port %d is not in 1..65535", command.Port)
	case command.Kind == protocols.SetServer:
		words = "804" + password + " " + command.Host + " " + strconv.Itoa(command.Port)
		values = []string{password, command.Host}
	case command.User != "" || command.Secret != "":
		words += " " + command.User + " " + command.Secret
	}
	for _, value := range values {
		if i := strings.IndexByte(value, ' '); i >= 0 {
			return "", fmt.Errorf("h02: character ' ' at byte %d of %q ends it", i, value)
		}
	}
	return words, checkWords(words)
}
