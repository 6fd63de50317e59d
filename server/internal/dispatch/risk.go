package dispatch

import (
	"errors"
	"fmt"
	"regexp"
	"time"

	"drover/protocols"
)

// risk is what a command can do to people.
type risk uint8

const (
	harmless risk = iota
	serious       // the tracker may not come back
	cutting       // the engine may stop
)

// speedKept is how long a speed counts as the present one.
const speedKept = 10 * time.Minute

// riskOf judges a command, rather too high than too low.
func riskOf(t *target, c *protocols.Command) risk {
	switch c.Kind {
	case protocols.Immobilise:
		return cutting
	case protocols.Output:
		if c.On {
			return cutting
		}
	case protocols.SetServer, protocols.SetAPN:
		return serious
	case protocols.Custom:
		return max(riskOfMeaning(t, c), riskOfWords(c.Text))
	}
	return harmless
}

// riskOfMeaning asks the family what an operator's own words do, as they are and as the SMS that they become.
func riskOfMeaning(t *target, c *protocols.Command) (found risk) {
	if t.protocol == nil || t.protocol.HearText == nil {
		return harmless
	}
	texts := []string{c.Text}
	if sms, err := t.text(c); err == nil {
		texts = append(texts, sms)
	}
	for _, text := range texts {
		meant, _, ok := t.protocol.HearText(t.Profile(), text, protocols.Position{})
		if ok && meant.Kind != protocols.Custom {
			found = max(found, riskOf(t, &meant))
		}
	}
	return found
}

// What the families call their relays, from their manuals: also what lets an engine run again, since some have the
// sense of their relay the other way round.
var (
	cuttingWords = regexp.MustCompile(`(?i)relay|stop|cut|dyd|setdigout|setio|gtout|gtdos|immobil|engine|fuel|oil|` +
		`output|enable\d|\bout=|\bs20\b|^\W*940\d{4}|\bc01,|\b025,`)
	seriousWords = regexp.MustCompile(`(?i)server|adminip|apn|\bdns\b|\bsri=|gtsri|\bbsi=|gtbsi|setparam|` +
		`setconnection|^\W*80[34]|factory|format`)
)

func riskOfWords(text string) risk {
	switch {
	case cuttingWords.MatchString(text):
		return cutting
	case seriousWords.MatchString(text):
		return serious
	}
	return harmless
}

// ErrUnconfirmed says that a dangerous command was not confirmed.
var ErrUnconfirmed = errors.New("it must be confirmed")

// TooFastError says that a vehicle is too fast for a command.
type TooFastError struct {
	Vehicle string
	Speed   float64 // km/h
	Limit   float64
}

// Error names the vehicle, its speed and the limit.
func (e *TooFastError) Error() string {
	return fmt.Sprintf("%s drives at %.0f km/h: no engine is cut above %.0f km/h", e.Vehicle, e.Speed, e.Limit)
}

// UnconfirmedError names the vehicle that a dangerous command is for, and how fast it is.
type UnconfirmedError struct {
	Vehicle string
	Words   string
	Speed   *float64 // km/h; nil: it is not known
}

// Error is the question that is to be answered.
func (e *UnconfirmedError) Error() string {
	speed := "its speed is not known"
	if e.Speed != nil {
		speed = fmt.Sprintf("it drives at %.0f km/h", *e.Speed)
		if *e.Speed < 1 {
			speed = "it stands"
		}
	}
	return fmt.Sprintf("%s to %s, %s: this can be dangerous and must be confirmed", e.Words, e.Vehicle, speed)
}

// Unwrap is ErrUnconfirmed.
func (e *UnconfirmedError) Unwrap() error { return ErrUnconfirmed }

// speedOf is how fast a device is now; nil: nobody knows.
func (d *Dispatcher) speedOf(t *target) *float64 {
	if d.config.State == nil {
		return nil
	}
	s, known := d.config.State(t.ID)
	if !known || time.Since(s.At) > speedKept {
		return nil
	}
	return &s.KMH
}

// tooFast says why a command that cuts the engine must not go now; nil if it may.
func (d *Dispatcher) tooFast(t *target, r risk, override bool) error {
	speed := d.speedOf(t)
	if r < cutting || override || speed == nil || *speed <= d.config.CutSpeed {
		return nil
	}
	return &TooFastError{Vehicle: t.vehicle, Speed: *speed, Limit: d.config.CutSpeed}
}
