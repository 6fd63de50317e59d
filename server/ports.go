package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"

	"drover/protocols"
	"drover/protocols/all"
	"drover/server/internal/api"
	"drover/server/internal/config"
	"drover/server/internal/fleet"
	"drover/server/internal/gateway"
	"drover/server/internal/store"
)

// anyPort is the usual one for all protocols.
const anyPort = 5000

// ports are where trackers call: one for all, and each protocol's usual one, unless the settings say otherwise.
func (d *drover) ports() ([]gateway.Port, error) {
	var certificate *tls.Config
	if d.config.TLSCert != "" {
		pair, err := tls.LoadX509KeyPair(d.config.TLSCert, d.config.TLSKey)
		if err != nil {
			return nil, fmt.Errorf("tls-cert, tls-key: %w", err)
		}
		certificate = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	ports := d.portsOf(config.AnyProtocol, anyPort, gateway.Port{UDP: true, TLS: certificate}, certificate)
	for _, p := range all.Protocols() {
		ports = append(ports, d.portsOf(p.Name, p.Port, gateway.Port{Protocol: p, UDP: p.UDP}, certificate)...)
	}
	return ports, nil
}

// portsOf are the ports of one protocol, or of any: as is, where the settings say.
func (d *drover) portsOf(name string, usual int, as gateway.Port, certificate *tls.Config) []gateway.Port {
	if len(d.config.Protocols) > 0 && !slices.Contains(d.config.Protocols, name) {
		return nil
	}
	var own []gateway.Port
	set := false
	for _, setting := range d.config.Ports {
		if setting.Protocol != name {
			continue
		}
		set = true
		if setting.Address == "off" {
			continue
		}
		port := as
		port.Address, port.Adopt, port.Any = setting.Address, setting.Adopt, setting.Any
		if setting.TLS {
			port.TLS = certificate
		}
		own = append(own, port)
	}
	if set {
		return own
	}
	as.Address, as.Optional = net.JoinHostPort(d.config.Bind, strconv.Itoa(usual)), true
	return []gateway.Port{as}
}

// adopt makes a stranger on a port that adopts a device of the first organization.
func (d *drover) adopt(ctx context.Context, protocol, identity string, _ int) (fleet.Device, error) {
	organization, err := organizationNamed(ctx, d.store, "")
	if err != nil {
		return fleet.Device{}, err
	}
	of := fleet.Scope{Organization: organization.ID, Address: "port of " + protocol}
	made, err := d.store.CreateDevice(ctx, of, store.NewDevice{Identity: identity, Protocol: protocol})
	if err != nil && !errors.Is(err, store.ErrExists) {
		return fleet.Device{}, err
	}
	if loadErr := d.loadRegistry(ctx); loadErr != nil {
		return fleet.Device{}, loadErr
	}
	if err != nil {
		known, ok := d.registry.Now().Device(identity)
		if !ok {
			return fleet.Device{}, err
		}
		return known, nil
	}
	return made.Device, nil
}

// openPorts are where each protocol's trackers call now: on their own port, or else on the one for all.
func (d *drover) openPorts() []api.Port {
	var open []api.Port
	for _, p := range all.Protocols() {
		for _, name := range []string{p.Name, config.AnyProtocol} {
			if address, ok := d.gateway.Addr(name, protocols.TCP); ok {
				open = append(open, api.Port{Protocol: p.Name, Port: int(address.Port())})
				break
			}
		}
	}
	return open
}
