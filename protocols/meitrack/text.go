package meitrack

import (
	"drover/protocols"
)

// defaultPassword is that of a new tracker.
const defaultPassword = "0000"

// text writes a command as an SMS: the password, a comma, and the words of the line. A12 wants how
// often to report as well there.
func text(d protocols.Device, command protocols.Command) (string, error) {
	password := d.Password
	if password == "" {
		password = defaultPassword
	}
	if err := check("password", password, ",*"); err != nil {
		return "", err
	}
	words, err := commandWords(command)
	if err != nil {
		return "", err
	}
	switch command.Kind {
	case protocols.Custom:
		return words, nil
	case protocols.Interval:
		words += ",0" // how often: without end
	}
	return password + "," + words, nil
}
