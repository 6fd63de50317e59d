package modems_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"drover/modem"
	"drover/simulators/modems"
)

// keeper keeps as the server does: a message once for each key, a report once for each SIM and its bytes.
type keeper struct {
	mu       sync.Mutex
	messages map[string]modem.Incoming
	told     map[string]modem.Report
	order    []modem.Report
}

func newKeeper() *keeper {
	return &keeper{messages: map[string]modem.Incoming{}, told: map[string]modem.Report{}}
}

func (k *keeper) Keep(_ context.Context, m modem.Incoming) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.messages[m.Key] = m
	return nil
}

func (k *keeper) Report(_ context.Context, r modem.Report) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	key := r.ICCID + string(r.Raw)
	if _, again := k.told[key]; !again {
		k.told[key] = r
		k.order = append(k.order, r)
	}
	return nil
}

func (k *keeper) incoming() []modem.Incoming {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Collect(maps.Values(k.messages))
}

// kept are the texts with how often each came; of those that cannot be decoded the text is unreadable.
func (k *keeper) kept() map[string]int {
	texts := map[string]int{}
	for _, m := range k.incoming() {
		if m.Err != "" {
			m.Text = unreadable
		}
		texts[m.Text]++
	}
	return texts
}

// unreadable stands for the text of a message that could not be decoded.
const unreadable = "(unreadable)"

// reports is how many came with a reference and a state.
func (k *keeper) reports(reference byte, s modem.DeliveryState) (count int) {
	for _, r := range k.allReports() {
		if r.Reference == reference && r.State == s {
			count++
		}
	}
	return count
}

// allReports are in the order in which they came.
func (k *keeper) allReports() []modem.Report {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clone(k.order)
}

// ledger are the texts of what the network took, with how often: what came from a number, or goes to it.
func (b *bench) ledger(from, to string) map[string]int {
	texts := map[string]int{}
	for _, e := range b.bank.Network().Ledger(0, 1_000_000) {
		if e.Kind == modems.Submitted && (e.From == from || e.To == to) {
			texts[e.Text]++
		}
	}
	return texts
}

// accounts compares, for the first modem, what the network had with what the pool says of it and has kept. As many
// messages as spoilt were undecodable, and as many reports as lost never came.
func (b *bench) accounts(spoilt, lost int) {
	b.Helper()
	me := b.bank.Modem(0).State().MSISDN
	took := b.ledger(me, "")
	references := map[byte]bool{} // they wrap in one trial, where two reports within a second are the same
	for _, a := range b.attempts() {
		got := took[a.text]
		switch {
		case got > 1, a.err != nil && got > 0, a.Outcome == modem.Failed && got > 0, a.Outcome == modem.Sent && got == 0:
			b.Errorf("%s: outcome %q, %v, and the network has it %d times", a.text, a.Outcome, a.err, got)
		case a.Outcome == modem.Sent:
			references[a.Reference] = true
		}
	}
	b.until("all that arrived is kept", func() bool { return b.missing(me) == spoilt && b.kept()[unreadable] == spoilt })
	for text, count := range b.kept() {
		if sent := b.ledger("", me)[text]; text != unreadable && count > sent {
			b.Errorf("%q was kept %d times, and sent %d times", text, count, sent)
		}
	}
	b.until("all reports came that were not lost", func() bool {
		left := 0
		for reference := range references {
			if b.reports(reference, modem.Delivered) == 0 {
				left++
			}
		}
		return left == lost
	})
}

// missing is how many texts to a number were not kept. Twice the same within a second is once, by their key.
func (b *bench) missing(me string) (count int) {
	want := b.ledger("", me)
	kept := b.kept()
	for text := range maps.Keys(want) {
		if kept[text] == 0 {
			count++
		}
	}
	return count
}

// asked reports whether the pool gave a command after the first n things that were said.
func (b *bench) asked(command string, n int) bool {
	for _, s := range b.wire.since(n) {
		if s.pool && strings.HasPrefix(s.text, command) {
			return true
		}
	}
	return false
}

// heard reports whether a modem said something after the first n things.
func (b *bench) heard(text string, n int) bool {
	var all strings.Builder
	for _, s := range b.wire.since(n) {
		if !s.pool {
			all.WriteString(s.text)
		}
	}
	return strings.Contains(all.String(), text)
}
