package watch

import (
	"fmt"
	"strconv"
	"time"

	"drover/protocols"
)

// maxWords is the most bytes of a command.
const maxWords = 1024

// The shortest and longest interval of UPLOAD in seconds.
const (
	minInterval = 10
	maxInterval = 65535
)

// Encode writes a command to the last speaker, in its own form.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	content, err := commandWords(cmd)
	if err != nil {
		return nil, err
	}
	if c.device == "" {
		return nil, fmt.Errorf("watch: the watch has not said who it is")
	}
	var index []byte
	if c.indexed {
		index = []byte("0001")
	}
	return c.appendMessage(nil, []byte(c.device), index, content), nil
}

func commandWords(cmd protocols.Command) (string, error) {
	switch cmd.Kind {
	case protocols.Custom:
		return cmd.Text, plain("command", cmd.Text, "[]*}")
	case protocols.Locate:
		return "CR", nil
	case protocols.Interval:
		if cmd.Every < minInterval*time.Second || cmd.Every > maxInterval*time.Second {
			return "", fmt.Errorf("watch: interval %v is not in %d s..%d s", cmd.Every, minInterval, maxInterval)
		}
		return "UPLOAD," + strconv.Itoa(int(cmd.Every/time.Second)), nil
	case protocols.Reboot:
		return "RESET", nil
	case protocols.SetServer:
		if cmd.Port < 1 || cmd.Port > 65535 {
			return "", fmt.Errorf("watch: port %d is not in 1..65535", cmd.Port)
		}
		return "IP," + cmd.Host + "," + strconv.Itoa(cmd.Port), plain("host", cmd.Host, "[]*},")
	case protocols.SetAPN:
		if err := plain("access point", cmd.APN, "[]*},"); err != nil {
			return "", err
		}
		for _, part := range []string{cmd.User, cmd.Secret} {
			if part != "" {
				if err := plain("user or secret", part, "[]*},"); err != nil {
					return "", err
				}
			}
		}
		return "APN," + cmd.APN + "," + cmd.User + "," + cmd.Secret + ",", nil
	}
	return "", fmt.Errorf("watch: %v: %w", cmd.Kind, protocols.ErrNoCommand)
}

// plain refuses what is no printable ASCII, what is forbidden, and what is empty or too long.
func plain(name, words, forbidden string) error {
	if len(words) == 0 || len(words) > maxWords {
		return fmt.Errorf("watch: the %s has %d characters: 1 to %d are allowed", name, len(words), maxWords)
	}
	for i, r := range words {
		bad := r < ' ' || r > '~'
		for _, f := range forbidden {
			bad = bad || r == f
		}
		if bad {
			return fmt.Errorf("watch: character %q at place %d of the %s can not be sent", r, i+1, name)
		}
	}
	return nil
}
