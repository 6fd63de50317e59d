package journal

import (
	"context"
	"crypto/rand"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"drover/protocols"
	"drover/server/internal/fleet"
)

func open(t *testing.T, change func(*Config)) *Journal {
	t.Helper()
	c := Config{Dir: t.TempDir(), Partitions: 2, MaxBytes: 64 << 20, Linger: time.Millisecond, Log: zerolog.Nop()}
	if change != nil {
		change(&c)
	}
	j, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(j.Close)
	return j
}

func record(device, n int) fleet.Record {
	r := full()
	r.Device, r.Received = fleet.DeviceID(device), time.UnixMilli(int64(n)).UTC()
	return r
}

// readAll gives the records of a partition until there are as many as wanted.
func readAll(t *testing.T, j *Journal, partition int, after uint64, want int) (records []fleet.Record, last uint64) {
	t.Helper()
	r, err := j.Reader(t.Context(), partition, after)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for len(records) < want {
		entries, err := r.Next(ctx, 100)
		if err != nil {
			t.Fatalf("after %d of %d records: %v", len(records), want, err)
		}
		for _, e := range entries {
			if e.Sequence != last+1 && last != 0 {
				t.Errorf("entry %d follows %d", e.Sequence, last)
			}
			records, last = append(records, e.Records...), e.Sequence
		}
	}
	return records, last
}

func TestAppendedIsReadInOrderAndSharesEntries(t *testing.T) {
	j := open(t, func(c *Config) { c.Partitions = 1; c.Linger = 20 * time.Millisecond })
	var all sync.WaitGroup
	for device := range 50 {
		all.Go(func() {
			for n := range 5 {
				if err := j.Append(t.Context(), record(device+1, n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	records, last := readAll(t, j, 0, 0, 250)
	next := map[fleet.DeviceID]int64{}
	for _, r := range records {
		if r.Received.UnixMilli() != next[r.Device] {
			t.Errorf("device %d: record %d, want %d", r.Device, r.Received.UnixMilli(), next[r.Device])
		}
		next[r.Device]++
	}
	if last > 125 {
		t.Errorf("250 records took %d entries: nobody shared", last)
	}
}

func TestReopenedItIsTheSameAndGoesOn(t *testing.T) {
	dir := t.TempDir()
	same := func(c *Config) { c.Dir = dir; c.Partitions = 1 }
	j := open(t, same)
	id := j.ID(0)
	if err := j.Append(t.Context(), record(1, 1)); err != nil {
		t.Fatal(err)
	}
	j.Close()
	j = open(t, same)
	if j.ID(0) != id {
		t.Errorf("the id was %s and is %s", id, j.ID(0))
	}
	if err := j.Append(t.Context(), record(1, 2)); err != nil {
		t.Fatal(err)
	}
	records, last := readAll(t, j, 0, 1, 1)
	if last != 2 || records[0].Received.UnixMilli() != 2 {
		t.Errorf("after entry 1 came %d: %v", last, records[0].Received)
	}
}

func TestFewerPartitionsAreStillRead(t *testing.T) {
	dir := t.TempDir()
	j := open(t, func(c *Config) { c.Dir = dir; c.Partitions = 4 })
	j.Close()
	j = open(t, func(c *Config) { c.Dir = dir; c.Partitions = 1 })
	if j.Partitions() != 4 {
		t.Errorf("%d partitions to read, want 4", j.Partitions())
	}
	for device := range 100 {
		if j.partitionOf(fleet.DeviceID(device)) != j.partitions[0] {
			t.Fatalf("device %d is written to a partition that is only read", device)
		}
	}
}

func TestSpreadRecordsReachTheirPartitions(t *testing.T) {
	j := open(t, nil)
	var records []fleet.Record
	count := map[*partition]int{}
	for device := range 40 {
		records = append(records, record(device+1, 0))
		count[j.partitionOf(fleet.DeviceID(device+1))]++
	}
	if err := j.Append(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
	for i, p := range j.partitions {
		if count[p] < 10 {
			t.Errorf("partition %d has %d of 40 devices", i, count[p])
		}
		readAll(t, j, i, 0, count[p])
	}
}

func TestFullJournalRefusesAndSaysSo(t *testing.T) {
	j := open(t, func(c *Config) { c.Partitions = 1; c.MaxBytes = 512 << 10; c.MaxBatch = 8 << 10 })
	big := make([]fleet.Record, 50)
	for i := range big {
		noise := make([]byte, 500) // that cannot be compressed
		_, _ = rand.Read(noise)
		big[i] = record(1, i)
		big[i].Positions[0].Attributes = []protocols.Attribute{protocols.Attr("noise", protocols.Bytes(noise))}
	}
	var err error
	for range 200 {
		if err = j.Append(t.Context(), big...); err != nil {
			break
		}
	}
	if err == nil || !strings.Contains(err.Error(), "maximum bytes") {
		t.Errorf("a full journal took more, or says %v", err)
	}
	if err := j.Healthy(t.Context()); err == nil || !strings.Contains(err.Error(), "full") {
		t.Errorf("a full journal says it is healthy: %v", err)
	}
}

func TestOnlyAppliedAndOldIsDroppable(t *testing.T) {
	p, start := new(partition), time.Unix(1000, 0)
	p.applied.Store(7)
	if got := p.droppable(start, time.Minute, false); got != 0 {
		t.Errorf("applied just now, droppable to %d", got)
	}
	p.applied.Store(9)
	if got := p.droppable(start.Add(61*time.Second), time.Minute, false); got != 7 {
		t.Errorf("a minute later droppable to %d, want 7", got)
	}
	if got := p.droppable(start.Add(62*time.Second), time.Minute, true); got != 9 {
		t.Errorf("short of space droppable to %d, want 9", got)
	}
}

// Trackers wait for the storing while it goes on but is behind; not while it keeps up or stands still.
func TestPatience(t *testing.T) {
	now := time.Unix(1000, 0)
	for _, c := range []struct {
		name               string
		published, applied uint64
		ago, want          time.Duration
	}{
		{"nothing was written", 0, 500, 0, 0},
		{"in step", 108, 100, 0, 0},
		{"a little behind", 118, 100, time.Second, 20 * time.Millisecond},
		{"far behind", 100_100, 100, time.Second, waitMost},
		{"standing still", 100_100, 100, 3 * time.Second, 0},
	} {
		p := new(partition)
		p.published.Store(c.published)
		p.applied.Store(c.applied)
		p.appliedAt.Store(now.Add(-c.ago).UnixNano())
		if got := p.patience(now); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestCleanPurgesTheStream(t *testing.T) {
	j := open(t, func(c *Config) { c.Partitions = 1 })
	for n := range 3 {
		if err := j.Append(t.Context(), record(1, n)); err != nil {
			t.Fatal(err)
		}
	}
	j.Applied(0, 2)
	p := j.partitions[0]
	for _, at := range []time.Time{time.Unix(1000, 0), time.Unix(9000, 0)} {
		if err := p.clean(t.Context(), at, time.Hour); err != nil {
			t.Fatal(err)
		}
	}
	info, err := p.stream.Info(t.Context())
	if err != nil || info.State.FirstSeq != 3 || info.State.Msgs != 1 {
		t.Errorf("left: %+v, %v", info.State, err)
	}
}

func TestClosedTakesNothing(t *testing.T) {
	j := open(t, nil)
	j.Close()
	if err := j.Append(t.Context(), record(1, 1)); err == nil {
		t.Error("a closed journal took a record")
	}
}

func TestAppendGivesUpWithItsContext(t *testing.T) {
	block := make(chan struct{})
	c := Config{Dir: "x", MaxBatch: 4 << 10}
	if err := c.fill(); err != nil {
		t.Fatal(err)
	}
	w := newWriter(&c, new(partition).patience, func(context.Context, []byte) error { <-block; return nil })
	var running sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	running.Go(func() { w.run(ctx) })
	defer running.Wait()
	defer stop()
	defer close(block)
	short, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	many := make([]fleet.Record, 200)
	for i := range many {
		many[i] = record(1, i)
	}
	if err := w.append(short, many); err == nil {
		t.Error("append returned although nothing was published")
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := len(w.filling.entry); n > 2*c.MaxBatch {
		t.Errorf("%d bytes are waiting: the batch has no bound", n)
	}
}

func TestConfigNamesTheBadSetting(t *testing.T) {
	for want, c := range map[string]Config{
		"partitions is 65": {Dir: "x", Partitions: 65},
		"replicas is 2":    {Dir: "x", Replicas: 2},
		"neither a NATS":   {},
	} {
		if _, err := Open(t.Context(), c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}
