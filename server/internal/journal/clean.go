package journal

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// cleanEvery is how often what was applied is looked at for dropping.
const cleanEvery = 10 * time.Second

// mark says that at a time all up to a sequence had been applied.
type mark struct {
	at       time.Time
	sequence uint64
}

// clean drops what was applied and is old, until ctx ends.
func (j *Journal) clean(ctx context.Context) {
	tick := time.NewTicker(cleanEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			for i, p := range j.partitions {
				if err := p.clean(ctx, now, j.config.Keep); err != nil && ctx.Err() == nil {
					j.config.Log.Warn().Err(err).Str("stream", streamName(i)).Msg("the journal could not be trimmed")
				}
			}
		}
	}
}

func (p *partition) clean(ctx context.Context, now time.Time, keep time.Duration) error {
	info, err := p.stream.Info(ctx)
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	upTo := p.droppable(now, keep, info.State.Bytes > uint64(info.Config.MaxBytes)/4*3)
	if upTo < info.State.FirstSeq {
		return nil
	}
	if err := p.stream.Purge(ctx, jetstream.WithPurgeSequence(upTo+1)); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	return nil
}

// droppable is the sequence up to which all may go: applied longer than keep ago, or just applied when space is short.
// It notes the present one, at most one each hundredth of keep.
func (p *partition) droppable(now time.Time, keep time.Duration, short bool) uint64 {
	applied := p.applied.Load()
	if n := len(p.marks); n == 0 || now.Sub(p.marks[n-1].at) >= keep/100 {
		p.marks = append(p.marks, mark{now, applied})
	}
	if short {
		return applied
	}
	var upTo uint64
	for len(p.marks) > 0 && now.Sub(p.marks[0].at) >= keep {
		upTo = p.marks[0].sequence
		p.marks = p.marks[1:]
	}
	return upTo
}
