package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type auditStore interface {
	AuditLog(
		ctx context.Context, of fleet.Scope, from, to time.Time, p store.Page,
	) ([]store.AuditEntry, string, error)
}

type auditEntry struct {
	ID      int64             `json:"id" example:"812"`
	Time    instant           `json:"time"`
	User    orNull[auditUser] `json:"user" doc:"null: nobody who signs in, as the command line."`
	Address string            `json:"address" example:"192.0.2.7" doc:"Where they were: an IP address, or by what else they came."`
	Action  string            `json:"action" example:"change" doc:"create, change, delete, restore, sign_in, …"`
	Kind    string            `json:"kind" example:"vehicle" doc:"Of thing."`
	Object  int64             `json:"object_id" example:"7"`
	Text    string            `json:"text" example:"Van 7" doc:"What people call the thing."`
	Changes auditChanges      `json:"changes"`
}

type auditUser struct {
	ID   int32  `json:"id" example:"3"`
	Name string `json:"name" example:"Ada" doc:"As it was then."`
}

// auditChanges is JSON as the store has it.
type auditChanges json.RawMessage

// MarshalJSON gives it as it is.
func (c auditChanges) MarshalJSON() ([]byte, error) { return c, nil }

// Schema says so to OpenAPI.
func (auditChanges) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeObject, Description: "The members that changed.",
		AdditionalProperties: &huma.Schema{
			Type:       huma.TypeObject,
			Properties: map[string]*huma.Schema{"from": {Description: "null: it was not there"}, "to": {}},
		},
		Examples: []any{map[string]any{"plate": map[string]any{"from": "HH-V 7", "to": "HH-V 8"}}},
	}
}

func auditEntryOf(e *store.AuditEntry) auditEntry {
	shown := auditEntry{
		ID: e.ID, Time: instant(e.Time), Address: e.Address, Action: e.Action, Kind: e.Kind, Object: e.Object, Text: e.Text,
		Changes: auditChanges(e.Changes),
	}
	if e.User != 0 {
		shown.User.value = &auditUser{int32(e.User), e.UserName}
	}
	return shown
}

type auditInput struct {
	PageQuery
	From time.Time `query:"from" doc:"From then on."`
	To   time.Time `query:"to" doc:"Before then."`
}

func (a *api) addAudit() {
	register(a, huma.Operation{
		OperationID: "list-audit", Method: http.MethodGet, Path: "/api/audit", Tags: []string{"audit"},
		Summary:     "What was changed, by whom and from where, the latest first",
		Description: "The search goes over who, where, what was done and to what, and the values.",
	}, func(ctx context.Context, in *auditInput) (*body[list[auditEntry]], error) {
		rows, next, err := a.Store.AuditLog(ctx, scope(ctx), in.From, in.To, in.page())
		return listOf(rows, next, auditEntryOf), err
	})
}
