package texts

import (
	"errors"
	"strings"
	"time"

	"drover/protocols"
)

const (
	maxText       = 2000 // bytes that are looked at
	maxAttributes = 32
	maxValue      = 64 // bytes of an attribute's value
)

// ErrUnknown says that the words hold nothing that is known: no place, no state, neither success nor refusal.
var ErrUnknown = errors.New("texts: the SMS says nothing known")

// reading is what was read of one SMS so far.
type reading struct {
	device   string
	p        protocols.Position
	said     bool // p has something beside its time
	unfixed  bool // the receiver had no fix
	lat, lon angle
	element  string // the last I/O ID, whose value comes next
}

// Read reads an SMS of a tracker that is d, sent at a time (the network's, UTC). The Message has a Result with the
// words, and a Position if they hold a place, an alarm or values. The error is ErrUnknown; the Result is there all the
// same.
func Read(d protocols.Device, text string, at time.Time) (protocols.Message, error) {
	m := protocols.Message{Result: &protocols.Result{Text: text}}
	words := strings.ReplaceAll(text[:min(len(text), maxText)], "：", ":")
	lower := asciiLower(words)
	v := verdict(lower)
	m.Result.Nack, m.Result.Deferred = v == refused, v == deferred

	r := reading{unfixed: saysUnfixed(lower)}
	rest, linked := r.link(words)
	r.labels(rest)
	if !linked {
		r.pair()
	}
	if r.p.Alarms = alarmsIn(lower); r.p.Alarms != 0 {
		r.said = true
	}
	if r.said {
		r.p.Valid = r.p.Located && !r.unfixed
		r.moment(rest, d, at)
		m.Device, m.Positions = r.device, []protocols.Position{r.p}
	}
	if !r.said && v == unclear {
		return m, ErrUnknown
	}
	return m, nil
}

// place sets where the tracker was, if it can be there. Exactly 0, 0 is what trackers say without a fix.
func (r *reading) place(lat, lon float64) bool {
	if !(lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180) || lat == 0 && lon == 0 {
		return false
	}
	r.p.Located, r.p.Latitude, r.p.Longitude, r.said = true, lat, lon, true
	return true
}

func (r *reading) attribute(name string, v protocols.Value) {
	r.said = true
	if len(r.p.Attributes) < maxAttributes {
		r.p.Attributes = append(r.p.Attributes, protocols.Attr(name, v))
	}
}

// asciiLower keeps the places of all bytes, which strings.ToLower does not.
func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}
