package api

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// proxies are the networks whose word is taken for whom they ask. Nobody else's is: whoever calls could write it.
type proxies []netip.Prefix

func (p proxies) trust(a netip.Addr) bool {
	return slices.ContainsFunc(p, func(network netip.Prefix) bool { return network.Contains(a) })
}

// client is the address that a request began at; the zero Addr if that cannot be said. What the proxies say is read
// from the nearest back, as long as one proxy names another. Where Forwarded (RFC 7239) and X-Forwarded-For are both
// there and disagree, one of them is the caller's own invention, and neither counts.
func (p proxies) client(r *http.Request) netip.Addr {
	peer := peerOf(r)
	if !p.trust(peer) {
		return peer
	}
	byLists := make([]netip.Addr, 0, 2)
	for _, hops := range [][]string{forwarded(r, "for"), listed(r, "X-Forwarded-For")} {
		if len(hops) > 0 {
			byLists = append(byLists, p.walk(peer, hops))
		}
	}
	if len(byLists) == 0 || byLists[0] != byLists[len(byLists)-1] {
		return peer
	}
	return byLists[0]
}

// walk goes from a trusted peer back over the hops that it and others wrote down, to the first who is no proxy.
func (p proxies) walk(at netip.Addr, hops []string) netip.Addr {
	for i := len(hops) - 1; i >= 0 && p.trust(at); i-- {
		hop, ok := addressOf(hops[i])
		if !ok {
			break // "unknown", or a name: the last that is known
		}
		at = hop
	}
	return at
}

// secure says whether the browser's own connection is encrypted.
func (p proxies) secure(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	if !p.trust(peerOf(r)) {
		return false
	}
	for _, protocols := range [][]string{forwarded(r, "proto"), listed(r, "X-Forwarded-Proto")} {
		if len(protocols) > 0 {
			return strings.EqualFold(protocols[0], "https") // the first is the one that the browser reached
		}
	}
	return false
}

// origin is where a request comes from, and where it found this server.
type origin struct {
	address netip.Addr // see proxies.client
	secure  bool       // the browser's connection is encrypted
	base    string     // this server's address as the browser sees it, without a slash at the end
}

// origin looks at a request. A proxy leaves Host as it was.
func (p proxies) origin(r *http.Request) origin {
	o := origin{address: p.client(r), secure: p.secure(r), base: "http://" + r.Host}
	if o.secure {
		o.base = "https://" + r.Host
	}
	return o
}

// from says where a request comes from.
func from(ctx context.Context) origin {
	o, _ := ctx.Value(originKey).(origin)
	return o
}

// peerOf is who holds the other end of the connection.
func peerOf(r *http.Request) netip.Addr {
	at, _ := netip.ParseAddrPort(r.RemoteAddr)
	return at.Addr().Unmap()
}

// listed gives the parts of a header that is a list, over all its lines.
func listed(r *http.Request, header string) (parts []string) {
	for _, line := range r.Header.Values(header) {
		for part := range strings.SplitSeq(line, ",") {
			parts = append(parts, strings.TrimSpace(part))
		}
	}
	return parts
}

// forwarded gives what each element of Forwarded says by a name, and "" where one does not.
func forwarded(r *http.Request, name string) (values []string) {
	for _, element := range listed(r, "Forwarded") {
		value := ""
		for pair := range strings.SplitSeq(element, ";") {
			key, text, _ := strings.Cut(strings.TrimSpace(pair), "=")
			if strings.EqualFold(key, name) {
				value = strings.Trim(text, `"`)
			}
		}
		values = append(values, value)
	}
	return values
}

// addressOf reads a hop: an address, perhaps with a port, IPv6 perhaps in brackets.
func addressOf(hop string) (netip.Addr, bool) {
	if with, err := netip.ParseAddrPort(hop); err == nil {
		return with.Addr().Unmap(), true
	}
	bare, err := netip.ParseAddr(strings.Trim(hop, "[]"))
	return bare.Unmap(), err == nil
}
