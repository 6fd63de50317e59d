package dispatch_test

import (
	"fmt"
	"testing"
	"time"

	"drover/protocols"
	"drover/server/internal/dispatch/dispatchtest"
	"drover/server/internal/fleet"
)

// left makes a command as a server that was killed left it.
func (y *yard) left(state fleet.CommandState, line fleet.LineKind, dangerous bool) fleet.Command {
	y.t.Helper()
	r := y.ask(custom("getver"), fleet.LineLogin)
	c := y.send(r)
	_, err := y.pool.Exec(y.t.Context(), `UPDATE drover.commands SET state = $2, line = $3, dangerous = $4, wish = 'auto',
		attempts = 1, due = now() + interval '1 hour' WHERE id = $1`, c.ID, state, line, dangerous)
	must(y.t, err)
	return c
}

// TestRestart: what a server left in each state goes on, and nothing dangerous is sent twice.
func TestRestart(t *testing.T) {
	for _, c := range []struct {
		name      string
		state     fleet.CommandState
		line      fleet.LineKind
		dangerous bool
		sms       fleet.SMSState // that it had become by then; "": none
		want      fleet.CommandState
		texts     int // SMS after the start
		sent      int // over the line
	}{
		{"queued for the login", fleet.CommandQueued, fleet.LineLogin, false, "", fleet.CommandAnswered, 0, 1},
		{"being written", fleet.CommandSending, fleet.LineData, false, "", fleet.CommandAnswered, 0, 1},
		{"being written, dangerous", fleet.CommandSending, fleet.LineData, true, "", fleet.CommandUnknown, 0, 0},
		{"written", fleet.CommandSent, fleet.LineData, true, "", fleet.CommandSent, 0, 0},
		{"not given to the modems yet", fleet.CommandSending, fleet.LineSMS, true, "", fleet.CommandAnswered, 0, 1},
		{"with the modems", fleet.CommandSending, fleet.LineSMS, true, fleet.SMSQueued, fleet.CommandSending, 0, 0},
		{"lost by the modems", fleet.CommandSending, fleet.LineSMS, true, fleet.SMSUnknown, fleet.CommandUnknown, 0, 0},
		{"delivered", fleet.CommandSending, fleet.LineSMS, true, fleet.SMSDelivered, fleet.CommandDelivered, 0, 0},
		{"woken", fleet.CommandWaking, fleet.LineWake, false, fleet.SMSDelivered, fleet.CommandAnswered, 0, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			y := newYard(t, "teltonika", nil)
			y.stop()
			was := y.left(c.state, c.line, c.dangerous)
			if c.sms != "" {
				_, err := y.pool.Exec(t.Context(), `INSERT INTO drover.sms (organization_id, direction, device_id, command_id, peer, text, state, sent)
					VALUES ($1, 'out', $2, $3, '+49', 'x', $4, now())`, y.of.Organization, y.device.ID, was.ID, c.sms)
				must(t, err)
			}
			y.wires.Open(y.device.ID, says("ok"))
			y.start()
			got := y.becomes(was, c.want)
			time.Sleep(100 * time.Millisecond) // nothing more may happen
			if now := y.becomes(was, c.want); now.State != got.State || len(y.modems.Messages()) != c.texts || len(y.wires.Sent()) != c.sent {
				t.Errorf("%+v, %d SMS, %d sent", now, len(y.modems.Messages()), len(y.wires.Sent()))
			}
		})
	}
}

// TestAStopLeavesNothingHalf: what waits for an answer when the server stops is closed at the next start.
func TestAStopLeavesNothingHalf(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	y.wires.Open(y.device.ID, fails(dispatchtest.ErrSilent))
	c := y.becomes(y.send(y.ask(custom("x"), "")), fleet.CommandSent)
	y.stop()
	y.start()
	y.until(c, "its end", func(c *fleet.Command) bool { return !c.Done.IsZero() })
	if n := len(y.wires.Sent()); n != 1 {
		t.Errorf("sent %d times", n)
	}
}

// TestManyDevices: each gets its own, and none twice.
func TestManyDevices(t *testing.T) {
	y := newYard(t, "teltonika", nil)
	var all []fleet.Command
	for i := range 60 {
		y.device = y.add(fmt.Sprint(100000+i), "teltonika", "")
		all = append(all, y.send(y.ask(protocols.Command{Kind: protocols.Locate}, fleet.LineLogin)))
	}
	for i := range all {
		y.wires.Open(all[i].Device, says("ok"))
		for range 3 {
			y.Arrived(all[i].Device)
		}
	}
	for _, c := range all {
		y.becomes(c, fleet.CommandAnswered)
	}
	if n := len(y.wires.Sent()); n != len(all) {
		t.Errorf("%d were sent of %d", n, len(all))
	}
}
