package gateway

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"

	"drover/protocols/wire"
)

// metrics are the gateway's collectors.
type metrics struct {
	lines     *prometheus.GaugeVec   // protocol, network
	messages  *prometheus.CounterVec // protocol, network
	bytes     *prometheus.CounterVec // protocol, network, direction
	positions *prometheus.CounterVec // protocol, network
	refused   *prometheus.CounterVec // protocol, reason
	errors    *prometheus.CounterVec // protocol, kind
}

// newMetrics makes the collectors and registers them, unless there is no registry.
func newMetrics(r prometheus.Registerer) (*metrics, error) {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "drover", Subsystem: "gateway", Name: name, Help: help}, labels)
	}
	m := &metrics{
		lines: prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: "drover", Subsystem: "gateway", Name: "lines",
			Help: "Open TCP lines and UDP conversations."}, []string{"protocol", "network"}),
		messages:  counter("messages_total", "Frames that arrived.", "protocol", "network"),
		bytes:     counter("bytes_total", "Bytes of trackers' lines.", "protocol", "network", "direction"),
		positions: counter("positions_total", "Positions that were journaled.", "protocol", "network"),
		refused:   counter("refused_total", "Callers that were turned away.", "protocol", "reason"),
		errors:    counter("errors_total", "Frames, lines and datagrams that failed.", "protocol", "kind"),
	}
	if r == nil {
		return m, nil
	}
	return m, errors.Join(r.Register(m.lines), r.Register(m.messages), r.Register(m.bytes), r.Register(m.positions),
		r.Register(m.refused), r.Register(m.errors))
}

// decodeKind names a decoder's error for counting.
func decodeKind(err error) string {
	switch {
	case errors.Is(err, wire.ErrShort):
		return "short"
	case errors.Is(err, wire.ErrChecksum):
		return "checksum"
	case errors.Is(err, wire.ErrValue):
		return "value"
	case errors.Is(err, wire.ErrTooLong):
		return "too_long"
	case errors.Is(err, wire.ErrUnknown):
		return "unknown"
	}
	return "other"
}
