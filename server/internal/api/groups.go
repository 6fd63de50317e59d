package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type groupStore interface {
	Groups(ctx context.Context, of fleet.Scope) ([]store.GroupRow, error)
	Group(ctx context.Context, of fleet.Scope, id fleet.GroupID) (store.GroupRow, error)
	CreateGroup(ctx context.Context, of fleet.Scope, name string, parent fleet.GroupID) (store.GroupRow, error)
	UpdateGroup(
		ctx context.Context, of fleet.Scope, id fleet.GroupID, c store.GroupChange, revision int,
	) (store.GroupRow, error)
	DeleteGroup(ctx context.Context, of fleet.Scope, id fleet.GroupID, revision int) error
	RestoreGroup(ctx context.Context, of fleet.Scope, id fleet.GroupID) (store.GroupRow, error)
}

type group struct {
	ID       int32         `json:"id" example:"4"`
	Name     string        `json:"name" example:"Depot 2"`
	Parent   orNull[int32] `json:"parent_id" doc:"The group that it is in; null: none."`
	Path     string        `json:"path" example:"North/Depot 2" doc:"The names from the top."`
	Vehicles int64         `json:"vehicles" example:"12" doc:"In it, without those of the groups in it."`
	Revision int           `json:"revision" example:"1"`
}

func groupOf(g *store.GroupRow) group {
	return group{ID: int32(g.ID), Name: g.Name, Parent: idOrNull(g.Parent), Path: g.Path, Vehicles: g.Vehicles,
		Revision: g.Revision}
}

// idOrNull is an id that may be 0, which is null.
func idOrNull[ID ~int32](id ID) orNull[int32] {
	if id == 0 {
		return orNull[int32]{}
	}
	n := int32(id)
	return orNull[int32]{&n}
}

// idIn is an id of a request; nil if it is left out.
func idIn[ID ~int32](id *int32) *ID {
	if id == nil {
		return nil
	}
	n := ID(*id)
	return &n
}

type newGroupInput struct {
	Body struct {
		Name   string `json:"name" minLength:"1" maxLength:"100" pattern:"^[^/]*$" example:"Depot 2"`
		Parent int32  `json:"parent_id,omitempty" minimum:"0" doc:"The group that it is in; 0 or left out: none."`
	}
}

type groupChangeInput struct {
	PathID
	IfMatch
	Body struct {
		Name   *string `json:"name,omitempty" minLength:"1" maxLength:"100" pattern:"^[^/]*$" example:"Depot 3"`
		Parent *int32  `json:"parent_id,omitempty" minimum:"0" doc:"0: none"`
	}
}

func (a *api) addGroups() {
	register(a, huma.Operation{
		OperationID: "list-groups", Method: http.MethodGet, Path: "/api/groups", Tags: []string{"groups"},
		Summary: "The groups of vehicles, by path",
	}, func(ctx context.Context, _ *struct{}) (*body[whole[group]], error) {
		rows, err := a.Store.Groups(ctx, scope(ctx))
		return allOf(rows, groupOf), err
	})
	register(a, huma.Operation{
		OperationID: "create-group", Method: http.MethodPost, Path: "/api/groups", Tags: []string{"groups"},
		Summary: "Add a group", DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *newGroupInput) (*tagged[group], error) {
		return groupAnswer(a.Store.CreateGroup(ctx, scope(ctx), in.Body.Name, fleet.GroupID(in.Body.Parent)))
	})
	register(a, huma.Operation{
		OperationID: "get-group", Method: http.MethodGet, Path: "/api/groups/{id}", Tags: []string{"groups"},
		Summary: "A group", Responses: notModified(),
	}, func(ctx context.Context, in *oneInput) (*tagged[group], error) {
		g, err := a.Store.Group(ctx, scope(ctx), fleet.GroupID(in.ID))
		if err != nil {
			return nil, err
		}
		return fresh(in.IfNoneMatch, g.Revision, groupOf(&g))
	})
	register(a, huma.Operation{
		OperationID: "change-group", Method: http.MethodPatch, Path: "/api/groups/{id}", Tags: []string{"groups"},
		Summary: "Rename a group, or put it into another",
	}, func(ctx context.Context, in *groupChangeInput) (*tagged[group], error) {
		change := store.GroupChange{Name: in.Body.Name, Parent: idIn[fleet.GroupID](in.Body.Parent)}
		return groupAnswer(a.Store.UpdateGroup(ctx, scope(ctx), fleet.GroupID(in.ID), change, in.revision()))
	})
	register(a, huma.Operation{
		OperationID: "delete-group", Method: http.MethodDelete, Path: "/api/groups/{id}", Tags: []string{"groups"},
		Summary: "Delete a group", Description: "409 while it holds vehicles or groups, or a user is limited to it. " + kept,
	}, func(ctx context.Context, in *deleteInput) (*struct{}, error) {
		return nil, a.Store.DeleteGroup(ctx, scope(ctx), fleet.GroupID(in.ID), in.revision())
	})
	register(a, huma.Operation{
		OperationID: "restore-group", Method: http.MethodPost, Path: "/api/groups/{id}/restore", Tags: []string{"groups"},
		Summary: "Restore a deleted group",
	}, func(ctx context.Context, in *struct{ PathID }) (*tagged[group], error) {
		return groupAnswer(a.Store.RestoreGroup(ctx, scope(ctx), fleet.GroupID(in.ID)))
	})
}

func groupAnswer(g store.GroupRow, err error) (*tagged[group], error) {
	if err != nil {
		return nil, err
	}
	return tag(g.Revision, groupOf(&g))
}

// kept is what the description of a deletion says.
const kept = "It can be restored for 30 days."

// oneInput asks for one thing.
type oneInput struct {
	PathID
	IfNoneMatch
}

// deleteInput asks to delete one thing.
type deleteInput struct {
	PathID
	IfMatch
}
