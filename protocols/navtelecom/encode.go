package navtelecom

import (
	"fmt"
	"strconv"
	"strings"

	"drover/protocols"
)

const maxWords = 1000 // characters of a command; the tracker's packets are no longer than 1.3 kB

// Encode writes a command's words behind an NTCB header.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	words, err := wordsOf(cmd, c.immobiliser, false)
	if err != nil {
		return nil, err
	}
	return appendNTCB(nil, c.object, c.server, words), nil
}

// text gives a command as an SMS, behind the password if there is one.
func text(d protocols.Device, cmd protocols.Command) (string, error) {
	line := byte('1')
	if v := d.Options[optionImmobiliser]; len(v) == 1 {
		line = v[0]
	}
	words, err := wordsOf(cmd, line, true)
	if err != nil || d.Password == "" {
		return words, err
	}
	if err := check("password", d.Password, " "); err != nil {
		return "", err
	}
	return d.Password + " " + words, nil
}

// wordsOf gives the vendor's words for a command, checked.
func wordsOf(cmd protocols.Command, immobiliser byte, sms bool) (string, error) {
	switch cmd.Kind {
	case protocols.Custom:
		return cmd.Text, check("command", cmd.Text, "")
	case protocols.Locate:
		return "*?A", nil
	case protocols.Output:
		if cmd.Output < 1 || cmd.Output > 4 {
			return "", fmt.Errorf("output %d: the tracker takes 1 to 4", cmd.Output)
		}
		return line(byte('0'+cmd.Output), cmd.On, sms), nil
	case protocols.Immobilise, protocols.Release:
		return line(immobiliser, cmd.Kind == protocols.Immobilise, sms), nil
	case protocols.Reboot:
		return "*!DEV_RESET", nil
	case protocols.SetServer:
		if cmd.Port < 1 || cmd.Port > 65535 {
			return "", fmt.Errorf("port %d: the tracker takes 1 to 65535", cmd.Port)
		}
		err := check("host", cmd.Host, " ,():!")
		return "*!EDITS TRANS:SRV1(,,," + cmd.Host + "," + strconv.Itoa(cmd.Port) + ")", err
	case protocols.SetAPN:
		return accessPoint(cmd)
	}
	return "", fmt.Errorf("%v: %w", cmd.Kind, protocols.ErrNoCommand)
}

// line switches an output. Over SMS there is only the newer form.
func line(number byte, on, sms bool) string {
	state := "N"
	if on {
		state = "Y"
	}
	if sms {
		return "*!SETOUT " + string(number) + state
	}
	return "*!" + string(number) + state
}

// accessPoint sets that of the first SIM. An exclamation mark alone would clear a parameter.
func accessPoint(cmd protocols.Command) (string, error) {
	if err := check("access point", cmd.APN, " ,():!"); err != nil {
		return "", err
	}
	user, secret := "!", "!"
	for _, f := range []struct {
		name, value string
		to          *string
	}{{"user", cmd.User, &user}, {"password", cmd.Secret, &secret}} {
		if f.value == "" {
			continue
		}
		if err := check(f.name, f.value, " ,():!"); err != nil {
			return "", err
		}
		*f.to = f.value
	}
	return "*!EDITS TRANS:AP1(" + cmd.APN + "," + user + "," + secret + ")", nil
}

// check takes 1 to 1000 printable ASCII characters, none of them special.
func check(what, words, special string) error {
	if len(words) == 0 || len(words) > maxWords {
		return fmt.Errorf("%s of %d characters: 1 to %d are allowed", what, len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || strings.ContainsRune(special, r) {
			return fmt.Errorf("character %q at place %d of the %s is not allowed", r, i+1, what)
		}
	}
	return nil
}
