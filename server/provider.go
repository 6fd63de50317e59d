package main

import (
	"drover/server/internal/api"
	"drover/server/internal/config"
	"drover/server/internal/fleet"
	"drover/server/internal/oidc"
)

// provider is where people may sign in besides here; nil for nowhere.
func (d *drover) provider() *api.Provider {
	o := d.config.OIDC
	if o.Issuer == "" {
		return nil
	}
	p := &api.Provider{
		Client: oidc.New(oidc.Config{Issuer: o.Issuer, ClientID: o.ClientID, ClientSecret: o.Secret()}),
		Issuer: o.Issuer, Name: o.Name,
	}
	if o.Create == config.CreateViewer {
		p.Create = fleet.Viewer
	}
	return p
}
