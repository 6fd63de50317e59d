package tk103

import (
	"errors"
	"fmt"
	"strconv"

	"drover/protocols"
)

// defaultPassword is what the manuals give.
const defaultPassword = "123456"

// errSignIn says that one SMS can not set all of an access point.
var errSignIn = errors.New("tk103: user and password of an access point are SMS of their own, apnuser and apnpasswd")

// text writes a command as an SMS: its name, the password at once after it, and the parameters.
func text(d protocols.Device, command protocols.Command) (string, error) {
	password := d.Password
	if password == "" {
		password = defaultPassword
	}
	if err := checkWords("password", password); err != nil {
		return "", err
	}
	switch command.Kind {
	case protocols.Custom:
		return command.Text, checkWords("command", command.Text)
	case protocols.Immobilise:
		return "stopelec" + password, nil
	case protocols.Release:
		return "supplyelec" + password, nil
	case protocols.Reboot:
		return "reset" + password, nil
	case protocols.SetServer:
		if command.Port < 1 || command.Port > 65535 {
			return "", fmt.Errorf("tk103: port %d is not in 1..65535", command.Port)
		}
		return "adminip" + password + " " + command.Host + " " + strconv.Itoa(command.Port), checkWords("host", command.Host)
	case protocols.SetAPN:
		if command.User != "" || command.Secret != "" {
			return "", errSignIn
		}
		return "apn" + password + " " + command.APN, checkWords("access point", command.APN)
	}
	return "", fmt.Errorf("tk103: %v: %w", command.Kind, protocols.ErrNoCommand)
}
