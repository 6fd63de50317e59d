package gateway

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/netip"

	"github.com/pires/go-proxyproto"
)

// What may come before a tracker's first byte.
var (
	proxyText   = []byte("PROXY ")
	proxyBinary = []byte("\r\n\r\n\x00\r\nQUIT\n")
)

const (
	proxyTextMost   = 107     // bytes of a version 1 header, as its paper says
	proxyBinaryMost = 4 << 10 // bytes of a version 2 header that are taken
	proxyBinaryHead = 16      // bytes of a version 2 header before its addresses
)

var errProxy = errors.New("a PROXY header from an address that is not among trusted-proxies")

// open takes what comes before the tracker's first byte off data: a PROXY header (version 1 or 2) of a trusted proxy,
// whose caller then counts as the remote end, and the start of TLS on the port for any. It gives how many bytes that
// were, and whether to wait for more.
func (l *line) open(data []byte) (used int, wait bool, err error) {
	size, proxied := proxyHeader(data)
	switch trusted := l.port.gate.trusts(l.remote.Addr()); {
	case proxied && !trusted && size > 0 && l.port.Protocol == nil:
		return 0, false, errProxy
	case proxied && !trusted && size == 0:
		return 0, false, nil // a tracker may begin like one
	case proxied && trusted && size == 0:
		return 0, true, nil
	case proxied && trusted:
		if err := l.believe(data[:size]); err != nil {
			return 0, false, err
		}
		used = size
	}
	if len(data) == used {
		return used, true, nil
	}
	l.opening = false
	if rest := data[used:]; rest[0] == 0x16 && l.port.Protocol == nil && l.port.TLS != nil && l.raw != nil {
		if len(rest) < 2 {
			l.opening = true
			return used, true, nil
		}
		if rest[1] == 3 {
			l.encrypt(rest)
			return len(data), true, nil
		}
	}
	return used, false, nil
}

// proxyHeader says whether data begins with a PROXY header, and how long it is; 0 if more bytes are needed for that.
func proxyHeader(data []byte) (size int, proxied bool) {
	switch {
	case startsLike(data, proxyText):
		end := bytes.Index(data[:min(len(data), proxyTextMost)], []byte("\r\n"))
		if end < 0 {
			return 0, len(data) < proxyTextMost
		}
		return end + 2, true
	case startsLike(data, proxyBinary):
		if len(data) < proxyBinaryHead {
			return 0, true
		}
		size := proxyBinaryHead + int(binary.BigEndian.Uint16(data[14:]))
		if size > proxyBinaryMost {
			return 0, false
		}
		if len(data) < size {
			return 0, true
		}
		return size, true
	}
	return 0, false
}

// startsLike says whether data starts with the mark, as far as it goes.
func startsLike(data, mark []byte) bool {
	n := min(len(data), len(mark))
	return bytes.Equal(data[:n], mark[:n])
}

// believe takes the caller's address from a whole PROXY header.
func (l *line) believe(header []byte) error {
	h, err := proxyproto.Read(bufio.NewReader(bytes.NewReader(header)))
	if err != nil {
		return fmt.Errorf("PROXY header: %w", err)
	}
	source, ok := h.SourceAddr.(*net.TCPAddr)
	if h.Command.IsLocal() || !ok {
		return nil // the proxy itself calls
	}
	l.port.gate.lines.move(l, addrPort(source))
	return nil
}

// trusts says whether an address is a proxy's that may speak for others.
func (g *Gateway) trusts(address netip.Addr) bool {
	for _, network := range g.config.Proxies {
		if network.Contains(address) {
			return true
		}
	}
	return false
}

// encrypt makes the line a TLS one, whose first bytes were read already.
func (l *line) encrypt(read []byte) {
	l.conn = tls.Server(&replay{Conn: l.conn, unread: bytes.Clone(read)}, l.port.TLS)
	l.raw, l.small = nil, make([]byte, tlsRead)
}

// replay is a connection of which some bytes were read already.
type replay struct {
	net.Conn
	unread []byte
}

func (r *replay) Read(b []byte) (int, error) {
	if len(r.unread) == 0 {
		return r.Conn.Read(b)
	}
	n := copy(b, r.unread)
	r.unread = r.unread[n:]
	return n, nil
}
