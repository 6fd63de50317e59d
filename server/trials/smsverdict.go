package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/warthog618/sms/encoding/tpdu"

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

// spoken is a message from a phone. A SIM that gets two which are alike in all of this has the same bytes twice, as
// when a network gives one message twice: they count once.
type spoken struct {
	from, iccid, text string
	second            int64 // Unix time at which the network took it
}

// said is what phones sent to modems, long messages as wholes. Each of these has a number of its own.
func (h *hall) said() map[spoken]bool {
	iccids := map[string]string{}
	for i := range h.bank.Count() {
		iccids[simulated.MSISDN(i)] = simulated.NewSIM(i, simulated.Operators()[0]).ICCID
	}
	said, long := map[spoken]bool{}, map[string]spoken{}
	h.ledger(func(e simulated.Entry) {
		iccid, ours := iccids[e.To]
		if e.Kind != simulated.Submitted || !ours {
			return
		}
		s := spoken{e.From, iccid, e.Text, e.At.Unix()}
		if e.Parts > 1 {
			s.text = long[e.From].text + e.Text
			if long[e.From] = s; e.Part < e.Parts {
				return
			}
		}
		said[s] = true
	})
	return said
}

// inbound counts what phones sent, and what of it is stored.
func (h *hall) inbound(ctx context.Context) (said, stored int, err error) {
	err = h.sql.QueryRow(ctx, `SELECT count(*) FROM drover.sms WHERE direction = 'in'`).Scan(&stored)
	return len(h.said()), stored, err
}

// verdict holds the ledger against the database, prints the figures, and fails if anything of what was to go, or of
// what came, was lost or doubled, or if hardly anything went or came.
func (h *hall) verdict(ctx context.Context, out io.Writer, texts []string) error {
	taken, doubled := map[string]int{}, 0
	h.ledger(func(e simulated.Entry) {
		if e.Kind == simulated.Submitted && e.Modem != "" {
			text := strings.TrimSpace(e.Text)
			if taken[text]++; taken[text] > 1 {
				fmt.Fprintf(out, "doubled: %q\n", text)
				doubled++
			}
		}
	})
	states, err := h.outgoing(ctx)
	if err != nil {
		return err
	}
	var lost, wrong, open, went, dangerous int
	counts, reasons := map[string]int{}, map[string]int{}
	for _, text := range texts {
		s := states[text]
		counts[s.state]++
		if s.reason != "" {
			reasons[s.state+": "+s.reason]++
		}
		if s.dangerous {
			dangerous++
		}
		gone := taken[text] > 0
		if gone {
			went++
		}
		switch s.state {
		case "queued", "sending":
			open++
		case "sent", "delivered", "":
			if !gone {
				fmt.Fprintf(out, "lost: %q is %q\n", text, s.state)
				lost++
			}
		case "failed", "expired", "cancelled":
			if gone && !strings.HasPrefix(s.reason, "the network could not deliver it") {
				wrong++
			}
		}
	}
	in, err := h.incoming(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "outgoing: %v; %d went\nwhy: %v\nincoming: %d, of which %d could not be read\n",
		counts, went, reasons, in.said, in.unreadable)
	fmt.Fprintf(out, "%d SMS out, %d of them dangerous: %d lost, %d doubled, %d without a final state, "+
		"%d said to have failed that went; in: %d lost, %d doubled\n",
		len(texts), dangerous, lost, doubled, open, wrong, in.lost, in.doubled)
	bad := lost + doubled + open + wrong + in.lost + in.doubled
	if err := floor(bad == 0, "not every SMS went and came exactly once"); err != nil {
		return err
	}
	return floor(went > len(texts)*9/10 && in.said > len(texts)/10 && dangerous > len(texts)/10,
		"hardly anything went or came: of %d SMS, %d of them dangerous, %d went; %d came",
		len(texts), dangerous, went, in.said)
}

// troubles prints how often each fault happened, and fails if all should have and one did not.
func (h *hall) troubles(out io.Writer, all bool) error {
	happened := h.bank.Happened()
	fmt.Fprintf(out, "faults: %v\n", happened)
	for _, f := range simulated.Faults() {
		if all && happened[f.Name] == 0 {
			return floor(false, "%s never happened", f.Name)
		}
	}
	return nil
}

type outgoingState struct {
	text, state, reason string
	dangerous           bool
}

func (h *hall) outgoing(ctx context.Context) (map[string]outgoingState, error) {
	rows, err := h.sql.Query(ctx, `SELECT text, state, reason, dangerous FROM drover.sms WHERE direction = 'out'`)
	if err != nil {
		return nil, err
	}
	states := map[string]outgoingState{}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (s outgoingState, err error) {
		return s, row.Scan(&s.text, &s.state, &s.reason, &s.dangerous)
	})
	for _, s := range list {
		states[strings.TrimSpace(s.text)] = s
	}
	return states, err
}

// arrivals is how what came compares with what was said.
type arrivals struct{ said, unreadable, lost, doubled int }

// incoming compares what was said with what is stored. What could not be read is put right before.
func (h *hall) incoming(ctx context.Context) (a arrivals, err error) {
	rows, err := h.sql.Query(ctx, `SELECT peer, iccid, text, coalesce(sent, created), raw, state FROM drover.sms
		WHERE direction = 'in'`)
	if err != nil {
		return a, err
	}
	stored := map[spoken]int{}
	var s spoken
	var state string
	var sent time.Time
	var raw []byte
	_, err = pgx.ForEachRow(rows, []any{&s.from, &s.iccid, &s.text, &sent, &raw, &state}, func() error {
		s.second = sent.Unix()
		one := s
		if state == "unreadable" {
			a.unreadable++
			one = repaired(s, raw)
		}
		stored[one]++
		return nil
	})
	said := h.said()
	a.said = len(said)
	for s := range said {
		if stored[s] == 0 {
			a.lost++
		}
	}
	for s, n := range stored {
		if said[s] {
			n--
		}
		a.doubled += n
	}
	return a, err
}

// repaired undoes the simulator's fault that makes a message undecodable: a coding that there is not, where that of
// GSM's own alphabet was (3GPP TS 23.040, clause 9.2.2.1).
func repaired(s spoken, raw []byte) spoken {
	const digits = 1 // of the sender's number: how many
	if len(raw) <= digits {
		return s
	}
	coding := digits + 2 + (int(raw[digits])+1)/2 + 1
	if len(raw) <= coding {
		return s
	}
	raw[coding] = 0
	t := tpdu.TPDU{Direction: tpdu.MT}
	if t.UnmarshalBinary(raw) != nil {
		return s
	}
	text, err := tpdu.DecodeUserData(t.UD, t.UDH, tpdu.Alpha7Bit)
	if err != nil {
		return s
	}
	return spoken{t.OA.Number(), s.iccid, string(text), t.SCTS.Unix()}
}
