package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type knockStore interface {
	Knocks(ctx context.Context, of fleet.Scope) ([]store.Knock, error)
	Adopt(ctx context.Context, of fleet.Scope, id int64, d store.NewDevice) (store.DeviceRow, error)
}

type knock struct {
	ID       int64   `json:"id"`
	Protocol string  `json:"protocol"`
	Identity string  `json:"identity" doc:"What it called itself; empty if that could not be read."`
	Address  string  `json:"address" doc:"The latest; empty if it is not known."`
	Port     int     `json:"port" doc:"Where it called."`
	First    instant `json:"first"`
	Last     instant `json:"last"`
	Count    int64   `json:"count"`
	Reason   string  `json:"reason" enum:"unknown,disabled,wrong_protocol,unreadable"`
}

func knockOf(k *store.Knock) knock {
	shown := knock{
		ID: k.ID, Protocol: k.Protocol, Identity: k.Identity, Port: k.Port,
		First: instant(k.First), Last: instant(k.Last), Count: k.Count, Reason: k.Reason,
	}
	if k.Address.IsValid() {
		shown.Address = k.Address.String()
	}
	return shown
}

type adoptInput struct {
	ID   int64 `path:"id" minimum:"1"`
	Body struct {
		Name  string `json:"name,omitempty" maxLength:"200" doc:"Of its vehicle; left out, the identity."`
		Plate string `json:"plate,omitempty" maxLength:"50"`
		Group string `json:"group,omitempty" maxLength:"200"`
		Model string `json:"model,omitempty" maxLength:"100"`
		Phone string `json:"phone,omitempty" maxLength:"20"`
	}
}

func (a *api) addKnocks() {
	register(a, huma.Operation{
		OperationID: "list-knocks", Method: http.MethodGet, Path: "/api/knocks", Tags: []string{"devices"},
		Summary: "Trackers that called and were not let in, the latest first",
		Description: "Strangers are shown to the organization that runs the server; others see the own devices that were " +
			"refused.",
	}, func(ctx context.Context, _ *struct{}) (*body[whole[knock]], error) {
		knocks, err := a.Store.Knocks(ctx, scope(ctx))
		return allOf(knocks, knockOf), err
	})
	register(a, huma.Operation{
		OperationID: "adopt-knock", Method: http.MethodPost, Path: "/api/knocks/{id}/adopt", Tags: []string{"devices"},
		Summary: "Make a stranger an own device, in a new vehicle", DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *adoptInput) (*tagged[listedDevice], error) {
		d := store.NewDevice{
			Name: in.Body.Name, Plate: in.Body.Plate, Group: in.Body.Group, Model: in.Body.Model, Phone: in.Body.Phone,
		}
		return a.deviceAnswer(a.Store.Adopt(ctx, scope(ctx), in.ID, d))
	})
}
