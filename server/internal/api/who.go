package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

// sessionCookie is the name of the cookie that holds a session's token.
const sessionCookie = "drover_session"

type contextKey int

const (
	callerKey contextKey = iota
	requestKey
	admitKey
	originKey
)

// ErrRefused says that a request's caller may not, or not any more.
var ErrRefused = errors.New("the caller may not")

// caller gives whom a request is from. It is there for every route that is not public.
func caller(ctx context.Context) (store.Identity, bool) {
	who, ok := ctx.Value(callerKey).(store.Identity)
	return who, ok
}

// Again asks anew what was asked before a request was let in: whom it is from, and whether the route is open to them.
// It is for a handler whose answer lasts. ErrRefused is final; any other error says that nobody could be asked.
func Again(r *http.Request) (store.Identity, error) {
	admit, ok := r.Context().Value(admitKey).(func(*http.Request) (store.Identity, error))
	if !ok {
		return store.Identity{}, ErrRefused // a public route
	}
	who, err := admit(r)
	var refusal huma.StatusError
	if errors.As(err, &refusal) {
		return who, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return who, err
}

// scope is what a request may see: nothing if it is from nobody.
func scope(ctx context.Context) fleet.Scope {
	who, _ := caller(ctx)
	return who.Scope(from(ctx).address.String())
}

// request is the HTTP request that an operation answers.
func request(ctx context.Context) *http.Request {
	r, _ := ctx.Value(requestKey).(*http.Request)
	return r
}

// guard lets through who has the permission, and puts who it is into the context.
func (a *api) guard(p permission, next http.HandlerFunc) http.HandlerFunc {
	crossOrigin := http.NewCrossOriginProtection()
	return func(w http.ResponseWriter, r *http.Request) {
		if err := crossOrigin.Check(r); err != nil {
			writeProblem(w, http.StatusForbidden, "another site sent this request, so it is refused")
			return
		}
		ctx := context.WithValue(context.WithValue(r.Context(), requestKey, r), originKey, proxies(a.Proxies).origin(r))
		if p.public || p.local && isLocal(r) {
			next(w, r.WithContext(ctx))
			return
		}
		admit := func(r *http.Request) (store.Identity, error) { return a.admit(r, p) }
		who, err := admit(r)
		if err != nil {
			a.writeError(w, r, err)
			return
		}
		ctx = context.WithValue(context.WithValue(ctx, callerKey, who), admitKey, admit)
		a.repeatable(next)(w, r.WithContext(ctx))
	}
}

// admit gives whom a request is from if they have the permission; a huma.StatusError says why not.
func (a *api) admit(r *http.Request, p permission) (store.Identity, error) {
	who, err := a.identify(r)
	if errors.Is(err, store.ErrNotFound) {
		return who, huma.ErrorWithHeaders(huma.Error401Unauthorized("sign in first, or send a valid API token"),
			http.Header{"WWW-Authenticate": {"Bearer"}})
	}
	if err != nil {
		return who, err
	}
	if why := p.refusal(who); why != "" {
		return who, huma.Error403Forbidden(why)
	}
	return who, nil
}

// identify gives whom a request is from: store.ErrNotFound if from nobody. A token counts before a cookie.
func (a *api) identify(r *http.Request) (store.Identity, error) {
	if header := r.Header.Get("Authorization"); header != "" {
		scheme, token, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") || !strings.HasPrefix(token, identity.APIPrefix) {
			return store.Identity{}, store.ErrNotFound
		}
		return a.Store.Token(r.Context(), identity.HashToken(token))
	}
	cookie, err := r.Cookie(sessionCookie)
	if err != nil || cookie.Value == "" {
		return store.Identity{}, store.ErrNotFound
	}
	return a.Store.Session(r.Context(), identity.HashToken(cookie.Value))
}

// isLocal says whether a request was made on this machine, and not by a proxy on it for somebody else. A proxy must
// therefore say for whom it asks, as all do when told to, or keep /metrics to itself.
func isLocal(r *http.Request) bool {
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	return peerOf(r).IsLoopback()
}
