package api

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/oidc"
	"drover/server/internal/store"
)

// Provider is an OpenID Connect provider at which people may sign in.
type Provider struct {
	Client *oidc.Client
	Issuer string
	Name   string     // what people call it
	Create fleet.Role // of people whom only the provider knows, in the first organization; "": they stay out
}

type providerStore interface {
	UserOf(ctx context.Context, issuer, subject string) (fleet.User, error)
	JoinProvider(ctx context.Context, email, issuer, subject string) (fleet.User, error)
}

const (
	flowCookie = "drover_oidc"
	flowPath   = "/api/session/oidc"
)

// What somebody is told who cannot be let in. The provider's words stay in the log.
const (
	flowOver     = "Signing in took too long, or began in another browser. Try again."
	notVouched   = "Your provider does not confirm that this e-mail is yours."
	nobodyKnown  = "Nobody here has this e-mail. Ask an administrator to add you."
	providerAway = "The provider cannot be reached. Try again in a moment, or use your password."
	declined     = "The provider did not let you in."
)

type oidcInput struct {
	Return string `query:"return" maxLength:"2000" doc:"The page to come back to: a path of this server."`
}

type redirectOutput struct {
	Status    int
	Location  string        `header:"Location"`
	SetCookie []http.Cookie `header:"Set-Cookie"`
}

func redirect(to string, cookies ...http.Cookie) *redirectOutput {
	return &redirectOutput{http.StatusFound, to, cookies}
}

func (a *api) addOIDC() {
	register(a, huma.Operation{
		Errors:      []int{http.StatusNotFound, http.StatusTooManyRequests},
		OperationID: "sign-in-elsewhere", Method: http.MethodGet, Path: flowPath, Tags: []string{"session"},
		DefaultStatus: http.StatusFound, Summary: "Sign in at the OpenID Connect provider",
		Description: "For browsers: sends one there. 404 if the server has no provider, see GET /api/hello.",
	}, a.beginOIDC)
	register(a, huma.Operation{
		Errors:      []int{http.StatusNotFound, http.StatusTooManyRequests},
		OperationID: "come-back", Method: http.MethodGet, Path: flowPath + "/callback", Tags: []string{"session"},
		DefaultStatus: http.StatusFound, Summary: "Where the provider sends browsers back to",
		SkipValidateParams: true, // providers add their own
		Description: "Sets the session's cookie and goes on to the page that was wanted, or to /?problem=oidc with the " +
			"reason in detail.",
	}, a.finishOIDC)
}

func (a *api) beginOIDC(ctx context.Context, in *oidcInput) (*redirectOutput, error) {
	if a.OIDC == nil {
		return nil, huma.Error404NotFound("this server has no provider to sign in with; use the password")
	}
	to, flow, err := a.OIDC.Client.Begin(ctx, from(ctx).base+flowPath+"/callback", pathOnly(in.Return))
	if err != nil {
		return a.stayOut(ctx, err), nil
	}
	kept, err := json.Marshal(flow)
	if err != nil {
		return nil, err
	}
	sealed := base64.RawURLEncoding.EncodeToString(a.seals.flow.Close(kept, flowCookie))
	return redirect(to, a.flowCookie(ctx, sealed, oidc.FlowLife)), nil
}

func (a *api) finishOIDC(ctx context.Context, _ *struct{}) (*redirectOutput, error) {
	if a.OIDC == nil {
		return nil, huma.Error404NotFound("this server has no provider to sign in with; use the password")
	}
	flow, guesser, now := a.flowOf(request(ctx)), identity.AddressKey(from(ctx).address), time.Now()
	if err := tooMany(a.guesses.Take(guesser, now), "attempts"); err != nil {
		return nil, err
	}
	person, err := a.OIDC.Client.Finish(ctx, flow, request(ctx).URL.Query())
	if err != nil {
		return a.stayOut(ctx, err), nil
	}
	a.guesses.Undo(guesser, now)
	user, err := a.userOf(ctx, person)
	if err != nil {
		return a.stayOut(ctx, err), nil
	}
	cookie, _, err := a.begin(ctx, user)
	if err != nil {
		return nil, err
	}
	return redirect(flow.Return, cookie, a.flowCookie(ctx, "", -time.Second)), nil
}

// errNotVouched says that a provider does not know whose an e-mail is.
var errNotVouched = errors.New("the e-mail is not verified")

// userOf finds whom the provider vouches for. The first time it goes by the e-mail, if the provider has verified it;
// from then on by the subject, so that whoever gets the e-mail later does not get the account.
func (a *api) userOf(ctx context.Context, p oidc.Person) (fleet.User, error) {
	u, err := a.Store.UserOf(ctx, a.OIDC.Issuer, p.Subject)
	if errors.Is(err, store.ErrNotFound) {
		if !p.Verified || p.Email == "" {
			return u, errNotVouched
		}
		u, err = a.Store.JoinProvider(ctx, identity.NormalEmail(p.Email), a.OIDC.Issuer, p.Subject)
		if errors.Is(err, store.ErrNotFound) && a.OIDC.Create != "" {
			u, err = a.newFromProvider(ctx, p)
		}
	}
	if err == nil && u.Disabled {
		err = store.ErrNotFound
	}
	return u, err
}

// newFromProvider makes a user without a password in the first organization.
func (a *api) newFromProvider(ctx context.Context, p oidc.Person) (fleet.User, error) {
	organizations, err := a.Store.Organizations(ctx)
	if err != nil || len(organizations) == 0 {
		return fleet.User{}, err
	}
	email := identity.NormalEmail(p.Email)
	of := fleet.Scope{Organization: organizations[0].ID, Address: from(ctx).address.String()}
	_, err = a.Store.CreateUser(ctx, of, fleet.User{Email: email, Name: cut(p.Name, 200), Role: a.OIDC.Create}, "")
	if errors.Is(err, store.ErrExists) { // somebody who is disabled, or tied to another subject
		err = store.ErrNotFound
	}
	if err != nil {
		return fleet.User{}, err
	}
	return a.Store.JoinProvider(ctx, email, a.OIDC.Issuer, p.Subject)
}

// stayOut sends a browser back to the page, with the reason in words for its user.
func (a *api) stayOut(ctx context.Context, err error) *redirectOutput {
	why := declined
	switch {
	case errors.Is(err, oidc.ErrFlow):
		why = flowOver
	case errors.Is(err, oidc.ErrAway), errors.Is(err, store.ErrUnreachable):
		why = providerAway
	case errors.Is(err, errNotVouched):
		why = notVouched
	case errors.Is(err, store.ErrNotFound):
		why = nobodyKnown
	}
	a.Log.Warn().Err(err).Stringer("from", from(ctx).address).Msg("sign-in at the provider failed")
	return redirect("/?"+url.Values{"problem": {"oidc"}, "detail": {why}}.Encode(),
		a.flowCookie(ctx, "", -time.Second))
}

// flowCookie keeps a flow with the browser. It is Lax, since it comes back with a navigation that the provider began.
func (a *api) flowCookie(ctx context.Context, value string, life time.Duration) http.Cookie {
	return http.Cookie{
		Name: flowCookie, Value: value, Path: flowPath, MaxAge: int(life / time.Second), HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: from(ctx).secure,
	}
}

// flowOf opens what flowCookie kept: the zero Flow, which nothing matches, if there is none.
func (a *api) flowOf(r *http.Request) (f oidc.Flow) {
	c, err := r.Cookie(flowCookie)
	if err != nil {
		return f
	}
	sealed, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil {
		return f
	}
	kept, err := a.seals.flow.Open(sealed, flowCookie)
	if err != nil || json.Unmarshal(kept, &f) != nil {
		return oidc.Flow{}
	}
	return f
}

// pathOnly gives a path of this server, and / for all that a browser could take for another server's address.
func pathOnly(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" || u.User != nil || !strings.HasPrefix(to, "/") ||
		strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\t\r\n") || strings.HasPrefix(u.Path, "//") ||
		strings.HasPrefix(u.Path, "/api/") {
		return "/"
	}
	return u.String()
}
