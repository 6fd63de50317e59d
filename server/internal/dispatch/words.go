package dispatch

import (
	"encoding/json"
	"strconv"
	"strings"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// wordsOf is a command for people: without an access point's password or the device's.
func wordsOf(c *protocols.Command, password string) string {
	words := c.Kind.String()
	switch c.Kind {
	case protocols.Custom:
		text := c.Text
		if password != "" {
			text = strings.ReplaceAll(text, password, "•••")
		}
		return words + ": " + text
	case protocols.Interval:
		return words + " " + c.Every.String()
	case protocols.Output:
		state := " off"
		if c.On {
			state = " on"
		}
		return words + " " + strconv.Itoa(c.Output) + state
	case protocols.SetServer:
		return words + " " + c.Host + ":" + strconv.Itoa(c.Port)
	case protocols.SetAPN:
		return words + " " + c.APN
	}
	return words
}

// letter is what a command's body holds.
type letter struct {
	Command  protocols.Command
	Override bool // it goes at whatever speed
}

func (d *Dispatcher) seal(l *letter, to fleet.DeviceID) ([]byte, error) {
	text, err := json.Marshal(l)
	if err != nil {
		return nil, err
	}
	return d.config.Seal.Close(text, store.SecretsOwner(to)), nil
}

// unseal opens a command's body, whose id the tracker echoes where its family can.
func (d *Dispatcher) unseal(c *fleet.Command) (l letter, err error) {
	text, err := d.config.Seal.Open(c.Body, store.SecretsOwner(c.Device))
	if err != nil {
		return l, err
	}
	err = json.Unmarshal(text, &l)
	l.Command.ID = uint32(c.ID)
	return l, err
}
