package process

import (
	"context"
	"encoding/hex"
	"hash/maphash"
	"slices"
	"strings"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/journal"
	"drover/server/internal/store"
)

// worker has one partition's devices in memory, and takes batches through the steps. One goroutine.
type worker struct {
	partition int
	store     Store
	limits    Limits
	capacity  int // devices that are kept in memory between batches
	steps     []step
	seed      maphash.Seed
	counts    counts

	devices map[fleet.DeviceID]*device
	serial  uint64 // of the batch
	fixes   []fleet.Fix
	late    []fleet.Fix
	passage passage
}

func newWorker(partition int, s Store, l Limits, capacity int) *worker {
	return &worker{partition: partition, store: s, limits: l, capacity: capacity,
		steps: steps(), seed: maphash.MakeSeed(), devices: map[fleet.DeviceID]*device{}}
}

// counts is what became of a batch's fixes.
type counts struct {
	dropped map[string]int // by the step that dropped them
	flags   fleetFlags
	fixes   int
}

// fleetFlags counts fixes by the place of each flag.
type fleetFlags [16]int

// load makes sure that the states of all devices of the entries are in memory.
func (w *worker) load(ctx context.Context, entries []journal.Entry) error {
	var missing []fleet.DeviceID
	for _, e := range entries {
		for i := range e.Records {
			id := e.Records[i].Device
			if _, known := w.devices[id]; !known {
				w.devices[id] = nil
				missing = append(missing, id)
			}
		}
	}
	if len(missing) == 0 {
		return nil
	}
	states, err := w.store.DeviceStates(ctx, missing)
	if err != nil {
		for _, id := range missing {
			delete(w.devices, id)
		}
		return err
	}
	for _, s := range states {
		w.devices[s.Device] = newDevice(s)
	}
	return nil
}

// batch takes the entries through the steps. What it gives is valid until the next call.
func (w *worker) batch(id string, from uint64, entries []journal.Entry) *store.Batch {
	w.serial++
	w.fixes, w.late = w.fixes[:0], w.late[:0]
	w.counts = counts{dropped: map[string]int{}}
	b := &store.Batch{Partition: w.partition, Journal: id, From: from, To: entries[len(entries)-1].Sequence}
	var touched []*device
	for _, e := range entries {
		for i := range e.Records {
			r := &e.Records[i]
			d := w.devices[r.Device]
			if len(r.Positions) > 0 && d.touched != w.serial {
				d.touched = w.serial
				touched = append(touched, d)
			}
			b.Events = w.record(b.Events, r, d)
		}
	}
	b.Fixes, b.Late = w.fixes, w.late
	for _, d := range touched {
		if !d.Newest.IsZero() {
			b.States = append(b.States, d.DeviceState)
		}
	}
	return b
}

// record takes one record through the steps, and gives the events with those it gave rise to.
func (w *worker) record(events []fleet.Event, r *fleet.Record, d *device) []fleet.Event {
	if r.Event != nil {
		events = append(events, *r.Event)
	}
	if r.Result != nil {
		events = append(events,
			fleet.Event{Device: r.Device, Time: r.Received, Kind: "command_result", Text: resultText(r.Result)})
	}
	inOrder(r.Positions)
	for i := range r.Positions {
		p := &w.passage
		*p = passage{device: d, limits: w.limits, seed: w.seed, events: events}
		p.fix = fleet.Fix{Position: r.Positions[i], Device: r.Device, Received: r.Received}
		kept := w.pass(p)
		events = p.events
		switch {
		case !kept:
		case p.stored:
			w.late = append(w.late, p.fix)
		default:
			w.fixes = append(w.fixes, p.fix)
		}
	}
	return events
}

func (w *worker) pass(p *passage) bool {
	w.counts.fixes++
	for _, step := range w.steps {
		if !step.do(p) {
			w.counts.dropped[step.name]++
			return false
		}
	}
	for i := range w.counts.flags {
		if p.fix.Flags&(1<<i) != 0 {
			w.counts.flags[i]++
		}
	}
	return true
}

// inOrder sorts the positions of a message that came newest first, so that they are not taken for late.
func inOrder(positions []protocols.Position) {
	byTime := func(a, b protocols.Position) int { return a.Time.Compare(b.Time) }
	for i := range positions {
		if positions[i].Time.IsZero() {
			return
		}
	}
	if !slices.IsSortedFunc(positions, byTime) {
		slices.SortStableFunc(positions, byTime)
	}
}

func resultText(r *protocols.Result) string {
	text := r.Text
	if text == "" && len(r.Data) > 0 {
		text = hex.EncodeToString(r.Data)
	}
	switch {
	case r.Nack:
		text = strings.TrimSpace("refused: " + text)
	case r.Deferred:
		text = strings.TrimSpace("later: " + text)
	}
	return text
}

// stored tells the devices that their states were written, and forgets some of those that were not in the batch if
// there are too many.
func (w *worker) stored() {
	for id, d := range w.devices {
		if d.touched == w.serial {
			d.Revision++
		} else if len(w.devices) > w.capacity {
			delete(w.devices, id)
		}
	}
}
