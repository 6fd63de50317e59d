package journal

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"math/bits"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"

	"drover/server/internal/fleet"
)

// ErrClosed says that the journal no longer takes records.
var ErrClosed = errors.New("journal: closed")

// idKey is where a stream's metadata keeps its id.
const idKey = "drover.journal"

// Journal is the durable stream. Open makes one, Close ends it.
type Journal struct {
	config     Config
	server     *server.Server // nil with an external NATS
	conn       *nats.Conn
	js         jetstream.JetStream
	partitions []*partition // all that exist; the first config.Partitions are written to
	stop       context.CancelFunc
	running    sync.WaitGroup
}

// Open starts or reaches NATS and makes the streams that are not there.
func Open(ctx context.Context, c Config) (*Journal, error) {
	if err := c.fill(); err != nil {
		return nil, err
	}
	j := &Journal{config: c}
	if err := j.connect(); err != nil {
		j.Close()
		return nil, err
	}
	if err := j.openPartitions(ctx); err != nil {
		j.Close()
		return nil, err
	}
	running, stop := context.WithCancel(context.Background())
	j.stop = stop
	for _, p := range j.partitions {
		j.running.Go(func() { p.writer.run(running) })
	}
	j.running.Go(func() { j.clean(running) })
	return j, nil
}

func (j *Journal) connect() (err error) {
	options := []nats.Option{nats.Name("drover"), nats.MaxReconnects(-1), nats.RetryOnFailedConnect(false)}
	if j.config.URL == "" {
		if j.server, err = embed(j.config.Dir, j.config.Log); err != nil {
			return err
		}
		options = append(options, nats.InProcessServer(j.server))
	}
	if j.conn, err = nats.Connect(j.config.URL, options...); err != nil {
		return fmt.Errorf("journal: NATS at %q cannot be reached: %w", j.config.URL, err)
	}
	if j.js, err = jetstream.New(j.conn); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	return nil
}

// openPartitions finds the streams there are, also those beyond the configured number, which are read until they are
// empty.
func (j *Journal) openPartitions(ctx context.Context) error {
	for i := 0; ; i++ {
		stream, err := j.js.Stream(ctx, streamName(i))
		if errors.Is(err, jetstream.ErrStreamNotFound) {
			if i >= j.config.Partitions {
				return nil
			}
			err = nil
		}
		if err != nil {
			return fmt.Errorf("journal: stream %s: %w", streamName(i), err)
		}
		p, err := j.openPartition(ctx, i, stream)
		if err != nil {
			return fmt.Errorf("journal: stream %s: %w", streamName(i), err)
		}
		j.partitions = append(j.partitions, p)
	}
}

func (j *Journal) openPartition(ctx context.Context, i int, old jetstream.Stream) (*partition, error) {
	id := newID()
	if old != nil && old.CachedInfo().Config.Metadata[idKey] != "" {
		id = old.CachedInfo().Config.Metadata[idKey]
	}
	stream, err := j.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name:        streamName(i),
		Description: "Drover: messages of trackers, not yet or just stored",
		Subjects:    []string{subject(i)},
		Storage:     jetstream.FileStorage,
		Retention:   jetstream.LimitsPolicy,
		Discard:     jetstream.DiscardNew,
		MaxBytes:    j.config.MaxBytes / int64(j.config.Partitions),
		Replicas:    j.config.Replicas,
		Metadata:    map[string]string{idKey: id},
	})
	if err != nil {
		return nil, err
	}
	p := &partition{id: id, stream: stream}
	p.writer = newWriter(&j.config, p.patience, func(ctx context.Context, entry []byte) error {
		ack, err := j.js.Publish(ctx, subject(i), entry)
		if err == nil {
			p.published.Store(ack.Sequence)
		}
		return err
	})
	return p, nil
}

// Append puts records into the journal and returns when all are on disk. An error means that some may not be: say
// nothing to the tracker, and it will say it again. It waits while the partitions' batches are full.
func (j *Journal) Append(ctx context.Context, records ...fleet.Record) error {
	if len(records) == 0 {
		return nil
	}
	one := j.partitionOf(records[0].Device)
	for i := range records[1:] {
		if j.partitionOf(records[i+1].Device) != one {
			return j.appendSpread(ctx, records)
		}
	}
	return one.writer.append(ctx, records)
}

// appendSpread appends records of several partitions, which a retranslator's line may bring.
func (j *Journal) appendSpread(ctx context.Context, records []fleet.Record) error {
	by := map[*partition][]fleet.Record{}
	for _, r := range records {
		p := j.partitionOf(r.Device)
		by[p] = append(by[p], r)
	}
	group, ctx := errgroup.WithContext(ctx)
	for p, own := range by {
		group.Go(func() error { return p.writer.append(ctx, own) })
	}
	return group.Wait()
}

// partitionOf spreads devices evenly, whatever the pattern of their ids (Fibonacci hashing).
func (j *Journal) partitionOf(device fleet.DeviceID) *partition {
	high, _ := bits.Mul64(uint64(uint32(device))*0x9E3779B97F4A7C15, uint64(j.config.Partitions))
	return j.partitions[high]
}

// Partitions is how many there are to read: 0 to Partitions-1.
func (j *Journal) Partitions() int { return len(j.partitions) }

// ID is the partition's own; a position belongs to it.
func (j *Journal) ID(partition int) string { return j.partitions[partition].id }

// Applied says that all up to sequence was applied, so that it may be dropped after Keep.
func (j *Journal) Applied(partition int, sequence uint64) {
	p := j.partitions[partition]
	p.applied.Store(sequence)
	p.appliedAt.Store(time.Now().UnixNano())
}

// Healthy is an error if the journal cannot take records now.
func (j *Journal) Healthy(ctx context.Context) error {
	if !j.conn.IsConnected() {
		return fmt.Errorf("journal: NATS at %q does not answer", j.config.URL)
	}
	for i, p := range j.partitions {
		info, err := p.stream.Info(ctx)
		if err != nil {
			return fmt.Errorf("journal: stream %s: %w", streamName(i), err)
		}
		if limit := info.Config.MaxBytes; info.State.Bytes+uint64(j.config.MaxBatch) > uint64(limit) {
			return fmt.Errorf("journal: stream %s is full (%d of %d bytes)", streamName(i), info.State.Bytes, limit)
		}
	}
	return nil
}

// Close writes what is waiting and ends the journal.
func (j *Journal) Close() {
	if j.stop != nil {
		j.stop()
		j.running.Wait()
	}
	if j.conn != nil {
		j.conn.Close()
	}
	if j.server != nil {
		j.server.Shutdown()
		j.server.WaitForShutdown()
	}
}

func streamName(i int) string { return fmt.Sprintf("DROVER_%d", i) }

func subject(i int) string { return fmt.Sprintf("drover.journal.%d", i) }

func newID() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
