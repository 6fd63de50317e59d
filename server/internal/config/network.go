package config

import (
	"fmt"
	"net/netip"
)

// Network is a range of addresses: 10.0.0.0/8, or one alone as 10.0.0.1.
type Network struct{ netip.Prefix }

// UnmarshalText reads an address, or a prefix in CIDR form.
func (n *Network) UnmarshalText(text []byte) error {
	if one, err := netip.ParseAddr(string(text)); err == nil {
		n.Prefix = netip.PrefixFrom(one.Unmap(), one.Unmap().BitLen())
		return nil
	}
	prefix, err := netip.ParsePrefix(string(text))
	if err != nil {
		return fmt.Errorf("%q is not a network; write 10.0.0.0/8, 2001:db8::/32 or a single address", text)
	}
	n.Prefix = prefix.Masked()
	return nil
}

// TrustedProxies are the networks of the proxies in front.
func (s *Server) TrustedProxies() []netip.Prefix {
	var networks []netip.Prefix
	for _, n := range s.Proxies {
		networks = append(networks, n.Prefix)
	}
	return networks
}
