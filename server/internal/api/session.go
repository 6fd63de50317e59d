package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

// sessionLife is how long one stays signed in.
const sessionLife = 14 * 24 * time.Hour

type accountStore interface {
	Organizations(ctx context.Context) ([]fleet.Organization, error) // by id
	Login(ctx context.Context, email string) (fleet.User, string, error)
	CreateSession(ctx context.Context, user fleet.UserID, hash [32]byte, expires time.Time) error
	Session(ctx context.Context, hash [32]byte) (store.Identity, error)
	DeleteSession(ctx context.Context, hash [32]byte) error // none is no error
}

// signedIn is the user as the page knows it.
type signedIn struct {
	ID           int32               `json:"id"`
	Email        string              `json:"email"`
	Name         string              `json:"name"`
	Role         fleet.Role          `json:"role" enum:"admin,dispatcher,viewer"`
	Organization organizationMembers `json:"organization"`
}

type organizationMembers struct {
	ID   int32  `json:"id"`
	Name string `json:"name"`
}

type sessionBody struct {
	User signedIn `json:"user"`
}

func sessionOf(who store.Identity) sessionBody {
	return sessionBody{signedIn{
		ID: int32(who.User.ID), Email: who.User.Email, Name: who.User.Name, Role: who.Role,
		Organization: organizationMembers{ID: int32(who.Organization.ID), Name: who.Organization.Name},
	}}
}

type signInInput struct {
	Body struct {
		Email    string `json:"email" maxLength:"254"`
		Password string `json:"password" maxLength:"1024"`
	}
}

type sessionOutput struct {
	SetCookie string `header:"Set-Cookie"`
	Body      sessionBody
}

type signOutOutput struct {
	SetCookie string `header:"Set-Cookie"`
}

type passwordInput struct {
	Body struct {
		Current string `json:"current" maxLength:"1024"`
		New     string `json:"new" minLength:"10" maxLength:"256"`
	}
}

func (a *api) addSession() {
	register(a, huma.Operation{
		OperationID: "sign-in", Method: http.MethodPost, Path: "/api/session", Tags: []string{"session"},
		Summary:     "Sign in",
		Description: "Sets the session's cookie. Too many failures are answered with 429 and Retry-After.",
	}, a.signIn)
	register(a, huma.Operation{
		OperationID: "get-session", Method: http.MethodGet, Path: "/api/session", Tags: []string{"session"},
		Summary: "Who am I",
	}, func(ctx context.Context, _ *struct{}) (*body[sessionBody], error) {
		who, _ := caller(ctx)
		return answer(sessionOf(who)), nil
	})
	register(a, huma.Operation{
		OperationID: "sign-out", Method: http.MethodDelete, Path: "/api/session", Tags: []string{"session"},
		Summary: "Sign out",
	}, a.signOut)
	register(a, huma.Operation{
		OperationID: "change-password", Method: http.MethodPost, Path: "/api/session/password", Tags: []string{"session"},
		Summary: "Change the own password", Description: "Ends every session of the user and begins a new one.",
	}, a.changePassword)
}

func (a *api) signIn(ctx context.Context, in *signInInput) (*sessionOutput, error) {
	user, err := a.prove(ctx, in.Body.Email, in.Body.Password)
	if err != nil {
		return nil, err
	}
	if old, err := request(ctx).Cookie(sessionCookie); err == nil {
		if err := a.Store.DeleteSession(ctx, identity.HashToken(old.Value)); err != nil {
			return nil, err
		}
	}
	return a.begin(ctx, user.ID)
}

// prove gives the user of an e-mail if the password is right. It counts attempts, and tells nobody whether the e-mail
// is known: neither by words nor by time.
func (a *api) prove(ctx context.Context, email, password string) (fleet.User, error) {
	from, now := address(request(ctx)), time.Now()
	if wait := a.attempts.Take(email, from, now); wait > 0 {
		seconds := strconv.Itoa(int(wait/time.Second) + 1)
		return fleet.User{}, huma.ErrorWithHeaders(
			huma.Error429TooManyRequests("too many attempts to sign in; try again in "+seconds+" s"),
			http.Header{"Retry-After": {seconds}})
	}
	user, hash, err := a.Store.Login(ctx, identity.NormalEmail(email))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		a.attempts.Undo(email, from, now)
		return fleet.User{}, err
	}
	right, err := a.passwords.Verify(ctx, hash, password)
	if err != nil {
		a.attempts.Undo(email, from, now)
		return fleet.User{}, err
	}
	if !right || user.Disabled {
		a.Log.Warn().Str("email", email).Stringer("from", from).Msg("sign-in failed")
		return fleet.User{}, huma.Error401Unauthorized("the e-mail or the password is wrong")
	}
	a.attempts.Succeeded(email, from, now)
	return user, nil
}

// begin makes a session and its cookie.
func (a *api) begin(ctx context.Context, user fleet.UserID) (*sessionOutput, error) {
	token, hash := identity.NewToken("")
	if err := a.Store.CreateSession(ctx, user, hash, time.Now().Add(sessionLife)); err != nil {
		return nil, err
	}
	who, err := a.Store.Session(ctx, hash)
	if err != nil {
		return nil, err
	}
	return &sessionOutput{cookie(ctx, token, sessionLife), sessionOf(who)}, nil
}

// cookie gives the header that sets the session's cookie for so long, or removes it if that is negative.
func cookie(ctx context.Context, token string, life time.Duration) string {
	c := http.Cookie{
		Name: sessionCookie, Value: token, Path: "/", MaxAge: int(life / time.Second),
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: isSecure(request(ctx)),
	}
	return c.String()
}

func (a *api) signOut(ctx context.Context, _ *struct{}) (*signOutOutput, error) {
	if c, err := request(ctx).Cookie(sessionCookie); err == nil {
		if err := a.Store.DeleteSession(ctx, identity.HashToken(c.Value)); err != nil {
			return nil, err
		}
	}
	return &signOutOutput{cookie(ctx, "", -time.Second)}, nil
}

func (a *api) changePassword(ctx context.Context, in *passwordInput) (*sessionOutput, error) {
	who, _ := caller(ctx)
	if _, err := a.prove(ctx, who.User.Email, in.Body.Current); err != nil {
		return nil, err
	}
	hash, err := a.passwords.Hash(ctx, in.Body.New)
	if err != nil {
		return nil, err
	}
	if _, err := a.Store.UpdateUser(ctx, who.Organization.ID, who.User.ID, store.UserChange{Hash: &hash}); err != nil {
		return nil, err
	}
	return a.begin(ctx, who.User.ID)
}
