package api

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"strings"

	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

// sessionCookie is the name of the cookie that holds a session's token.
const sessionCookie = "drover_session"

type contextKey int

const (
	whoKey contextKey = iota
	requestKey
)

// Who gives whom a request is from. It is there for every route that is not public.
func Who(ctx context.Context) (store.Identity, bool) {
	who, ok := ctx.Value(whoKey).(store.Identity)
	return who, ok
}

// organization is whose data a request may see: that of nobody (0) if it is from nobody.
func organization(ctx context.Context) fleet.OrganizationID {
	who, _ := Who(ctx)
	return who.Organization.ID
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
		ctx := context.WithValue(r.Context(), requestKey, r)
		if p.public || p.local && isLocal(r) {
			next(w, r.WithContext(ctx))
			return
		}
		who, err := a.identify(r)
		if errors.Is(err, store.ErrNotFound) {
			w.Header().Set("WWW-Authenticate", "Bearer")
			writeProblem(w, http.StatusUnauthorized, "sign in first, or send a valid API token")
			return
		}
		if err != nil {
			a.writeError(w, r, err)
			return
		}
		operator, err := a.operator(ctx, p)
		if err != nil {
			a.writeError(w, r, err)
			return
		}
		if why := p.refusal(who, operator); why != "" {
			writeProblem(w, http.StatusForbidden, why)
			return
		}
		next(w, r.WithContext(context.WithValue(ctx, whoKey, who)))
	}
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

// operator is the organization that runs the server: the first. It is looked up only where the permission asks for it.
func (a *api) operator(ctx context.Context, p permission) (fleet.OrganizationID, error) {
	if !p.operator {
		return 0, nil
	}
	organizations, err := a.Store.Organizations(ctx)
	if err != nil || len(organizations) == 0 {
		return 0, err
	}
	return organizations[0].ID, nil
}

// address is where a request comes from; the zero Addr if that cannot be said.
func address(r *http.Request) netip.Addr {
	at, _ := netip.ParseAddrPort(r.RemoteAddr)
	return at.Addr().Unmap()
}

// isLocal says whether a request was made on this machine, and not by a proxy on it for somebody else. A proxy must
// therefore say for whom it asks, as all do when told to, or keep /metrics to itself.
func isLocal(r *http.Request) bool {
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	return address(r).IsLoopback()
}

// isSecure says whether the browser's own connection is encrypted.
func isSecure(r *http.Request) bool {
	return r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
}
