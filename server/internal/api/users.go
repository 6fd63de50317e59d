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
	Users(ctx context.Context, of fleet.Scope) ([]store.UserRow, error)
	User(ctx context.Context, of fleet.Scope, id fleet.UserID) (store.UserRow, error)
	CreateUser(
		ctx context.Context, of fleet.Scope, u fleet.User, hash string, groups ...fleet.GroupID,
	) (fleet.User, error)
	UpdateUser(ctx context.Context, of fleet.Scope, id fleet.UserID, c store.UserChange) (store.UserRow, error)
	DeleteUser(ctx context.Context, of fleet.Scope, id fleet.UserID, revision int) error
	RestoreUser(ctx context.Context, of fleet.Scope, id fleet.UserID) (store.UserRow, error)
}

// User is a user as the API writes it. It is exported for the same reason as Vehicle.
type User struct {
	ID       int32      `json:"id"`
	Email    string     `json:"email"`
	Name     string     `json:"name"`
	Role     fleet.Role `json:"role" enum:"admin,dispatcher,viewer"`
	Disabled bool       `json:"disabled"`
	Groups   []int32    `json:"groups" nullable:"false" doc:"Whose vehicles the user sees, with all below them; empty: all."`
	TOTP     bool       `json:"totp" doc:"Signing in needs a code."`
	Revision int        `json:"revision"`
}

func userOf(u *store.UserRow) User {
	return User{
		ID: int32(u.ID), Email: u.Email, Name: u.Name, Role: u.Role, Disabled: u.Disabled, TOTP: u.TOTP,
		Groups: mapped(u.Groups, func(id *fleet.GroupID) int32 { return int32(*id) }), Revision: u.Revision,
	}
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
		Groups   []int32    `json:"groups,omitempty" maxItems:"1000" doc:"To which the user is limited; empty: to none."`
	}
}

type userChangeInput struct {
	PathID
	IfMatch
	Body struct {
		Email    *string     `json:"email,omitempty" format:"email" maxLength:"254"`
		Name     *string     `json:"name,omitempty" maxLength:"200"`
		Role     *fleet.Role `json:"role,omitempty" enum:"admin,dispatcher,viewer"`
		Disabled *bool       `json:"disabled,omitempty"`
		Password *string     `json:"password,omitempty" minLength:"10" maxLength:"256"`
		Groups   *[]int32    `json:"groups,omitempty" maxItems:"1000" doc:"Empty: no limit."`
		TOTP     *bool       `json:"totp,omitempty" enum:"false" doc:"false takes away a second factor that was lost."`
	}
}

func (a *api) addUsers() {
	register(a, huma.Operation{
		OperationID: "list-users", Method: http.MethodGet, Path: "/api/users", Tags: []string{"users"},
		Summary: "The users of the own organization",
	}, func(ctx context.Context, _ *struct{}) (*body[whole[User]], error) {
		users, err := a.Store.Users(ctx, scope(ctx))
		return allOf(users, userOf), err
	})
	register(a, huma.Operation{
		OperationID: "get-user", Method: http.MethodGet, Path: "/api/users/{id}", Tags: []string{"users"},
		Summary:   "A user",
		Responses: notModified(),
	}, func(ctx context.Context, in *struct {
		PathID
		IfNoneMatch
	}) (*tagged[User], error) {
		u, err := a.Store.User(ctx, scope(ctx), fleet.UserID(in.ID))
		if err != nil {
			return nil, err
		}
		return fresh(in.IfNoneMatch, u.Revision, userOf(&u))
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
	register(a, huma.Operation{
		OperationID: "delete-user", Method: http.MethodDelete, Path: "/api/users/{id}", Tags: []string{"users"},
		Summary: "Remove a user", Description: "Sessions and tokens end. The user can be restored for 30 days.",
	}, func(ctx context.Context, in *struct {
		PathID
		IfMatch
	}) (*struct{}, error) {
		return nil, a.Store.DeleteUser(ctx, scope(ctx), fleet.UserID(in.ID), in.revision())
	})
	register(a, huma.Operation{
		OperationID: "restore-user", Method: http.MethodPost, Path: "/api/users/{id}/restore", Tags: []string{"users"},
		Summary: "Bring a removed user back",
	}, func(ctx context.Context, in *struct{ PathID }) (*tagged[User], error) {
		u, err := a.Store.RestoreUser(ctx, scope(ctx), fleet.UserID(in.ID))
		if err != nil {
			return nil, err
		}
		return tag(u.Revision, userOf(&u))
	})
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
	u, err := a.Store.CreateUser(ctx, scope(ctx), fleet.User{
		Email: identity.NormalEmail(in.Body.Email), Name: in.Body.Name, Role: in.Body.Role,
	}, hash, groupIDs(in.Body.Groups)...)
	if err != nil {
		return nil, err
	}
	row, err := a.Store.User(ctx, scope(ctx), u.ID)
	return answer(newUser{userOf(&row), made}), err
}

func groupIDs(ids []int32) []fleet.GroupID {
	return mapped(ids, func(id *int32) fleet.GroupID { return fleet.GroupID(*id) })
}

func (a *api) changeUser(ctx context.Context, in *userChangeInput) (*tagged[User], error) {
	change := store.UserChange{
		Name: in.Body.Name, Role: in.Body.Role, Disabled: in.Body.Disabled, NoTOTP: in.Body.TOTP != nil,
		Revision: in.revision(),
	}
	if in.Body.Groups != nil {
		groups := groupIDs(*in.Body.Groups)
		change.Groups = &groups
	}
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
	u, err := a.Store.UpdateUser(ctx, scope(ctx), fleet.UserID(in.ID), change)
	if err != nil {
		return nil, err
	}
	return tag(u.Revision, userOf(&u))
}
