package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

type userStore interface {
	Users(ctx context.Context, of fleet.OrganizationID) ([]fleet.User, error)
	CreateUser(ctx context.Context, u fleet.User, hash string) (fleet.User, error)
	UpdateUser(ctx context.Context, of fleet.OrganizationID, id fleet.UserID, c store.UserChange) (fleet.User, error)
}

// User is a user as the API writes it. It is exported for the same reason as Vehicle.
type User struct {
	ID       int32      `json:"id"`
	Email    string     `json:"email"`
	Name     string     `json:"name"`
	Role     fleet.Role `json:"role" enum:"admin,dispatcher,viewer"`
	Disabled bool       `json:"disabled"`
}

func userOf(u *fleet.User) User {
	return User{ID: int32(u.ID), Email: u.Email, Name: u.Name, Role: u.Role, Disabled: u.Disabled}
}

// newUser is a user just made; Password is said this once, and only if it was made here.
type newUser struct {
	User
	Password string `json:"password,omitempty" doc:"Random, and shown only now; left out if the request brought one."`
}

type newUserInput struct {
	Body struct {
		Email    string     `json:"email" format:"email" maxLength:"254"`
		Name     string     `json:"name,omitempty" maxLength:"200"`
		Role     fleet.Role `json:"role" enum:"admin,dispatcher,viewer"`
		Password string     `json:"password,omitempty" minLength:"10" maxLength:"256" doc:"Left out, one is made."`
	}
}

type userChangeInput struct {
	PathID
	Body struct {
		Email    *string     `json:"email,omitempty" format:"email" maxLength:"254"`
		Name     *string     `json:"name,omitempty" maxLength:"200"`
		Role     *fleet.Role `json:"role,omitempty" enum:"admin,dispatcher,viewer"`
		Disabled *bool       `json:"disabled,omitempty"`
		Password *string     `json:"password,omitempty" minLength:"10" maxLength:"256"`
	}
}

func (a *api) addUsers() {
	register(a, huma.Operation{
		OperationID: "list-users", Method: http.MethodGet, Path: "/api/users", Tags: []string{"users"},
		Summary: "The users of the own organization",
	}, func(ctx context.Context, _ *struct{}) (*body[all[User]], error) {
		users, err := a.Store.Users(ctx, organization(ctx))
		return allOf(users, userOf), err
	})
	register(a, huma.Operation{
		OperationID: "create-user", Method: http.MethodPost, Path: "/api/users", Tags: []string{"users"},
		Summary: "Add a user", DefaultStatus: http.StatusCreated,
	}, a.createUser)
	register(a, huma.Operation{
		OperationID: "change-user", Method: http.MethodPatch, Path: "/api/users/{id}", Tags: []string{"users"},
		Summary:     "Change a user",
		Description: "Disabling a user or setting a password ends the user's sessions. The last admin stays one.",
	}, a.changeUser)
}

func (a *api) createUser(ctx context.Context, in *newUserInput) (*body[newUser], error) {
	made, password := "", in.Body.Password
	if password == "" {
		made = identity.ReadablePassword()
		password = made
	}
	hash, err := a.passwords.Hash(ctx, password)
	if err != nil {
		return nil, err
	}
	u, err := a.Store.CreateUser(ctx, fleet.User{
		Organization: organization(ctx), Email: identity.NormalEmail(in.Body.Email), Name: in.Body.Name, Role: in.Body.Role,
	}, hash)
	if err != nil {
		return nil, err
	}
	return answer(newUser{userOf(&u), made}), nil
}

func (a *api) changeUser(ctx context.Context, in *userChangeInput) (*body[User], error) {
	change := store.UserChange{Name: in.Body.Name, Role: in.Body.Role, Disabled: in.Body.Disabled}
	if in.Body.Email != nil {
		email := identity.NormalEmail(*in.Body.Email)
		change.Email = &email
	}
	if in.Body.Password != nil {
		hash, err := a.passwords.Hash(ctx, *in.Body.Password)
		if err != nil {
			return nil, err
		}
		change.Hash = &hash
	}
	u, err := a.Store.UpdateUser(ctx, organization(ctx), fleet.UserID(in.ID), change)
	if err != nil {
		return nil, err
	}
	return answer(userOf(&u)), nil
}
