package main

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"drover/server/internal/fleet"
)

const (
	knockBookSize  = 2000            // strangers remembered between two writings; more are counted with the last
	knockBookEvery = 2 * time.Second // between two writings
)

// knockKey tells strangers apart.
type knockKey struct {
	protocol, identity, reason string
	address                    netip.Addr
}

// knockBook collects strangers until they are written down. It is safe for concurrent use and never blocks.
type knockBook struct {
	mu      sync.Mutex
	knocks  map[knockKey]fleet.Knock
	dropped int64 // knocks of strangers for whom there was no room
}

func newKnockBook() *knockBook { return &knockBook{knocks: map[knockKey]fleet.Knock{}} }

// Knock takes note of a stranger.
func (b *knockBook) Knock(k fleet.Knock) {
	key := knockKey{k.Protocol, k.Identity, k.Reason, k.Address}
	b.mu.Lock()
	defer b.mu.Unlock()
	old, known := b.knocks[key]
	switch {
	case known:
		k.First, k.Count = old.First, old.Count+k.Count
	case len(b.knocks) >= knockBookSize:
		b.dropped += k.Count
		return
	}
	b.knocks[key] = k
}

// take gives what was collected and starts anew.
func (b *knockBook) take() (knocks []fleet.Knock, dropped int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, k := range b.knocks {
		knocks = append(knocks, k)
	}
	dropped = b.dropped
	clear(b.knocks)
	b.dropped = 0
	return knocks, dropped
}

// keepKnocks writes the strangers down every other second, until ctx ends. What cannot be written is put back.
func (d *drover) keepKnocks(ctx context.Context) {
	tick := time.NewTicker(knockBookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		knocks, dropped := d.knocks.take()
		if dropped > 0 {
			d.log.Warn().Int64("knocks", dropped).Msg("more strangers call than can be listed")
		}
		if len(knocks) == 0 {
			continue
		}
		if err := d.store.SaveKnocks(ctx, knocks); err != nil {
			d.log.Warn().Err(err).Msg("strangers could not be listed; they are tried again")
			for _, k := range knocks {
				d.knocks.Knock(k)
			}
		}
	}
}
