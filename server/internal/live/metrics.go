package live

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics are the live line's collectors.
type metrics struct {
	readers prometheus.Gauge
	frames  *prometheus.CounterVec // kind: shared, own, snapshot
	bytes   prometheus.Counter
	skipped prometheus.Counter
}

func newMetrics(r prometheus.Registerer) (*metrics, error) {
	options := func(name, help string) prometheus.Opts {
		return prometheus.Opts{Namespace: "drover", Subsystem: "live", Name: name, Help: help}
	}
	m := &metrics{
		readers: prometheus.NewGauge(prometheus.GaugeOpts(options("readers", "Open WebSockets."))),
		frames: prometheus.NewCounterVec(prometheus.CounterOpts(options("frames_total", "Binary frames sent.")),
			[]string{"kind"}),
		bytes: prometheus.NewCounter(prometheus.CounterOpts(options("bytes_total", "Bytes of binary frames sent."))),
		skipped: prometheus.NewCounter(prometheus.CounterOpts(options("skipped_total",
			"Frames that a reader did not get because it had not taken the one before."))),
	}
	if r == nil {
		return m, nil
	}
	return m, errors.Join(r.Register(m.readers), r.Register(m.frames), r.Register(m.bytes), r.Register(m.skipped))
}
