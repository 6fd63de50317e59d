package gateway

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"syscall"

	"github.com/prometheus/client_golang/prometheus"

	"drover/protocols"
)

// Port is where trackers of one family call.
type Port struct {
	Protocol *protocols.Protocol
	Address  string      // host:port to listen on; port 0 takes any that is free
	UDP      bool        // listen on UDP as well as TCP
	TLS      *tls.Config // of the TCP side; nil for plain TCP
	Adopt    bool        // strangers become devices: for private networks only
}

// port is an open Port.
type port struct {
	Port
	gate   *Gateway
	number int
	tcp    net.Listener
	udp    *net.UDPConn
	counts [2]counts // by protocols.Network
}

// counts are the collectors that are touched at each message.
type counts struct {
	lines     prometheus.Gauge
	messages  prometheus.Counter
	in, out   prometheus.Counter // bytes
	positions prometheus.Counter
}

func (g *Gateway) open(p Port) (*port, error) {
	if p.Adopt && g.config.Adopt == nil {
		return nil, fmt.Errorf("the %s port adopts strangers, but there is no way to", p.Protocol.Name)
	}
	o := &port{Port: p, gate: g}
	for _, n := range []protocols.Network{protocols.TCP, protocols.UDP} {
		o.counts[n] = counts{
			lines:     g.metrics.lines.WithLabelValues(p.Protocol.Name, n.String()),
			messages:  g.metrics.messages.WithLabelValues(p.Protocol.Name, n.String()),
			in:        g.metrics.bytes.WithLabelValues(p.Protocol.Name, n.String(), "in"),
			out:       g.metrics.bytes.WithLabelValues(p.Protocol.Name, n.String(), "out"),
			positions: g.metrics.positions.WithLabelValues(p.Protocol.Name, n.String()),
		}
	}
	listen := net.ListenConfig{KeepAlive: -1}
	var err error
	if o.tcp, err = listen.Listen(context.Background(), "tcp", p.Address); err != nil {
		return nil, portError(p, protocols.TCP, err)
	}
	o.number = int(addrPort(o.tcp.Addr()).Port())
	if !p.UDP {
		return o, nil
	}
	conn, err := listen.ListenPacket(context.Background(), "udp", p.Address)
	if err != nil {
		return nil, errors.Join(portError(p, protocols.UDP, err), o.tcp.Close())
	}
	o.udp = conn.(*net.UDPConn)
	return o, nil
}

// portError says what people can do about a port that does not open.
func portError(p Port, n protocols.Network, err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("the %s port %s (%s) is in use by another program: stop it, or choose another port",
			p.Protocol.Name, p.Address, n)
	}
	return fmt.Errorf("the %s port %s (%s) does not open: %w", p.Protocol.Name, p.Address, n, err)
}

func addrPort(a net.Addr) netip.AddrPort {
	var ap netip.AddrPort
	switch a := a.(type) {
	case *net.TCPAddr:
		ap = a.AddrPort()
	case *net.UDPAddr:
		ap = a.AddrPort()
	}
	return netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())
}
