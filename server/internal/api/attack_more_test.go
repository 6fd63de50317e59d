package api

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"drover/server/internal/identity"
)

func TestMoreAttacks(t *testing.T) {
	w := newWorld(t)
	w.drive(1, 3)
	w.share(t, map[string]func(*testing.T, *world){
		"session fixation":          testSessionFixation,
		"members that are not ours": testMassAssignment,
		"forged cursors":            testForgedCursors,
		"ids of other nouns":        testIDsOfOtherNouns,
		"header injection":          testHeaderInjection,
		"links are guessed":         testLinksAreGuessed,
		"secrets in the log":        testSecretsInTheLog,
		"an admin of a group":       testAnAdminOfAGroup,
		"another's history by id":   testAnothersHistory,
	})
}

// testSessionFixation: a secret that was planted in a browser is not the session's after signing in, and the session
// that was there has ended.
func testSessionFixation(t *testing.T, w *world) {
	planted := credential{"Cookie", sessionCookie + "=planted"}
	in := w.ask(planted, "POST", "/api/session", bodies["POST /api/session"]).want(t, http.StatusOK).Cookies()[0]
	if in.Value == "planted" || len(in.Value) < 40 {
		t.Errorf("the session is %s", in)
	}
	w.ask(planted, "GET", "/api/session", "").want(t, http.StatusUnauthorized)
	first := credential{"Cookie", sessionCookie + "=" + in.Value}
	w.ask(first, "POST", "/api/session", bodies["POST /api/session"]).want(t, http.StatusOK)
	w.ask(first, "GET", "/api/session", "").want(t, http.StatusUnauthorized)
}

// testMassAssignment: members that no body has are refused, and so nobody sets what is not theirs to set.
func testMassAssignment(t *testing.T, w *world) {
	foreign := fmt.Sprint(w.orgs[1].ID)
	for path, body := range map[string]string{
		"POST /api/users":                       `{"email":"m@example.com","role":"viewer","organization_id":` + foreign + `}`,
		"PATCH /api/users/" + w.id("viewer"):    `{"organization":` + foreign + `}`,
		"PATCH /api/session":                    `{"role":"admin"}`,
		"POST /api/devices":                     `{"identity":"352093081452990","organization_id":` + foreign + `}`,
		"PATCH /api/vehicles/" + w.vehicleID(0): `{"organization_id":` + foreign + `}`,
		"POST /api/tokens":                      `{"name":"x","user_id":` + w.id("admin2") + `}`,
	} {
		method, at, _ := strings.Cut(path, " ")
		w.ask(w.session("admin"), method, at, body).want(t, http.StatusUnprocessableEntity).contains(t, "unexpected property")
	}
	w.ask(w.session("viewer"), "PATCH", "/api/session", `{"name":"Vi","settings":{"role":"admin"}}`).want(t, http.StatusOK).
		contains(t, `"role":"viewer"`)
	w.ask(w.session("dispatcher"), "POST", "/api/tokens", `{"name":"x","role":"admin"}`).
		want(t, http.StatusUnprocessableEntity)
	w.ask(w.session("admin"), "POST", "/api/tokens", `{"name":"x","scopes":["everything"]}`).
		want(t, http.StatusUnprocessableEntity)
}

func testForgedCursors(t *testing.T, w *world) {
	forged := []string{"x", "!", base64.RawURLEncoding.EncodeToString([]byte("1 ' OR 1=1 --")),
		base64.RawURLEncoding.EncodeToString([]byte("99999999999999999999 x")),
		base64.RawURLEncoding.EncodeToString([]byte("-1 \x00")), base64.RawURLEncoding.EncodeToString([]byte("0 "))}
	for _, path := range []string{"/api/vehicles", "/api/devices", "/api/drivers", "/api/audit"} {
		for _, after := range forged {
			r := w.ask(w.session("admin"), "GET", path+"?after="+after, "")
			if r.StatusCode != http.StatusOK && r.StatusCode != http.StatusUnprocessableEntity {
				t.Errorf("%s after %q: got %d: %s", path, after, r.StatusCode, r.body)
			}
			if bytes.Contains(r.body, []byte("HH-1")) {
				t.Errorf("%s after %q shows another's: %s", path, after, r.body)
			}
		}
	}
}

// testIDsOfOtherNouns: an id that is no number, or too large for one, is no fault of the server's.
func testIDsOfOtherNouns(t *testing.T, w *world) {
	for _, noun := range []string{"vehicles", "devices", "drivers", "groups", "users"} {
		for _, id := range []string{"0", "-1", "2147483648", "1e3", "1%20OR%201=1", "..", "%00", "null"} {
			r := w.ask(w.session("admin"), "GET", "/api/"+noun+"/"+id, "")
			if r.StatusCode < 300 && id != ".." || r.StatusCode >= 500 {
				t.Errorf("%s %q: got %d", noun, id, r.StatusCode)
			}
		}
	}
	// The number is a vehicle's, and its organization's.
	w.ask(w.session("admin2"), "GET", "/api/users/"+w.id("viewer"), "").want(t, http.StatusNotFound)
}

func testHeaderInjection(t *testing.T, w *world) {
	for _, path := range []string{
		"/api/session/oidc?return=/%0d%0aSet-Cookie:%20x=y", "/api/session/oidc/callback?state=%0d%0aSet-Cookie:%20x=y",
		"/api/shared/%0d%0aSet-Cookie:%20x=y", "/%0d%0aSet-Cookie:%20x=y",
		"/api/vehicles/" + w.vehicleID(0) + "/fixes?format=csv%0d%0aSet-Cookie:%20x=y",
	} {
		if r := w.ask(w.session("admin"), "GET", path, ""); r.Header.Get("Set-Cookie") != "" || r.StatusCode >= 500 {
			t.Errorf("%s: got %d, %v", path, r.StatusCode, r.Header)
		}
	}
}

func testLinksAreGuessed(t *testing.T, w *world) {
	w.api.guesses = identity.NewLinkLimit()
	for range 20 {
		w.ask(credential{}, "GET", "/api/shared/guess", "").want(t, http.StatusNotFound)
	}
	r := w.ask(credential{}, "GET", "/api/shared/guess", "").want(t, http.StatusTooManyRequests)
	if r.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
}

// testSecretsInTheLog: passwords, sessions, tokens and links stay out of it, at every level.
func testSecretsInTheLog(t *testing.T, w *world) {
	var log bytes.Buffer
	before := w.api.Log
	w.api.Log = zerolog.New(zerolog.SyncWriter(&log))
	defer func() { w.api.Log = before }()
	as := w.session("admin")
	var token struct{ Token string }
	w.ask(as, "POST", "/api/tokens", `{"name":"log"}`).want(t, http.StatusCreated).into(t, &token)
	w.ask(bearer(token.Token), "GET", "/api/vehicles", "").want(t, http.StatusOK)
	var link struct{ URL string }
	w.ask(as, "POST", "/api/links", `{"vehicle_id":`+w.vehicleID(0)+`,"expires":"`+tomorrow()+`"}`).
		want(t, http.StatusCreated).into(t, &link)
	secret := regexp.MustCompile(`/share/(.+)$`).FindStringSubmatch(link.URL)[1]
	w.api.guesses = identity.NewLinkLimit()
	w.ask(credential{}, "GET", "/api/shared/"+secret, "")
	w.ask(credential{}, "POST", "/api/session", bodies["POST /api/session"]).want(t, http.StatusOK)
	for _, text := range []string{token.Token, secret, password, strings.TrimPrefix(as.value, sessionCookie+"=")} {
		if strings.Contains(log.String(), text) {
			t.Errorf("%q stands in the log:\n%s", text, log.String())
		}
	}
	if !strings.Contains(log.String(), `"path":"/api/tokens"`) {
		t.Error("the log is empty")
	}
}

// testAnAdminOfAGroup cannot lift the own limit.
func testAnAdminOfAGroup(t *testing.T, w *world) {
	var group, made struct {
		ID       int32
		Password string
	}
	admin := w.session("admin")
	w.ask(admin, "POST", "/api/groups", `{"name":"Depot"}`).want(t, http.StatusCreated).into(t, &group)
	w.ask(admin, "POST", "/api/users", fmt.Sprintf(`{"email":"depot@example.com","role":"admin","groups":[%d]}`, group.ID)).
		want(t, http.StatusCreated).into(t, &made)
	in := w.ask(credential{}, "POST", "/api/session", `{"email":"depot@example.com","password":"`+made.Password+`"}`).
		want(t, http.StatusOK).contains(t, fmt.Sprintf(`"groups":[%d]`, group.ID))
	as := credential{"Cookie", sessionCookie + "=" + in.Cookies()[0].Value}
	path := fmt.Sprint("/api/users/", made.ID)
	w.ask(as, "PATCH", path, `{"groups":[]}`).want(t, http.StatusForbidden)
	w.ask(as, "POST", "/api/users", `{"email":"x@example.com","role":"admin"}`).want(t, http.StatusForbidden)
	w.ask(admin, "PATCH", path, `{"groups":[2147483647]}`).want(t, http.StatusUnprocessableEntity)
	w.ask(admin, "PATCH", path, `{"groups":[]}`).want(t, http.StatusOK).contains(t, `"groups":[]`)
	w.ask(as, "GET", "/api/users", "").want(t, http.StatusOK)
	w.ask(admin, "DELETE", path, "").want(t, http.StatusNoContent)
}

func testAnothersHistory(t *testing.T, w *world) {
	play := "/api/fixes/play?from=" + stamp(0) + "&to=" + stamp(1) + "&vehicle=" + w.vehicleID(1)
	w.ask(w.session("admin"), "GET", play, "").want(t, http.StatusOK).contains(t, `"vehicles":[]`)
	w.ask(w.session("admin2"), "GET", play, "").want(t, http.StatusOK).contains(t, `{"id":`+w.vehicleID(1)+`,`)
	for _, path := range []string{
		"/api/vehicles/" + w.vehicleID(1) + "/day?from=" + stamp(0) + "&to=" + stamp(1),
		"/api/vehicles/" + w.vehicleID(1) + "/fixes?format=kml",
	} {
		w.ask(w.session("admin"), "GET", path, "").want(t, http.StatusNotFound)
		w.ask(w.session("admin2"), "GET", path, "").want(t, http.StatusOK)
	}
}
