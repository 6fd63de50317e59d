package gateway

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"syscall"
	"time"

	"drover/protocols"
)

// tlsRead is what a TLS line reads at once; it holds a buffer of that size besides the ones of crypto/tls.
const tlsRead = 4 << 10

// accept takes calls until ctx ends; their work goes on with work.
func (p *port) accept(ctx, work context.Context) {
	const most = time.Second
	pause := 5 * time.Millisecond
	for {
		conn, err := p.tcp.Accept()
		if ctx.Err() != nil || errors.Is(err, net.ErrClosed) {
			if err == nil {
				_ = conn.Close() // nobody has said anything
			}
			return
		}
		if err != nil { // out of files or memory: there may be more soon
			p.gate.refuse(p, reasonFull, func() string { return p.name() + " port: " + err.Error() })
			select {
			case <-time.After(pause):
			case <-ctx.Done():
			}
			pause = min(2*pause, most)
			continue
		}
		pause = 5 * time.Millisecond
		p.answer(work, conn)
	}
}

// answer makes a line of a call, unless there are too many.
func (p *port) answer(work context.Context, conn net.Conn) {
	l := &line{conn: conn, since: time.Now(), opening: true}
	p.converse(&l.conversation, protocols.TCP, addrPort(conn.RemoteAddr()))
	switch tcp, ok := conn.(syscall.Conn); {
	case p.TLS != nil && p.Protocol != nil:
		l.conn, l.small = tls.Server(conn, p.TLS), make([]byte, tlsRead)
	case ok:
		l.raw, _ = tcp.SyscallConn() // fails on a closed connection only, whose first read then fails
	}
	if !p.gate.lines.add(l) {
		_ = conn.Close() // nobody has said anything
		p.gate.refuse(p, reasonFull, func() string {
			return p.name() + " from " + l.remote.String() +
				" was turned away: too many lines (in all, or of strangers at this address)"
		})
		return
	}
	l.count(true)
	p.gate.busy.Go(func() {
		l.serve(work)
		p.gate.lines.remove(l)
		l.mail.Load().end()
		l.count(false)
	})
}

// tcpOf gives the TCP connection under a line.
func tcpOf(conn net.Conn) (*net.TCPConn, bool) {
	if t, ok := conn.(*tls.Conn); ok {
		conn = t.NetConn()
	}
	if r, ok := conn.(*replay); ok {
		conn = r.Conn
	}
	tcp, ok := conn.(*net.TCPConn)
	return tcp, ok
}
