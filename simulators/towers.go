package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/rs/zerolog"

	"drover/simulators/modems"
	"drover/simulators/trackers"
)

// towers are modems on whose network the vehicles' telephones are. The tags are kong's.
type towers struct {
	Modems        int    `help:"Simulated modems through which the vehicles are reached by SMS, and answer." default:"0"`
	ModemsAt      string `help:"Where they are: tcp:HOST:PORT, unix:DIR, unix:@NAME or pty:DIR." default:"unix:@drover-modem" placeholder:"WHERE"`
	ModemsControl string `help:"Loopback address of their control API." placeholder:"127.0.0.1:PORT"`
	ModemsPace    bool   `help:"As with real modems, SMS take seconds and the signal wanders."`
}

// erect starts the modems and prints a line for each; nil if there are to be none.
func (t *towers) erect(ctx context.Context, log, out io.Writer) (*modems.Bank, error) {
	if t.Modems == 0 {
		return nil, nil //nolint:nilnil // none is what was asked for
	}
	config := modems.Config{
		Count: t.Modems, Listen: t.ModemsAt, BootTime: time.Second, Seed: 1,
		Log: zerolog.New(log).With().Timestamp().Logger(),
	}
	if t.ModemsPace {
		config.Pace()
	}
	bank, err := serveModems(ctx, config, t.ModemsControl, out)
	if err != nil {
		return nil, fmt.Errorf("--modems %d --modems-at %s: %w", t.Modems, t.ModemsAt, err)
	}
	if t.ModemsPace {
		go wander(ctx, bank)
	}
	return bank, nil
}

// wander lets the modems' signals rise and fall by 2 dB a step, between -91 and -59 dBm.
func wander(ctx context.Context, bank *modems.Bank) {
	levels := slices.Repeat([]int{21}, bank.Count()) // as +CSQ gives them
	step := time.NewTicker(20 * time.Second)
	defer step.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-step.C:
		}
		for i := range levels {
			levels[i] = min(max(levels[i]+rand.N(3)-1, 11), 27)
			_ = bank.Modem(i).SetSignal(levels[i]) // which is a possible one
		}
	}
}

// phonesOn puts the vehicles' telephones on a network.
func phonesOn(n *modems.Network) func(string, func(from, text string) []trackers.Reply) func(to, text string) {
	return func(msisdn string, answer func(from, text string) []trackers.Reply) func(to, text string) {
		n.Attach(msisdn, modems.PhoneFunc(func(from, text string) []modems.Reply {
			said := answer(from, text)
			replies := make([]modems.Reply, len(said))
			for i, r := range said {
				replies[i] = modems.Reply(r)
			}
			return replies
		}))
		return func(to, text string) {
			_ = n.Send(msisdn, to, text) // a network that is full says so in its log
		}
	}
}

// serveModems starts modems and their control API, if that has an address, and prints a line for each.
func serveModems(ctx context.Context, config modems.Config, control string, out io.Writer) (*modems.Bank, error) {
	bank, err := modems.Start(ctx, config)
	if err != nil {
		return nil, err
	}
	if control != "" {
		address, err := modems.ServeControl(bank, control)
		if err != nil {
			bank.Close()
			return nil, err
		}
		fmt.Fprintf(out, "control http://%s\n", address)
	}
	printModems(out, bank)
	return bank, nil
}
