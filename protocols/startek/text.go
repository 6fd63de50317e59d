package startek

import "drover/protocols"

// defaultPassword is that of a new tracker.
const defaultPassword = "0000"

// text writes a command as an SMS: the password, a comma, and the words of the line.
func text(d protocols.Device, command protocols.Command) (string, error) {
	password := d.Password
	if password == "" {
		password = defaultPassword
	}
	if err := check("password", password); err != nil {
		return "", err
	}
	words, err := commandWords(command)
	if err != nil || command.Kind == protocols.Custom {
		return words, err
	}
	return password + "," + words, nil
}
