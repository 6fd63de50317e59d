package sms

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics are the desk's collectors.
type metrics struct {
	waiting  prometheus.Gauge
	outgoing *prometheus.CounterVec // state that was reached
	incoming *prometheus.CounterVec // state that was reached
	sending  prometheus.Histogram
}

func newMetrics(r prometheus.Registerer) (*metrics, error) {
	options := func(name, help string) prometheus.Opts {
		return prometheus.Opts{Namespace: "drover", Subsystem: "sms", Name: name, Help: help}
	}
	m := &metrics{
		waiting: prometheus.NewGauge(prometheus.GaugeOpts(options("waiting", "SMS that wait to be sent."))),
		outgoing: prometheus.NewCounterVec(prometheus.CounterOpts(options("outgoing_total",
			"States that outgoing SMS reached.")), []string{"state"}),
		incoming: prometheus.NewCounterVec(prometheus.CounterOpts(options("incoming_total",
			"SMS and parts of them that came.")), []string{"state"}),
		sending: prometheus.NewHistogram(prometheus.HistogramOpts{
			Namespace: "drover", Subsystem: "sms", Name: "sending_seconds",
			Help: "How long modems took to send a part.", Buckets: prometheus.ExponentialBuckets(0.1, 2, 11),
		}),
	}
	if r == nil {
		return m, nil
	}
	return m, errors.Join(r.Register(m.waiting), r.Register(m.outgoing), r.Register(m.incoming), r.Register(m.sending))
}
