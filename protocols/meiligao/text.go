package meiligao

import (
	"fmt"
	"strconv"

	"drover/protocols"
)

// defaultPassword is what the manuals give for SMS commands.
const defaultPassword = "000000"

// text writes a command as an SMS of the manuals: W, the password, the command's number and its parameters.
func text(d protocols.Device, cmd protocols.Command) (string, error) {
	password := d.Password
	if password == "" {
		password = defaultPassword
	}
	if err := plain("password", password, ","); err != nil {
		return "", err
	}
	head := "W" + password + ","
	switch cmd.Kind {
	case protocols.Custom:
		return cmd.Text, plain("command", cmd.Text, "")
	case protocols.Locate:
		return head + "000", nil
	case protocols.Interval:
		units, err := intervalUnits(cmd.Every)
		return head + "014," + fmt.Sprintf("%05d", units), err
	case protocols.SetServer:
		if cmd.Port < 1 || cmd.Port > 65535 {
			return "", fmt.Errorf("meiligao: port %d is not in 1..65535", cmd.Port)
		}
		return head + "012," + cmd.Host + "," + strconv.Itoa(cmd.Port), plain("host", cmd.Host, ",")
	case protocols.SetAPN:
		return accessPoint(head+"011,", cmd)
	}
	return "", fmt.Errorf("meiligao: %v by SMS: %w", cmd.Kind, protocols.ErrNoCommand)
}

func accessPoint(head string, cmd protocols.Command) (string, error) {
	words := head + cmd.APN
	if err := plain("access point", cmd.APN, ","); err != nil {
		return "", err
	}
	if cmd.User == "" && cmd.Secret == "" {
		return words, nil
	}
	if err := plain("user", cmd.User, ","); err != nil {
		return "", err
	}
	return words + "," + cmd.User + "," + cmd.Secret, plain("secret", cmd.Secret, ",")
}

// plain refuses what is no printable ASCII, what is forbidden, and what does not fit an SMS.
func plain(name, words, forbidden string) error {
	if len(words) == 0 || len(words) > 100 {
		return fmt.Errorf("meiligao: the %s has %d characters: 1 to 100 are allowed", name, len(words))
	}
	for i, r := range words {
		bad := r < ' ' || r > '~'
		for _, f := range forbidden {
			bad = bad || r == f
		}
		if bad {
			return fmt.Errorf("meiligao: character %q at place %d of the %s can not be sent", r, i+1, name)
		}
	}
	return nil
}
