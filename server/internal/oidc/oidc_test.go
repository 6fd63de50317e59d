package oidc_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"drover/server/internal/oidc"
	"drover/server/internal/oidc/oidctest"
)

const redirect = "http://127.0.0.1:1/api/session/oidc/callback"

// visit begins a sign-in, has somebody sign in at the provider, and gives what the browser comes back with.
func visit(t *testing.T, c *oidc.Client, subject string) (oidc.Flow, url.Values) {
	t.Helper()
	at, flow, err := c.Begin(t.Context(), redirect, "/history")
	if err != nil {
		t.Fatal(err)
	}
	back, err := oidctest.SignIn(at, subject)
	if err != nil {
		t.Fatal(err)
	}
	return flow, back.Query()
}

func TestSignIn(t *testing.T) {
	ada := oidctest.Account{Email: "ada@example.com", Verified: true, Name: "Ada"}
	issuer := oidctest.Start(t, redirect, map[string]oidctest.Account{"ada": ada, "eve": {Email: "eve@example.com"}})
	client := func(change func(*oidc.Config)) *oidc.Client {
		config := oidc.Config{Issuer: issuer, ClientID: oidctest.ClientID, ClientSecret: oidctest.ClientSecret}
		change(&config)
		return oidc.New(config)
	}
	usual := func(*oidc.Config) {}
	nothing := func(*oidc.Flow, url.Values) {}
	for name, c := range map[string]struct {
		config  func(*oidc.Config)
		subject string
		spoil   func(*oidc.Flow, url.Values)
		want    error
		person  oidc.Person
	}{
		"ada": {usual, "ada", nothing, nil,
			oidc.Person{Subject: "ada", Email: "ada@example.com", Verified: true, Name: "Ada"}},
		"unverified": {usual, "eve", nothing, nil, oidc.Person{Subject: "eve", Email: "eve@example.com"}},
		"declined":   {usual, "refuse", nothing, oidc.ErrRefused, oidc.Person{}},
		"wrong state": {usual, "ada", func(_ *oidc.Flow, q url.Values) { q.Set("state", "x") }, oidc.ErrFlow,
			oidc.Person{}},
		"no state": {usual, "ada", func(f *oidc.Flow, q url.Values) { f.State = ""; q.Del("state") }, oidc.ErrFlow,
			oidc.Person{}},
		"too late": {usual, "ada", func(f *oidc.Flow, _ url.Values) { f.Started = f.Started.Add(-time.Hour) },
			oidc.ErrFlow, oidc.Person{}},
		"from the future": {usual, "ada", func(f *oidc.Flow, _ url.Values) { f.Started = f.Started.Add(time.Hour) },
			oidc.ErrFlow, oidc.Person{}},
		"wrong nonce": {usual, "ada", func(f *oidc.Flow, _ url.Values) { f.Nonce = "x" }, oidc.ErrToken, oidc.Person{}},
		"wrong verifier": {usual, "ada", func(f *oidc.Flow, _ url.Values) { f.Verifier += "x" }, oidc.ErrRefused,
			oidc.Person{}},
		"wrong code": {usual, "ada", func(_ *oidc.Flow, q url.Values) { q.Set("code", "x") }, oidc.ErrRefused,
			oidc.Person{}},
		"no code": {usual, "ada", func(_ *oidc.Flow, q url.Values) { q.Del("code") }, oidc.ErrRefused, oidc.Person{}},
		"another issuer": {usual, "ada", func(_ *oidc.Flow, q url.Values) { q.Set("iss", "https://evil.example") },
			oidc.ErrToken, oidc.Person{}},
		"wrong secret": {func(c *oidc.Config) { c.ClientSecret = "x" }, "ada", nothing, oidc.ErrRefused, oidc.Person{}},
		"expired token": {func(c *oidc.Config) { c.Now = func() time.Time { return time.Now().Add(time.Hour) } }, "ada",
			nothing, oidc.ErrToken, oidc.Person{}},
	} {
		t.Run(name, func(t *testing.T) {
			cl := client(c.config)
			flow, query := visit(t, cl, c.subject)
			c.spoil(&flow, query)
			person, err := cl.Finish(t.Context(), flow, query)
			if !errors.Is(err, c.want) || person != c.person {
				t.Errorf("got %+v, %v; want %+v, %v", person, err, c.person, c.want)
			}
		})
	}
	t.Run("a code twice", func(t *testing.T) {
		cl := client(usual)
		flow, query := visit(t, cl, "ada")
		if _, err := cl.Finish(t.Context(), flow, query); err != nil {
			t.Fatal(err)
		}
		if _, err := cl.Finish(t.Context(), flow, query); !errors.Is(err, oidc.ErrRefused) {
			t.Errorf("the second time: %v", err)
		}
	})
	t.Run("a token for another client", func(t *testing.T) {
		other := client(func(c *oidc.Config) { c.ClientID, c.ClientSecret = "other", "the secret of other" })
		flow, query := visit(t, other, "ada")
		if person, err := client(usual).Finish(t.Context(), flow, query); !errors.Is(err, oidc.ErrRefused) {
			t.Errorf("got %+v, %v", person, err)
		}
	})
}

// TestProviderIsAway: nobody can sign in, and as soon as it is there, everybody can. One that says that it is another
// issuer is not there.
func TestProviderIsAway(t *testing.T) {
	issuer := oidctest.Start(t, redirect, map[string]oidctest.Account{"ada": {}})
	answer := http.NotFound
	door := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { answer(w, r) }))
	defer door.Close()
	client := oidc.New(oidc.Config{Issuer: door.URL, ClientID: oidctest.ClientID})
	if _, _, err := client.Begin(t.Context(), redirect, "/"); !errors.Is(err, oidc.ErrAway) {
		t.Errorf("away: %v", err)
	}
	answer = func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, issuer+r.URL.Path, http.StatusFound) }
	if _, _, err := client.Begin(t.Context(), redirect, "/"); !errors.Is(err, oidc.ErrAway) {
		t.Errorf("another issuer: %v", err)
	}
	answer = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"issuer":%q,"authorization_endpoint":%q}`, door.URL, issuer+"/auth")
	}
	at, _, err := client.Begin(t.Context(), redirect, "/")
	if err != nil || !strings.HasPrefix(at, issuer+"/auth?") {
		t.Errorf("back again: %s, %v", at, err)
	}
}
