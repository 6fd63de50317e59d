package dispatch

import (
	"context"
	"errors"
	"time"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// MaxGroup is how many vehicles a command can be for at once.
const MaxGroup = 10_000

// ErrTooMany says that there are more.
var ErrTooMany = errors.New("a command is for at most 10,000 vehicles at once")

// GroupRequest is a command for many devices; its Device and Wait are not looked at.
type GroupRequest struct {
	Group    fleet.GroupID // 0: Vehicles
	Vehicles []fleet.VehicleID
	Request
}

// Plan is what would become of a GroupRequest now.
type Plan struct {
	Lines       map[fleet.LineKind]int
	Unreachable []Unreachable
	Messages    int // SMS
	Cost        *float64
	Currency    string
	Time        time.Duration // until the last SMS has gone
}

// Count is how many commands there would be.
func (p *Plan) Count() int {
	n := 0
	for _, m := range p.Lines {
		n += m
	}
	return n
}

// Unreachable is a vehicle that gets no command.
type Unreachable struct {
	Vehicle fleet.VehicleID
	Name    string
	Reason  string
}

// Plan says what would be sent, and sends nothing.
func (d *Dispatcher) Plan(ctx context.Context, of fleet.Scope, r GroupRequest) (Plan, error) {
	plan, _, err := d.plan(ctx, of, &r)
	return plan, err
}

// SendGroup sends a command to all vehicles that can be reached, and gives how many those are.
func (d *Dispatcher) SendGroup(ctx context.Context, of fleet.Scope, r GroupRequest) (fleet.BatchID, int, error) {
	_, list, err := d.plan(ctx, of, &r)
	if err != nil {
		return 0, 0, err
	}
	for i := range list {
		if list[i].Dangerous && !r.Confirmed {
			return 0, 0, &UnconfirmedError{Vehicle: "these vehicles", Words: list[i].Words}
		}
	}
	id, err := d.config.Store.CreateBatch(ctx, of, wordsOf(&r.Command, ""), list,
		store.CommandNote{Line: r.Line, Confirmed: r.Confirmed, Override: r.Override})
	if err != nil {
		return 0, 0, err
	}
	for i := range list {
		d.push(list[i].Device)
	}
	return id, len(list), nil
}

// plan makes the commands of a group, and counts them.
func (d *Dispatcher) plan(ctx context.Context, of fleet.Scope, r *GroupRequest) (Plan, []fleet.Command, error) {
	plan := Plan{Lines: map[fleet.LineKind]int{}}
	rows, err := d.config.Store.CommandTargets(ctx, of, r.Group, r.Vehicles, MaxGroup+1)
	if err != nil {
		return plan, nil, err
	}
	if len(rows) > MaxGroup {
		return plan, nil, ErrTooMany
	}
	list := make([]fleet.Command, 0, len(rows))
	for i := range rows {
		c, err := d.planOne(rows[i].ID, r)
		if err != nil {
			plan.Unreachable = append(plan.Unreachable, Unreachable{rows[i].Vehicle, rows[i].VehicleName, err.Error()})
			continue
		}
		plan.Lines[c.Line]++
		list = append(list, c)
	}
	d.reckon(&plan)
	return plan, list, nil
}

func (d *Dispatcher) planOne(id fleet.DeviceID, r *GroupRequest) (c fleet.Command, err error) {
	device, known := d.config.Registry.Now().DeviceByID(id)
	if !known {
		return c, errors.New("it has no device")
	}
	t := d.targetOf(device)
	danger := riskOf(&t, &r.Command)
	if err := d.tooFast(&t, danger, r.Override); err != nil {
		return c, err
	}
	line, reason, err := d.choose(&t, &r.Command, r.Line)
	if err != nil {
		return c, err
	}
	body, err := d.seal(&letter{r.Command, r.Override}, id)
	return fleet.Command{Device: id, Kind: r.Command.Kind, Words: wordsOf(&r.Command, t.Password), Body: body,
		Dangerous: danger > harmless, Wish: r.Line, Line: line, Reason: reason, Expires: time.Now().Add(r.TTL)}, err
}

// reckon says what the SMS of a plan cost, and how long the modems take for them.
func (d *Dispatcher) reckon(p *Plan) {
	p.Messages = p.Lines[fleet.LineSMS] + p.Lines[fleet.LineWake]
	if price := d.config.Price; price.Currency != "" {
		cost := float64(p.Messages) * price.Amount
		p.Cost, p.Currency = &cost, price.Currency
	}
	ready := 1
	if d.config.Modems != nil {
		n, _ := d.config.Modems()
		ready = max(n, 1)
	}
	p.Time = d.config.Timing.Pace * time.Duration(p.Messages) / time.Duration(ready)
}

// CancelBatch takes back those of a batch's commands that have not gone.
func (d *Dispatcher) CancelBatch(ctx context.Context, of fleet.Scope, id fleet.BatchID) error {
	if err := d.config.Store.EndBatch(ctx, of, id); err != nil {
		return err
	}
	q := store.CommandQuery{Batch: id, State: fleet.CommandSending, Page: store.Page{Limit: 1000}}
	for {
		list, next, err := d.config.Store.Commands(ctx, of, q)
		if err != nil {
			return err
		}
		for i := range list {
			if err := d.Cancel(ctx, of, list[i].ID); err != nil && !errors.Is(err, store.ErrHeld) {
				return err
			}
		}
		if q.After = next; next == "" {
			return nil
		}
	}
}
