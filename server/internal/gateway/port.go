package gateway

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"syscall"

	"drover/protocols"
)

// Port is where trackers call: those of one family, or of any.
type Port struct {
	Protocol *protocols.Protocol // nil: whichever the first bytes are of
	Address  string              // host:port to listen on; port 0 takes any that is free
	UDP      bool                // listen on UDP as well as TCP
	TLS      *tls.Config         // of the TCP side; nil for plain TCP. On the port for any, callers may speak TLS or not
	Any      bool                // on a family's port: callers of others are served too
	Optional bool                // where another program has the port, it is left out with a warning
	Adopt    bool                // strangers become devices: for private networks only
}

// port is an open Port.
type port struct {
	Port
	gate   *Gateway
	number int
	family *family // the port's own; nobody's where it takes all
	tcp    net.Listener
	udp    *net.UDPConn

	door   sync.RWMutex // held to write while the UDP queues are closed
	closed bool         // they are
}

// name is what the port is called in messages.
func (p *Port) name() string {
	if p.Protocol == nil {
		return anyName
	}
	return p.Protocol.Name
}

func (g *Gateway) open(p Port) (*port, error) {
	if p.Adopt && g.config.Adopt == nil {
		return nil, fmt.Errorf("the %s port adopts strangers, but there is no way to", p.name())
	}
	o := &port{Port: p, gate: g, family: g.families[p.name()]}
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
		return fmt.Errorf("the %s port %s (%s) is in use by another program: stop it, or choose another port (%w)",
			p.name(), p.Address, n, syscall.EADDRINUSE)
	}
	return fmt.Errorf("the %s port %s (%s) does not open: %w", p.name(), p.Address, n, err)
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
