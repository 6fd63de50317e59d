package journal

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"drover/server/internal/fleet"
)

// Entry is what one Append or several wrote together.
type Entry struct {
	Sequence uint64
	Records  []fleet.Record
}

// ahead is how many decoded entries a Reader holds, and how many raw ones it has asked NATS for.
const ahead = 2

// Reader reads a partition in order. Close ends it.
type Reader struct {
	entries chan Entry
	failed  chan error
	stop    context.CancelFunc
}

// Reader reads the entries of a partition after the sequence (0: all there are).
func (j *Journal) Reader(ctx context.Context, partition int, after uint64) (*Reader, error) {
	consumer, err := j.js.OrderedConsumer(ctx, streamName(partition), jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy,
		OptStartSeq:   after + 1,
	})
	if err != nil {
		return nil, fmt.Errorf("journal: reading stream %s: %w", streamName(partition), err)
	}
	messages, err := consumer.Messages(jetstream.PullMaxMessages(ahead))
	if err != nil {
		return nil, fmt.Errorf("journal: reading stream %s: %w", streamName(partition), err)
	}
	ctx, stop := context.WithCancel(ctx)
	r := &Reader{entries: make(chan Entry, ahead), failed: make(chan error, 1), stop: stop}
	context.AfterFunc(ctx, messages.Stop)
	go r.run(ctx, messages)
	return r, nil
}

func (r *Reader) run(ctx context.Context, messages jetstream.MessagesContext) {
	decoder := newDecoder()
	for {
		entry, err := next(messages, decoder)
		if err != nil {
			r.failed <- err
			return
		}
		select {
		case r.entries <- entry:
		case <-ctx.Done():
			return
		}
	}
}

func next(messages jetstream.MessagesContext, decoder *decoder) (Entry, error) {
	msg, err := messages.Next()
	if err != nil {
		return Entry{}, fmt.Errorf("journal: reading: %w", err)
	}
	meta, err := msg.Metadata()
	if err != nil {
		return Entry{}, fmt.Errorf("journal: reading: %w", err)
	}
	records, err := decoder.decode(msg.Data())
	if err != nil {
		return Entry{}, fmt.Errorf("entry %d: %w", meta.Sequence.Stream, err)
	}
	return Entry{Sequence: meta.Sequence.Stream, Records: records}, nil
}

// Next waits for an entry and gives it with those that are already there, up to about limit positions.
func (r *Reader) Next(ctx context.Context, limit int) ([]Entry, error) {
	var first Entry
	select {
	case first = <-r.entries:
	case err := <-r.failed:
		r.failed <- err
		return nil, err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	entries := []Entry{first}
	for n := positions(first); n < limit; {
		select {
		case e := <-r.entries:
			entries = append(entries, e)
			n += positions(e)
		default:
			return entries, nil
		}
	}
	return entries, nil
}

func positions(e Entry) int {
	n := 0
	for i := range e.Records {
		n += max(1, len(e.Records[i].Positions))
	}
	return n
}

// Close ends the reader.
func (r *Reader) Close() { r.stop() }
