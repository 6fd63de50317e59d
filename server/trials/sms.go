package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"drover/modem"
	"drover/server/internal/fleet"
	"drover/server/internal/sms"
	"drover/server/internal/store"
	simulated "drover/simulators/modems"
)

// smsTrial sends over simulated modems of which many answers go wrong, and holds the network's ledger against the
// database.
type smsTrial struct {
	Modems   int           `help:"Simulated modems, at most 10." default:"8"`
	Messages int           `short:"n" help:"SMS to send; of fewer than 5000 not every fault is asked for." default:"20000" env:"MESSAGES"`
	Pace     time.Duration `help:"That a modem takes for a message." default:"100ms"`
	Faults   float64       `help:"Part of the messages during which something goes wrong; 0: none, and no modem is disturbed." default:"0.05"`
	Log      string        `help:"File for the log of modems and desk; none if empty."`
}

// smsFaults happen once in a while, each kind as often: all those of answers, reports and arrivals, and of a modem's
// state those that end by themselves. The others are the janitor's.
func smsFaults(part float64) []simulated.Rule {
	if part <= 0 {
		return nil
	}
	with := map[simulated.Fault][]string{
		simulated.FaultCMS:        {"38", "42", "50", "69", "304", "310", "322", "330", "331", "500", "512"},
		simulated.FaultLateAnswer: {"7s"}, // after smsTiming gave it up
		simulated.FaultNoCMGS:     {"", "ok"}, simulated.FaultSRLate: {"2s"},
		simulated.FaultMRWrap: {""}, simulated.FaultHang: {"2s"}, simulated.FaultReboot: {"500ms"},
		simulated.FaultVanish: {"1s"},
	}
	var rules []simulated.Rule
	kinds := 0
	for _, f := range simulated.Faults() {
		when, variants := f.Trigger, with[f.Name]
		switch {
		case when == "any" && variants == nil:
			continue
		case when == "any":
			when = "submit"
		case when == "command":
			when = "AT+CMGS"
		}
		if variants == nil {
			variants = []string{f.Default}
		}
		kinds++
		for _, v := range variants {
			rules = append(rules, simulated.Rule{When: when, Do: f.Name, With: v, Probability: part / float64(len(variants))})
		}
	}
	for i := range rules {
		rules[i].Probability /= float64(kinds)
	}
	return rules
}

// smsTiming is a tenth and less of what modems get in earnest, so that the faults do not take hours.
func smsTiming() modem.Timing {
	return modem.Timing{
		Command: time.Second, Prompt: 2 * time.Second, Send: 5 * time.Second, Quiet: 100 * time.Millisecond,
		Ping: 2 * time.Second, Sweep: 2 * time.Second, Register: 500 * time.Millisecond, Retry: 200 * time.Millisecond,
		RetryMax: time.Second, Boot: 500 * time.Millisecond, Blocked: time.Second, Barred: 2 * time.Second,
		Balance: 24 * time.Hour,
	}
}

// Run prints what was lost and doubled last.
func (t *smsTrial) Run(ctx context.Context, out io.Writer) (err error) {
	r, err := newRig(ctx, out)
	if err != nil {
		return err
	}
	defer r.close(&err)
	log := zerolog.Nop()
	if t.Log != "" {
		file, err := os.Create(t.Log)
		if err != nil {
			return err
		}
		defer file.Close()
		log = zerolog.New(file).With().Timestamp().Logger()
	}
	h, err := t.hall(ctx, r, log)
	if err != nil {
		return err
	}
	defer h.close()
	working, stop := context.WithCancel(ctx)
	defer stop()
	group, working := errgroup.WithContext(working)
	group.Go(func() error { return h.pool.Run(working) })
	group.Go(func() error { return ended(h.desk.Run(working)) })
	if t.Faults > 0 {
		group.Go(func() error { h.janitor(working); return nil })
	}
	start := time.Now()
	if err := h.queueAll(ctx, t.Messages); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d SMS queued in %s\n", t.Messages, time.Since(start).Round(time.Second))
	sent, err := h.settle(ctx, out, t.Messages, h.patience(t))
	stop()
	if err := errors.Join(err, group.Wait()); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d modems sent %.1f SMS/s together; without a fault %.1f would be most\n", t.Modems,
		float64(t.Messages)/sent.Sub(start).Seconds(), float64(t.Modems)/t.Pace.Seconds())
	if err := h.verdict(ctx, out, smsTexts(t.Messages)); err != nil {
		return err
	}
	return h.troubles(out, t.Faults > 0 && t.Messages >= 5000)
}

func ended(err error) error {
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// hall is a network with modems, phones and a desk.
type hall struct {
	bank  *simulated.Bank
	store *store.Store
	sql   *pgxpool.Pool
	desk  *sms.Desk
	pool  *modem.Pool
	org   fleet.OrganizationID

	faults []simulated.Rule
}

const (
	smsPhones    = 500
	smsAnswering = 5 // of these phones every so-manieth answers
)

func smsPhone(i int) string { return fmt.Sprintf("+88299%08d", i%smsPhones) }

// smsBank is a network with phones, some of which answer, and its modems.
func smsBank(ctx context.Context, c simulated.Config) (*simulated.Bank, error) {
	for _, p := range simulated.Profiles() {
		c.Profiles = append(c.Profiles, p.Name)
	}
	c.Network.LoopLimit = 1_000_000
	bank, err := simulated.Start(ctx, c)
	if err != nil {
		return nil, err
	}
	for i := range smsPhones {
		bank.Network().Attach(smsPhone(i), simulated.PhoneFunc(func(_, text string) []simulated.Reply {
			if i%smsAnswering == 0 {
				return []simulated.Reply{{Text: "ok " + text}}
			}
			return nil
		}))
	}
	return bank, nil
}

func (t *smsTrial) hall(ctx context.Context, r *rig, log zerolog.Logger) (*hall, error) {
	if t.Modems > 10 {
		return nil, fmt.Errorf("modems: %d, want at most 10: their names must not begin alike", t.Modems)
	}
	dir := filepath.Join(r.dir, "m")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	bank, err := smsBank(ctx, simulated.Config{Count: t.Modems, SubmitTime: t.Pace, BootTime: 500 * time.Millisecond,
		Listen: "pty:" + dir, Faults: smsFaults(t.Faults)})
	if err != nil {
		return nil, err
	}
	h := &hall{bank: bank, faults: smsFaults(t.Faults)}
	if err := h.open(ctx, r); err != nil {
		return nil, err
	}
	var lines []modem.Line
	for i := range bank.Count() { // one that comes back under another name is found
		lines = append(lines, modem.Line{Name: fmt.Sprintf("modem%d", i), URL: bank.URL(i) + "*"})
	}
	h.desk, err = sms.New(sms.Config{Store: h.store, Lines: lines, Every: time.Second, Log: log,
		Policy: sms.Policy{Backoff: []time.Duration{time.Second, 3 * time.Second}, Unasked: 500 * time.Millisecond}})
	if err != nil {
		return nil, err
	}
	h.pool, err = modem.NewPool(modem.Config{Lines: lines, Keeper: h.desk, Changed: h.desk.ModemChanged, Log: log,
		Timing: smsTiming(), LockDir: dir})
	h.desk.Pool = h.pool
	return h, err
}

func (h *hall) open(ctx context.Context, r *rig) (err error) {
	if h.store, err = store.Open(ctx, r.cluster.URL(), store.Options{Log: zerolog.Nop(), Connections: 16}); err != nil {
		return err
	}
	if h.sql, err = pgxpool.New(ctx, r.cluster.URL()); err != nil {
		return err
	}
	admin, _, err := h.store.CreateFirstAdmin(ctx, "Trial", "trial@example.org", "Trial", "-")
	h.org = admin.Organization
	return err
}

func (h *hall) close() {
	h.bank.Close()
	h.store.Close()
	h.sql.Close()
}

// smsText is what message n says; every fourth is dangerous.
func smsText(n int) string { return fmt.Sprintf("message %06d", n) }

func smsTexts(n int) []string {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = smsText(i)
	}
	return texts
}

func isDangerous(n int) bool { return n%4 == 3 }

func (h *hall) queueAll(ctx context.Context, n int) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(8)
	for i := range n {
		group.Go(func() error {
			_, err := h.desk.Queue(ctx, fleet.SMS{Organization: h.org, Peer: smsPhone(i), Text: smsText(i), Plain: true,
				Dangerous: isDangerous(i)}, 0)
			return err
		})
	}
	return group.Wait()
}

// janitor has every fault of a modem's state happen in turn, to one modem after the other, and puts right a moment
// later what a person would.
func (h *hall) janitor(ctx context.Context) {
	for i := 0; ; {
		for _, f := range simulated.Faults() {
			if f.Trigger != "any" {
				continue
			}
			m := h.bank.Modem(i % h.bank.Count())
			_ = m.Fault(simulated.Rule{When: "now", Do: f.Name, With: f.Default}) // it is in the list: it is right
			i++
			stopped := pause(ctx, 2*time.Second)
			m.Clear()
			_ = m.Fault(h.faults...) // which are right, or there would be no bank
			if stopped != nil || pause(ctx, time.Second) != nil {
				return
			}
		}
	}
}

// patience is how long everything may take: ten times what it would without a fault, and some minutes.
func (h *hall) patience(t *smsTrial) time.Duration {
	return 10*time.Duration(t.Messages)*t.Pace/time.Duration(t.Modems) + 3*time.Minute
}

// settle waits until nothing waits any more, neither to be sent nor to be read, and says when the last was sent.
func (h *hall) settle(ctx context.Context, out io.Writer, n int, patience time.Duration) (sent time.Time, err error) {
	deadline, told := time.Now().Add(patience), time.Now()
	var once sync.Once
	for time.Now().Before(deadline) {
		var open int
		if err := h.sql.QueryRow(ctx, `SELECT (SELECT count(*) FROM drover.sms
				WHERE direction = 'out' AND state IN ('queued', 'sending'))
			+ (SELECT count(*) FROM drover.commands WHERE state IN ('queued', 'sending'))`).Scan(&open); err != nil {
			return sent, err
		}
		if open == 0 {
			once.Do(func() { sent = time.Now() })
			if said, stored, err := h.inbound(ctx); err != nil || said == stored {
				return sent, err
			}
		}
		if time.Since(told) > 20*time.Second {
			told = time.Now()
			said, stored, err := h.inbound(ctx)
			if err != nil {
				return sent, err
			}
			fmt.Fprintf(out, "  %d of %d wait to be sent; %d came, %d are stored\n", open, n, said, stored)
		}
		if err := pause(ctx, 500*time.Millisecond); err != nil {
			return sent, err
		}
	}
	if sent.IsZero() {
		return time.Now(), nil // the verdict says what waits
	}
	return sent, nil
}
