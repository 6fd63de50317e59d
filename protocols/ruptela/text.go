package ruptela

import (
	"fmt"

	"drover/protocols"
)

// text writes a command as an SMS: the password, a space, and the words.
func text(d protocols.Device, command protocols.Command) (string, error) {
	if err := checkWords(d.Password, ""); err != nil {
		return "", fmt.Errorf("password: %w", err)
	}
	words, err := commandWords(command, immobiliserOf(d))
	if err != nil {
		return "", err
	}
	return d.Password + " " + words, nil
}
