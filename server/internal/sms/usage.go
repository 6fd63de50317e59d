package sms

import (
	"slices"
	"time"

	"drover/modem"
	"drover/server/internal/fleet"
)

const day = 24 * time.Hour

// usage is what one SIM sent lately: the times of the last 24 hours (8 bytes a message), when each number was last sent
// to in them, and how many in this calendar month (UTC), which is when operators count anew.
type usage struct {
	times   []int64 // Unix milliseconds, in order
	peers   map[string]time.Time
	month   int
	monthOf time.Time // its first moment
}

func monthOf(t time.Time) time.Time {
	t = t.UTC()
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// newUsage is made from what is stored of the last 24 hours and the month.
func newUsage(now time.Time, sent []fleet.SMSUse, month int) *usage {
	u := &usage{peers: map[string]time.Time{}, month: month, monthOf: monthOf(now)}
	for _, s := range sent {
		u.times = append(u.times, s.At.UnixMilli())
		u.peers[s.Peer] = s.At
	}
	slices.Sort(u.times)
	return u
}

// turn forgets what is over.
func (u *usage) turn(now time.Time) {
	if m := monthOf(now); m.After(u.monthOf) {
		u.month, u.monthOf = 0, m
	}
	old := len(u.times) - u.since(now, day)
	u.times = u.times[old:]
	if old > 0 {
		for peer, at := range u.peers {
			if now.Sub(at) >= day {
				delete(u.peers, peer)
			}
		}
	}
}

// since counts what was sent within a time.
func (u *usage) since(now time.Time, within time.Duration) int {
	at, _ := slices.BinarySearch(u.times, now.Add(-within).UnixMilli()+1)
	return len(u.times) - at
}

// add counts parts that are about to be sent.
func (u *usage) add(now time.Time, peer string, parts int) {
	u.turn(now)
	for range parts {
		u.times = append(u.times, now.UnixMilli())
	}
	u.peers[peer] = now
	u.month += parts
}

// undo takes back parts that were not sent after all. The number stays counted: it is likely tried again.
func (u *usage) undo(parts int) {
	u.times = u.times[:max(0, len(u.times)-parts)]
	u.month = max(0, u.month-parts)
}

// room says whether a SIM may send so many parts to a number now; if not, when it may at the earliest, and whether that
// is only because of the number. A message of more parts than a limit goes when nothing else has.
func (u *usage) room(now time.Time, l modem.Limits, peer string, parts int) (ok bool, at time.Time, number bool) {
	u.turn(now)
	for _, w := range []struct {
		limit  int
		within time.Duration
	}{{l.Minute, time.Minute}, {l.Hour, time.Hour}, {l.Day, day}} {
		if n := u.since(now, w.within); w.limit > 0 && n > 0 && n+parts > w.limit {
			leaves := len(u.times) - max(0, w.limit-parts) - 1 // the last that must have left the window
			return false, time.UnixMilli(u.times[max(0, leaves)]).Add(w.within), false
		}
	}
	if l.Month > 0 && u.month > 0 && u.month+parts > l.Month {
		return false, u.monthOf.AddDate(0, 1, 0), false
	}
	if _, known := u.peers[peer]; !known && l.Recipients > 0 && len(u.peers) >= l.Recipients {
		return false, now.Add(time.Minute), true
	}
	return true, time.Time{}, false
}

// Counters are what a SIM sent lately: within the last minute, hour and 24 hours, in this calendar month (UTC), and to
// how many numbers within the last 24 hours.
type Counters struct{ Minute, Hour, Day, Month, Recipients int }

func (u *usage) counters(now time.Time) Counters {
	u.turn(now)
	return Counters{u.since(now, time.Minute), u.since(now, time.Hour), len(u.times), u.month, len(u.peers)}
}
