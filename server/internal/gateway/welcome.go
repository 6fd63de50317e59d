package gateway

import (
	"context"
	"strings"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// Reasons of knocks and refusals.
const (
	reasonUnknown    = "unknown"
	reasonDisabled   = "disabled"
	reasonWrong      = "wrong_protocol"
	reasonUnreadable = "unreadable"
	reasonFull       = "full" // of refusals only
)

// unwelcome says why a device may not speak a protocol; "" if it may.
func unwelcome(d *fleet.Device, protocol string) string {
	switch {
	case d.Disabled:
		return reasonDisabled
	case d.Protocol != "" && d.Protocol != protocol:
		return reasonWrong
	}
	return ""
}

// lookUp makes device the one that speaks: who is named, or else the one before. A stranger ends the conversation,
// unless someone welcome has spoken in it before; then device is 0.
func (c *conversation) lookUp(ctx context.Context, name string, at time.Time) error {
	generation := c.port.gate.generation.Load()
	if name == "" {
		name = c.identity
	}
	if name != "" && name == c.identity && generation == c.generation {
		return nil
	}
	d, reason, err := c.find(ctx, name)
	if err != nil {
		return err
	}
	c.identity, c.generation, c.device = name, generation, d.ID
	if reason != "" {
		c.device = 0
		c.knock(reason, name, at)
		if c.login == 0 {
			return errRefused
		}
		return nil
	}
	if k, ok := c.codec.(protocols.Knower); ok {
		k.Know(d.Profile())
	}
	if c.login == 0 {
		c.login = d.ID
	}
	return nil
}

// find gives the device of that name, or why it is not welcome.
func (c *conversation) find(ctx context.Context, name string) (fleet.Device, string, error) {
	g := c.port.gate
	if name == "" || len(name) > identitySize {
		return fleet.Device{}, reasonUnreadable, nil
	}
	d, ok := g.config.Registry.Now().Device(name)
	if ok {
		return d, unwelcome(&d, c.family.name), nil
	}
	if !c.port.Adopt {
		return d, reasonUnknown, nil
	}
	if !g.adopts.Allow() {
		g.refuse(c.port, reasonFull, func() string {
			return "more strangers at once than are adopted: the others call again"
		})
		return d, "", errLater
	}
	ctx, cancel := context.WithTimeout(ctx, adoptTimeout)
	defer cancel()
	d, err := g.config.Adopt(ctx, c.family.name, name, c.port.number)
	if err != nil {
		c.fail("adopt", err)
		return d, "", errLater
	}
	return d, unwelcome(&d, c.family.name), nil
}

// knock lists a stranger, counts and logs it.
func (c *conversation) knock(reason, identity string, at time.Time) {
	c.knocked = true
	if len(identity) > identitySize {
		identity = identity[:identitySize]
	}
	identity = strings.ToValidUTF8(identity, "�")
	c.port.gate.config.Knocks.Knock(fleet.Knock{Protocol: c.family.name, Identity: identity, Port: c.port.number,
		Address: c.remote.Addr(), Reason: reason, First: at, Last: at, Count: 1})
	c.port.gate.refuse(c.port, reason, func() string {
		return c.family.name + " from " + c.remote.String() + " (" + identity + ") was turned away: " + reason
	})
}

func (g *Gateway) refuse(p *port, reason string, example func() string) {
	g.metrics.refused.WithLabelValues(p.family.name, reason).Inc()
	g.often.add(p.family.name+" "+reason, example)
}
