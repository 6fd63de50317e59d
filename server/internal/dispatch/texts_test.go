package dispatch_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/server/internal/dispatch"
	"drover/server/internal/fleet"
)

// TestBySMS: one command at a time, exactly the family's words, followed to the answer.
func TestBySMS(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	first, second := y.send(y.ask(custom("getver"), "")), y.send(y.ask(custom("getio"), ""))
	m := y.text(1)
	if first.Line != fleet.LineSMS || m.Text != "  getver" || m.Peer != "+4917012345" || !m.Plain || m.Command != first.ID || m.Dangerous {
		t.Errorf("%+v of %+v", m, first)
	}
	y.until(second, "its turn", func(c *fleet.Command) bool { return strings.Contains(c.Reason, "waits for the answer to command") })
	y.modems.Move(m, fleet.SMSSent, "")
	y.becomes(first, fleet.CommandSent)
	y.modems.Move(m, fleet.SMSDelivered, "")
	if c := y.becomes(first, fleet.CommandDelivered); c.Delivered.IsZero() || !c.Done.IsZero() {
		t.Errorf("%+v", c)
	}
	in := y.modems.Receive(y.device, "Ver:03.27.07 GPS:AXN_5.1 Hw:FMB920", time.Now())
	for range 2 { // as after a crash
		must(t, y.Heard(t.Context(), in))
	}
	if c := y.becomes(first, fleet.CommandAnswered); c.Answer != in.Text {
		t.Errorf("%+v", c)
	}
	if m := y.text(2); m.Text != "  getio" || m.Command != second.ID {
		t.Errorf("%+v", m)
	}
	if c := y.becomes(second, fleet.CommandSending); c.Answer != "" {
		t.Errorf("%+v", c)
	}
	if n := len(y.modems.Messages()); n != 2 {
		t.Errorf("%d SMS", n)
	}
}

// TestWhatAnSMSCameTo is told in plain words; what nobody knows is not sent again, and settled by a late report.
func TestWhatAnSMSCameTo(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	for i, c := range []struct {
		sms  fleet.SMSState
		want fleet.CommandState
	}{
		{fleet.SMSFailed, fleet.CommandFailed}, {fleet.SMSExpired, fleet.CommandExpired}, {fleet.SMSUnknown, fleet.CommandUnknown},
	} {
		r := y.ask(protocols.Command{Kind: protocols.Immobilise}, fleet.LineSMS)
		r.Confirmed = true
		sent := y.send(r)
		m := y.text(i + 1)
		y.modems.Move(m, c.sms, "the modem says so")
		if got := y.becomes(sent, c.want); got.Reason != "the modem says so" || got.Done.IsZero() || !m.Dangerous {
			t.Errorf("%+v", got)
		}
		if c.sms == fleet.SMSUnknown {
			y.modems.Move(m, fleet.SMSDelivered, "")
			y.becomes(sent, fleet.CommandDelivered)
		}
	}
	if n := len(y.modems.Messages()); n != 3 {
		t.Errorf("%d SMS", n)
	}
	events := 0
	must(t, y.pool.QueryRow(t.Context(), `SELECT count(*) FROM drover.events WHERE kind = 'command' AND text LIKE 'immobilise: %'`).Scan(&events))
	if events < 4 {
		t.Errorf("%d events tell of it", events)
	}
}

// TestNoAnswer: after a while nobody waits any more, and the next command goes; an answer that comes later counts.
func TestNoAnswer(t *testing.T) {
	y := newYard(t, "teltonika", func(c *dispatch.Config) { c.Timing.SMSAnswer = 100 * time.Millisecond })
	first := y.send(y.ask(custom("getver"), fleet.LineSMS))
	y.modems.Move(y.text(1), fleet.SMSDelivered, "")
	c := y.until(first, "its end", func(c *fleet.Command) bool { return !c.Done.IsZero() })
	if c.State != fleet.CommandDelivered || c.Reason != "no answer came in time" {
		t.Errorf("%+v", c)
	}
	must(t, y.Heard(t.Context(), y.modems.Receive(y.device, "Ver:1", time.Now())))
	y.becomes(first, fleet.CommandAnswered)
}

// TestSilentCommand: what the family's trackers do without a word is done with its delivery, and keeps nothing waiting.
func TestSilentCommand(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	first := y.send(y.ask(protocols.Command{Kind: protocols.Reboot}, fleet.LineSMS))
	y.send(y.ask(custom("getver"), fleet.LineSMS))
	y.modems.Move(y.text(1), fleet.SMSDelivered, "")
	c := y.until(first, "its end", func(c *fleet.Command) bool { return !c.Done.IsZero() })
	if c.State != fleet.CommandDelivered || !strings.Contains(c.Reason, "answers nothing") {
		t.Errorf("%+v", c)
	}
	if m := y.text(2); m.Text != "  getver" {
		t.Errorf("%+v", m)
	}
}

func TestSMSThatCanNotBe(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	y.modems.Refuse = errors.New(`character 5, "ы", is not in the GSM alphabet`)
	if c := y.becomes(y.send(y.ask(custom("x"), fleet.LineSMS)), fleet.CommandFailed); !strings.Contains(c.Reason, "GSM alphabet") {
		t.Errorf("%+v", c)
	}
	y.device = y.add("777", "teltonika", "")
	if _, err := y.Send(t.Context(), y.of, y.ask(custom("x"), fleet.LineSMS)); !errors.Is(err, dispatch.ErrNoPhone) {
		t.Errorf("%v", err)
	}
	if c := y.send(y.ask(custom("x"), "")); c.Line != fleet.LineLogin || !strings.Contains(c.Reason, "phone number") {
		t.Errorf("%+v", c)
	}
}

// TestNoModem: what is left to the server waits for the next login; what must be an SMS is refused.
func TestNoModem(t *testing.T) {
	y := newYard(t, "teltonika", func(c *dispatch.Config) { c.SMS = nil })
	if c := y.send(y.ask(custom("x"), "")); c.Line != fleet.LineLogin || !strings.Contains(c.Reason, "no modem") {
		t.Errorf("%+v", c)
	}
	for _, wish := range []fleet.LineKind{fleet.LineSMS, fleet.LineWake} {
		if _, err := y.Send(t.Context(), y.of, y.ask(custom("x"), wish)); !errors.Is(err, dispatch.ErrNoModem) {
			t.Errorf("%s: %v", wish, err)
		}
	}
}

// TestWake: an SMS makes the tracker dial in, then the command goes over the line.
func TestWake(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	c := y.send(y.ask(custom("getver"), fleet.LineWake))
	if m := y.text(1); m.Text != "  getrecord" {
		t.Errorf("%+v", m)
	}
	y.becomes(c, fleet.CommandWaking)
	y.wires.Open(y.device.ID, says("ok"))
	y.Arrived(y.device.ID)
	if c := y.becomes(c, fleet.CommandAnswered); c.Line != fleet.LineData {
		t.Errorf("%+v", c)
	}
}

// TestWakeInVain: it expires, or waits for the next login if the way was left to the server.
func TestWakeInVain(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	c := y.becomes(y.send(y.ask(custom("getver"), fleet.LineWake)), fleet.CommandExpired)
	if !strings.Contains(c.Reason, "did not dial in") {
		t.Errorf("%+v", c)
	}
	y.device = y.add("888", "suntech", "+4917067890")
	auto := y.send(y.ask(protocols.Command{Kind: protocols.Locate}, ""))
	if auto.Line == fleet.LineSMS { // the family has words: nothing is to be woken
		return
	}
	y.until(auto, "the next login", func(c *fleet.Command) bool { return c.Line == fleet.LineLogin })
}

// TestAnSMSThatNobodyAskedFor: its place is journaled, and no command is answered by an alarm.
func TestAnSMSThatNobodyAskedFor(t *testing.T) {
	y := newYard(t, "teltonika", func(c *dispatch.Config) { c.Protocols = reading() })
	y.device.Protocol = "teltonika"
	waits := y.send(y.ask(custom("getver"), fleet.LineSMS))
	y.modems.Move(y.text(1), fleet.SMSSent, "")
	y.becomes(waits, fleet.CommandSent)
	at := time.Now().UTC().Truncate(time.Second)
	must(t, y.Heard(t.Context(), y.modems.Receive(y.device, "alarm", at)))
	records := y.paper.all()
	if len(records) != 1 || !records[0].BySMS || records[0].Device != y.device.ID || len(records[0].Positions) != 1 {
		t.Errorf("%+v", records)
	}
	must(t, y.Heard(t.Context(), y.modems.Receive(y.device, "later", at)))
	c := y.becomes(waits, fleet.CommandAnswered)
	if !strings.Contains(string(c.Parsed), `"deferred": true`) || !strings.Contains(c.Reason, "will do it") {
		t.Errorf("%+v %s", c, c.Parsed)
	}
	must(t, y.Heard(t.Context(), y.modems.Receive(y.device, "place", at)))
	c = y.until(c, "the second answer", func(c *fleet.Command) bool { return strings.Contains(c.Answer, "place") })
	if c.Answer != "later\nplace" || !strings.Contains(string(c.Parsed), `"latitude": 52.5`) || strings.Contains(string(c.Parsed), "deferred") {
		t.Errorf("%+v %s", c, c.Parsed)
	}
}
