package dispatch

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// Why a command can not go the way that is asked for.
var (
	ErrNoLine  = errors.New("the device has no open line now")
	ErrNoPhone = errors.New("the phone number of the device's SIM is not known")
	ErrNoModem = errors.New("the server has no modem")
	ErrNoWords = errors.New("its protocol has no such command; a custom one may do")
	ErrBusy    = errors.New("too many commands wait for the device")
)

// target is a device that is to be told something, and what can be done for it now.
type target struct {
	fleet.Device
	vehicle  string              // its name, or the device's identity
	protocol *protocols.Protocol // that it speaks; nil: nobody knows
	kinds    []protocols.CommandKind
	online   bool
}

// targetOf makes a target of a device whose password is open.
func (d *Dispatcher) targetOf(device fleet.Device) target {
	t := target{Device: device, vehicle: device.Identity, online: d.config.Lines.Reaches(device.ID)}
	if v, ok := d.config.Registry.Now().Vehicle(device.Vehicle); ok {
		t.vehicle = v.Name
	}
	t.protocol, t.kinds = d.byName[device.Protocol], d.kinds[device.Protocol]
	return t
}

// canData says whether the device has words for a command over a line; where its protocol is not known, the line says.
func (t *target) canData(c *protocols.Command) bool {
	return t.protocol == nil || slices.Contains(t.kinds, c.Kind)
}

// text gives a command's words as an SMS.
func (t *target) text(c *protocols.Command) (string, error) {
	switch {
	case t.Device.Protocol == "":
		return "", errors.New("the device's protocol is not set, so nobody knows its words")
	case t.protocol == nil || t.protocol.Text == nil:
		return "", ErrNoWords
	}
	words, err := t.protocol.Text(t.Profile(), *c)
	if errors.Is(err, protocols.ErrNoCommand) {
		return "", ErrNoWords
	}
	return words, err
}

// wakeWords gives an SMS that makes the tracker dial in: the family's own words, or a request for its place.
func (t *target) wakeWords() (string, error) {
	if t.protocol != nil && t.protocol.Wake != "" {
		return t.text(&protocols.Command{Kind: protocols.Custom, Text: t.protocol.Wake})
	}
	return t.text(&protocols.Command{Kind: protocols.Locate})
}

// number is the SIM's phone number, without what people write between digits.
func (t *target) number() string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -/().\u00a0", r) {
			return -1
		}
		return r
	}, t.Phone)
}

// reachable says whether the device can be sent an SMS at all; nil if it can.
func (d *Dispatcher) reachable(t *target) error {
	switch {
	case d.config.SMS == nil:
		return ErrNoModem
	case t.number() == "":
		return ErrNoPhone
	}
	return nil
}

// ready says whether a modem can send now, or why none can.
func (d *Dispatcher) ready() (bool, string) {
	if d.config.SMS == nil {
		return false, ErrNoModem.Error()
	}
	if d.config.Modems == nil {
		return true, ""
	}
	n, why := d.config.Modems()
	return n > 0, why
}

// choose gives the line that a command goes by now, and why. An error says that there is none.
func (d *Dispatcher) choose(t *target, c *protocols.Command, wish fleet.LineKind) (fleet.LineKind, string, error) {
	switch wish {
	case fleet.LineData:
		if !t.canData(c) {
			return "", "", ErrNoWords
		}
		if !t.online {
			return "", "", ErrNoLine
		}
		return wish, "", nil
	case fleet.LineSMS:
		if err := d.reachable(t); err != nil {
			return "", "", err
		}
		_, err := t.text(c)
		return wish, "", err
	case fleet.LineWake:
		return d.chooseWake(t, c)
	case fleet.LineLogin:
		if !t.canData(c) {
			return "", "", ErrNoWords
		}
		return wish, "it goes when the tracker dials in", nil
	}
	return d.chooseBest(t, c)
}

func (d *Dispatcher) chooseWake(t *target, c *protocols.Command) (fleet.LineKind, string, error) {
	if !t.canData(c) {
		return "", "", ErrNoWords
	}
	if t.online {
		return fleet.LineData, "the tracker is on line already", nil
	}
	if err := d.reachable(t); err != nil {
		return "", "", err
	}
	if _, err := t.wakeWords(); err != nil {
		return "", "", fmt.Errorf("it can not be woken by SMS: %w", err)
	}
	return fleet.LineWake, "an SMS makes the tracker dial in first", nil
}

// chooseBest takes the first line that is there.
func (d *Dispatcher) chooseBest(t *target, c *protocols.Command) (fleet.LineKind, string, error) {
	data := t.canData(c)
	if t.online && data {
		return fleet.LineData, "the tracker is on line", nil
	}
	able := d.reachable(t)
	_, wordless := t.text(c)
	_, deaf := t.wakeWords()
	ready, why := d.ready()
	switch {
	case able == nil && wordless == nil && (ready || !data):
		if t.online {
			return fleet.LineSMS, "its words are known for an SMS only", nil
		}
		return fleet.LineSMS, "the tracker is not on line", nil
	case able == nil && ready && deaf == nil && data:
		return fleet.LineWake, "the tracker is not on line, and its words are not known for an SMS: it is woken first", nil
	case !data && errors.Is(wordless, ErrNoWords):
		return "", "", ErrNoWords
	case !data && able != nil:
		return "", "", fmt.Errorf("its words are known for an SMS only: %w", able)
	case !data:
		return "", "", wordless
	case able != nil:
		why = able.Error()
	case ready && wordless != nil:
		why = wordless.Error()
	}
	return fleet.LineLogin, "the tracker is not on line, and no SMS can go: " + why, nil
}
