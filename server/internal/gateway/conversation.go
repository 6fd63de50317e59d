package gateway

import (
	"context"
	"errors"
	"net/netip"
	"sync/atomic"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// conversation is what a tracker and the server say to each other, on either network. It is used by one goroutine.
type conversation struct {
	port    *port
	network protocols.Network
	remote  netip.AddrPort
	family  *family         // whose language it is; nobody's until the first bytes told
	codec   protocols.Codec // nil until then
	mail    atomic.Pointer[mail]
	carried traffic // that was not taken yet

	login      fleet.DeviceID // the first welcome device, 0 before it
	device     fleet.DeviceID // of the last named identity, 0 if it is not welcome
	identity   string         // the last that was named
	generation uint32         // of the registry when device was looked up
	placed     bool           // the first bytes told whose language it is
	pressed    bool           // they need not become surer: the caller has waited long enough
	knocked    bool           // it is listed already
	counted    bool           // among the open ones
}

// Why a conversation ends.
var (
	errRefused  = errors.New("refused")
	errLater    = errors.New("not now: the tracker may call again")
	errMisdial  = errors.New("another protocol's tracker")
	errNobody   = errors.New("no protocol begins like this")
	errTooLong  = errors.New("frame too long")
	errTooMuch  = errors.New("too many bytes without a login")
	errReplaced = errors.New("the device has called again")
)

// converse begins a conversation in place.
func (p *port) converse(c *conversation, n protocols.Network, remote netip.AddrPort) {
	c.port, c.network, c.remote, c.family = p, n, remote, p.family
	if p.Protocol != nil {
		c.codec = p.Protocol.Codec(n)
	}
}

// hear cuts and decodes data and leaves in x what is to be kept and what is owed then. An error ends the conversation
// after that.
func (c *conversation) hear(ctx context.Context, x *exchange, data []byte, atEOF bool, at time.Time) (int, error) {
	if !c.placed {
		if wait, err := c.place(data, at); wait || err != nil {
			if errors.Is(err, errNobody) {
				c.misread(data, err, at)
			}
			return 0, err
		}
	}
	used, err := protocols.Frames(c.codec, data, atEOF, func(frame []byte) error {
		return c.hearFrame(ctx, x, frame, at)
	})
	if err != nil && used < len(data) && !errors.Is(err, errRefused) && !errors.Is(err, errLater) {
		c.misread(data[used:], err, at)
	}
	return used, err
}

// hearFrame decodes one frame and puts what it says into x.
func (c *conversation) hearFrame(ctx context.Context, x *exchange, frame []byte, at time.Time) error {
	c.family.counts[c.network].messages.Inc()
	c.carried.frames.Add(1)
	m, err := c.codec.Decode(frame, at)
	if err != nil {
		c.fail(decodeKind(err), err)
		if m.Device == "" && c.identity == "" {
			c.misread(frame, err, at)
			return nil
		}
	}
	if c.introduces(&m) {
		m, err = c.decodeKnowing(&m, frame, err, at)
	}
	ended := c.take(ctx, x, &m, at)
	if err != nil && len(m.Positions) == 0 && m.Result == nil {
		c.misread(frame, err, at)
	}
	c.heard(frame, &m, err, at)
	return ended
}

// introduces says whether this message names the conversation's first device.
func (c *conversation) introduces(m *protocols.Message) bool {
	return c.login == 0 && c.identity == "" && m.Device != ""
}

// decodeKnowing decodes the first frame that names a device again, if the device's profile may change what it means.
func (c *conversation) decodeKnowing(
	m *protocols.Message, frame []byte, err error, at time.Time,
) (protocols.Message, error) {
	d, ok := c.port.gate.config.Registry.Now().Device(m.Device)
	profile := d.Profile()
	plain := !profile.Offset.OK && len(profile.Options) == 0 && d.Model == ""
	if !ok || plain || len(m.Positions) == 0 && len(m.Also) == 0 {
		return *m, err
	}
	codec := c.family.protocol.Codec(c.network)
	k, ok := codec.(protocols.Knower)
	if !ok {
		return *m, err
	}
	k.Know(profile)
	c.codec = codec
	return codec.Decode(frame, at)
}

// take puts one message into x, and what it says of others.
func (c *conversation) take(ctx context.Context, x *exchange, m *protocols.Message, at time.Time) error {
	if err := c.takeOne(ctx, x, m, at); err != nil {
		return err
	}
	for i := range m.Also {
		also := m.Also[i]
		also.Reply, also.Refusal = nil, nil
		if err := c.takeOne(ctx, x, &also, at); err != nil && !errors.Is(err, errRefused) {
			return err
		}
	}
	return nil
}

func (c *conversation) takeOne(ctx context.Context, x *exchange, m *protocols.Message, at time.Time) error {
	if err := c.lookUp(ctx, m.Device, at); err != nil {
		if errors.Is(err, errRefused) {
			x.out = append(x.out, m.Refusal...)
		}
		return err
	}
	if c.device == 0 {
		x.out = append(x.out, m.Refusal...)
		return nil
	}
	if len(m.Positions) > 0 || m.Result != nil {
		x.records = append(x.records, fleet.Record{Device: c.device, Protocol: c.family.name,
			Received: at, Positions: m.Positions, Result: m.Result})
		x.positions += len(m.Positions)
	}
	if m.Result != nil {
		c.answered(m.Result)
	}
	x.out = append(x.out, m.Reply...)
	return nil
}

// fail counts and logs an error that does not end the conversation by itself.
func (c *conversation) fail(kind string, err error) {
	g, name := c.port.gate, c.family.name
	g.metrics.errors.WithLabelValues(name, kind).Inc()
	g.often.add(name+" "+kind, func() string {
		return name + " from " + c.remote.String() + " (" + c.identity + "): " + err.Error()
	})
}
