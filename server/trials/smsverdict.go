package main

import (
	"context"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"

	simulated "drover/simulators/modems"
)

// ledger gives all that the network noted.
func (h *hall) ledger(each func(simulated.Entry)) {
	const page = 10_000
	for after := 0; ; {
		entries := h.bank.Network().Ledger(after, page)
		for _, e := range entries {
			each(e)
		}
		if after += len(entries); len(entries) < page {
			return
		}
	}
}

// spoken is a message from a phone.
type spoken struct{ from, text string }

// inbound counts what phones sent, and what of it is stored.
func (h *hall) inbound(ctx context.Context) ([]int, error) {
	sides := make([]int, 2)
	h.ledger(func(e simulated.Entry) {
		if e.Kind == simulated.Submitted && e.Modem == "" {
			sides[0]++
		}
	})
	err := h.sql.QueryRow(ctx, `SELECT count(*) FROM drover.sms WHERE direction = 'in'`).Scan(&sides[1])
	return sides, err
}

// verdict holds the ledger against the database, prints the figures, and fails if anything was lost or doubled.
func (h *hall) verdict(ctx context.Context, out io.Writer, n int) error {
	taken, said := map[string]int{}, map[spoken]int{}
	h.ledger(func(e simulated.Entry) {
		switch {
		case e.Kind == simulated.Submitted && e.Modem != "":
			taken[e.Text]++
		case e.Kind == simulated.Submitted:
			said[spoken{e.From, e.Text}]++
		}
	})
	states, err := h.outgoing(ctx)
	if err != nil {
		return err
	}
	counts, lost, doubled, again, open := map[string]int{}, 0, 0, 0, 0
	for i := range n {
		s := states[smsText(i)]
		counts[s.state]++
		switch went := taken[smsText(i)]; {
		case went == 0 && (s.state == "sent" || s.state == "delivered" || s.state == ""):
			lost++
		case went > 1 && !isDangerous(i) && s.attempts > 1 && s.doubtful:
			again++
		case went > 1:
			doubled++
		}
		if s.state == "queued" || s.state == "sending" {
			open++
		}
	}
	lostIn, doubledIn, unreadable, err := h.incoming(ctx, said)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "outgoing: %v; %d in doubt sent again by policy\nincoming: %d, of which %d could not be read\n",
		counts, again, len(said), unreadable)
	fmt.Fprintf(out, "%d SMS out: %d lost, %d doubled, %d without a final state; in: %d lost, %d doubled\n",
		n, lost, doubled, open, lostIn, doubledIn)
	return floor(lost+doubled+open+lostIn+doubledIn == 0, "not every SMS went and came exactly once")
}

type outgoingState struct {
	text, state string
	attempts    int
	doubtful    bool // it was sent once more because no report came
}

func (h *hall) outgoing(ctx context.Context) (map[string]outgoingState, error) {
	rows, err := h.sql.Query(ctx, `SELECT text, state, attempts, reason LIKE '%once more%'
		FROM drover.sms WHERE direction = 'out'`)
	if err != nil {
		return nil, err
	}
	states := map[string]outgoingState{}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (s outgoingState, err error) {
		return s, row.Scan(&s.text, &s.state, &s.attempts, &s.doubtful)
	})
	for _, s := range list {
		states[s.text] = s
	}
	return states, err
}

// incoming compares what was said with what is stored. What could not be read may be anything that is not there.
func (h *hall) incoming(ctx context.Context, said map[spoken]int) (lost, doubled, unreadable int, err error) {
	rows, err := h.sql.Query(ctx, `SELECT peer, text, state FROM drover.sms WHERE direction = 'in'`)
	if err != nil {
		return 0, 0, 0, err
	}
	stored := map[spoken]int{}
	var s spoken
	var state string
	_, err = pgx.ForEachRow(rows, []any{&s.from, &s.text, &state}, func() error {
		if state == "unreadable" {
			unreadable++
		} else {
			stored[s]++
		}
		return nil
	})
	for s, n := range said {
		lost += max(0, n-stored[s])
		doubled += max(0, stored[s]-n)
	}
	for s, n := range stored {
		if said[s] == 0 {
			doubled += n
		}
	}
	return max(0, lost-unreadable), doubled, unreadable, err
}
