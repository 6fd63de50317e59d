package minifinder2

import (
	"fmt"
	"strconv"
	"time"

	"drover/protocols"
)

// text writes a command as an SMS of the manuals; a password goes before it with a comma.
func text(d protocols.Device, cmd protocols.Command) (string, error) {
	head := ""
	if d.Password != "" {
		if err := plain("password", d.Password, ","); err != nil {
			return "", err
		}
		head = d.Password + ","
	}
	switch cmd.Kind {
	case protocols.Custom:
		return head + cmd.Text, plain("command", cmd.Text, "")
	case protocols.Locate:
		return head + "loc", nil
	case protocols.Interval:
		words, err := intervalWords(cmd.Every)
		return head + words, err
	case protocols.Reboot:
		return head + "reboot", nil
	case protocols.SetServer:
		if cmd.Port < 1 || cmd.Port > 65535 {
			return "", fmt.Errorf("minifinder2: port %d is not in 1..65535", cmd.Port)
		}
		return head + "ip1," + cmd.Host + "," + strconv.Itoa(cmd.Port), plain("host", cmd.Host, ",")
	case protocols.SetAPN:
		return accessPoint(head, cmd)
	}
	return "", fmt.Errorf("minifinder2: %v by SMS: %w", cmd.Kind, protocols.ErrNoCommand)
}

func accessPoint(head string, cmd protocols.Command) (string, error) {
	words := head + "s1," + cmd.APN
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

// intervalWords writes an interval in seconds, minutes or hours of at most three digits.
func intervalWords(every time.Duration) (string, error) {
	const least, most = 10 * time.Second, 999 * time.Hour
	if every < least || every > most || every%time.Second != 0 {
		return "", fmt.Errorf("minifinder2: interval %v is not in whole seconds from %v to %v", every, least, most)
	}
	for _, unit := range []struct {
		of     time.Duration
		letter string
	}{{time.Second, "s"}, {time.Minute, "m"}, {time.Hour, "h"}} {
		if n := every / unit.of; every%unit.of == 0 && n <= 999 {
			return "ti" + strconv.Itoa(int(n)) + unit.letter, nil
		}
	}
	return "", fmt.Errorf("minifinder2: interval %v: longer ones are whole minutes or hours", every)
}

// plain refuses what is no printable ASCII, what is forbidden, and what does not fit an SMS.
func plain(name, words, forbidden string) error {
	if len(words) == 0 || len(words) > 100 {
		return fmt.Errorf("minifinder2: the %s has %d characters: 1 to 100 are allowed", name, len(words))
	}
	for i, r := range words {
		bad := r < ' ' || r > '~'
		for _, f := range forbidden {
			bad = bad || r == f
		}
		if bad {
			return fmt.Errorf("minifinder2: character %q at place %d of the %s can not be sent", r, i+1, name)
		}
	}
	return nil
}
