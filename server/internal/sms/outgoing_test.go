package sms

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"drover/modem"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

func north() modem.Line { return modem.Line{Name: "north", URL: "unix:/n"} }
func south() modem.Line { return modem.Line{Name: "south", URL: "unix:/s"} }

func (d *desk) report(part int, state modem.DeliveryState) {
	d.t.Helper()
	sent := d.pool.ledger()[part]
	must(d.t, d.Report(d.t.Context(), modem.Report{ICCID: d.pool.states[sent.modem].ICCID, To: sent.pdu.To,
		Reference: byte(part + 1), State: state, Status: 0x46}))
}

func TestSentAndDelivered(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	d.run()
	m := d.queue(fleet.SMS{Device: d.device.ID, Plain: true, Text: "  getgps"})
	sent := d.reaches(m.ID, fleet.SMSSent)
	if sent.ICCID != iccidOf(0) || sent.Modem != "north" || sent.Attempts != 1 || sent.Sent.IsZero() || !sent.Done.IsZero() {
		t.Errorf("sent: %+v", sent)
	}
	d.report(0, modem.Trying)
	if got := d.get(m.ID); got.State != fleet.SMSSent || !strings.Contains(got.Reason, "goes on trying") {
		t.Errorf("while the network tries: %s %q", got.State, got.Reason)
	}
	d.report(0, modem.Delivered)
	if got := d.get(m.ID); got.State != fleet.SMSDelivered || got.Done.IsZero() || got.Reason != "" {
		t.Errorf("delivered: %+v", got)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	var states []fleet.SMSState
	for _, c := range d.changed {
		states = append(states, c.State)
	}
	want := []fleet.SMSState{fleet.SMSSending, fleet.SMSSent, fleet.SMSSent, fleet.SMSDelivered}
	if !slices.Equal(states, want) {
		t.Errorf("told %v, want %v", states, want)
	}
}

// TestReportBeforeTheReceipt: a network may be faster than the database.
func TestReportBeforeTheReceipt(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	d.pool.send = func(_ string, pdu modem.PDU) (modem.Receipt, error) {
		must(t, d.Report(t.Context(), modem.Report{ICCID: iccidOf(0), To: pdu.To, Reference: 1, State: modem.Delivered}))
		return modem.Receipt{Outcome: modem.Sent}, nil
	}
	d.run()
	d.reaches(d.queue(fleet.SMS{}).ID, fleet.SMSDelivered)
}

// TestReportIsNotTakenForAnOlderUnknown: the report of what is being sent was given to an SMS to the same number of which
// nobody knew whether it went, so that one which never went was delivered, and the other waited for its report for ever.
func TestReportIsNotTakenForAnOlderUnknown(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	older := d.queue(fleet.SMS{Dangerous: true})
	_, _, _, err := d.store.TakeSMS(t.Context(), older.ID, "north", iccidOf(0))
	must(t, err)
	d.restart(north())
	d.reaches(older.ID, fleet.SMSUnknown)
	d.pool.mu.Lock()
	d.pool.send = func(_ string, pdu modem.PDU) (modem.Receipt, error) {
		must(t, d.Report(t.Context(), modem.Report{ICCID: iccidOf(0), To: pdu.To, Reference: 1, State: modem.Delivered}))
		return modem.Receipt{Outcome: modem.Sent}, nil
	}
	d.pool.mu.Unlock()
	d.reaches(d.queue(fleet.SMS{}).ID, fleet.SMSDelivered)
	if got := d.get(older.ID).State; got != fleet.SMSUnknown {
		t.Errorf("the older one is %s", got)
	}
}

// TestReportThatComesAgain: the second of two, as after a modem was lost before it could acknowledge the first, was given
// to an older SMS to the same number, which never went.
func TestReportThatComesAgain(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	older := d.queue(fleet.SMS{})
	_, _, _, err := d.store.TakeSMS(t.Context(), older.ID, "north", iccidOf(0))
	must(t, err)
	d.restart(north())
	d.reaches(older.ID, fleet.SMSUnknown)
	newer := d.queue(fleet.SMS{})
	d.reaches(newer.ID, fleet.SMSSent)
	r := modem.Report{ICCID: iccidOf(0), To: newer.Peer, Reference: 1, State: modem.Delivered,
		Sent: time.Now().Truncate(time.Second)}
	for range 2 {
		must(t, d.Report(t.Context(), r))
	}
	d.reaches(newer.ID, fleet.SMSDelivered)
	if got := d.get(older.ID).State; got != fleet.SMSUnknown {
		t.Errorf("the older one is %s", got)
	}
	r.Sent = r.Sent.Add(-time.Minute) // another, so it is the older one's
	must(t, d.Report(t.Context(), r))
	d.reaches(older.ID, fleet.SMSDelivered)
}

func TestRefusedByTheNetworkLater(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	d.run()
	m := d.queue(fleet.SMS{})
	d.reaches(m.ID, fleet.SMSSent)
	d.report(0, modem.Failed)
	if got := d.get(m.ID); got.State != fleet.SMSFailed || !strings.Contains(got.Reason, "validity has ended") {
		t.Errorf("got %s %q", got.State, got.Reason)
	}
}

// TestLongText: its parts go one after another over one SIM, and the whole is delivered when all are.
func TestLongText(t *testing.T) {
	d := newDesk(t, newScripted("north", "south"), north(), south())
	d.run()
	m := d.queue(fleet.SMS{Text: strings.Repeat("Прибытие в 8:00. ", 10)})
	d.reaches(m.ID, fleet.SMSSent)
	sent := d.pool.ledger()
	if len(sent) != 3 || d.get(m.ID).Parts != 3 {
		t.Fatalf("%d parts went", len(sent))
	}
	for i, s := range sent {
		if s.modem != sent[0].modem || s.pdu.Part.Number != i+1 {
			t.Errorf("part %d: %+v", i+1, s)
		}
	}
	d.report(2, modem.Delivered)
	d.report(0, modem.Delivered)
	if got := d.get(m.ID).State; got != fleet.SMSSent {
		t.Errorf("with two of three: %s", got)
	}
	d.report(1, modem.Delivered)
	d.reaches(m.ID, fleet.SMSDelivered)
}

func TestQueueRefuses(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	for name, m := range map[string]fleet.SMS{
		"empty":     {Peer: trackerPhone},
		"not GSM-7": {Peer: trackerPhone, Text: "`", Plain: true},
		"too long":  {Peer: trackerPhone, Text: strings.Repeat("x", 161), Plain: true},
		"no number": {Peer: "Orange", Text: "hello"},
	} {
		m.Organization = d.scope.Organization
		if _, err := d.Queue(t.Context(), m, 0); err == nil {
			t.Errorf("%s: it was taken", name)
		}
	}
	if list, _, err := d.store.SMS(t.Context(), d.scope, store.SMSQuery{}, store.Page{}); err != nil || len(list) > 0 {
		t.Errorf("stored %v, %v", list, err)
	}
	d.waiting = maxQueue
	if _, err := d.Queue(t.Context(), fleet.SMS{Organization: d.scope.Organization, Peer: "5555", Text: "x"}, 0); !errors.Is(err, ErrFull) {
		t.Errorf("a full queue: %v", err)
	}
}

func TestExpiryAndCancel(t *testing.T) {
	pool := newScripted("north")
	d := newDesk(t, pool, north())
	pool.set("north", func(s *modem.State) { s.Phase = modem.Registering })
	d.run()
	expiring := d.queue(fleet.SMS{Expires: time.Now().Add(300 * time.Millisecond)})
	if expiring.Reason == "" {
		t.Error("it does not say why it waits")
	}
	cancelled, kept := d.queue(fleet.SMS{}), d.queue(fleet.SMS{})
	must(t, d.Cancel(t.Context(), cancelled.ID))
	d.reaches(expiring.ID, fleet.SMSExpired)
	d.ModemChanged(pool.set("north", func(s *modem.State) { s.Phase = modem.Ready }))
	d.reaches(kept.ID, fleet.SMSSent)
	if got := d.get(cancelled.ID); got.State != fleet.SMSCancelled || len(pool.ledger()) != 1 {
		t.Errorf("%s; %d were sent", got.State, len(pool.ledger()))
	}
	if err := d.Cancel(t.Context(), kept.ID); !errors.Is(err, ErrGone) {
		t.Errorf("cancelling what is sent: %v", err)
	}
	eventually(t, func() bool { return d.Waiting() == 0 }, func() string { return "the queue is not empty" })
}

func TestRetries(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	tries := map[string]int{}
	d.pool.send = func(_ string, pdu modem.PDU) (modem.Receipt, error) {
		tries[pdu.To]++ // one courier
		switch {
		case pdu.To == "+4915100000001" && tries[pdu.To] < 3, pdu.To == "+4915100000002":
			return modem.Receipt{Outcome: modem.Failed, Code: 42, Reason: "congestion"}, nil
		case pdu.To == "+4915100000003":
			return modem.Receipt{Outcome: modem.Failed, Code: 30, Reason: "no such number"}, nil
		}
		return modem.Receipt{Outcome: modem.Sent}, nil
	}
	d.run()
	d.reaches(d.queue(fleet.SMS{Peer: "+4915100000001"}).ID, fleet.SMSSent)
	d.reaches(d.queue(fleet.SMS{Peer: "+4915100000002"}).ID, fleet.SMSFailed)
	d.reaches(d.queue(fleet.SMS{Peer: "+4915100000003"}).ID, fleet.SMSFailed)
	d.reaches(d.queue(fleet.SMS{Peer: "+4915100000002", Dangerous: true}).ID, fleet.SMSFailed)
	d.stop()
	if tries["+4915100000001"] != 3 || tries["+4915100000002"] != 3+1 || tries["+4915100000003"] != 1 {
		t.Errorf("tries: %v", tries)
	}
}

// TestUnknown: what may have gone is not sent again, unless it is safe and was never reported; a report settles it.
func TestUnknown(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	d.pool.send = func(string, modem.PDU) (modem.Receipt, error) {
		return modem.Receipt{Outcome: modem.Unknown, Reason: "it did not answer"}, nil
	}
	d.run()
	dangerous := d.queue(fleet.SMS{Peer: "+4915100000001", Dangerous: true})
	safe := d.queue(fleet.SMS{Peer: "+4915100000002"})
	reported := d.queue(fleet.SMS{Peer: "+4915100000003"})
	for _, m := range []fleet.SMS{dangerous, safe, reported} {
		d.reaches(m.ID, fleet.SMSUnknown)
	}
	must(t, d.Report(t.Context(), modem.Report{ICCID: iccidOf(0), To: "+4915100000003", Reference: 99, State: modem.Delivered}))
	d.reaches(reported.ID, fleet.SMSDelivered)
	d.pool.mu.Lock()
	d.pool.send = nil
	d.pool.mu.Unlock()
	d.exec(`UPDATE drover.sms SET sent = now() - interval '2 days'`) // longer than the network tries
	again := d.reaches(safe.ID, fleet.SMSSent)
	if again.Attempts != 2 {
		t.Errorf("%d attempts", again.Attempts)
	}
	eventually(t, func() bool { return !d.get(dangerous.ID).Done.IsZero() }, func() string { return "the dangerous one stays open" })
	if got := d.get(dangerous.ID); got.State != fleet.SMSUnknown || got.Attempts != 1 || len(d.pool.ledger()) != 4 {
		t.Errorf("the dangerous one: %s, %d attempts; %d went", got.State, got.Attempts, len(d.pool.ledger()))
	}
}

// TestCrashWhileSending: what a killed server was sending is unknown, also a part of a long one, and nothing of it goes by
// itself.
func TestCrashWhileSending(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	short, long := d.queue(fleet.SMS{Dangerous: true}), d.queue(fleet.SMS{Text: strings.Repeat("long ", 80)})
	for _, m := range []fleet.SMS{short, long} {
		_, _, _, err := d.store.TakeSMS(t.Context(), m.ID, "north", iccidOf(0))
		must(t, err)
	}
	d.restart(north())
	d.reaches(short.ID, fleet.SMSUnknown)
	d.reaches(long.ID, fleet.SMSUnknown)
	d.reaches(d.queue(fleet.SMS{}).ID, fleet.SMSSent) // the queue works
	if n := len(d.pool.ledger()); n != 1 {
		t.Errorf("%d parts went, want the new one", n)
	}
	d.stop()
	// Another server's modem, of which nobody has heard for long.
	other := d.queue(fleet.SMS{})
	_, _, _, err := d.store.TakeSMS(t.Context(), other.ID, "elsewhere", iccidOf(5))
	must(t, err)
	d.restart(north())
	d.reaches(d.queue(fleet.SMS{}).ID, fleet.SMSSent)
	if got := d.get(other.ID).State; got != fleet.SMSSending {
		t.Errorf("another server's is %s", got)
	}
	d.exec(`UPDATE drover.sms_out_parts SET sent = now() - interval '11 minutes' WHERE sms_id = $1`, int64(other.ID))
	d.reaches(other.ID, fleet.SMSUnknown)
}

// TestRestartKeepsTheQueue: what waited goes.
func TestRestartKeepsTheQueue(t *testing.T) {
	d := newDesk(t, newScripted("north"), north())
	first, urgent := d.queue(fleet.SMS{Peer: "+491510001"}), d.queue(fleet.SMS{Peer: "+491510002", Priority: 5})
	d.restart(north())
	d.reaches(first.ID, fleet.SMSSent)
	d.reaches(urgent.ID, fleet.SMSSent)
	if sent := d.pool.ledger(); sent[0].pdu.To != "+491510002" {
		t.Errorf("first went %s", sent[0].pdu.To)
	}
}

func TestLimits(t *testing.T) {
	d := newDesk(t, newScripted("north"), modem.Line{Name: "north", Limits: modem.Limits{Minute: 3}})
	d.run()
	var last fleet.SMS
	for range 4 {
		last = d.queue(fleet.SMS{})
	}
	eventually(t, func() bool {
		return len(d.pool.ledger()) == 3 && d.Views()[0].Counters.Minute == 3 && d.Waiting() == 1
	}, func() string { return fmt.Sprintf("%d wait, the view: %+v", d.Waiting(), d.Views()[0]) })
	d.restart(modem.Line{Name: "north", Limits: modem.Limits{Minute: 3}}) // which does not forget them
	eventually(t, func() bool { return d.Waiting() == 1 && d.Views()[0].Counters.Minute == 3 }, func() string { return "not counted" })
	if got := d.get(last.ID).State; got != fleet.SMSQueued {
		t.Errorf("the fourth is %s", got)
	}
	d.exec(`UPDATE drover.sms_out_parts SET sent = sent - interval '1 minute' WHERE sent IS NOT NULL`)
	d.restart(modem.Line{Name: "north", Limits: modem.Limits{Minute: 3}})
	d.reaches(last.ID, fleet.SMSSent)
}

// TestRouting: a SIM is chosen by its prefixes, and then by what the recipient knows.
func TestRouting(t *testing.T) {
	pool := newScripted("north", "south")
	lines := []modem.Line{{Name: "north", Prefixes: []string{"+33"}}, {Name: "south", Prefixes: []string{"+49"}}}
	d := newDesk(t, pool, lines...)
	d.run()
	via := func(m fleet.SMS) string { return d.reaches(d.queue(m).ID, fleet.SMSSent).Modem }
	if got := via(fleet.SMS{Peer: "+4915112345678"}); got != "south" {
		t.Errorf("by prefix over %s", got)
	}
	if got := via(fleet.SMS{Peer: trackerPhone, ICCID: iccidOf(1)}); got != "south" {
		t.Errorf("by wish over %s", got)
	}
	if got := via(fleet.SMS{Peer: trackerPhone}); got != "south" {
		t.Errorf("to who knows south over %s", got)
	}
	// The tracker obeys the SIM that it knows, and no other.
	pool.set("south", func(s *modem.State) { s.Phase = modem.Hung })
	strict := d.queue(fleet.SMS{Device: d.device.ID})
	if !strict.Strict || strict.ICCID != iccidOf(1) || !strings.Contains(strict.Reason, "south") {
		t.Errorf("not for south alone: %+v", strict)
	}
	d.exec(`UPDATE drover.devices SET any_sender = true`)
	if got := via(fleet.SMS{Device: d.device.ID}); got != "north" {
		t.Errorf("who obeys any is told over %s", got)
	}
	if got := d.get(strict.ID).State; got != fleet.SMSQueued {
		t.Errorf("the one for south is %s", got)
	}
	d.exec(`UPDATE drover.devices SET any_sender = false, sender = $1`, iccidOf(0))
	if got := via(fleet.SMS{Device: d.device.ID}); got != "north" {
		t.Errorf("who obeys north is told over %s", got)
	}
	d.exec(`UPDATE drover.devices SET sender = $1`, iccidOf(7))
	stranded := d.queue(fleet.SMS{Device: d.device.ID})
	if !stranded.Strict || stranded.ICCID != iccidOf(7) || !strings.Contains(stranded.Reason, "in no modem") {
		t.Errorf("for a SIM that is not here: %+v", stranded)
	}
	d.ModemChanged(pool.set("south", func(s *modem.State) { s.Phase = modem.Ready }))
	d.reaches(strict.ID, fleet.SMSSent)
}

// TestManyOverFew: all go once, over all modems, also while one of them fails now and then.
func TestManyOverFew(t *testing.T) {
	d := newDesk(t, newScripted("north", "south"), north(), south())
	tries := map[string]int{}
	d.pool.send = func(_ string, pdu modem.PDU) (modem.Receipt, error) {
		d.pool.mu.Lock()
		defer d.pool.mu.Unlock()
		if tries[pdu.To]++; tries[pdu.To] == 1 && strings.HasSuffix(pdu.To, "7") {
			return modem.Receipt{Outcome: modem.Failed, Code: 500}, nil
		}
		return modem.Receipt{Outcome: modem.Sent}, nil
	}
	d.run()
	var ids []fleet.SMSID
	for i := range 200 {
		ids = append(ids, d.queue(fleet.SMS{Peer: fmt.Sprint("+49151000", i)}).ID)
	}
	for _, id := range ids {
		d.reaches(id, fleet.SMSSent)
	}
	if got := len(d.pool.ledger()); got != 200 {
		t.Errorf("%d went", got)
	}
	eventually(t, func() bool { return d.Waiting() == 0 }, func() string { return "the queue is not empty" })
}
