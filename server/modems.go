package main

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"drover/modem"
	"drover/server/internal/config"
	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	desk "drover/server/internal/sms"
)

// modemDesk is the modems attached to this machine, with their desk: it is api.Modems.
type modemDesk struct {
	*desk.Desk
	pool *modem.Pool
}

// openModems makes the modems of the settings. It opens no port yet.
func (d *drover) openModems(context.Context) error {
	if len(d.config.Modems) == 0 {
		return nil
	}
	lines, err := modemLines(d.config.Modems)
	if err != nil {
		return err
	}
	texts, err := desk.New(desk.Config{
		Store: d.store, Lines: lines, BalanceAlarm: d.config.BalanceAlarm, Log: d.part("sms"), Metrics: d.metrics,
		Changed: d.smsChanged, Heard: d.smsHeard,
	})
	if err != nil {
		return err
	}
	seal, err := identity.NewSeal(d.key, fleet.PINPurpose)
	if err != nil {
		return err
	}
	pool, err := modem.NewPool(modem.Config{
		Lines: lines, Keeper: texts, PINs: desk.PINs{Seal: seal, Store: d.store}, Changed: texts.ModemChanged,
		Log: d.part("modem"), Timing: modem.Timing{Balance: 24 * time.Hour},
	})
	if err != nil {
		return err
	}
	texts.Pool = pool
	d.modems = &modemDesk{texts, pool}
	return nil
}

// modemLines are the settings as the pool takes them.
func modemLines(settings []config.Modem) ([]modem.Line, error) {
	var lines []modem.Line
	for i := range settings {
		m := &settings[i]
		pin, err := m.ReadPIN()
		if err != nil {
			return nil, err
		}
		lines = append(lines, modem.Line{
			Name: m.Name, URL: m.URL, PIN: pin, PINAnyway: m.PINAgain, Prefixes: m.Prefixes, Balance: m.Balance,
			MSISDN: m.Number,
			Limits: modem.Limits{Minute: m.Minute, Hour: m.Hour, Day: m.Day, Month: m.Month, Recipients: m.Recipients},
		})
	}
	return lines, nil
}

// run works until ctx ends. The desk ends after the pool, so that what the modems still say is stored.
func (m *modemDesk) run(ctx context.Context) error {
	pooled := make(chan struct{})
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(pooled)
		return m.pool.Run(ctx)
	})
	after := afterwards(ctx, pooled)
	group.Go(func() error { return m.Run(after) })
	return group.Wait()
}

// USSD is api.Modems'.
func (m *modemDesk) USSD(ctx context.Context, name, code string) (string, error) {
	return m.pool.USSD(ctx, name, code)
}

// Reset is api.Modems'.
func (m *modemDesk) Reset(name string) error { return m.pool.Reset(name) }

// Pause is api.Modems'.
func (m *modemDesk) Pause(name string, on bool) error { return m.pool.Pause(name, on) }
