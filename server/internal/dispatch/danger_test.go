package dispatch_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/all"
	"drover/server/internal/dispatch"
	"drover/server/internal/fleet"
)

// reading gives the families, of which Teltonika reads the words "alarm", "later" and "place".
func reading() []*protocols.Protocol {
	var families []*protocols.Protocol
	for _, p := range all.Protocols() {
		own := *p
		if own.Name == "teltonika" {
			own.ReadText = func(_ protocols.Device, text string, at time.Time) (protocols.Message, error) {
				m := protocols.Message{Result: &protocols.Result{Text: text, Deferred: text == "later"}}
				place := protocols.Position{Time: at, Located: true, Valid: true, Latitude: 52.5, Longitude: 13.4}
				switch text {
				case "alarm":
					place.Alarms = protocols.AlarmSOS
					m.Positions = []protocols.Position{place}
				case "place":
					m.Positions = []protocols.Position{place}
				}
				return m, nil
			}
		}
		families = append(families, &own)
	}
	return families
}

// TestDanger: what cuts an engine must be confirmed, and goes at no speed unless that is overridden.
func TestDanger(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	y.wires.Open(y.device.ID, says("ok"))
	for _, c := range []protocols.Command{
		{Kind: protocols.Immobilise}, {Kind: protocols.Output, Output: 1, On: true}, custom("setdigout 1"), custom("RELAY,1#"),
	} {
		for name, state := range map[string]func(){
			"it drives at 12 km/h": func() { y.drives(12, 0) }, "it stands": func() { y.drives(0, time.Minute) },
			"its speed is not known": func() { y.drives(90, 11*time.Minute) },
		} {
			state()
			var question *dispatch.UnconfirmedError
			if _, err := y.Send(t.Context(), y.of, y.ask(c, "")); !errors.As(err, &question) ||
				!strings.Contains(question.Error(), name) || !strings.Contains(question.Error(), "Van 352093081452251") {
				t.Errorf("%v %q, %s: %v", c.Kind, c.Text, name, err)
			}
		}
		y.drives(21, 0)
		r := y.ask(c, "")
		r.Confirmed = true
		var fast *dispatch.TooFastError
		if _, err := y.Send(t.Context(), y.of, r); !errors.As(err, &fast) || fast.Speed != 21 || fast.Limit != 20 {
			t.Errorf("%v %q: %v", c.Kind, c.Text, err)
		}
	}
	for _, c := range []protocols.Command{
		{Kind: protocols.SetServer, Host: "203.0.113.7", Port: 5000}, {Kind: protocols.SetAPN, APN: "internet"}, custom("setparam 2004:x"),
	} { // these leave the engine alone
		if _, err := y.Send(t.Context(), y.of, y.ask(c, "")); !errors.Is(err, dispatch.ErrUnconfirmed) {
			t.Errorf("%v: %v", c.Kind, err)
		}
		r := y.ask(c, "")
		r.Confirmed = true
		y.becomes(y.send(r), fleet.CommandAnswered)
	}
	before := len(y.wires.Sent())
	r := y.ask(protocols.Command{Kind: protocols.Immobilise}, "")
	r.Confirmed, r.Override = true, true
	if c := y.becomes(y.send(r), fleet.CommandAnswered); !c.Dangerous || len(y.wires.Sent()) != before+1 {
		t.Errorf("%+v", c)
	}
	y.becomes(y.send(y.ask(protocols.Command{Kind: protocols.Release}, "")), fleet.CommandAnswered)
	y.becomes(y.send(y.ask(custom("getver"), "")), fleet.CommandAnswered)
}

// TestItIsJudgedAgainWhenItGoes: a cut that waited for a login does not go to a vehicle that drives by then.
func TestItIsJudgedAgainWhenItGoes(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	y.drives(0, 0)
	r := y.ask(protocols.Command{Kind: protocols.Immobilise}, fleet.LineLogin)
	r.Confirmed = true
	c := y.send(r)
	y.drives(80, 0)
	y.wires.Open(y.device.ID, says("ok"))
	y.Arrived(y.device.ID)
	if c = y.becomes(c, fleet.CommandFailed); !strings.Contains(c.Reason, "80 km/h") || len(y.wires.Sent()) != 0 {
		t.Errorf("%+v", c)
	}
}

// TestASecretStaysOne: neither words nor body tell it.
func TestASecretStaysOne(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	r := y.ask(protocols.Command{Kind: protocols.SetAPN, APN: "internet", User: "me", Secret: "hush-hush"}, fleet.LineLogin)
	r.Confirmed = true
	c := y.send(r)
	var text string
	must(t, y.pool.QueryRow(t.Context(), `SELECT concat(c::text, (SELECT string_agg(a::text, ' ') FROM drover.audit a))
		FROM drover.commands c WHERE id = $1`, c.ID).Scan(&text))
	if strings.Contains(text, "hush-hush") || strings.Contains(string(c.Body), "hush-hush") {
		t.Error(text)
	}
}
