package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"drover/modem"
	"drover/server/internal/fleet"
	simulated "drover/simulators/modems"
)

// chaosSMSTrial kills the server while SMS go and come, and then holds the network's ledger against the database.
type chaosSMSTrial struct {
	Modems   int           `help:"Simulated modems." default:"4"`
	Messages int           `short:"n" help:"SMS that wait from the beginning; commands come besides." default:"3000" env:"MESSAGES"`
	Kills    int           `help:"Times that the server gets SIGKILL." default:"20"`
	Gap      time.Duration `help:"Mean time between being ready and the next kill." default:"6s"`
}

// away is how long the server is at least, so that phones speak meanwhile.
const away = 500 * time.Millisecond

// chaosSMS is a running trial, with what it counts.
type chaosSMS struct {
	*hall
	*rig
	arguments []string // of the server
	commands  *operator
	sending   int // messages that modems had at kills
	dangerous int // of those
	meanwhile int // that phones sent while there was no server
}

// Run prints what was lost and doubled last. A message in whose middle the server was killed is unknown; that counts as
// a final state, and is not sent again within the trial's time.
func (t *chaosSMSTrial) Run(ctx context.Context, out io.Writer) (err error) {
	r, err := newRig(ctx, out)
	if err != nil {
		return err
	}
	defer r.close(&err)
	h, err := t.hall(ctx, r)
	if err != nil {
		return err
	}
	defer h.close()
	c := &chaosSMS{hall: h, rig: r}
	for i := range h.bank.Count() {
		c.arguments = append(c.arguments, "--modem", fmt.Sprintf("modem%d=%s", i, h.bank.URL(i)))
	}
	if c.commands, err = newOperator(ctx, r, h); err != nil {
		return err
	}
	chatting, hush := context.WithCancel(ctx)
	defer hush()
	chatted := make(chan error, 1)
	go func() { chatted <- h.chat(chatting) }()
	for range t.Kills {
		if err := c.life(ctx, out, t.Gap/2+rand.N(t.Gap)); err != nil {
			return err
		}
	}
	hush()
	if err := <-chatted; err != nil {
		return err
	}
	if err := c.start(ctx); err != nil {
		return err
	}
	if _, err := h.settle(ctx, out, t.Messages, 10*time.Minute); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d kills: modems had %d SMS in hand, %d of them dangerous; phones sent %d without a server; "+
		"%d dangerous commands were accepted\n", t.Kills, c.sending, c.dangerous, c.meanwhile, len(c.commands.accepted))
	if err := h.verdict(ctx, out, append(smsTexts(t.Messages), c.commands.accepted...)); err != nil {
		return err
	}
	return floor(t.Kills == 0 || c.dangerous > 0 && c.meanwhile > 0 && len(c.commands.accepted) > 0,
		"no kill came in the middle")
}

func (t *chaosSMSTrial) hall(ctx context.Context, r *rig) (*hall, error) {
	dir := filepath.Join(r.dir, "m")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	bank, err := smsBank(ctx, simulated.Config{Count: t.Modems, SubmitTime: 50 * time.Millisecond, Listen: "unix:" + dir,
		Network: simulated.NetworkConfig{AckTimeout: 2 * time.Second}})
	if err != nil {
		return nil, err
	}
	h := &hall{bank: bank}
	if err := h.open(ctx, r); err != nil {
		return nil, err
	}
	return h, h.enter(ctx, t.Messages)
}

// start starts the server, on new ports: somebody may have taken the old ones while it was away, and no tracker dials
// in.
func (c *chaosSMS) start(ctx context.Context) (err error) {
	if c.ports, err = freePorts(); err != nil {
		return err
	}
	if err := c.startServer(c.arguments...); err != nil {
		return err
	}
	url, err := c.address(ctx)
	c.commands.url = url
	return err
}

// life starts the server, and kills it in the middle of everything.
func (c *chaosSMS) life(ctx context.Context, out io.Writer, long time.Duration) error {
	if err := c.start(ctx); err != nil {
		return err
	}
	working, end := context.WithCancel(ctx)
	worked := make(chan struct{})
	go func() {
		defer close(worked)
		c.commands.work(working)
	}()
	err := pause(ctx, long)
	c.stopServer(os.Kill)
	end()
	<-worked
	if err != nil {
		return err
	}
	before := len(c.said())
	var sending, dangerous int
	if err := c.sql.QueryRow(ctx, `SELECT count(*), count(*) FILTER (WHERE dangerous) FROM drover.sms
		WHERE direction = 'out' AND state = 'sending'`).Scan(&sending, &dangerous); err != nil {
		return err
	}
	c.sending, c.dangerous = c.sending+sending, c.dangerous+dangerous
	if err := pause(ctx, away); err != nil {
		return err
	}
	said, stored, err := c.inbound(ctx)
	c.meanwhile += said - before
	fmt.Fprintf(out, "killed while %d SMS were being sent, %d of them dangerous; phones have sent %d, %d are stored\n",
		sending, dangerous, said, stored)
	return err
}

// chat has phones speak to the modems' SIMs all the time, each once and every tenth in two parts.
func (h *hall) chat(ctx context.Context) error {
	for i := 0; pause(ctx, 50*time.Millisecond) == nil; i++ {
		text := fmt.Sprintf("from a phone %06d", i)
		if i%10 == 0 {
			text += strings.Repeat(" and more", 20)
		}
		if err := h.bank.Modem(i%h.bank.Count()).Text(fmt.Sprintf("+88297%08d", i), text); err != nil {
			return err
		}
	}
	return nil
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
