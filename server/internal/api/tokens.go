package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

type tokenStore interface {
	CreateToken(ctx context.Context, of fleet.Scope, t store.Token, hash [32]byte) (store.Token, error)
	Tokens(ctx context.Context, of fleet.Scope) ([]store.Token, error)
	DeleteToken(ctx context.Context, of fleet.Scope, id int32) error
	Token(ctx context.Context, hash [32]byte) (store.Identity, error)
}

// Token is an API token as the API writes it. It is exported for the same reason as Vehicle.
type Token struct {
	ID      int32           `json:"id"`
	Name    string          `json:"name"`
	Role    fleet.Role      `json:"role" enum:"admin,dispatcher,viewer"`
	Scopes  []string        `json:"scopes" nullable:"false" enum:"fleet:read,fleet:write,history:read,commands:send,admin"`
	Created instant         `json:"created"`
	Expires orNull[instant] `json:"expires" doc:"null: never"`
	Used    orNull[instant] `json:"used" doc:"When it was last used, to the minute; null: never."`
}

func tokenOf(t *store.Token) Token {
	return Token{
		ID: t.ID, Name: t.Name, Role: t.Role, Scopes: t.Scopes, Created: instant(t.Created), Expires: known(t.Expires),
		Used: known(t.Used),
	}
}

type newToken struct {
	Token
	Secret string `json:"token" doc:"Shown only now."`
}

type newTokenInput struct {
	Body struct {
		Name    string     `json:"name" minLength:"1" maxLength:"100" doc:"What it is for."`
		Role    fleet.Role `json:"role,omitempty" enum:"admin,dispatcher,viewer" doc:"Not above the own; left out, the own."`
		Scopes  []string   `json:"scopes,omitempty" minItems:"1" uniqueItems:"true" enum:"fleet:read,fleet:write,history:read,commands:send,admin" doc:"What it may do of that; left out, all."`
		Expires *time.Time `json:"expires,omitempty" doc:"Left out, never."`
	}
}

func (a *api) addTokens() {
	register(a, huma.Operation{
		OperationID: "list-tokens", Method: http.MethodGet, Path: "/api/tokens", Tags: []string{"tokens"},
		Summary: "The own API tokens",
	}, func(ctx context.Context, _ *struct{}) (*body[whole[Token]], error) {
		tokens, err := a.Store.Tokens(ctx, scope(ctx))
		return allOf(tokens, tokenOf), err
	})
	register(a, huma.Operation{
		OperationID: "create-token", Method: http.MethodPost, Path: "/api/tokens", Tags: []string{"tokens"},
		Summary:     "Make an API token",
		Description: "A token does what its role may, of that what its scopes say, and of the vehicles only its owner's.",

		DefaultStatus: http.StatusCreated,
	}, a.createToken)
	register(a, huma.Operation{
		OperationID: "delete-token", Method: http.MethodDelete, Path: "/api/tokens/{id}", Tags: []string{"tokens"},
		Summary: "Revoke an own API token",
	}, func(ctx context.Context, in *struct{ PathID }) (*struct{}, error) {
		return nil, a.Store.DeleteToken(ctx, scope(ctx), in.ID)
	})
}

func (a *api) createToken(ctx context.Context, in *newTokenInput) (*body[newToken], error) {
	who, _ := caller(ctx)
	t := store.Token{Name: in.Body.Name, Role: in.Body.Role, Scopes: in.Body.Scopes}
	if t.Scopes == nil {
		t.Scopes = []string{readFleet, writeFleet, readHistory, sendCommands, administer}
	}
	if t.Role == "" {
		t.Role = who.Role
	}
	if !includes(who.Role, t.Role) {
		return nil, huma.Error422UnprocessableEntity("a token cannot do more than its owner",
			&huma.ErrorDetail{Location: "body.role", Message: "want " + string(who.Role) + " or less", Value: t.Role})
	}
	if in.Body.Expires != nil {
		if !in.Body.Expires.After(time.Now()) {
			return nil, huma.Error422UnprocessableEntity("the token would be expired already",
				&huma.ErrorDetail{Location: "body.expires", Message: "want a time to come", Value: in.Body.Expires})
		}
		t.Expires = *in.Body.Expires
	}
	secret, hash := identity.NewToken(identity.APIPrefix)
	t, err := a.Store.CreateToken(ctx, scope(ctx), t, hash)
	if err != nil {
		return nil, err
	}
	return answer(newToken{tokenOf(&t), secret}), nil
}
