package gateway

import (
	"github.com/prometheus/client_golang/prometheus"

	"drover/protocols"
)

// anyName is what the port for all families, and who has not told its own yet, is called.
const anyName = "any"

// family is a protocol and what is counted of it.
type family struct {
	protocol *protocols.Protocol // nil: nobody's
	name     string
	counts   [2]counts // by protocols.Network
}

// counts are the collectors that are touched at each message.
type counts struct {
	lines     prometheus.Gauge
	messages  prometheus.Counter
	in, out   prometheus.Counter // bytes
	positions prometheus.Counter
}

func (m *metrics) family(p *protocols.Protocol) *family {
	f := &family{protocol: p, name: anyName}
	if p != nil {
		f.name = p.Name
	}
	for _, n := range []protocols.Network{protocols.TCP, protocols.UDP} {
		f.counts[n] = counts{
			lines:     m.lines.WithLabelValues(f.name, n.String()),
			messages:  m.messages.WithLabelValues(f.name, n.String()),
			in:        m.bytes.WithLabelValues(f.name, n.String(), "in"),
			out:       m.bytes.WithLabelValues(f.name, n.String(), "out"),
			positions: m.positions.WithLabelValues(f.name, n.String()),
		}
	}
	return f
}

// families are those of the configuration, by name.
func (g *Gateway) makeFamilies() {
	g.families = map[string]*family{anyName: g.metrics.family(nil)}
	for _, p := range g.config.Protocols {
		g.families[p.Name] = g.metrics.family(p)
	}
	for _, p := range g.config.Ports {
		if p.Protocol != nil && g.families[p.Protocol.Name] == nil {
			g.families[p.Protocol.Name] = g.metrics.family(p.Protocol)
		}
	}
}

// become makes the conversation one of a family's.
func (c *conversation) become(p *protocols.Protocol) {
	own := c.port.gate.families[p.Name]
	if own == c.family {
		return
	}
	if c.counted {
		c.family.counts[c.network].lines.Dec()
		own.counts[c.network].lines.Inc()
	}
	c.family, c.codec = own, p.Codec(c.network)
}

// count adds the conversation to the open ones, or takes it away.
func (c *conversation) count(open bool) {
	if c.counted == open {
		return
	}
	c.counted = open
	if open {
		c.family.counts[c.network].lines.Inc()
	} else {
		c.family.counts[c.network].lines.Dec()
	}
}
