package main

import (
	"context"
	"errors"
	"fmt"

	"drover/protocols"
	"drover/protocols/all"
	"drover/server/internal/dispatch"
	"drover/server/internal/fleet"
	"drover/server/internal/gateway"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

// bodyPurpose is what commands themselves are sealed for.
const bodyPurpose = "commands"

// openDispatch makes the dispatcher, which works once it runs.
func (d *drover) openDispatch(context.Context) error {
	bodies, err := identity.NewSeal(d.key, bodyPurpose)
	if err != nil {
		return err
	}
	config := dispatch.Config{
		Store: d.store, Registry: d.registry, Lines: lines{d.gateway}, Protocols: all.Protocols(), Journal: d.journal,
		Seal: bodies, Unseal: d.unseal, State: d.speedOf, CutSpeed: d.config.CutSpeed,
		Price: dispatch.Price{Amount: d.config.SMSPrice.Amount, Currency: d.config.SMSPrice.Currency},
		Log:   d.part("dispatch"),
	}
	if d.modems != nil {
		config.SMS, config.Modems = d.modems, d.modems.Able
	}
	d.dispatch.Store(dispatch.New(config))
	return nil
}

// arrived tells the dispatcher, which is made after the gateway, of who dials in.
func (d *drover) arrived(id fleet.DeviceID) {
	if to := d.dispatch.Load(); to != nil {
		to.Arrived(id)
	}
}

// smsChanged tells the dispatcher, which is made after the modems, of an SMS that came further.
func (d *drover) smsChanged(m fleet.SMS) {
	if to := d.dispatch.Load(); to != nil {
		to.SMSChanged(m)
	}
}

// smsHeard has an SMS of a device act: on what is known of its SIM, and on the command that it answers.
func (d *drover) smsHeard(ctx context.Context, m fleet.SMS) error {
	if err := d.store.SIMHeardFrom(ctx, m.Device, m.Peer); err != nil {
		return err
	}
	return d.dispatch.Load().Heard(ctx, m)
}

// unseal opens a device's password for commands. One that was sealed under another key is none: commands that need it
// say so.
func (d *drover) unseal(device *fleet.Device) {
	password, err := d.passwords.Open(device.Sealed, store.SecretsOwner(device.ID))
	if err != nil {
		d.log.Warn().Int32("device", int32(device.ID)).Msg("the device's password for commands was sealed with another key")
	}
	device.Password = string(password)
}

// speedOf is how fast a device is, as it was last seen on the live line.
func (d *drover) speedOf(id fleet.DeviceID) (s dispatch.Speed, known bool) {
	device, ok := d.registry.Now().DeviceByID(id)
	if !ok || device.Vehicle == 0 {
		return s, false
	}
	s.KMH, s.At, known = d.live.Speed(device.Organization, device.Vehicle)
	return s, known
}

// lines are the gateway's, as the dispatcher knows them.
type lines struct{ gateway *gateway.Gateway }

// Reaches is dispatch.Lines's.
func (l lines) Reaches(id fleet.DeviceID) bool { return l.gateway.Reaches(id) }

// Send is dispatch.Lines's.
func (l lines) Send(id fleet.DeviceID, c protocols.Command) (dispatch.Order, error) {
	o, err := l.gateway.Send(id, c)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", dispatch.ErrNotSent, err)
	}
	return order{o}, nil
}

type order struct{ *gateway.Order }

// Sent is dispatch.Order's.
func (o order) Sent(ctx context.Context) error {
	err := o.Order.Sent(ctx)
	switch {
	case errors.Is(err, gateway.ErrBroken):
		return fmt.Errorf("%w: %w", dispatch.ErrMaybeSent, err)
	case errors.Is(err, gateway.ErrHungUp), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return fmt.Errorf("%w: %w", dispatch.ErrNotSent, err)
	}
	return err
}
