package gateway

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// conversation is what a tracker and the server say to each other, on either network. It is used by one goroutine.
type conversation struct {
	port    *port
	network protocols.Network
	remote  netip.AddrPort
	codec   protocols.Codec

	login      fleet.DeviceID // the first welcome device, 0 before it
	device     fleet.DeviceID // of the last named identity, 0 if it is not welcome
	identity   string         // the last that was named
	generation uint32         // of the registry when device was looked up
	placed     bool           // the first bytes were found to be of the port's family
	knocked    bool           // it is listed already
}

// Why a conversation ends.
var (
	errRefused  = errors.New("refused")
	errLater    = errors.New("not now: the tracker may call again")
	errMisdial  = errors.New("another protocol's tracker")
	errTooLong  = errors.New("frame too long")
	errTooMuch  = errors.New("too many bytes without a login")
	errReplaced = errors.New("the device has called again")
)

func (p *port) converse(n protocols.Network, remote netip.AddrPort) conversation {
	return conversation{port: p, network: n, remote: remote, codec: p.Protocol.Codec(n)}
}

// hear cuts and decodes data and leaves in x what is to be kept and what is owed then. An error ends the conversation
// after that.
func (c *conversation) hear(ctx context.Context, x *exchange, data []byte, atEOF bool, at time.Time) (int, error) {
	if !c.placed {
		if err := c.place(data, at); err != nil {
			return 0, err
		}
	}
	return protocols.Frames(c.codec, data, atEOF, func(frame []byte) error {
		c.port.counts[c.network].messages.Inc()
		m, err := c.codec.Decode(frame, at)
		if err != nil {
			c.fail(decodeKind(err), err)
			if m.Device == "" && c.identity == "" {
				return nil
			}
		}
		ended := c.take(ctx, x, &m, at)
		c.heard(frame, &m, err, at)
		return ended
	})
}

// take puts one message into x.
func (c *conversation) take(ctx context.Context, x *exchange, m *protocols.Message, at time.Time) error {
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
		x.records = append(x.records, fleet.Record{Device: c.device, Protocol: c.port.Protocol.Name,
			Received: at, Positions: m.Positions, Result: m.Result})
		x.positions += len(m.Positions)
	}
	x.out = append(x.out, m.Reply...)
	return nil
}

// fail counts and logs an error that does not end the conversation by itself.
func (c *conversation) fail(kind string, err error) {
	p := c.port
	p.gate.metrics.errors.WithLabelValues(p.Protocol.Name, kind).Inc()
	p.gate.often.add(p.Protocol.Name+" "+kind, func() string {
		return p.Protocol.Name + " from " + c.remote.String() + " (" + c.identity + "): " + err.Error()
	})
}
