package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

const (
	firstCard  = "8933000000000000017"
	secondCard = "8933000000000000025"
)

// TestSIMs shares a world, whose SIMs the tests make and delete themselves.
func TestSIMs(t *testing.T) {
	w := newWorld(t)
	w.share(t, map[string]func(*testing.T, *world){
		"a life":    testASIMsLife,
		"CSV":       testSIMsAsCSV,
		"PINs":      testPINsAreSealed,
		"bad input": testBadSIMs,
		"paths":     testImportIsNoSIM,
	})
}

// forget deletes SIMs when the test ends.
func (w *world) forget(as credential, ids ...int) {
	for _, id := range ids {
		w.ask(as, "DELETE", fmt.Sprint("/api/sims/", id), "").want(w.t, http.StatusNoContent)
	}
}

func testASIMsLife(t *testing.T, w *world) {
	as := w.session("dispatcher")
	m := w.make(as, "/api/sims", fmt.Sprintf(`{"iccid":"8933 0000 0000 0000 017","msisdn":"0033612345678","pin":"1234",
		"device_id":%d,"budget_bytes":50000000}`, w.devices[0].ID))
	path := fmt.Sprint("/api/sims/", m.ID)
	w.ask(w.session("viewer"), "GET", path, "").want(t, http.StatusOK).contains(t, `"iccid":"`+firstCard+`"`,
		`"msisdn":"+33612345678"`, `"state":"active"`, `"has_pin":true`, `"device":"352093081452200"`, `"vehicle":"Van 0"`,
		`"budget_bytes":50000000,"budget_messages":null`, `"alarms":[],"seen_in":[],"instead":null`,
		`"month":{"bytes_in":0,`, `"modem":null`)
	r := w.ask(as, "GET", path, "")
	tag := r.Header.Get("ETag")
	w.ask(as, "GET", path, "", "If-None-Match", tag).want(t, http.StatusNotModified)
	w.ask(as, "PATCH", path, `{"state":"suspended","pin":"","budget_bytes":0}`, "If-Match", tag).want(t, http.StatusOK).
		contains(t, `"state":"suspended","has_pin":false`, `"budget_bytes":null`, `"revision":2`)
	w.ask(as, "PATCH", path, `{}`, "If-Match", tag).want(t, http.StatusPreconditionFailed)
	w.ask(as, "POST", "/api/sims", `{"iccid":"`+firstCard+`6"}`).want(t, http.StatusConflict)
	w.ask(w.session("dispatcher2"), "POST", "/api/sims", `{"iccid":"`+firstCard+`"}`).want(t, http.StatusCreated)
	_, err := w.store.AddUsage(t.Context(), []store.Carried{{Device: w.devices[0].ID, Day: epoch,
		Traffic: fleet.Traffic{In: 1000, Out: 100, Frames: 10}}})
	w.must(err)
	w.ask(as, "GET", path+"/usage", "").want(t, http.StatusOK).contains(t, fmt.Sprintf(
		`{"days":[{"day":%q,"bytes_in":1000,"bytes_out":100,"frames":10,"sms_in":0,"sms_out":0}]}`, epoch.Format(time.DateOnly)))
	w.ask(as, "GET", path+"/usage?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z", "").want(t, http.StatusOK).
		contains(t, `{"days":[]}`)
	w.forget(as, m.ID)
	w.ask(as, "GET", path, "").want(t, http.StatusNotFound)
	w.ask(as, "POST", path+"/restore", "").want(t, http.StatusOK)
	w.forget(as, m.ID)
	w.ask(w.session("admin"), "GET", "/api/audit?search="+firstCard, "").want(t, http.StatusOK).
		contains(t, `"action":"create","kind":"SIM"`, `"has_pin":{"to":false,"from":true}`)
}

// report stores that a device said it has a SIM, so many minutes after the epoch.
func (w *world) report(device fleet.DeviceID, iccid string, minute int) {
	w.t.Helper()
	at := epoch.Add(time.Duration(minute) * time.Minute)
	position, err := w.store.Position(w.t.Context(), 7, "sims")
	w.must(err)
	_, err = w.store.Write(w.t.Context(), &store.Batch{Partition: 7, Journal: "sims", From: position, To: position + 1,
		Sightings: []fleet.Sighting{{Device: device, ICCID: iccid, First: at, Last: at}}})
	w.must(err)
}

// TestASIMAlarmIsSettled has a world of its own, since what its tracker reported stays.
func TestASIMAlarmIsSettled(t *testing.T) {
	w := newWorld(t)
	as := w.session("dispatcher")
	w.report(w.devices[0].ID, firstCard, 0)
	w.report(w.devices[0].ID, secondCard, 1)
	w.ask(as, "GET", fmt.Sprintf("/api/vehicles/%d/events", w.vehicles[0]), "").want(t, http.StatusOK).
		contains(t, `"kind":"sim_swap","text":"The tracker reports SIM `+secondCard+`, it should have `+firstCard+`."`)
	var found struct{ Items []struct{ ID int } }
	w.ask(as, "GET", "/api/sims", "").want(t, http.StatusOK).contains(t, `"alarms":["swap"]`).into(t, &found)
	if len(found.Items) != 2 {
		t.Fatalf("%d SIMs", len(found.Items))
	}
	old, now := found.Items[0].ID, found.Items[1].ID
	w.ask(as, "GET", "/api/sims?alarms=true", "").want(t, http.StatusOK).into(t, &found)
	if len(found.Items) != 1 || found.Items[0].ID != old {
		t.Errorf("with an alarm are %+v", found.Items)
	}
	w.ask(as, "GET", fmt.Sprint("/api/sims/", old), "").want(t, http.StatusOK).contains(t,
		fmt.Sprintf(`"instead":{"sim_id":%d,"iccid":%q,"imsi":"","first":`, now, secondCard))
	accept := fmt.Sprintf("/api/sims/%d/accept", now)
	w.ask(as, "POST", accept, `{"device_id":999999}`).want(t, 422).contains(t, "no such device")
	w.ask(as, "POST", accept, fmt.Sprintf(`{"device_id":%d}`, w.devices[1].ID)).want(t, 422)
	w.ask(as, "POST", accept, fmt.Sprintf(`{"device_id":%d}`, w.devices[0].ID)).want(t, http.StatusOK).
		contains(t, fmt.Sprintf(`"device_id":%d`, w.devices[0].ID), `"alarms":[]`)
	if all := string(w.ask(as, "GET", "/api/sims", "").body); strings.Contains(all, "swap") {
		t.Errorf("there is still an alarm: %s", all)
	}
}

func testSIMsAsCSV(t *testing.T, w *world) {
	as := w.session("dispatcher")
	file := "iccid;msisdn;device;budget_bytes;note\n" + // 1
		firstCard + ";+33612345678;352093081452200;50 MB;\"box 3, top\"\n" + // 2
		secondCard + ";;352093081452210;;\n" + // 3: another organization's device
		"8.93E+18;;;;\n" + // 4
		secondCard + ";;;;=1+1\n" // 5: once more
	for _, try := range []bool{true, false} {
		w.ask(as, "POST", fmt.Sprint("/api/sims/import?dry_run=", try), file).want(t, http.StatusOK).contains(t,
			`{"added":1,"updated":0,"failed":3,"errors":[{"line":4,"column":"iccid","message":"want 18 to 20 digits; a spreadsheet`,
			`{"line":5,"column":"iccid","message":"want each iccid once; it stands on line 3 too"}`,
			`{"line":3,"message":"invalid device: there is no such device"}`, fmt.Sprintf(`"dry_run":%v`, try))
	}
	want := simColumns + firstCard + ",,'+33612345678,,,,active,352093081452200,50000000,,\"box 3, top\"\r\n"
	r := w.ask(w.session("viewer"), "GET", "/api/sims/export", "").want(t, http.StatusOK)
	if string(r.body) != want || r.Header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("%s\n%s, want %s", r.Header.Get("Content-Type"), r.body, want)
	}
	w.ask(as, "POST", "/api/sims/import", want).want(t, http.StatusOK).contains(t, `{"added":0,"updated":1,"failed":0,`)
	if again := w.ask(as, "GET", "/api/sims/export", ""); string(again.body) != want {
		t.Errorf("after its own import: %s", again.body)
	}
	w.ask(as, "POST", "/api/sims/import", "iccid,colour\n").want(t, 422).contains(t, "colour")
	var found struct{ Items []struct{ ID int } }
	w.ask(as, "GET", "/api/sims", "").into(t, &found)
	for _, m := range found.Items {
		w.forget(as, m.ID)
	}
}

// testPINsAreSealed: no answer has one, and only the card's own number opens it.
func testPINsAreSealed(t *testing.T, w *world) {
	as := w.session("dispatcher")
	m := w.make(as, "/api/sims", `{"iccid":"`+firstCard+`","pin":"48151623"}`)
	path := fmt.Sprint("/api/sims/", m.ID)
	if r := w.ask(as, "GET", path, ""); strings.Contains(string(r.body), "48151623") {
		t.Errorf("%s", r.body)
	}
	opened := func() string {
		t.Helper()
		sealed := w.sealedPIN(m.ID)
		if _, err := w.api.seals.pin.Open(sealed, secondCard); err == nil {
			t.Error("another card opens it")
		}
		pin, err := w.api.seals.pin.Open(sealed, firstCard)
		w.must(err)
		return string(pin)
	}
	if got := opened(); got != "48151623" {
		t.Errorf("sealed is %q", got)
	}
	w.ask(as, "PATCH", path, `{"pin":"0000"}`).want(t, http.StatusOK)
	if got := opened(); got != "0000" {
		t.Errorf("sealed is %q", got)
	}
	w.ask(as, "POST", "/api/sims/import", "iccid,pin\n"+firstCard+"6,9876\n").want(t, http.StatusOK)
	if got := opened(); got != "9876" {
		t.Errorf("sealed is %q", got)
	}
	w.forget(as, m.ID)
}

func (w *world) sealedPIN(id int) (sealed []byte) {
	w.t.Helper()
	db, err := pgx.Connect(w.t.Context(), w.database)
	w.must(err)
	defer db.Close(context.WithoutCancel(w.t.Context()))
	w.must(db.QueryRow(w.t.Context(), `SELECT pin FROM drover.sims WHERE id = $1`, id).Scan(&sealed))
	return sealed
}

func testBadSIMs(t *testing.T, w *world) {
	as := w.session("dispatcher")
	for body, says := range map[string]string{
		`{"iccid":"7933000000000000017"}`:                     "iccid",
		`{"iccid":"` + firstCard + `","imsi":"x"}`:            "imsi",
		`{"iccid":"` + firstCard + `","msisdn":"0612345678"}`: "msisdn",
		`{"iccid":"` + firstCard + `","pin":"12x4"}`:          "body.pin",
		`{"iccid":"` + firstCard + `","state":"lost"}`:        "body.state",
		`{"iccid":"` + firstCard + `","device_id":999999}`:    "no such device",
		`{"iccid":"` + firstCard + `","budget_bytes":-1}`:     "body.budget_bytes",
		`{"iccid":"` + firstCard + `","colour":"red"}`:        "colour",
	} {
		w.ask(as, "POST", "/api/sims", body).want(t, 422).contains(t, says)
	}
}

// testImportIsNoSIM: the paths of tables take no method of a SIM.
func testImportIsNoSIM(t *testing.T, w *world) {
	as := w.session("dispatcher")
	for path, methods := range map[string][]string{"import": {"GET", "PATCH", "DELETE"}, "export": {"PATCH", "DELETE"}} {
		for _, method := range methods {
			w.ask(as, method, "/api/sims/"+path, "").want(t, http.StatusMethodNotAllowed)
		}
	}
}
