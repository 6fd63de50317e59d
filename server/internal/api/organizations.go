package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

type organizationStore interface {
	OrganizationSizes(ctx context.Context) ([]store.OrganizationSize, error)
	CreateOrganizationFor(
		ctx context.Context, by fleet.Scope, name, email, hash string,
	) (fleet.Organization, fleet.User, error)
	RenameOrganization(
		ctx context.Context, by fleet.Scope, id fleet.OrganizationID, name string,
	) (store.OrganizationSize, error)
	DeleteOrganization(ctx context.Context, by fleet.Scope, id fleet.OrganizationID) error
}

// Organization is an organization as the API writes it. It is exported for the same reason as Vehicle.
type Organization struct {
	ID       int32  `json:"id"`
	Name     string `json:"name"`
	Users    int    `json:"users"`
	Vehicles int    `json:"vehicles"`
	Devices  int    `json:"devices"`
}

func organizationOf(o *store.OrganizationSize) Organization {
	return Organization{ID: int32(o.ID), Name: o.Name, Users: o.Users, Vehicles: o.Vehicles, Devices: o.Devices}
}

type newOrganization struct {
	Organization Organization `json:"organization"`
	User         User         `json:"user" doc:"Its first administrator."`
	Password     string       `json:"password" doc:"Of that user; random, and shown only now."`
}

type newOrganizationInput struct {
	Body struct {
		Name  string `json:"name" minLength:"1" maxLength:"200"`
		Email string `json:"admin_email" format:"email" maxLength:"254"`
	}
}

type renameInput struct {
	PathID
	Body struct {
		Name string `json:"name" minLength:"1" maxLength:"200"`
	}
}

func (a *api) addOrganizations() {
	tags := []string{"organizations"}
	register(a, huma.Operation{
		OperationID: "list-organizations", Method: http.MethodGet, Path: "/api/organizations", Tags: tags,
		Summary: "Whose fleets this server keeps",
	}, func(ctx context.Context, _ *struct{}) (*body[whole[Organization]], error) {
		rows, err := a.Store.OrganizationSizes(ctx)
		return allOf(rows, organizationOf), err
	})
	register(a, huma.Operation{
		OperationID: "create-organization", Method: http.MethodPost, Path: "/api/organizations", Tags: tags,
		Summary: "Add an organization with its first administrator", DefaultStatus: http.StatusCreated,
	}, a.createOrganization)
	register(a, huma.Operation{
		OperationID: "rename-organization", Method: http.MethodPatch, Path: "/api/organizations/{id}", Tags: tags,
		Summary: "Rename an organization",
	}, func(ctx context.Context, in *renameInput) (*body[Organization], error) {
		row, err := a.Store.RenameOrganization(ctx, scope(ctx), fleet.OrganizationID(in.ID), in.Body.Name)
		if err != nil {
			return nil, err
		}
		return answer(organizationOf(&row)), nil
	})
	register(a, huma.Operation{
		OperationID: "delete-organization", Method: http.MethodDelete, Path: "/api/organizations/{id}", Tags: tags,
		Summary:     "Remove an organization with its users",
		Description: "409 while it has devices. The first organization stays. This cannot be undone.",
	}, func(ctx context.Context, in *struct{ PathID }) (*struct{}, error) {
		err := a.Store.DeleteOrganization(ctx, scope(ctx), fleet.OrganizationID(in.ID))
		if errors.Is(err, store.ErrHeld) {
			err = huma.Error409Conflict("the organization has devices; remove them first")
		}
		return nil, err
	})
}

func (a *api) createOrganization(ctx context.Context, in *newOrganizationInput) (*body[newOrganization], error) {
	password := identity.ReadablePassword()
	hash, err := a.passwords.Hash(ctx, password)
	if err != nil {
		return nil, err
	}
	o, u, err := a.Store.CreateOrganizationFor(ctx, scope(ctx), in.Body.Name, identity.NormalEmail(in.Body.Email), hash)
	if err != nil {
		return nil, err
	}
	return answer(newOrganization{
		Organization: Organization{ID: int32(o.ID), Name: o.Name, Users: 1},
		User:         userOf(&store.UserRow{User: u, Revision: 1}),
		Password:     password,
	}), nil
}
