package api

import (
	"context"
	"encoding/hex"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type misreadStore interface {
	Misreads(ctx context.Context, of fleet.Scope, p store.Page) ([]store.Misread, string, error)
	DeleteMisread(ctx context.Context, of fleet.Scope, id int64) error
	AskReplay(ctx context.Context, of fleet.Scope, ids []int64) (int64, error)
}

type misread struct {
	ID       int64   `json:"id"`
	Time     instant `json:"time"`
	Network  string  `json:"transport" enum:"tcp,udp"`
	Address  string  `json:"address" example:"203.0.113.9:40112" doc:"Who sent it."`
	Port     int     `json:"port" doc:"Where it came."`
	Protocol string  `json:"protocol" doc:"Whose decoder failed; any: no protocol was recognised."`
	Identity string  `json:"identity" doc:"Who was speaking; empty if nobody had said."`
	Hex      string  `json:"hex"`
	Error    string  `json:"error" doc:"Why it was not understood."`
}

func misreadOf(m *store.Misread) misread {
	return misread{ID: m.ID, Time: instant(m.Time), Network: m.Network.String(), Address: m.Address.String(), Port: m.Port,
		Protocol: m.Protocol, Identity: m.Identity, Hex: hex.EncodeToString(m.Bytes), Error: m.Error}
}

type replayInput struct {
	Body struct {
		IDs []int64 `json:"ids,omitempty" minItems:"1" maxItems:"1000" doc:"Left out: all."`
	}
}

type replayAnswer struct {
	Asked int64 `json:"asked" doc:"So many are tried again."`
}

func (a *api) addMisreads() {
	register(a, huma.Operation{
		OperationID: "list-misreads", Method: http.MethodGet, Path: "/api/misreads", Tags: []string{"protocols"},
		Summary: "What no decoder understood, the newest first",
		Description: "The newest 10,000 pieces of at most 4 KiB, 500 of one address. The search goes over protocol, " +
			"identity, address and error.",
	}, func(ctx context.Context, in *struct{ PageQuery }) (*body[list[misread]], error) {
		rows, next, err := a.Store.Misreads(ctx, scope(ctx), in.page())
		return listOf(rows, next, misreadOf), err
	})
	register(a, huma.Operation{
		OperationID: "delete-misread", Method: http.MethodDelete, Path: "/api/misreads/{id}", Tags: []string{"protocols"},
		Summary: "Forget a piece",
	}, func(ctx context.Context, in *struct {
		ID int64 `path:"id" minimum:"1"`
	}) (*struct{}, error) {
		return nil, a.Store.DeleteMisread(ctx, scope(ctx), in.ID)
	})
	register(a, huma.Operation{
		OperationID: "replay-misreads", Method: http.MethodPost, Path: "/api/misreads/replay", Tags: []string{"protocols"},
		Summary: "Try pieces again with this version's decoders",
		Description: "Within seconds, what is understood now and of a known device is stored as if it had just come, and " +
			"leaves the list; what is not stays, with the reason.",
	}, func(ctx context.Context, in *replayInput) (*body[replayAnswer], error) {
		n, err := a.Store.AskReplay(ctx, scope(ctx), in.Body.IDs)
		return &body[replayAnswer]{Body: replayAnswer{n}}, err
	})
}
