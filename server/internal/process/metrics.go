package process

import (
	"errors"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"drover/server/internal/fleet"
	"drover/server/internal/journal"
)

// metrics are the collectors of all partitions.
type metrics struct {
	fixes    prometheus.Counter
	stored   prometheus.Counter
	dropped  *prometheus.CounterVec // step
	flagged  *prometheus.CounterVec // flag
	failures prometheus.Counter
	seconds  prometheus.Histogram
	sequence *prometheus.GaugeVec // partition
	delay    *prometheus.GaugeVec // partition
}

func newMetrics(r prometheus.Registerer) (*metrics, error) {
	opts := func(name, help string) prometheus.Opts {
		return prometheus.Opts{Namespace: "drover", Subsystem: "process", Name: name, Help: help}
	}
	total := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts(opts(name, help)))
	}
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts(opts(name, help)), labels)
	}
	gauge := func(name, help string, labels ...string) *prometheus.GaugeVec {
		return prometheus.NewGaugeVec(prometheus.GaugeOpts(opts(name, help)), labels)
	}
	m := &metrics{
		fixes:    total("fixes_total", "Positions that came from the journal."),
		stored:   total("stored_total", "Fixes that were stored."),
		dropped:  counter("dropped_total", "Fixes that a step dropped.", "step"),
		flagged:  counter("flagged_total", "Fixes by what was noticed.", "flag"),
		failures: total("failures_total", "Attempts at the database that failed."),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: "drover", Subsystem: "process",
			Name: "write_seconds", Help: "Time to store a batch.", Buckets: prometheus.ExponentialBuckets(0.001, 2, 14)}),
		sequence: gauge("sequence", "Last journal entry that was stored.", "partition"),
		delay:    gauge("delay_seconds", "Age of the oldest record of the last batch when it was stored.", "partition"),
	}
	if r == nil {
		return m, nil
	}
	return m, errors.Join(r.Register(m.fixes), r.Register(m.stored), r.Register(m.dropped), r.Register(m.flagged),
		r.Register(m.failures), r.Register(m.seconds), r.Register(m.sequence), r.Register(m.delay))
}

func (m *metrics) observe(partition int, c *counts, stored int, took time.Duration, entries []journal.Entry) {
	m.fixes.Add(float64(c.fixes))
	m.stored.Add(float64(stored))
	for step, n := range c.dropped {
		m.dropped.WithLabelValues(step).Add(float64(n))
	}
	for i, n := range c.flags {
		if n > 0 {
			m.flagged.WithLabelValues(fleet.Flags(1 << i).Names()[0]).Add(float64(n))
		}
	}
	m.seconds.Observe(took.Seconds())
	label := strconv.Itoa(partition)
	m.sequence.WithLabelValues(label).Set(float64(entries[len(entries)-1].Sequence))
	if first := entries[0].Records; len(first) > 0 {
		m.delay.WithLabelValues(label).Set(time.Since(first[0].Received).Seconds())
	}
}
