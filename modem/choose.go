package modem

import (
	"cmp"
	"slices"
	"strings"
)

// Seat is a modem as Choose sees it.
type Seat struct {
	Modem, ICCID string
	Prefixes     []string // as Line.Prefixes
	Waiting      int      // messages that it has still to send
	Free         bool     // it is ready and within its limits
}

// Wish is what a message asks of the modem that sends it.
type Wish struct {
	To     string
	Sticky string // ICCID of the SIM that sent to this recipient before; "" if there is none
	Strict bool   // only the sticky SIM may send: trackers obey the numbers they know
}

// Choose picks the modem for a message: the sticky SIM; else the one with the longest matching prefix, then those that
// are for all, then those that are for other numbers; among equals the one with the least waiting, then by name. The
// reason is for people, also when there is none (false).
func Choose(seats []Seat, w Wish) (Seat, string, bool) {
	if w.Sticky != "" {
		i := slices.IndexFunc(seats, func(s Seat) bool { return s.ICCID == w.Sticky })
		switch {
		case i >= 0 && seats[i].Free:
			return seats[i], "the SIM that this recipient knows", true
		case w.Strict && i >= 0:
			return Seat{}, "the SIM that this recipient knows, in modem " + seats[i].Modem + ", is not free", false
		case w.Strict:
			return Seat{}, "the SIM that this recipient knows is in no modem", false
		}
	} else if w.Strict {
		return Seat{}, "only a known SIM may send, and none is known", false
	}
	free := slices.DeleteFunc(slices.Clone(seats), func(s Seat) bool { return !s.Free })
	if len(free) == 0 {
		return Seat{}, "no modem is free", false
	}
	best := slices.MinFunc(free, func(a, b Seat) int {
		return cmp.Or(cmp.Compare(b.fit(w.To), a.fit(w.To)), cmp.Compare(a.Waiting, b.Waiting), cmp.Compare(a.Modem, b.Modem))
	})
	switch fit := best.fit(w.To); {
	case fit > 0:
		return best, "its SIM is meant for " + w.To[:fit], true
	case fit == 0:
		return best, "least loaded", true
	}
	return best, "no SIM is meant for this number; least loaded", true
}

// fit is the length of the longest matching prefix, 0 if the SIM is for all numbers, -1 if it is for others.
func (s Seat) fit(to string) int {
	if len(s.Prefixes) == 0 {
		return 0
	}
	best := -1
	for _, p := range s.Prefixes {
		if p != "" && strings.HasPrefix(to, p) {
			best = max(best, len(p))
		}
	}
	return best
}
