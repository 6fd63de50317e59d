package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"drover/server/internal/fleet"
)

// TestEveryRouteHasItsPermission: attack_test.go judges whether it is the right one.
func TestEveryRouteHasItsPermission(t *testing.T) {
	w := newWorld(t)
	for _, pattern := range w.api.router.patterns {
		if _, ok := permissions[pattern]; !ok {
			t.Errorf("%s is not in the table of permissions", pattern)
		}
	}
	for pattern := range permissions {
		if !slices.Contains(w.api.router.patterns, pattern) {
			t.Errorf("%s is in the table of permissions and is no route", pattern)
		}
	}
}

// bodies are the least that some routes take.
var bodies = map[string]string{
	"POST /api/session":           `{"email":"viewer@example.com","password":"` + password + `"}`,
	"POST /api/session/password":  `{"current":"` + password + `","new":"` + password + `"}`,
	"PATCH /api/vehicles/{id}":    `{"plate":"HH-N 1"}`,
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
		{"PATCH", vehicle, `{"plate":"HH-X 1"}`},
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
		{"GET", "/api/devices", "", `"vehicle":%d,`},
		{"GET", "/api/fixes/last", "", `"vehicle":%d,`},
		{"POST", "/api/fixes/within", within, `"id":%d,`},
	} {
		r := w.ask(as, c.method, c.path, c.body).want(w.t, http.StatusOK).contains(w.t, fmt.Sprintf(c.member, own))
		if part := fmt.Sprintf(c.member, foreign); strings.Contains(string(r.body), part) {
			w.t.Errorf("%s %s shows a foreign vehicle: %s", c.method, c.path, r.body)
		}
	}
}
