package watch

import (
	"fmt"

	"drover/protocols"
)

// defaultPassword is what the manuals give for SMS commands.
const defaultPassword = "123456"

// text writes a command as an SMS: pw, the password and a line's words in lower case, with # at the end.
func text(d protocols.Device, cmd protocols.Command) (string, error) {
	password := d.Password
	if password == "" {
		password = defaultPassword
	}
	if err := plain("password", password, ",#[]*}"); err != nil {
		return "", err
	}
	head := "pw," + password + ","
	switch cmd.Kind {
	case protocols.Custom:
		return cmd.Text, plain("command", cmd.Text, "")
	case protocols.Locate:
		return head + "url#", nil
	case protocols.Interval, protocols.SetServer, protocols.SetAPN:
		words, err := commandWords(cmd)
		if err != nil {
			return "", err
		}
		return head + lowerHead(words) + "#", nil
	case protocols.Reboot:
		return head + "reset#", nil
	}
	return "", fmt.Errorf("watch: %v by SMS: %w", cmd.Kind, protocols.ErrNoCommand)
}

// lowerHead writes the word before the first comma in lower case.
func lowerHead(words string) string {
	b := []byte(words)
	for i, c := range b {
		if c == ',' {
			break
		}
		b[i] = c | 0x20
	}
	return string(b)
}
