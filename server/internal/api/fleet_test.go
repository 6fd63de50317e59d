package api

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"drover/server/internal/fleet"
)

func TestVehicles(t *testing.T) {
	w := newWorld(t)
	w.drive(0, 3)
	as := w.session("dispatcher")
	var page struct {
		Items []struct {
			ID     int
			Name   string
			Device *struct{ Identity string }
			Last   *struct{ Time string }
		}
		Next *string
	}
	w.ask(as, "GET", "/api/vehicles?limit=1", "").want(t, http.StatusOK).into(t, &page)
	if len(page.Items) != 1 || page.Next == nil || page.Items[0].Name != "Van 0" || page.Items[0].Last == nil {
		t.Fatalf("first page: %+v", page)
	}
	w.ask(as, "GET", "/api/vehicles?limit=1&after="+*page.Next, "").want(t, http.StatusOK).into(t, &page)
	if len(page.Items) != 1 || page.Items[0].Name != "Van 1" || page.Items[0].Last != nil {
		t.Errorf("second page: %+v", page)
	}
	w.ask(as, "GET", "/api/vehicles?search=van+1", "").want(t, http.StatusOK).into(t, &page)
	if len(page.Items) != 1 || page.Items[0].Device.Identity != "352093081452201" || page.Next != nil {
		t.Errorf("search: %+v", page)
	}
	path := "/api/vehicles/" + w.vehicleID(0)
	w.ask(as, "PATCH", path, `{"name":"Lorry","plate":"HH-L 1"}`).
		want(t, http.StatusOK).contains(t, `"name":"Lorry"`, `"plate":"HH-L 1"`, `"group":"","driver":null`)
	w.ask(as, "GET", path, "").want(t, http.StatusOK).contains(t, `"name":"Lorry"`, `"state":"moving"`,
		`"since":"`+epoch.Format("2006-01-02T15:04:05.000Z")+`"`, `{"name":"fuel_l","value":41.5,"time":"`,
		`"speed_kmh":72.5`)
}

func TestVehicleThatNeverSpoke(t *testing.T) {
	w := newWorld(t)
	w.ask(w.session("viewer"), "GET", "/api/vehicles/"+w.vehicleID(0), "").want(t, http.StatusOK).
		contains(t, `"last":null`, `"values":[]`, `"motion":{"state":"unknown","since":null}`)
}

func TestBadRequests(t *testing.T) {
	w := newWorld(t)
	as := w.session("admin")
	vehicle := "/api/vehicles/" + w.vehicleID(0)
	for _, c := range []struct {
		method, path, body string
		status             int
		says               string
	}{
		{"GET", "/api/nothing", "", 404, "/api/nothing"},
		{"PUT", "/api/vehicles", "{}", 405, "GET, HEAD, POST"},
		{"PUT", "/healthz", "", 405, "GET, HEAD"},
		{"POST", "/", "", 405, "GET, HEAD"},
		{"GET", "/api/vehicles/999999", "", 404, "no such"},
		{"GET", "/api/vehicles/0", "", 422, "path.id"},
		{"GET", "/api/vehicles/4294967297", "", 422, "path.id"},
		{"GET", "/api/vehicles/abc", "", 422, "path.id"},
		{"GET", "/api/vehicles?limit=0", "", 422, "query.limit"},
		{"GET", "/api/vehicles?limit=1001", "", 422, "query.limit"},
		{"GET", "/api/vehicles?after=nonsense", "", 422, ""},
		{"GET", "/api/sims?alarm=true", "", 422, "query.alarm"},
		{"GET", "/api/hello?a=1", "", 422, "query.a"},
		{"GET", "/api/session/oidc/callback?iss=x", "", 404, "no provider"}, // providers add what they like
		{"PATCH", vehicle, `{"name":""}`, 422, "body.name"},
		{"PATCH", vehicle, `{"nam":"x"}`, 422, "body.nam"},
		{"PATCH", vehicle, `{`, 400, "body"},
		{"PATCH", vehicle, "", 400, "body"},
		{"PATCH", vehicle, `{"name":"` + strings.Repeat("x", 2<<20) + `"}`, 413, "too large"},
		{"GET", vehicle + "/fixes?from=yesterday", "", 422, "query.from"},
		{"GET", vehicle + "/fixes?format=fax", "", 422, "query.format"},
		{"GET", vehicle + "/fixes?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "", 422, "before to"},
		{"GET", vehicle + "/fixes?from=1800-01-02T00:00:00Z", "", 422, "1970"},
		{"POST", "/api/devices", `{"identity":"a b"}`, 422, "body.identity"},
		{"POST", "/api/devices", `{"identity":"1","protocol":"klingon"}`, 422, "gt06, teltonika"},
		{"POST", "/api/devices", `{"identity":"352093081452200","name":"again"}`, 409, ""},
		{"POST", "/api/devices", `{"identity":"352093081452210","name":"another organization's"}`, 409, ""},
		{"POST", "/api/users", `{"email":"no","role":"viewer"}`, 422, "body.email"},
		{"POST", "/api/users", `{"email":"a@example.com","role":"king"}`, 422, "body.role"},
		{"POST", "/api/users", `{"email":"VIEWER@example.com","role":"viewer"}`, 409, ""},
		{"PATCH", "/api/users/" + w.id("admin"), `{"role":"viewer"}`, 422, "admin"},
		{"POST", "/api/knocks/999999/adopt", `{}`, 404, ""},
	} {
		w.ask(as, c.method, c.path, c.body).want(t, c.status).contains(t, c.says)
	}
	w.ask(as, "PATCH", vehicle, "<name/>", "Content-Type", "application/xml").want(t, http.StatusUnsupportedMediaType)
}

func TestDevices(t *testing.T) {
	w := newWorld(t)
	as := w.session("dispatcher")
	var made struct {
		ID      int
		Vehicle *int
	}
	r := w.ask(as, "POST", "/api/devices",
		`{"identity":" 862061048023666 ","name":"Bus 7","plate":"HH-B 7","protocol":"gt06","model":"GT06N"}`)
	r.want(t, http.StatusCreated).contains(t, `"identity":"862061048023666"`, `"disabled":false`)
	r.into(t, &made)
	if made.Vehicle == nil {
		t.Fatalf("no vehicle was made: %s", r.body)
	}
	w.ask(as, "GET", fmt.Sprint("/api/vehicles/", *made.Vehicle), "").want(t, http.StatusOK).contains(t, `"name":"Bus 7"`)
	w.ask(as, "PATCH", fmt.Sprint("/api/devices/", made.ID), `{"disabled":true,"protocol":""}`).
		want(t, http.StatusOK).contains(t, `"disabled":true`, `"protocol":""`, `"model":"GT06N"`)
	w.ask(as, "GET", "/api/devices?search=048023", "").want(t, http.StatusOK).contains(t, `"identity":"862061048023666"`)
	w.ask(w.session("viewer2"), "GET", "/api/devices?search=048023", "").want(t, http.StatusOK).contains(t, `"items":[]`)
}

func TestKnocks(t *testing.T) {
	w := newWorld(t)
	w.must(w.store.SaveKnocks(t.Context(), []fleet.Knock{{
		Protocol: "gt06", Identity: "862061048023777", Port: 5023, Address: netip.MustParseAddr("192.0.2.7"),
		Reason: "unknown", First: epoch, Last: epoch, Count: 3,
	}}))
	as := w.session("dispatcher")
	var knocks struct{ Items []struct{ ID int } }
	r := w.ask(as, "GET", "/api/knocks", "").want(t, http.StatusOK)
	r.contains(t, `"identity":"862061048023777"`, `"address":"192.0.2.7"`, `"count":3`,
		`"reason":"unknown"`).into(t, &knocks)
	path := fmt.Sprintf("/api/knocks/%d/adopt", knocks.Items[0].ID)
	other := w.session("admin2")
	w.ask(other, "GET", "/api/knocks", "").want(t, http.StatusOK).contains(t, `"items":[]`)
	w.ask(other, "POST", path, "{}").want(t, http.StatusNotFound)
	w.ask(as, "POST", path, `{"name":"Found"}`).want(t, http.StatusCreated).
		contains(t, `"identity":"862061048023777"`, `"protocol":"gt06"`)
	w.ask(as, "GET", "/api/knocks", "").want(t, http.StatusOK).contains(t, `"items":[]`)
	w.ask(as, "GET", "/api/vehicles?search=Found", "").want(t, http.StatusOK).contains(t, `"name":"Found"`)
}

func TestUsers(t *testing.T) {
	w := newWorld(t)
	as := w.session("admin")
	var made struct {
		ID       int
		Password string
	}
	r := w.ask(as, "POST", "/api/users", `{"email":"New@Example.com","name":"Nia","role":"dispatcher"}`)
	r.want(t, http.StatusCreated).contains(t, `"email":"new@example.com"`).into(t, &made)
	signIn := fmt.Sprintf(`{"email":"new@example.com","password":%q}`, made.Password)
	w.ask(credential{}, "POST", "/api/session", signIn).want(t, http.StatusOK).contains(t, `"name":"Nia"`)
	r = w.ask(as, "POST", "/api/users", `{"email":"own@example.com","role":"viewer","password":"`+password+`"}`)
	if r.want(t, http.StatusCreated); strings.Contains(string(r.body), "password") {
		t.Errorf("a given password comes back: %s", r.body)
	}
	w.ask(as, "PATCH", fmt.Sprint("/api/users/", made.ID), `{"role":"admin","password":"`+password+`"}`).
		want(t, http.StatusOK).contains(t, `"role":"admin"`)
	w.ask(credential{}, "POST", "/api/session", signIn).want(t, http.StatusUnauthorized)
	w.ask(as, "GET", "/api/users", "").want(t, http.StatusOK).contains(t, `"new@example.com"`, `"own@example.com"`)
}
