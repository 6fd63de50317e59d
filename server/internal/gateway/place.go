package gateway

import (
	"time"

	"drover/protocols"
	"drover/protocols/detect"
)

// place looks at the first bytes: on the port for all whose they are, on a family's own port whether they are. It says
// whether to wait for more of them.
func (c *conversation) place(data []byte, at time.Time) (wait bool, err error) {
	if c.port.Protocol != nil {
		return c.placeOwn(data, at)
	}
	v := c.port.gate.detector.Decide(c.network, data)
	if c.mayChange(&v, data) {
		return true, nil
	}
	if v.Protocol == nil {
		return false, errNobody
	}
	c.become(c.settle(v, data, at))
	return false, nil
}

// mayChange says whether it is worth to wait for more bytes: who has waited long enough takes what is there.
func (c *conversation) mayChange(v *detect.Verdict, data []byte) bool {
	return v.Need > len(data) && !(c.pressed && v.Protocol != nil)
}

// settle breaks a tie by who the registry knows, and makes the verdict the last.
func (c *conversation) settle(v detect.Verdict, data []byte, at time.Time) *protocols.Protocol {
	c.placed = true
	known := c.port.gate.config.Registry.Now()
	return c.port.gate.detector.Settle(v, c.network, data, at, func(identity string, p *protocols.Protocol) bool {
		d, ok := known.Device(identity)
		return ok && d.Protocol == p.Name
	})
}

// placeOwn notices a stranger on a family's own port: one that no rule of the family fits, or none but its prefix,
// while another's surely does.
// A port that takes any serves it in its own language.
func (c *conversation) placeOwn(data []byte, at time.Time) (wait bool, err error) {
	own := c.port.Protocol
	match := protocols.Match{Level: protocols.LevelPrefix}
	if own.Sniff != nil {
		match = own.Sniff(data)
	}
	if match.Level >= protocols.LevelShape {
		c.placed = true
		return false, nil
	}
	v := c.port.gate.detector.Decide(c.network, data)
	switch proved := v.Level == protocols.LevelProof && v.Protocol != own; {
	case proved:
	case match.Level > protocols.LevelNone:
		c.placed = true
		return false, nil
	case match.Need > len(data):
		return false, nil // its codec waits too
	}
	if c.mayChange(&v, data) {
		return true, nil
	}
	if v.Protocol == nil || v.Protocol == own {
		c.placed = true
		return false, nil
	}
	return false, c.placeStranger(c.settle(v, data, at), data, at)
}

// placeStranger serves a caller of another family, or turns it away.
func (c *conversation) placeStranger(other *protocols.Protocol, data []byte, at time.Time) error {
	identity := detect.Introduced(other, c.network, data, at)
	port := c.port.family.name
	c.port.gate.often.add(port+" "+other.Name, func() string {
		return identity + " (" + c.remote.String() + ") speaks " + other.Name + " on the " + port + " port"
	})
	c.become(other)
	if c.port.Any {
		return nil
	}
	c.knock(reasonWrong, identity, at)
	return errMisdial
}
