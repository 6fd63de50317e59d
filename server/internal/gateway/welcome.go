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

// unwelcome says why a device may not speak on this port; "" if it may.
func (p *port) unwelcome(d *fleet.Device) string {
	switch {
	case d.Disabled:
		return reasonDisabled
	case d.Protocol != "" && d.Protocol != p.Protocol.Name:
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
		return d, c.port.unwelcome(&d), nil
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
	d, err := g.config.Adopt(ctx, c.port.Protocol.Name, name, c.port.number)
	if err != nil {
		c.fail("adopt", err)
		return d, "", errLater
	}
	return d, c.port.unwelcome(&d), nil
}

// knock lists a stranger, counts and logs it.
func (c *conversation) knock(reason, identity string, at time.Time) {
	c.knocked = true
	if len(identity) > identitySize {
		identity = identity[:identitySize]
	}
	identity = strings.ToValidUTF8(identity, "�")
	c.port.gate.config.Knocks.Knock(fleet.Knock{Protocol: c.port.Protocol.Name, Identity: identity, Port: c.port.number,
		Address: c.remote.Addr(), Reason: reason, First: at, Last: at, Count: 1})
	c.port.gate.refuse(c.port, reason, func() string {
		return c.port.Protocol.Name + " from " + c.remote.String() + " (" + identity + ") was turned away: " + reason
	})
}

func (g *Gateway) refuse(p *port, reason string, example func() string) {
	g.metrics.refused.WithLabelValues(p.Protocol.Name, reason).Inc()
	g.often.add(p.Protocol.Name+" "+reason, example)
}

// place looks at the first bytes. It fails if they are not of the port's family, but surely of another.
func (c *conversation) place(data []byte, at time.Time) error {
	own := c.port.Protocol
	if own.Sniff == nil {
		c.placed = true
		return nil
	}
	match := own.Sniff(data)
	if match.Level == protocols.LevelNone && match.Need > len(data) {
		return nil // not decided yet
	}
	c.placed = true
	if match.Level > protocols.LevelNone {
		return nil
	}
	other := c.port.gate.recognise(data)
	if other == nil {
		return nil
	}
	c.port.gate.often.add(own.Name+" "+other.Name, func() string {
		return "this looks like " + other.Name + " on the " + own.Name + " port: " + c.remote.String()
	})
	c.knock(reasonWrong, introduced(other.Codec(c.network), data, at), at)
	return errMisdial
}

// recognise gives the family whose first message data surely is, nil if there is none.
func (g *Gateway) recognise(data []byte) *protocols.Protocol {
	var best *protocols.Protocol
	level := protocols.LevelPrefix
	for _, p := range g.config.Protocols {
		if p.Sniff == nil {
			continue
		}
		if m := p.Sniff(data); m.Level > level {
			best, level = p, m.Level
		}
	}
	return best
}

// introduced gives the first identity that a stranger's bytes name, "" if they name none.
func introduced(codec protocols.Codec, data []byte, at time.Time) (identity string) {
	_, _ = protocols.Frames(codec, data, false, func(frame []byte) error {
		m, err := codec.Decode(frame, at)
		if identity == "" {
			identity = m.Device
		}
		return err
	}) // whatever went wrong, the name is what was wanted
	return identity
}
