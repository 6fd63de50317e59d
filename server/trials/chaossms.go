package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"drover/modem"
	"drover/server/internal/fleet"
	simulated "drover/simulators/modems"
)

// chaosSMSTrial kills the server while SMS go and come, and then holds the network's ledger against the database.
type chaosSMSTrial struct {
	Modems   int           `help:"Simulated modems." default:"4"`
	Messages int           `short:"n" help:"SMS to send." default:"3000" env:"MESSAGES"`
	Kills    int           `help:"Times that the server gets SIGKILL." default:"20"`
	Gap      time.Duration `help:"Mean time between being ready and the next kill." default:"3s"`
}

// Run prints what was lost and doubled last. A message in whose middle the server was killed is unknown; that counts as
// a final state, and is not sent again within the trial's time.
func (t *chaosSMSTrial) Run(ctx context.Context, out io.Writer) (err error) {
	r, err := newRig(ctx, out)
	if err != nil {
		return err
	}
	defer r.close(&err)
	dir := filepath.Join(r.dir, "m")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	bank, err := smsBank(ctx, simulated.Config{Count: t.Modems, SubmitTime: 50 * time.Millisecond,
		Network: simulated.NetworkConfig{AckTimeout: 2 * time.Second}}, dir)
	if err != nil {
		return err
	}
	h := &hall{bank: bank}
	if err := h.open(ctx, r); err != nil {
		return err
	}
	defer h.close()
	if err := h.enter(ctx, t.Messages); err != nil {
		return err
	}
	var modems []string
	for i := range bank.Count() {
		modems = append(modems, "--modem", fmt.Sprintf("modem%d=%s", i, bank.URL(i)))
	}
	for kill := range t.Kills + 1 {
		if err := r.startServer(modems...); err != nil {
			return err
		}
		if _, err := r.address(ctx); err != nil {
			return err
		}
		if kill == t.Kills {
			break
		}
		if err := pause(ctx, t.Gap/2+rand.N(t.Gap)); err != nil {
			return err
		}
		r.stopServer(os.Kill)
		sides, err := h.inbound(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "killed; phones had sent %d SMS, %d were stored\n", sides[0], sides[1])
	}
	if _, err := h.settle(ctx, out, t.Messages, 10*time.Minute); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d kills\n", t.Kills)
	return h.verdict(ctx, out, t.Messages)
}

// enter queues SMS as a server would that is killed before it sends any.
func (h *hall) enter(ctx context.Context, n int) error {
	for i := range n {
		pdus, err := modem.Encode(modem.Outgoing{To: smsPhone(i), Text: smsText(i), Plain: true, Report: true,
			Validity: 24 * time.Hour}, nil)
		if err != nil {
			return err
		}
		if _, err := h.store.QueueSMS(ctx, fleet.SMS{Organization: h.org, Peer: smsPhone(i), Text: smsText(i), Plain: true,
			Dangerous: isDangerous(i), Validity: 24 * time.Hour, Expires: time.Now().Add(24 * time.Hour)},
			[][]byte{pdus[0].TPDU}); err != nil {
			return err
		}
	}
	return nil
}
