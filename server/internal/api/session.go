package api

import (
	"context"
	"errors"
	"net/http"
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
	CreateSession(ctx context.Context, n store.NewSession) error
	Session(ctx context.Context, hash [32]byte) (store.Identity, error)
	DeleteSession(ctx context.Context, hash [32]byte) error // none is no error
	UpdateSelf(ctx context.Context, of fleet.Scope, name *string, settings map[string]string) error
}

// signedIn is the user as the page knows it.
type signedIn struct {
	ID           int32             `json:"id"`
	Email        string            `json:"email"`
	Name         string            `json:"name"`
	Role         fleet.Role        `json:"role" enum:"admin,dispatcher,viewer"`
	Organization ownOrganization   `json:"organization"`
	Operator     bool              `json:"operator" doc:"Of the organization that runs the server."`
	Groups       orNull[[]int32]   `json:"groups" doc:"Whose vehicles the user sees, with all below them; null: all."`
	TOTP         bool              `json:"totp" doc:"Signing in needs a code."`
	Settings     map[string]string `json:"settings" doc:"What the page keeps for the user: language, units, zone, theme…"`
}

type ownOrganization struct {
	ID   int32  `json:"id"`
	Name string `json:"name"`
}

type sessionBody struct {
	User signedIn `json:"user"`
}

func sessionOf(who store.Identity) sessionBody {
	s := signedIn{
		ID: int32(who.User.ID), Email: who.User.Email, Name: who.User.Name, Role: who.Role,
		Organization: ownOrganization{ID: int32(who.Organization.ID), Name: who.Organization.Name},
		Operator:     who.Operator, TOTP: who.TOTP, Settings: who.Settings,
	}
	if who.Groups != nil {
		groups := mapped(who.Groups, func(id *fleet.GroupID) int32 { return int32(*id) })
		s.Groups.value = &groups
	}
	return sessionBody{s}
}

type signInInput struct {
	Body struct {
		Email    string `json:"email" maxLength:"254"`
		Password string `json:"password" maxLength:"1024"`
		Code     string `json:"code,omitempty" maxLength:"64" doc:"Of the authenticator app, or a recovery code."`
	}
}

type sessionOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      sessionBody
}

type signOutOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

type selfInput struct {
	Body struct {
		Name     *string           `json:"name,omitempty" maxLength:"200"`
		Settings map[string]string `json:"settings,omitempty" maxProperties:"100"`
	}
}

type passwordInput struct {
	Body struct {
		Current string `json:"current" maxLength:"1024"`
		New     string `json:"new" minLength:"10" maxLength:"256"`
	}
}

func (a *api) addSession() {
	register(a, huma.Operation{
		Errors:      []int{http.StatusUnauthorized, http.StatusTooManyRequests},
		OperationID: "sign-in", Method: http.MethodPost, Path: "/api/session", Tags: []string{"session"},
		Summary: "Sign in",
		Description: "Sets the session's cookie. Who has an authenticator app and sends no code gets a problem of the type " +
			codeRequired + ". Too many failures are answered with 429 and Retry-After.",
	}, a.signIn)
	register(a, huma.Operation{
		OperationID: "get-session", Method: http.MethodGet, Path: "/api/session", Tags: []string{"session"},
		Summary: "Who am I",
	}, func(ctx context.Context, _ *struct{}) (*body[sessionBody], error) {
		who, _ := caller(ctx)
		return answer(sessionOf(who)), nil
	})
	register(a, huma.Operation{
		OperationID: "change-self", Method: http.MethodPatch, Path: "/api/session", Tags: []string{"session"},
		Summary:     "Change the own name and settings",
		Description: "Settings that are not named stay as they are; one that is empty is forgotten. At most 200 are kept.",
	}, a.changeSelf)
	register(a, huma.Operation{
		OperationID: "sign-out", Method: http.MethodDelete, Path: "/api/session", Tags: []string{"session"},
		Summary: "Sign out",
	}, a.signOut)
	register(a, huma.Operation{
		Errors:      []int{http.StatusUnauthorized, http.StatusTooManyRequests},
		OperationID: "change-password", Method: http.MethodPost, Path: "/api/session/password", Tags: []string{"session"},
		Summary: "Change the own password", Description: "Ends every session of the user and begins a new one.",
	}, a.changePassword)
}

func (a *api) signIn(ctx context.Context, in *signInInput) (*sessionOutput, error) {
	user, err := a.prove(ctx, in.Body.Email, in.Body.Password)
	if err != nil {
		return nil, err
	}
	if err := a.proveFactor(ctx, user.ID, in.Body.Code); err != nil {
		return nil, err
	}
	return a.begun(ctx, user)
}

// prove gives the user of an e-mail if the password is right. It counts attempts, and tells nobody whether the e-mail
// is known: neither by words nor by time.
func (a *api) prove(ctx context.Context, email, password string) (fleet.User, error) {
	from, now := from(ctx).address, time.Now()
	if err := tooMany(a.attempts.Take(email, from, now), "attempts to sign in"); err != nil {
		return fleet.User{}, err
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

// begin makes a session, ends the one that the browser had, and gives the new one's cookie and secret.
func (a *api) begin(ctx context.Context, user fleet.User) (http.Cookie, identity.TokenHash, error) {
	token, hash := identity.NewToken("")
	if old, err := request(ctx).Cookie(sessionCookie); err == nil {
		if err := a.Store.DeleteSession(ctx, identity.HashToken(old.Value)); err != nil {
			return http.Cookie{}, hash, err
		}
	}
	err := a.Store.CreateSession(ctx, store.NewSession{
		User: user.ID, Hash: hash, Expires: time.Now().Add(sessionLife), Address: from(ctx).address.String(),
		Browser: browserOf(request(ctx).UserAgent()),
	})
	return cookie(ctx, token, sessionLife), hash, err
}

// begun is the answer to who has just signed in.
func (a *api) begun(ctx context.Context, user fleet.User) (*sessionOutput, error) {
	c, hash, err := a.begin(ctx, user)
	if err != nil {
		return nil, err
	}
	who, err := a.Store.Session(ctx, hash)
	if err != nil {
		return nil, err
	}
	return &sessionOutput{c, sessionOf(who)}, nil
}

// cookie is the session's cookie for so long, or one that removes it if that is negative.
func cookie(ctx context.Context, token string, life time.Duration) http.Cookie {
	return http.Cookie{
		Name: sessionCookie, Value: token, Path: "/", MaxAge: int(life / time.Second),
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: from(ctx).secure,
	}
}

func (a *api) changeSelf(ctx context.Context, in *selfInput) (*body[sessionBody], error) {
	for name, text := range in.Body.Settings {
		if name == "" || len(name) > 64 || len(text) > 2000 {
			return nil, huma.Error422UnprocessableEntity("a setting's name has 1 to 64 bytes, its text at most 2,000",
				&huma.ErrorDetail{Location: "body.settings." + cut(name, 64), Message: "want less"})
		}
	}
	if err := a.Store.UpdateSelf(ctx, scope(ctx), in.Body.Name, in.Body.Settings); err != nil {
		return nil, err
	}
	who, err := a.identify(request(ctx))
	if err != nil {
		return nil, err
	}
	return answer(sessionOf(who)), nil
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
	if _, err := a.Store.UpdateUser(ctx, scope(ctx), who.User.ID, store.UserChange{Hash: &hash}); err != nil {
		return nil, err
	}
	return a.begun(ctx, who.User)
}
