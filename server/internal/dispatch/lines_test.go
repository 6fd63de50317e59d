package dispatch_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/server/internal/dispatch"
	"drover/server/internal/dispatch/dispatchtest"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

func TestOverTheLine(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	y.wires.Open(y.device.ID, func(c protocols.Command) (protocols.Result, error) {
		return protocols.Result{Text: "did " + c.Text, Data: []byte{1}, Nack: c.Text == "no"}, nil
	})
	r := y.ask(custom("getver"), "")
	r.Wait = 10 * time.Second
	c := y.send(r)
	if c.State != fleet.CommandAnswered || c.Line != fleet.LineData || c.Answer != "did getver" || c.AnswerData[0] != 1 ||
		c.Sent.IsZero() || c.Done.IsZero() {
		t.Errorf("%+v", c)
	}
	if sent := y.wires.Sent(); len(sent) != 1 || sent[0].ID != uint32(c.ID) {
		t.Errorf("sent %+v", sent)
	}
	y.becomes(y.send(y.ask(custom("no"), fleet.LineData)), fleet.CommandRefused)
	y.wires.Cut(y.device.ID)
	if _, err := y.Send(t.Context(), y.of, y.ask(custom("getver"), fleet.LineData)); !errors.Is(err, dispatch.ErrNoLine) {
		t.Errorf("%v", err)
	}
	if _, err := y.Send(t.Context(), fleet.Scope{Organization: y.of.Organization + 1}, r); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("another organization: %v", err)
	}
}

// TestOneAtATime: the next goes when the one before is not answered for a while.
func TestOneAtATime(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	y.wires.Open(y.device.ID, fails(dispatchtest.ErrSilent))
	first, second := y.send(y.ask(custom("one"), "")), y.send(y.ask(custom("two"), ""))
	for _, c := range []fleet.Command{first, second} {
		if c := y.until(c, "its end", func(c *fleet.Command) bool { return !c.Done.IsZero() }); c.State != fleet.CommandSent || c.Reason == "" {
			t.Errorf("%+v", c)
		}
	}
	if sent := y.wires.Sent(); sent[0].Text != "one" || sent[1].Text != "two" {
		t.Errorf("%v", sent)
	}
}

// TestTheNextLogin: what waits goes when the tracker dials in, and what breaks on the way is tried again unless it is
// dangerous.
func TestTheNextLogin(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	harmless := y.send(y.ask(custom("getver"), fleet.LineLogin))
	cut := y.ask(protocols.Command{Kind: protocols.Immobilise}, fleet.LineLogin)
	cut.Confirmed = true
	dangerous := y.send(cut)
	if harmless.State != fleet.CommandQueued || dangerous.Line != fleet.LineLogin {
		t.Errorf("%+v", harmless)
	}
	broken := 0
	y.wires.Open(y.device.ID, func(c protocols.Command) (protocols.Result, error) {
		if c.Kind == protocols.Immobilise {
			return protocols.Result{}, dispatch.ErrMaybeSent
		}
		if broken++; broken == 1 {
			return protocols.Result{}, dispatch.ErrMaybeSent
		}
		return protocols.Result{Text: "ok"}, nil
	})
	y.Arrived(y.device.ID)
	if c := y.becomes(dangerous, fleet.CommandUnknown); c.Done.IsZero() || c.Attempts != 1 {
		t.Errorf("%+v", c)
	}
	if c := y.becomes(harmless, fleet.CommandAnswered); c.Attempts != 2 {
		t.Errorf("%+v", c)
	}
	for _, c := range y.wires.Sent()[2:] {
		if c.Kind == protocols.Immobilise {
			t.Error("a dangerous command was sent again")
		}
	}
}

func TestWordsThatAreNot(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	y.wires.Open(y.device.ID, fails(errors.New("output 9 is not in 1..4")))
	c := y.becomes(y.send(y.ask(custom("x"), "")), fleet.CommandFailed)
	if !strings.Contains(c.Reason, "output 9") {
		t.Errorf("%+v", c)
	}
	y.device = y.add("5001", "osmand", "+4917012345")
	for _, wish := range []fleet.LineKind{fleet.LineAuto, fleet.LineSMS, fleet.LineWake, fleet.LineLogin} {
		if _, err := y.Send(t.Context(), y.of, y.ask(protocols.Command{Kind: protocols.Reboot}, wish)); !errors.Is(err, dispatch.ErrNoWords) {
			t.Errorf("%s: %v", wish, err)
		}
	}
}

func TestTimeIsOver(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	r := y.ask(custom("getver"), fleet.LineLogin)
	r.TTL = 100 * time.Millisecond
	y.becomes(y.send(r), fleet.CommandExpired)
}

func TestCancel(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	waits, texted := y.send(y.ask(custom("one"), fleet.LineLogin)), y.send(y.ask(custom("two"), fleet.LineSMS))
	must(t, y.Cancel(t.Context(), y.of, waits.ID))
	y.becomes(waits, fleet.CommandCancelled)
	y.text(1)
	must(t, y.Cancel(t.Context(), y.of, texted.ID)) // the modem has not taken it yet
	y.becomes(texted, fleet.CommandCancelled)
	gone := y.send(y.ask(custom("three"), fleet.LineSMS))
	y.modems.Move(y.text(2), fleet.SMSSent, "")
	y.becomes(gone, fleet.CommandSent)
	if err := y.Cancel(t.Context(), y.of, gone.ID); !errors.Is(err, store.ErrHeld) {
		t.Errorf("%v", err)
	}
	if err := y.Cancel(t.Context(), fleet.Scope{Organization: y.of.Organization + 1}, gone.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("another organization: %v", err)
	}
}

func TestTooManyOpen(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	for range 50 {
		y.send(y.ask(custom("x"), fleet.LineLogin))
	}
	if _, err := y.Send(t.Context(), y.of, y.ask(custom("x"), fleet.LineLogin)); !errors.Is(err, dispatch.ErrBusy) {
		t.Errorf("%v", err)
	}
}
