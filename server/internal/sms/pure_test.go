package sms

import (
	"errors"
	"testing"
	"time"

	"drover/modem"
	"drover/server/internal/fleet"
)

func TestUsage(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	u := newUsage(now, []fleet.SMSUse{{Peer: "+1", At: now.Add(-23 * time.Hour)}, {Peer: "+2", At: now.Add(-50 * time.Second)},
		{Peer: "+2", At: now.Add(-20 * time.Second)}}, 7)
	for name, c := range map[string]struct {
		limits modem.Limits
		peer   string
		parts  int
		ok     bool
		at     time.Time
		number bool
	}{
		"none":                    {limits: modem.Limits{}, peer: "+9", parts: 3, ok: true},
		"room in the minute":      {limits: modem.Limits{Minute: 3}, peer: "+9", parts: 1, ok: true},
		"minute":                  {limits: modem.Limits{Minute: 2}, peer: "+9", parts: 1, at: now.Add(10 * time.Second)},
		"minute, two parts":       {limits: modem.Limits{Minute: 2}, peer: "+9", parts: 2, at: now.Add(40 * time.Second)},
		"more parts than allowed": {limits: modem.Limits{Minute: 2}, peer: "+9", parts: 3, at: now.Add(40 * time.Second)},
		"hour":                    {limits: modem.Limits{Hour: 2}, peer: "+9", parts: 1, at: now.Add(time.Hour - 50*time.Second)},
		"day":                     {limits: modem.Limits{Day: 3}, peer: "+9", parts: 1, at: now.Add(time.Hour)},
		"month":                   {limits: modem.Limits{Month: 7}, peer: "+9", parts: 1, at: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)},
		"another number":          {limits: modem.Limits{Recipients: 2}, peer: "+9", parts: 1, at: now.Add(time.Minute), number: true},
		"a known number":          {limits: modem.Limits{Recipients: 2}, peer: "+1", parts: 1, ok: true},
	} {
		ok, at, number := u.room(now, c.limits, c.peer, c.parts)
		if ok != c.ok || !at.Equal(c.at) || number != c.number {
			t.Errorf("%s: got %v, %v, %v", name, ok, at, number)
		}
	}
	u.add(now, "+3", 2)
	if got := u.counters(now); got != (Counters{4, 4, 5, 9, 3}) {
		t.Errorf("after two more: %+v", got)
	}
	u.undo(1)
	if got := u.counters(now.Add(24 * time.Hour)); got != (Counters{Month: 8}) {
		t.Errorf("a day later: %+v", got)
	}
	if got := u.counters(now.Add(12 * day)); got.Month != 0 {
		t.Errorf("a month later: %+v", got)
	}
}

func TestSettle(t *testing.T) {
	now := time.Now()
	p := Policy{}.withDefaults()
	safe, dangerous := fleet.SMS{Attempts: 1}, fleet.SMS{Attempts: 1, Dangerous: true}
	third := fleet.SMS{Attempts: 3}
	for name, c := range map[string]struct {
		m    fleet.SMS
		r    modem.Receipt
		err  error
		want fleet.SMSState
	}{
		"sent":                  {safe, modem.Receipt{Outcome: modem.Sent, Reference: 7}, nil, fleet.SMSSent},
		"unknown":               {safe, modem.Receipt{Outcome: modem.Unknown}, nil, fleet.SMSUnknown},
		"unknown and dangerous": {dangerous, modem.Receipt{Outcome: modem.Unknown}, nil, fleet.SMSUnknown},
		"congestion":            {safe, modem.Receipt{Outcome: modem.Failed, Code: 42}, nil, fleet.SMSQueued},
		"no prompt":             {safe, modem.Receipt{Outcome: modem.Failed}, nil, fleet.SMSQueued},
		"congestion, dangerous": {dangerous, modem.Receipt{Outcome: modem.Failed, Code: 42}, nil, fleet.SMSFailed},
		"congestion thrice":     {third, modem.Receipt{Outcome: modem.Failed, Code: 42}, nil, fleet.SMSFailed},
		"its SIM was pulled":    {safe, modem.Receipt{Outcome: modem.Failed, Code: 310}, nil, fleet.SMSQueued},
		"its SIM is barred":     {safe, modem.Receipt{Outcome: modem.Failed, Code: 8}, nil, fleet.SMSQueued},
		"no such number":        {safe, modem.Receipt{Outcome: modem.Failed, Code: 30}, nil, fleet.SMSFailed},
		"not asked":             {dangerous, modem.Receipt{}, errors.New("it is hung"), fleet.SMSQueued},
	} {
		got := p.settle(c.m, c.r, c.err, now)
		if got.State != c.want || got.Unasked != (c.err != nil) || (got.State == fleet.SMSQueued) != got.Due.After(now) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := p.settle(safe, modem.Receipt{Outcome: modem.Sent, Reference: 7}, nil, now); got.Reference != 7 {
		t.Errorf("the reference is %d", got.Reference)
	}
	if got := p.settle(fleet.SMS{Attempts: 2}, modem.Receipt{Outcome: modem.Failed, Code: 42}, nil, now); got.Due != now.Add(2*time.Minute) {
		t.Errorf("the second try is followed by one after %v", got.Due.Sub(now))
	}
}

// TestInTime: the network's time ends with the message's, and is never made longer.
func TestInTime(t *testing.T) {
	pdus, err := modem.Encode(modem.Outgoing{To: "+33612345678", Text: "getgps", Validity: 24 * time.Hour, Report: true},
		func(string) byte { return 1 })
	if err != nil {
		t.Fatal(err)
	}
	whole := pdus[0].TPDU
	const at = 12 // the octet of the validity: 2 + 2 + 6 digits' octets + 2
	for rest, want := range map[time.Duration]byte{
		48 * time.Hour: 167, 24 * time.Hour: 167, 23 * time.Hour: 165, 12 * time.Hour: 143, time.Hour: 11, 61 * time.Minute: 11,
		10 * time.Minute: 1, 9 * time.Minute: 0, time.Second: 0, -time.Hour: 0,
	} {
		if got := inTime(whole, rest); got[at] != want {
			t.Errorf("%v: got %d, want %d", rest, got[at], want)
		}
	}
	if whole[at] != 167 {
		t.Error("the message itself was changed")
	}
	for _, broken := range [][]byte{nil, {0x11}, {0x11, 0, 200}, {0x01, 0, 1, 2, 3, 4, 5, 6}} {
		inTime(broken, 0) // must not panic
	}
	for d, want := range map[time.Duration]byte{36 * time.Hour: 167, 2 * day: 168, 30 * day: 196, 5 * 7 * day: 197, 1000 * day: 255} {
		if got := relative(d); got != want {
			t.Errorf("%v: got %d, want %d", d, got, want)
		}
	}
}

func TestLanesGoByPriorityAndAge(t *testing.T) {
	d, err := New(Config{Lines: []modem.Line{{Name: "a", Prefixes: []string{"+33", "+336"}}, {Name: "b", Prefixes: []string{"+49"}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []fleet.SMSWaiting{{ID: 3, Peer: "+336"}, {ID: 2, Peer: "+336"}, {ID: 9, Peer: "+49", Priority: 1}, {ID: 1, Peer: "+1"}} {
		if !d.enqueue(w) || d.enqueue(w) {
			t.Errorf("%+v is not there once", w)
		}
	}
	var heads []fleet.SMSID
	for _, l := range d.byHead() {
		heads = append(heads, l.waiting[0].ID)
	}
	if len(heads) != 3 || heads[0] != 9 || heads[1] != 1 || heads[2] != 2 {
		t.Errorf("the heads are %v", heads)
	}
}

func TestJoin(t *testing.T) {
	part := func(key string, number int, text string) fleet.SMSPiece {
		return fleet.SMSPiece{Key: key, Number: number, Total: 3, Text: text, Sent: time.Unix(int64(number), 0)}
	}
	for name, c := range map[string]struct {
		set  []fleet.SMSPiece
		text string
		keys int
		lack string
	}{
		"whole":        {[]fleet.SMSPiece{part("a", 1, "x"), part("b", 2, "y"), part("c", 3, "z")}, "xyz", 3, ""},
		"gap":          {[]fleet.SMSPiece{part("a", 1, "x"), part("c", 3, "z")}, "x…z", 2, "part 2 of 3 is missing"},
		"only the end": {[]fleet.SMSPiece{part("c", 3, "z")}, "…z", 1, "parts 1, 2 of 3 are missing"},
		"no end":       {[]fleet.SMSPiece{part("a", 1, "x"), part("b", 2, "y")}, "xy…", 2, "part 3 of 3 is missing"},
		"twice":        {[]fleet.SMSPiece{part("a", 1, "x"), part("b", 2, "y"), part("b2", 2, "y"), part("c", 3, "z")}, "xyz", 4, ""},
		"older":        {[]fleet.SMSPiece{part("a", 1, "x"), part("a0", 1, "old"), part("b", 2, "y"), part("c", 3, "z")}, "xyz", 3, ""},
	} {
		m, keys := join(c.set)
		if m.Text != c.text || len(keys) != c.keys || missing(c.set) != c.lack {
			t.Errorf("%s: %q, %v, %q", name, m.Text, keys, missing(c.set))
		}
	}
}
