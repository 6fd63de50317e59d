package dispatch_test

import (
	"errors"
	"testing"

	"drover/protocols"
	"drover/server/internal/dispatch"
	"drover/server/internal/fleet"
)

func TestGroup(t *testing.T) {
	y := newYard(t, "teltonika", func(c *dispatch.Config) {
		c.Price = dispatch.Price{Amount: 0.5, Currency: "EUR"}
		c.Modems = func() (int, string) { return 2, "" }
	})
	online, mute, wordless := y.add("1", "teltonika", ""), y.add("2", "teltonika", ""), y.add("3", "osmand", "+4917012345")
	y.wires.Open(online.ID, says("ok"))
	g := dispatch.GroupRequest{Request: y.ask(protocols.Command{Kind: protocols.Reboot}, ""),
		Vehicles: []fleet.VehicleID{y.device.Vehicle, online.Vehicle, mute.Vehicle, wordless.Vehicle}}
	plan, err := y.Plan(t.Context(), y.of, g)
	must(t, err)
	if plan.Count() != 3 || plan.Lines[fleet.LineData] != 1 || plan.Lines[fleet.LineSMS] != 1 || plan.Lines[fleet.LineLogin] != 1 ||
		plan.Messages != 1 || *plan.Cost != 0.5 || plan.Currency != "EUR" || plan.Time.Seconds() != 3 ||
		len(plan.Unreachable) != 1 || plan.Unreachable[0].Name != "Van 3" {
		t.Errorf("%+v", plan)
	}
	if n := len(y.modems.Messages()) + len(y.wires.Sent()); n != 0 {
		t.Errorf("a dry run sent %d", n)
	}
	foreign := fleet.Scope{Organization: y.of.Organization + 1}
	if plan, err := y.Plan(t.Context(), foreign, g); err != nil || plan.Count()+len(plan.Unreachable) != 0 {
		t.Errorf("another organization: %+v, %v", plan, err)
	}
	cut := g
	cut.Command = protocols.Command{Kind: protocols.Immobilise}
	if _, _, err := y.SendGroup(t.Context(), y.of, cut); !errors.Is(err, dispatch.ErrUnconfirmed) {
		t.Errorf("%v", err)
	}
	id, n, err := y.SendGroup(t.Context(), y.of, g)
	if err != nil || n != 3 {
		t.Fatalf("%d, %v", n, err)
	}
	y.text(1)
	eventually(t, func() string { return "the answer over the line" }, func() bool {
		b, err := y.store.CommandBatch(t.Context(), y.of, id)
		must(t, err)
		return b.Counts[fleet.CommandAnswered] == 1 && b.Counts[fleet.CommandQueued] == 1 && b.Counts[fleet.CommandSending] == 1
	})
	must(t, y.CancelBatch(t.Context(), y.of, id))
	b, err := y.store.CommandBatch(t.Context(), y.of, id)
	if err != nil || b.Counts[fleet.CommandCancelled] != 2 || b.Cancelled.IsZero() {
		t.Errorf("%+v, %v", b, err)
	}
}
