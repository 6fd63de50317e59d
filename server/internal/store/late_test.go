package store

import (
	"testing"
	"time"
)

// A backlog that is sent again before it was stored brings its late records twice in one batch: more than the steps
// remember. Each is stored once, whenever it was received.
func TestLateTwiceInABatch(t *testing.T) {
	s := open(t)
	_, devices := withDevices(t, s, 1)
	mustWrite(t, s, batchOf(t, s, 0, "j", sample(devices[0].ID, noon(), 1)))
	b := batchOf(t, s, 0, "j")
	for range 2 {
		for n := range 100 {
			f := sample(devices[0].ID, noon().Add(-time.Hour+time.Duration(n)*time.Second), n)
			f.Received = f.Received.Add(time.Duration(len(b.Late)) * time.Minute)
			b.Late = append(b.Late, f)
		}
	}
	if n := mustWrite(t, s, b); n != 100 {
		t.Errorf("stored %d, want 100", n)
	}
}
