package api

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"drover/server/internal/identity"
	"drover/server/internal/postgres/postgrestest"
	"drover/server/internal/store"
)

func TestSessions(t *testing.T) {
	w := newWorld(t)
	w.share(t, map[string]func(*testing.T, *world){
		"sign in and out":             testSignInAndOut,
		"cookie is secure behind tls": testCookieIsSecureBehindTLS,
		"other sites change nothing":  testOtherSitesChangeNothing,
		"tokens":                      testTokens,
		"a lasting answer asks again": testAgain,
		"first admin":                 testFirstAdmin,
	})
}

func testSignInAndOut(t *testing.T, w *world) {
	in := w.ask(credential{}, "POST", "/api/session", `{"email":" Viewer@Example.com ","password":"`+password+`"}`).
		want(t, http.StatusOK)
	in.contains(t, `"email":"viewer@example.com"`, `"role":"viewer"`, `"name":"Nordfracht"`)
	c := in.Cookies()[0]
	if c.Name != "drover_session" || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Secure ||
		c.MaxAge <= 0 {
		t.Errorf("cookie: %s", c)
	}
	as := credential{"Cookie", c.Name + "=" + c.Value}
	w.ask(as, "GET", "/api/session", "").want(t, http.StatusOK).contains(t, `"email":"viewer@example.com"`)
	out := w.ask(as, "DELETE", "/api/session", "").want(t, http.StatusNoContent)
	if gone := out.Cookies()[0]; gone.Name != "drover_session" || gone.MaxAge >= 0 {
		t.Errorf("signing out leaves the cookie %s", gone)
	}
	w.ask(as, "GET", "/api/session", "").want(t, http.StatusUnauthorized)
}

func testCookieIsSecureBehindTLS(t *testing.T, w *world) {
	forwarded := func() bool {
		in := w.ask(credential{}, "POST", "/api/session", bodies["POST /api/session"], "X-Forwarded-Proto", "https")
		return in.want(t, http.StatusOK).Cookies()[0].Secure
	}
	if forwarded() {
		t.Error("a stranger is believed that the connection is encrypted")
	}
	w.api.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	defer func() { w.api.Proxies = nil }()
	if !forwarded() {
		t.Error("the proxy is not believed")
	}
}

func TestWrongCredentials(t *testing.T) {
	w := newWorld(t)
	for _, header := range []credential{
		{"Cookie", "drover_session=nonsense"}, {"Cookie", "drover_session="}, {"Authorization", "Bearer drv_nonsense"},
		{"Authorization", "Bearer nonsense"}, {"Authorization", "Basic YTpi"}, {"Authorization", "Bearer"},
	} {
		r := w.ask(header, "GET", "/api/session", "").want(t, http.StatusUnauthorized)
		if r.Header.Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%v: no WWW-Authenticate", header)
		}
	}
	unknown := w.ask(credential{}, "POST", "/api/session", `{"email":"x@example.com","password":"`+password+`"}`)
	wrong := w.ask(credential{}, "POST", "/api/session", `{"email":"admin@example.com","password":"wrong password"}`)
	if string(unknown.want(t, http.StatusUnauthorized).body) != string(wrong.want(t, http.StatusUnauthorized).body) {
		t.Errorf("an unknown e-mail is told: %s, %s", unknown.body, wrong.body)
	}
}

func TestSigningInIsLimited(t *testing.T) {
	w := newWorld(t)
	wrong := `{"email":"admin@example.com","password":"wrong password"}`
	for range 5 {
		w.ask(credential{}, "POST", "/api/session", wrong).want(t, http.StatusUnauthorized)
	}
	r := w.ask(credential{}, "POST", "/api/session", strings.Replace(wrong, "wrong password", password, 1)).
		want(t, http.StatusTooManyRequests)
	if r.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	w.ask(credential{}, "POST", "/api/session", bodies["POST /api/session"]).want(t, http.StatusOK) // another account
}

func TestADisabledUserIsOut(t *testing.T) {
	w := newWorld(t)
	session, token := w.session("viewer"), w.token("viewer")
	w.ask(w.session("admin"), "PATCH", "/api/users/"+w.id("viewer"), `{"disabled":true}`).want(t, http.StatusOK)
	w.ask(session, "GET", "/api/session", "").want(t, http.StatusUnauthorized)
	w.ask(token, "GET", "/api/session", "").want(t, http.StatusUnauthorized)
	w.ask(credential{}, "POST", "/api/session", bodies["POST /api/session"]).want(t, http.StatusUnauthorized)
}

func TestChangeOwnPassword(t *testing.T) {
	w := newWorld(t)
	here, elsewhere := w.session("viewer"), w.session("viewer")
	w.ask(here, "POST", "/api/session/password", `{"current":"not mine","new":"a new password"}`).
		want(t, http.StatusUnauthorized)
	w.ask(here, "POST", "/api/session/password", `{"current":"`+password+`","new":"short"}`).
		want(t, http.StatusUnprocessableEntity).contains(t, "body.new")
	r := w.ask(here, "POST", "/api/session/password", `{"current":"`+password+`","new":"a new password"}`)
	c := r.want(t, http.StatusOK).Cookies()[0]
	w.ask(elsewhere, "GET", "/api/session", "").want(t, http.StatusUnauthorized)
	w.ask(credential{"Cookie", c.Name + "=" + c.Value}, "GET", "/api/session", "").want(t, http.StatusOK)
	w.ask(credential{}, "POST", "/api/session", bodies["POST /api/session"]).want(t, http.StatusUnauthorized)
	w.ask(credential{}, "POST", "/api/session", `{"email":"viewer@example.com","password":"a new password"}`).
		want(t, http.StatusOK)
}

// awayStore is a store that cannot tell whose a session is.
type awayStore struct{ *store.Store }

func (awayStore) Session(context.Context, [32]byte) (store.Identity, error) {
	return store.Identity{}, store.ErrUnreachable
}

func testAgain(t *testing.T, w *world) {
	as := w.session("viewer2")
	w.ask(as, "GET", "/api/live", "").want(t, http.StatusOK)
	line := w.watching.Load()
	if who, err := Again(line); err != nil || who.Organization.ID != w.orgs[1].ID {
		t.Errorf("signed in: %+v, %v", who, err)
	}
	w.api.Store = awayStore{w.store}
	if _, err := Again(line); !errors.Is(err, store.ErrUnreachable) || errors.Is(err, ErrRefused) {
		t.Errorf("without a database: %v", err)
	}
	w.api.Store = w.store
	w.ask(as, "DELETE", "/api/session", "").want(t, http.StatusNoContent)
	if _, err := Again(line); !errors.Is(err, ErrRefused) {
		t.Errorf("signed out: %v", err)
	}
	if _, err := Again(httptest.NewRequest(http.MethodGet, "/", nil)); !errors.Is(err, ErrRefused) {
		t.Errorf("a request that was not let in: %v", err)
	}
}

func testOtherSitesChangeNothing(t *testing.T, w *world) {
	as := w.session("admin")
	path, body := "/api/vehicles/"+w.vehicleID(0), `{"plate":"STOLEN"}`
	for _, header := range [][]string{
		{"Origin", "https://evil.example"}, {"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"},
		{"Sec-Fetch-Site", "same-site"},
	} {
		w.ask(as, "PATCH", path, body, header...).want(t, http.StatusForbidden)
		w.ask(credential{}, "POST", "/api/session", bodies["POST /api/session"], header...).want(t, http.StatusForbidden)
	}
	w.ask(as, "PATCH", path, body, "Origin", w.url).want(t, http.StatusOK)
	w.ask(as, "PATCH", path, body, "Sec-Fetch-Site", "same-origin").want(t, http.StatusOK)
}

func testTokens(t *testing.T, w *world) {
	as := w.session("dispatcher")
	var made struct {
		ID                int32
		Token, Name, Role string
	}
	r := w.ask(as, "POST", "/api/tokens", `{"name":"reports","role":"viewer","expires":"2100-01-01T00:00:00Z"}`)
	r.want(t, http.StatusCreated).contains(t, `"expires":"2100-01-01T00:00:00.000Z"`, `"used":null`)
	r.into(t, &made)
	bearer := credential{"Authorization", "Bearer " + made.Token}
	w.ask(bearer, "GET", "/api/session", "").want(t, http.StatusOK).contains(t, `"role":"viewer"`)
	w.ask(bearer, "POST", "/api/devices", bodies["POST /api/devices"]).want(t, http.StatusForbidden)
	w.ask(bearer, "POST", "/api/tokens", `{"name":"child"}`).want(t, http.StatusForbidden)
	w.ask(as, "POST", "/api/tokens", `{"name":"more","role":"admin"}`).
		want(t, http.StatusUnprocessableEntity).contains(t, "body.role")
	w.ask(as, "POST", "/api/tokens", `{"name":"old","expires":"2020-01-01T00:00:00Z"}`).
		want(t, http.StatusUnprocessableEntity).contains(t, "body.expires")
	list := w.ask(as, "GET", "/api/tokens", "").want(t, http.StatusOK).contains(t, `"name":"reports"`)
	if strings.Contains(string(list.body), "drv_") {
		t.Errorf("the list shows secrets: %s", list.body)
	}
	path := "/api/tokens/" + strconv.Itoa(int(made.ID))
	w.ask(w.session("admin"), "DELETE", path, "").want(t, http.StatusNotFound) // not the own
	w.ask(as, "DELETE", path, "").want(t, http.StatusNoContent)
	w.ask(bearer, "GET", "/api/session", "").want(t, http.StatusUnauthorized)
}

func (w *world) id(user string) string    { return strconv.Itoa(int(w.users[user].ID)) }
func (w *world) vehicleID(org int) string { return strconv.Itoa(int(w.vehicles[org])) }

func testFirstAdmin(t *testing.T, w *world) {
	fresh, err := store.Open(t.Context(), postgrestest.New(t), store.Options{Log: zerolog.Nop()})
	w.must(err)
	t.Cleanup(fresh.Close)
	w.use(fresh)
	first, err := identity.FirstAdmin(t.Context(), fresh, w.api.passwords, "Nordfracht", "Boss@Example.com")
	w.must(err)
	again, err := identity.FirstAdmin(t.Context(), fresh, w.api.passwords, "Nordfracht", "boss@example.com")
	w.must(err)
	if first == "" || again != "" {
		t.Errorf("passwords %q, then %q; want one, once", first, again)
	}
	body := `{"email":"boss@example.com","password":"` + first + `"}`
	w.ask(credential{}, "POST", "/api/session", body).want(t, http.StatusOK).contains(t, `"role":"admin"`)
}
