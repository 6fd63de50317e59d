package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// Basemap is what the page is told of the map under the vehicles.
type Basemap struct {
	Kind        string `json:"kind" enum:"embedded,pmtiles,raster,style" example:"embedded"`
	URL         string `json:"url,omitempty" doc:"TileJSON of pmtiles, {z}/{x}/{y} of raster, style.json of style."`
	Attribution string `json:"attribution,omitempty" doc:"What the map's makers want to be said."`
}

// hello is what a page may know before anybody has signed in.
type hello struct {
	Version string            `json:"version"`
	Demo    bool              `json:"demo" doc:"The fleet is simulated."`
	OIDC    orNull[oidcHello] `json:"oidc" doc:"null: nobody signs in but by password."`
	Basemap Basemap           `json:"basemap"`
}

type oidcHello struct {
	Name string `json:"name" doc:"What people call the provider."`
}

func (a *api) addHello() {
	register(a, huma.Operation{
		OperationID: "hello", Method: http.MethodGet, Path: "/api/hello", Tags: []string{"session"},
		Summary: "What there is to know before signing in",
	}, func(context.Context, *struct{}) (*body[hello], error) {
		h := hello{Version: a.Version, Demo: a.Demo, Basemap: a.Basemap}
		if a.OIDC != nil {
			h.OIDC.value = &oidcHello{a.OIDC.Name}
		}
		return answer(h), nil
	})
}
