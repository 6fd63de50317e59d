package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"drover/server/internal/fleet"
)

// callers are who tries every route: sessions, and tokens under "token ".
var callers = []string{
	"nobody", "viewer", "dispatcher", "admin", "viewer2", "dispatcher2", "admin2",
	"token viewer", "token dispatcher", "token admin", "token viewer2", "token dispatcher2", "token admin2",
}

// who may call what, by words of their own, so that the table of permissions cannot agree with itself only.
const (
	everybody  = "everybody"
	signedUp   = "viewers and above"
	inSession  = "viewers and above in a session"
	movers     = "dispatchers and above"
	admins     = "admins"
	operators  = "admins of the first organization"
	machineToo = "admins of the first organization, and this machine"
)

var whoMay = map[string]string{
	"POST /api/session": everybody, "GET /api/session": signedUp, "DELETE /api/session": inSession,
	"POST /api/session/password": inSession,
	"GET /api/vehicles":          signedUp, "GET /api/vehicles/{id}": signedUp, "PATCH /api/vehicles/{id}": movers,
	"GET /api/vehicles/{id}/fixes": signedUp, "GET /api/fixes/last": signedUp, "POST /api/fixes/within": signedUp,
	"GET /api/live": signedUp, "GET /api/devices": signedUp, "POST /api/devices": movers,
	"PATCH /api/devices/{id}": movers, "POST /api/devices/import": movers, "GET /api/knocks": movers,
	"POST /api/knocks/{id}/adopt": movers, "GET /api/users": admins, "POST /api/users": admins,
	"PATCH /api/users/{id}": admins, "GET /api/tokens": signedUp, "POST /api/tokens": inSession,
	"DELETE /api/tokens/{id}": signedUp, "GET /api/server": operators, "GET /metrics": machineToo,
	"GET /healthz": everybody, "GET /readyz": everybody, "GET /api/openapi.json": everybody, "GET /tiles/": everybody,
	"/": everybody, "/api/": everybody,
}

// allowed says whether words let a caller in.
func allowed(words, caller string) bool {
	name, byToken := strings.CutPrefix(caller, "token ")
	role := strings.TrimSuffix(name, "2")
	switch words {
	case everybody:
		return true
	case signedUp:
		return role != "nobody"
	case inSession:
		return role != "nobody" && !byToken
	case movers:
		return role == "dispatcher" || role == "admin"
	case admins:
		return role == "admin"
	case operators, machineToo:
		return name == "admin"
	}
	return false
}

func TestEveryRouteHasItsPermission(t *testing.T) {
	w := newWorld(t)
	w.drive(0, 3)
	for _, pattern := range w.api.router.patterns {
		if _, ok := permissions[pattern]; !ok {
			t.Errorf("%s is not in the table of permissions", pattern)
		}
		if whoMay[pattern] == "" {
			t.Errorf("%s is not in this test", pattern)
		}
	}
	for pattern := range permissions {
		if !slices.Contains(w.api.router.patterns, pattern) {
			t.Errorf("%s is in the table of permissions and is no route", pattern)
		}
	}
	for _, pattern := range w.api.router.patterns {
		for _, caller := range callers {
			w.try(pattern, caller)
		}
	}
}

// try sends the request of a route as a caller and judges the status.
func (w *world) try(pattern, caller string) {
	w.t.Helper()
	as := credential{}
	if name, byToken := strings.CutPrefix(caller, "token "); byToken {
		as = w.token(name)
	} else if caller != "nobody" {
		as = w.session(caller)
	}
	method, path, found := strings.Cut(pattern, " ")
	if !found {
		method, path = http.MethodGet, pattern
	}
	path = strings.ReplaceAll(path, "{id}", fmt.Sprint(w.vehicles[0]))
	// A proxy's header keeps /metrics from taking this test for the machine itself.
	got := w.ask(as, method, path, bodies[pattern], "X-Forwarded-For", "192.0.2.1").StatusCode
	refused := got == http.StatusUnauthorized || got == http.StatusForbidden
	switch may := allowed(whoMay[pattern], caller); {
	case may && (refused || got >= 500):
		w.t.Errorf("%s as %s: got %d, though %s may", pattern, caller, got, whoMay[pattern])
	case !may && caller == "nobody" && got != http.StatusUnauthorized:
		w.t.Errorf("%s as nobody: got %d, want 401", pattern, got)
	case !may && caller != "nobody" && got != http.StatusForbidden:
		w.t.Errorf("%s as %s: got %d, want 403, for it is for %s", pattern, caller, got, whoMay[pattern])
	}
}

// bodies are the least that each route takes.
var bodies = map[string]string{
	"POST /api/session":           `{"email":"viewer@example.com","password":"` + password + `"}`,
	"POST /api/session/password":  `{"current":"` + password + `","new":"` + password + `"}`,
	"PATCH /api/vehicles/{id}":    `{"group":"North"}`,
	"POST /api/fixes/within":      `{"polygon":` + square + `,"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}`,
	"POST /api/devices":           `{"identity":"352093081452999"}`,
	"PATCH /api/devices/{id}":     `{"model":"FMC130"}`,
	"POST /api/devices/import":    "identity,name\n352093081452998,Truck\n",
	"POST /api/knocks/{id}/adopt": `{"name":"Stranger"}`,
	"POST /api/users":             `{"email":"new@example.com","role":"viewer"}`,
	"PATCH /api/users/{id}":       `{"name":"Somebody"}`,
	"POST /api/tokens":            `{"name":"script"}`,
}

const square = `{"type":"Polygon","coordinates":[[[9,53],[11,53],[11,54],[9,54],[9,53]]]}`

func TestARouteThatIsNotInTheTableIsClosed(t *testing.T) {
	w := newWorld(t)
	w.api.router.HandleFunc("GET /api/forgotten", func(http.ResponseWriter, *http.Request) {
		t.Error("a forgotten route was served")
	})
	w.ask(w.session("admin"), "GET", "/api/forgotten", "").want(t, http.StatusForbidden)
	w.ask(credential{}, "GET", "/api/forgotten", "").want(t, http.StatusUnauthorized)
}

func TestOrganizationsDoNotSeeEachOther(t *testing.T) {
	w := newWorld(t)
	w.drive(0, 3)
	w.drive(1, 3)
	admin, other := w.session("admin"), w.session("admin2")
	vehicle := fmt.Sprint("/api/vehicles/", w.vehicles[0])
	device := fmt.Sprint("/api/devices/", w.devices[0].ID)
	for _, c := range []struct{ method, path, body string }{
		{"GET", vehicle, ""},
		{"GET", vehicle + "/fixes", ""},
		{"GET", vehicle + "/fixes?format=csv", ""},
		{"PATCH", vehicle, `{"group":"North"}`},
		{"PATCH", device, `{"model":"FMC130"}`},
		{"PATCH", fmt.Sprint("/api/users/", w.users["viewer"].ID), `{"name":"Somebody"}`},
	} {
		w.ask(admin, c.method, c.path, c.body).want(t, http.StatusOK)
		w.ask(other, c.method, c.path, c.body).want(t, http.StatusNotFound)
	}
	w.wantOwnOnly(admin, w.vehicles[0], w.vehicles[1])
	w.wantOwnOnly(other, w.vehicles[1], w.vehicles[0])
	w.ask(w.session("viewer"), "GET", "/api/live", "").want(t, http.StatusOK).
		contains(t, fmt.Sprint("live for ", w.orgs[0].ID))
	if r := w.ask(other, "GET", "/api/knocks", ""); r.StatusCode != http.StatusOK {
		t.Errorf("knocks: %d", r.StatusCode)
	}
}

// wantOwnOnly asks every list, and wants the own vehicle in it and the foreign one not.
func (w *world) wantOwnOnly(as credential, own, foreign fleet.VehicleID) {
	w.t.Helper()
	within := fmt.Sprintf(`{"polygon":%s,"from":%q,"to":%q}`, square,
		epoch.Format("2006-01-02T15:04:05Z"), epoch.AddDate(0, 0, 1).Format("2006-01-02T15:04:05Z"))
	for _, c := range []struct{ method, path, body, member string }{
		{"GET", "/api/vehicles", "", `"id":%d,"name"`},
		{"GET", "/api/devices", "", `"vehicle":%d}`},
		{"GET", "/api/fixes/last", "", `"vehicle":%d,`},
		{"POST", "/api/fixes/within", within, `"id":%d,`},
	} {
		r := w.ask(as, c.method, c.path, c.body).want(w.t, http.StatusOK).contains(w.t, fmt.Sprintf(c.member, own))
		if part := fmt.Sprintf(c.member, foreign); strings.Contains(string(r.body), part) {
			w.t.Errorf("%s %s shows a foreign vehicle: %s", c.method, c.path, r.body)
		}
	}
}
