package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// made is a thing that was just made.
type made struct {
	ID       int
	Revision int
	Path     string
	etag     string
}

func (w *world) make(as credential, path, body string) made {
	w.t.Helper()
	var m made
	r := w.ask(as, "POST", path, body).want(w.t, http.StatusCreated)
	r.into(w.t, &m)
	m.etag = r.Header.Get("ETag")
	return m
}

// TestManagement shares a world, whose parts the tests make themselves.
func TestManagement(t *testing.T) {
	w := newWorld(t)
	w.share(t, map[string]func(*testing.T, *world){
		"groups and drivers":           testGroupsAndDrivers,
		"deleted and restored":         testDeletedAndRestored,
		"entity tags":                  testEntityTags,
		"a device moves":               testADeviceMoves,
		"import is tried":              testImportIsTried,
		"audit log":                    testAuditLog,
		"a key makes a request repeat": testAKeyMakesARequestRepeat,
		"events":                       testEvents,
	})
}

func testGroupsAndDrivers(t *testing.T, w *world) {
	as := w.session("dispatcher")
	north := w.make(as, "/api/groups", `{"name":"North"}`)
	depot := w.make(as, "/api/groups", fmt.Sprintf(`{"name":"Depot 2","parent_id":%d}`, north.ID))
	if depot.Path != "North/Depot 2" {
		t.Errorf("%+v", depot)
	}
	driver := w.make(as, "/api/drivers", `{"name":"Berta Brandt","phone":"+4917012345","key":"01A2"}`)
	vehicle := w.make(as, "/api/vehicles", fmt.Sprintf(`{"name":"Crane","plate":"HH-C 1","group_id":%d}`, depot.ID))
	path := fmt.Sprint("/api/vehicles/", vehicle.ID)
	w.ask(as, "PATCH", path, fmt.Sprintf(`{"driver_id":%d}`, driver.ID)).want(t, http.StatusOK).contains(t,
		fmt.Sprintf(`"group_id":%d,"group":"North/Depot 2","driver":{"id":%d,"name":"Berta Brandt","phone":"+4917012345"}`,
			depot.ID, driver.ID), `"device":null,"last":null,"place":"","revision":2`)
	for _, search := range []string{"depot+2", "berta", "%2B49170123", "hh-c"} {
		w.ask(as, "GET", "/api/vehicles?search="+search, "").want(t, http.StatusOK).contains(t, `"name":"Crane"`)
	}
	w.ask(as, "GET", fmt.Sprint("/api/drivers/", driver.ID), "").want(t, http.StatusOK).
		contains(t, fmt.Sprintf(`"vehicle_id":%d,"vehicle":"Crane"`, vehicle.ID))
	w.ask(as, "DELETE", fmt.Sprint("/api/groups/", depot.ID), "").want(t, http.StatusConflict).contains(t, "vehicles")
	w.ask(as, "DELETE", fmt.Sprint("/api/groups/", north.ID), "").want(t, http.StatusConflict).contains(t, "groups")
	w.ask(as, "PATCH", fmt.Sprint("/api/groups/", north.ID), `{"name":"N"}`).want(t, http.StatusOK)
	w.ask(as, "GET", path, "").want(t, http.StatusOK).contains(t, `"group":"N/Depot 2"`)
	w.ask(as, "GET", "/api/groups", "").want(t, http.StatusOK).contains(t, `"path":"N/Depot 2","vehicles":1`)
	w.ask(as, "PATCH", path, `{"group_id":999999}`).want(t, 422).contains(t, "no such group")
	w.ask(as, "PATCH", path, `{"driver_id":0,"group_id":0}`).want(t, http.StatusOK).
		contains(t, `"group_id":null,"group":"","driver":null`)
	w.ask(as, "GET", "/api/drivers?search=berta", "").want(t, http.StatusOK).contains(t, `"vehicle_id":null,"vehicle":null`)
}

func testDeletedAndRestored(t *testing.T, w *world) {
	as := w.session("dispatcher")
	for noun, body := range map[string]string{
		"vehicles": `{"name":"Gone"}`, "groups": `{"name":"Gone"}`, "drivers": `{"name":"Gone"}`, "devices": `{"identity":"9900"}`,
	} {
		path := fmt.Sprintf("/api/%s/%d", noun, w.make(as, "/api/"+noun, body).ID)
		w.ask(as, "POST", path+"/restore", "").want(t, http.StatusNotFound)
		w.ask(as, "DELETE", path, "").want(t, http.StatusNoContent)
		w.ask(as, "GET", path, "").want(t, http.StatusNotFound)
		w.ask(as, "PATCH", path, `{}`).want(t, http.StatusNotFound)
		w.ask(as, "DELETE", path, "").want(t, http.StatusNotFound)
		w.ask(as, "POST", path+"/restore", "").want(t, http.StatusOK)
		w.ask(as, "GET", path, "").want(t, http.StatusOK)
	}
}

func testEntityTags(t *testing.T, w *world) {
	as := w.session("dispatcher")
	for noun, body := range map[string]string{
		"vehicles": `{"name":"Tagged"}`, "groups": `{"name":"Tagged"}`, "drivers": `{"name":"Tagged"}`,
		"devices": `{"identity":"9901"}`,
	} {
		m := w.make(as, "/api/"+noun, body)
		path := fmt.Sprintf("/api/%s/%d", noun, m.ID)
		r := w.ask(as, "GET", path, "").want(t, http.StatusOK)
		etag := r.Header.Get("ETag")
		if !strings.HasPrefix(etag, `"1-`) || noun != "vehicles" && etag != m.etag { // a single vehicle tells more
			t.Errorf("%s: ETag %s, made with %s", noun, etag, m.etag)
		}
		same := w.ask(as, "GET", path, "", "If-None-Match", etag)
		if same.StatusCode != http.StatusNotModified || len(same.body) > 0 || same.Header.Get("ETag") != etag {
			t.Errorf("%s: %d %s", noun, same.StatusCode, same.body)
		}
		change := `{"name":"Changed"}`
		if noun == "devices" {
			change = `{"model":"Changed"}`
		}
		now := w.ask(as, "PATCH", path, change, "If-Match", etag).want(t, http.StatusOK).Header.Get("ETag")
		if !strings.HasPrefix(now, `"2-`) {
			t.Errorf("%s: after a change the ETag is %s", noun, now)
		}
		w.ask(as, "GET", path, "", "If-None-Match", etag).want(t, http.StatusOK)
		for _, old := range []string{etag, `"nonsense"`, `"3-0"`} {
			w.ask(as, "PATCH", path, change, "If-Match", old).want(t, http.StatusPreconditionFailed).contains(t, "somebody else")
			w.ask(as, "DELETE", path, "", "If-Match", old).want(t, http.StatusPreconditionFailed)
		}
		w.ask(as, "DELETE", path, "", "If-Match", now).want(t, http.StatusNoContent)
	}
}

func testADeviceMoves(t *testing.T, w *world) {
	as := w.session("dispatcher")
	vehicle := w.make(as, "/api/vehicles", `{"name":"New home"}`)
	device := w.make(as, "/api/devices", `{"identity":"9902","name":"Old home"}`)
	path := fmt.Sprint("/api/devices/", device.ID)
	w.ask(as, "PATCH", path, `{"clock_offset_s":90000}`).want(t, http.StatusUnprocessableEntity)
	w.ask(as, "PATCH", path, `{"clock_offset_s":0,"options":{"checksum":"off"}}`).want(t, http.StatusOK).
		contains(t, `"clock_offset_s":0,"options":{"checksum":"off"}`)
	w.ask(as, "PATCH", path, `{"clock_offset_s":null,"options":{}}`).want(t, http.StatusOK).
		contains(t, `"clock_offset_s":null,"options":{}`)
	w.ask(as, "PATCH", path, fmt.Sprintf(`{"vehicle_id":%d,"clock_offset_s":7200}`, vehicle.ID)).want(t, http.StatusOK).
		contains(t, `"clock_offset_s":7200,"options":{}`, fmt.Sprintf(`"online":false,"vehicle":%d,"vehicle_id":%[1]d`, vehicle.ID),
			`"vehicle_name":"New home"`)
	w.ask(as, "GET", fmt.Sprint("/api/vehicles/", vehicle.ID), "").want(t, http.StatusOK).contains(t, `"identity":"9902"`)
	w.ask(as, "PATCH", path, `{"vehicle_id":0}`).want(t, http.StatusOK).contains(t, `"vehicle_id":null,"vehicle_name":null`)
	w.ask(as, "PATCH", path, fmt.Sprintf(`{"vehicle_id":%d}`, w.vehicles[1])).want(t, 422).contains(t, "no such vehicle")
}

func testImportIsTried(t *testing.T, w *world) {
	as := w.session("dispatcher")
	file := "identity,name,group\n9903,Tried,West/Yard\nbad identity,,\n"
	w.ask(as, "POST", "/api/devices/import?dry_run=true", file, "Content-Type", "text/csv").want(t, http.StatusOK).
		contains(t, `{"added":1,"updated":0,"failed":1,"errors":[{"line":3,"column":"identity"`, `"dry_run":true`)
	w.ask(as, "GET", "/api/vehicles?search=Tried", "").want(t, http.StatusOK).contains(t, `"items":[]`)
	w.ask(as, "POST", "/api/devices/import", file).want(t, http.StatusOK).contains(t, `"added":1`, `"dry_run":false`)
	w.ask(as, "GET", "/api/vehicles?search=yard", "").want(t, http.StatusOK).contains(t, `"group":"West/Yard"`)
}

func testAuditLog(t *testing.T, w *world) {
	as := w.session("dispatcher")
	vehicle := w.make(as, "/api/vehicles", `{"name":"Audited"}`)
	w.ask(as, "PATCH", fmt.Sprint("/api/vehicles/", vehicle.ID), `{"plate":"HH-A 1"}`).want(t, http.StatusOK)
	w.ask(as, "GET", "/api/audit", "").want(t, http.StatusForbidden)
	w.ask(w.session("admin"), "GET", "/api/audit?search=HH-A", "").want(t, http.StatusOK).contains(t,
		fmt.Sprintf(`"user":{"id":%d,"name":"dispatcher"},"address":"127.0.0.1","action":"change","kind":"vehicle",`+
			`"object_id":%d,"text":"Audited","changes":{"plate":{"to":"HH-A 1","from":""}}`, w.users["dispatcher"].ID, vehicle.ID))
	w.ask(w.session("admin2"), "GET", "/api/audit?search=HH-A", "").want(t, http.StatusOK).contains(t, `"items":[]`)
}

func testAKeyMakesARequestRepeat(t *testing.T, w *world) {
	as := w.session("dispatcher")
	first := w.ask(as, "POST", "/api/vehicles", `{"name":"Once"}`, idempotencyKey, "k-1").want(t, http.StatusCreated)
	again := w.ask(as, "POST", "/api/vehicles", `{"name":"Once"}`, idempotencyKey, "k-1").want(t, http.StatusCreated)
	if string(first.body) != string(again.body) || again.Header.Get("Idempotency-Replayed") != "true" ||
		first.Header.Get("Idempotency-Replayed") != "" || again.Header.Get("ETag") != first.Header.Get("ETag") ||
		again.Header.Get("Content-Type") != "application/json" {
		t.Errorf("first %v %s, then %v %s", first.Header, first.body, again.Header, again.body)
	}
	var page struct{ Items []struct{} }
	w.ask(as, "GET", "/api/vehicles?search=Once", "").into(t, &page)
	if len(page.Items) != 1 {
		t.Errorf("%d were made", len(page.Items))
	}
	w.ask(as, "POST", "/api/vehicles", `{"name":"Other"}`, idempotencyKey, "k-1").want(t, 422).contains(t, "another request")
	w.ask(w.session("dispatcher2"), "POST", "/api/vehicles", `{"name":"Theirs"}`, idempotencyKey, "k-1").
		want(t, http.StatusCreated)
	w.ask(as, "POST", "/api/vehicles", `{"name":""}`, idempotencyKey, "k-2").want(t, 422)
	w.ask(as, "POST", "/api/vehicles", `{"name":""}`, idempotencyKey, "k-2").want(t, 422)
	w.ask(as, "POST", "/api/vehicles", `{"name":"x"}`, idempotencyKey, strings.Repeat("k", 256)).want(t, 422)
}

func testEvents(t *testing.T, w *world) {
	path := fmt.Sprint("/api/vehicles/", w.vehicles[0], "/events")
	w.ask(w.session("viewer"), "GET", path+"?limit=5", "").want(t, http.StatusOK).contains(t, `{"items":[],"next":null}`)
	w.ask(w.session("viewer2"), "GET", path, "").want(t, http.StatusNotFound)
	w.ask(w.session("viewer"), "GET", path+"?after=nonsense", "").want(t, 422)
}
