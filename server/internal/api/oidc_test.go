package api

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"drover/server/internal/fleet"
	"drover/server/internal/oidc"
	"drover/server/internal/oidc/oidctest"
)

// browse goes with a browser that keeps cookies from the sign-in at the provider back to the page, and gives where it
// ends. spoil may change the address that the provider sends it back to.
func (w *world) browse(jar http.CookieJar, subject, page string, spoil func(*url.URL)) *url.URL {
	w.t.Helper()
	browser := http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	visit := func(to string) *url.URL {
		r, err := browser.Get(to)
		w.must(err)
		defer r.Body.Close()
		if r.StatusCode != http.StatusFound {
			w.t.Fatalf("%s: got %d", to, r.StatusCode)
		}
		at, err := r.Location()
		w.must(err)
		return at
	}
	away := visit(w.url + "/api/session/oidc?return=" + url.QueryEscape(page))
	if strings.HasPrefix(away.String(), w.url) {
		return away
	}
	back, err := oidctest.SignIn(away.String(), subject)
	w.must(err)
	spoil(back)
	return visit(back.String())
}

func withProvider(t *testing.T) *world {
	w := newWorld(t)
	issuer := oidctest.Start(t, w.url+"/api/session/oidc/callback", map[string]oidctest.Account{
		"viewer":     {Email: "Viewer@example.com", Verified: true},
		"second":     {Email: "viewer2@example.com", Verified: true},
		"unknown":    {Email: "unknown@example.com", Verified: true, Name: "Una"},
		"unverified": {Email: "dispatcher@example.com"},
		"other":      {Email: "viewer@example.com", Verified: true},
	})
	w.api.OIDC = &Provider{
		Client: oidc.New(oidc.Config{Issuer: issuer, ClientID: oidctest.ClientID, ClientSecret: oidctest.ClientSecret}),
		Issuer: issuer, Name: "Example ID",
	}
	return w
}

func TestSignInElsewhere(t *testing.T) {
	w := withProvider(t)
	w.ask(credential{}, "GET", "/api/hello", "").want(t, http.StatusOK).contains(t, `"oidc":{"name":"Example ID"}`)
	nothing := func(*url.URL) {}
	for _, c := range []struct {
		name, subject, page string
		spoil               func(*url.URL)
		email, problem      string // who is signed in then, or why nobody is
	}{
		{"the own account", "viewer", "/history?vehicle=7", nothing, "viewer@example.com", ""},
		{"again, by the subject", "viewer", "/", nothing, "viewer@example.com", ""},
		{"of the second organization", "second", "/", nothing, "viewer2@example.com", ""},
		{"another subject with the same e-mail", "other", "/", nothing, "", nobodyKnown},
		{"an unknown e-mail", "unknown", "/", nothing, "", nobodyKnown},
		{"an e-mail that is not verified", "unverified", "/", nothing, "", notVouched},
		{"who declined", "refuse", "/", nothing, "", declined},
		{"a wrong state", "viewer", "/", func(u *url.URL) { spoilQuery(u, "state", "x") }, "", flowOver},
		{"a wrong code", "viewer", "/", func(u *url.URL) { spoilQuery(u, "code", "x") }, "", declined},
	} {
		t.Run(c.name, func(t *testing.T) {
			jar, err := cookiejar.New(nil)
			w.must(err)
			at := w.browse(jar, c.subject, c.page, c.spoil)
			if c.problem != "" {
				if at.Path != "/" || at.Query().Get("problem") != "oidc" || at.Query().Get("detail") != c.problem {
					t.Errorf("ends at %s", at)
				}
				w.wantIn(jar, "")
				return
			}
			if at.String() != w.url+c.page {
				t.Errorf("ends at %s, want %s", at, c.page)
			}
			w.wantIn(jar, c.email)
		})
	}
}

func spoilQuery(u *url.URL, name, value string) {
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
}

// wantIn asks who a browser is signed in as; "" for nobody.
func (w *world) wantIn(jar http.CookieJar, email string) {
	w.t.Helper()
	at, err := url.Parse(w.url + "/api/session")
	w.must(err)
	as := credential{}
	for _, c := range jar.Cookies(at) {
		if c.Name == sessionCookie {
			as = credential{"Cookie", c.Name + "=" + c.Value}
		}
	}
	if email == "" {
		w.ask(as, "GET", "/api/session", "").want(w.t, http.StatusUnauthorized)
		return
	}
	w.ask(as, "GET", "/api/session", "").want(w.t, http.StatusOK).contains(w.t, `"email":"`+email+`"`)
}

// TestAnotherBrowser: who is lured to the end of a sign-in that somebody else began is not signed in.
func TestAnotherBrowser(t *testing.T) {
	w := withProvider(t)
	theirs, err := cookiejar.New(nil)
	w.must(err)
	var lure string
	w.browse(theirs, "viewer", "/", func(u *url.URL) {
		lure = u.String()
		u.RawQuery = "state=x" // the one who lures keeps the code for the other
	})
	r := w.ask(credential{}, "GET", strings.TrimPrefix(lure, w.url), "")
	if r.Header.Get("Set-Cookie") != "" && strings.Contains(strings.Join(r.Header.Values("Set-Cookie"), ""), sessionCookie+"=") {
		t.Errorf("signed in: %v", r.Header)
	}
}

func TestANewUserFromTheProvider(t *testing.T) {
	w := withProvider(t)
	w.api.OIDC.Create = fleet.Viewer
	jar, err := cookiejar.New(nil)
	w.must(err)
	w.browse(jar, "unknown", "/", func(*url.URL) {})
	w.wantIn(jar, "unknown@example.com")
	list := w.ask(w.session("admin"), "GET", "/api/users", "").want(t, http.StatusOK).contains(t, `"name":"Una"`)
	var users struct{ Items []User }
	list.into(t, &users)
	for _, u := range users.Items {
		if u.Email == "unknown@example.com" && u.Role != fleet.Viewer {
			t.Errorf("made %+v", u)
		}
	}
	w.ask(credential{}, "POST", "/api/session", `{"email":"unknown@example.com","password":""}`).
		want(t, http.StatusUnauthorized) // there is no password
}

func TestADisabledUserDoesNotComeInElsewhere(t *testing.T) {
	w := withProvider(t)
	w.api.OIDC.Create = fleet.Viewer
	for range 2 { // before and after the account is tied to the subject
		w.ask(w.session("admin"), "PATCH", "/api/users/"+w.id("viewer"), `{"disabled":true}`).want(t, http.StatusOK)
		jar, err := cookiejar.New(nil)
		w.must(err)
		if at := w.browse(jar, "viewer", "/", func(*url.URL) {}); at.Query().Get("detail") != nobodyKnown {
			t.Errorf("ends at %s", at)
		}
		w.wantIn(jar, "")
		w.ask(w.session("admin"), "PATCH", "/api/users/"+w.id("viewer"), `{"disabled":false}`).want(t, http.StatusOK)
		w.browse(jar, "viewer", "/", func(*url.URL) {})
		w.wantIn(jar, "viewer@example.com")
	}
}

// TestReturn: after signing in one comes back to a page of this server and to nowhere else.
func TestReturn(t *testing.T) {
	for to, want := range map[string]string{
		"/history?vehicle=7": "/history?vehicle=7", "/share/x#y": "/share/x#y", "": "/", "history": "/",
		"https://evil.example/": "/", "//evil.example": "/", "/\\evil.example": "/", "\\\\evil.example": "/",
		"javascript:alert(1)": "/", "/\t/evil.example": "/", "/\r\nSet-Cookie: x=y": "/", "/%2F/evil.example": "/",
		"http:evil.example": "/", "///evil.example": "/", "/api/session": "/", "%": "/",
	} {
		if got := pathOnly(to); got != want {
			t.Errorf("%q: got %q, want %q", to, got, want)
		}
	}
}
