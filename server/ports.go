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

// ports are where trackers call: each protocol's usual port, unless the settings say otherwise.
func (d *drover) ports() ([]gateway.Port, error) {
	var certificate *tls.Config
	if d.config.TLSCert != "" {
		pair, err := tls.LoadX509KeyPair(d.config.TLSCert, d.config.TLSKey)
		if err != nil {
			return nil, fmt.Errorf("tls-cert, tls-key: %w", err)
		}
		certificate = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	var ports []gateway.Port
	for _, p := range all.Protocols() {
		if len(d.config.Protocols) > 0 && !slices.Contains(d.config.Protocols, p.Name) {
			continue
		}
		for _, setting := range d.settingsOf(p) {
			if setting.Address == "off" {
				continue
			}
			port := gateway.Port{Protocol: p, Address: setting.Address, UDP: p.UDP, Adopt: setting.Adopt}
			if setting.TLS {
				port.TLS = certificate
			}
			ports = append(ports, port)
		}
	}
	return ports, nil
}

func (d *drover) settingsOf(p *protocols.Protocol) []config.Port {
	var own []config.Port
	for _, setting := range d.config.Ports {
		if setting.Protocol == p.Name {
			own = append(own, setting)
		}
	}
	if own == nil {
		own = []config.Port{{Protocol: p.Name, Address: net.JoinHostPort(d.config.Bind, strconv.Itoa(p.Port))}}
	}
	return own
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

// openPorts are where each protocol's trackers call now.
func (d *drover) openPorts() []api.Port {
	var open []api.Port
	for _, p := range all.Protocols() {
		if address, ok := d.gateway.Addr(p.Name, protocols.TCP); ok {
			open = append(open, api.Port{Protocol: p.Name, Port: int(address.Port())})
		}
	}
	return open
}
