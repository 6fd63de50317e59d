package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/rs/zerolog"

	"drover/protocols"
	"drover/protocols/all"
	"drover/server/internal/dispatch"
	"drover/server/internal/dispatch/dispatchtest"
	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

// exchange is the dispatcher's side of a world.
type exchange struct {
	wires  *dispatchtest.Wires
	modems *dispatchtest.Modems
	speed  map[fleet.DeviceID]float64 // km/h, now
}

// dispatch runs a dispatcher for the world until the test ends.
func (w *world) dispatch() *exchange {
	w.t.Helper()
	pool, err := pgxpool.New(w.t.Context(), w.database)
	w.must(err)
	x := &exchange{wires: &dispatchtest.Wires{}, modems: &dispatchtest.Modems{TB: w.t, Pool: pool}, speed: map[fleet.DeviceID]float64{}}
	registry := fleet.NewRegistry()
	seal, err := identity.NewSeal(identity.NewKey(), "commands")
	w.must(err)
	d := dispatch.New(dispatch.Config{
		Store: w.store, Registry: registry, Lines: x.wires, SMS: x.modems, Protocols: all.Protocols(), Seal: seal,
		State: func(id fleet.DeviceID) (dispatch.Speed, bool) {
			kmh, known := x.speed[id]
			return dispatch.Speed{KMH: kmh, At: time.Now()}, known
		},
		CutSpeed: 20, Price: dispatch.Price{Amount: 0.07, Currency: "EUR"}, Log: zerolog.Nop(),
	})
	x.modems.Changed = d.SMSChanged
	w.api.Commands = d
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{}, 2)
	reload := func() {
		if s, err := w.store.LoadRegistry(ctx, nil); err == nil {
			registry.Replace(s)
		}
	}
	reload()
	go func() { w.store.WatchRegistry(ctx, reload); done <- struct{}{} }()
	go func() { _ = d.Run(ctx); done <- struct{}{} }()
	w.t.Cleanup(func() { cancel(); <-done; <-done; pool.Close() })
	return x
}

func (w *world) tell(org int, body string) reply {
	w.t.Helper()
	return w.ask(w.session("dispatcher"), "POST", "/api/devices/"+strconv.Itoa(int(w.devices[org].ID))+"/commands", body)
}

func TestCommandsOverTheAPI(t *testing.T) {
	w := newWorld(t)
	x := w.dispatch()
	as := w.session("dispatcher")
	device := w.devices[0].ID
	x.wires.Open(device, func(c protocols.Command) (protocols.Result, error) {
		return protocols.Result{Text: "did " + c.Text, Nack: c.Kind == protocols.Reboot}, nil
	})
	w.tell(0, `{"kind":"custom","text":"getver"}`).want(t, http.StatusOK).contains(t, `"state":"answered"`, `"line":"data"`,
		`"answer":"did getver"`, `"words":"custom: getver"`, `"user":"dispatcher"`, fmt.Sprintf(`"vehicle_id":%d`, w.vehicles[0]))
	w.tell(0, `{"kind":"reboot"}`).want(t, http.StatusOK).contains(t, `"state":"refused"`)
	w.tell(0, `{"kind":"interval"}`).want(t, http.StatusUnprocessableEntity).contains(t, "body.every_s")
	w.tell(0, `{"kind":"locate","line":"smoke"}`).want(t, http.StatusUnprocessableEntity)
	w.tell(0, `{"kind":"locate","ttl_s":1}`).want(t, http.StatusUnprocessableEntity)

	x.wires.Cut(device)
	w.tell(0, `{"kind":"custom","text":"getver","line":"data"}`).want(t, http.StatusConflict).contains(t, "no open line")
	w.tell(0, `{"kind":"custom","text":"getver","line":"sms"}`).want(t, http.StatusConflict).contains(t, "phone number")
	waits := w.tell(0, `{"kind":"custom","text":"getver","wait_s":0}`).want(t, http.StatusOK).
		contains(t, `"state":"queued"`, `"line":"login"`, "phone number")
	var c struct{ ID int64 }
	waits.into(t, &c)
	at := fmt.Sprintf("/api/commands/%d", c.ID)
	w.ask(as, "GET", at, "").want(t, http.StatusOK).contains(t, `"state":"queued"`)
	w.ask(w.session("dispatcher2"), "DELETE", at, "").want(t, http.StatusNotFound)
	w.ask(as, "DELETE", at, "").want(t, http.StatusNoContent)
	w.ask(as, "DELETE", at, "").want(t, http.StatusConflict).contains(t, "cancelled")
	w.ask(as, "GET", "/api/commands?state=cancelled", "").want(t, http.StatusOK).contains(t, fmt.Sprintf(`"id":%d`, c.ID))
	first := w.ask(as, "GET", fmt.Sprintf("/api/console?vehicle_id=%d&limit=2", w.vehicles[0]), "").want(t, http.StatusOK)
	first.contains(t, fmt.Sprintf(`"id":"c%d"`, c.ID), `"text":"reboot"`)
	var page struct{ Next string }
	first.into(t, &page)
	w.ask(as, "GET", fmt.Sprintf("/api/console?vehicle_id=%d&before=%s", w.vehicles[0], page.Next), "").want(t, http.StatusOK).
		contains(t, `"text":"custom: getver"`, `"next":null`)
	w.ask(as, "GET", "/api/console?before=17", "").want(t, http.StatusUnprocessableEntity)
	w.ask(w.session("admin"), "GET", "/api/audit?search=getver", "").want(t, http.StatusOK).
		contains(t, `"line":{"to":"auto","from":null}`, `"action":"command"`, `"action":"cancel"`)
}

// TestConsoleReadsSMS: what trackers say unasked is read like answers.
func TestConsoleReadsSMS(t *testing.T) {
	w := newWorld(t)
	x := w.dispatch()
	x.modems.Receive(w.devices[0], "Good morning", time.Now().Add(-time.Minute))
	x.modems.Receive(w.devices[0], "GPS:1 Sat:14 Lat:0.0081 Long:-0.0198 Alt:12 Speed:54 Dir:88", time.Now())
	w.ask(w.session("dispatcher"), "GET", "/api/console", "").want(t, http.StatusOK).
		contains(t, `"latitude":0.0081`, `"speed_kmh":54`, `"text":"Good morning"`, `"parsed":null`)
}

// TestDangerousCommandsOverTheAPI: the problem says by its type what is missing, and how fast the vehicle is.
func TestDangerousCommandsOverTheAPI(t *testing.T) {
	w := newWorld(t)
	x := w.dispatch()
	x.wires.Open(w.devices[0].ID, func(protocols.Command) (protocols.Result, error) { return protocols.Result{Text: "ok"}, nil })
	w.tell(0, `{"kind":"immobilise"}`).want(t, http.StatusConflict).
		contains(t, `"type":"/problems/confirmation"`, "Van 0", "its speed is not known", "must be confirmed")
	x.speed[w.devices[0].ID] = 87
	w.tell(0, `{"kind":"immobilise","confirmed":true}`).want(t, http.StatusConflict).
		contains(t, `"type":"/problems/too-fast"`, `"speed_kmh":87`, `"limit_kmh":20`, "Van 0")
	w.tell(0, `{"kind":"custom","text":"setdigout 1","confirmed":true}`).want(t, http.StatusConflict).contains(t, `"type":"/problems/too-fast"`)
	w.tell(0, `{"kind":"immobilise","override_speed":true}`).want(t, http.StatusConflict).contains(t, `"type":"/problems/confirmation"`, `"speed_kmh":87`)
	if sent := x.wires.Sent(); len(sent) > 0 {
		t.Fatalf("sent all the same: %v", sent)
	}
	w.tell(0, `{"kind":"immobilise","override_speed":true,"confirmed":true}`).want(t, http.StatusOK).contains(t, `"state":"answered"`)
	w.ask(w.session("admin"), "GET", "/api/audit?search=immobilise", "").want(t, http.StatusOK).
		contains(t, `"action":"command_refused"`, "87 km/h", `"override_speed":{"to":true,"from":null}`)
}

func TestGroupCommandsOverTheAPI(t *testing.T) {
	w := newWorld(t)
	x := w.dispatch()
	as := w.session("dispatcher")
	phone := "+4917012345"
	_, err := w.store.UpdateDevice(t.Context(), fleet.Scope{Organization: w.orgs[0].ID}, w.devices[0].ID, store.DeviceChange{Phone: &phone}, 0)
	w.must(err)
	ids := fmt.Sprintf(`"vehicle_ids":[%d,%d,%d]`, w.vehicles[0], w.vehicles[0]+1, w.vehicles[1])
	eventuallyHas(t, func() bool {
		r := w.ask(as, "POST", "/api/commands/group", `{"kind":"custom","text":"getver","dry_run":true,`+ids+`}`).want(t, http.StatusOK)
		return strings.Contains(string(r.body), `"count":2,"data":0,"sms":1,"wake":0,"login":1`) &&
			strings.Contains(string(r.body), `"messages":1,"cost":0.07,"currency":"EUR","seconds":6`)
	})
	w.ask(as, "POST", "/api/commands/group", `{"kind":"locate"}`).want(t, http.StatusUnprocessableEntity)
	w.ask(as, "POST", "/api/commands/group", `{"kind":"immobilise",`+ids+`}`).want(t, http.StatusConflict).contains(t, `"type":"/problems/confirmation"`)
	sent := w.ask(as, "POST", "/api/commands/group", `{"kind":"custom","text":"getver",`+ids+`}`).want(t, http.StatusOK)
	var batch struct {
		ID       int64 `json:"batch_id"`
		Commands int
	}
	sent.into(t, &batch)
	if batch.Commands != 2 {
		t.Errorf("%s", sent.body)
	}
	at := fmt.Sprintf("/api/commands/batches/%d", batch.ID)
	eventuallyHas(t, func() bool { return len(x.modems.Messages()) == 1 })
	w.ask(w.session("dispatcher2"), "GET", at, "").want(t, http.StatusNotFound)
	w.ask(as, "DELETE", at, "").want(t, http.StatusNoContent)
	w.ask(as, "GET", at, "").want(t, http.StatusOK).contains(t, `"counts":{"cancelled":2}`)
}

// eventuallyHas polls until ok.
func eventuallyHas(t *testing.T, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(20 * time.Second); !ok(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatal("waited in vain")
		}
	}
}

// TestADevicesPasswordIsNeverShown: it is sealed, and only told to be there.
func TestADevicesPasswordIsNeverShown(t *testing.T) {
	w := newWorld(t)
	w.dispatch()
	as := w.session("dispatcher")
	at := fmt.Sprintf("/api/devices/%d", w.devices[0].ID)
	r := w.ask(as, "PATCH", at, `{"command_login":"fleet","command_password":"hush","sender":"8949000000000000001","any_sender":true}`).
		want(t, http.StatusOK).contains(t, `"command_login":"fleet"`, `"has_command_password":true`, `"any_sender":true`)
	if strings.Contains(string(r.body), "hush") {
		t.Errorf("%s", r.body)
	}
	w.ask(as, "PATCH", at, `{"sender":"12"}`).want(t, http.StatusUnprocessableEntity)
	d, err := w.store.Device(t.Context(), fleet.Scope{Organization: w.orgs[0].ID}, w.devices[0].ID)
	w.must(err)
	if text, err := w.api.seals.password.Open(d.Sealed, "device "+strconv.Itoa(int(d.ID))); err != nil || string(text) != "hush" {
		t.Errorf("kept %q, %v", text, err)
	}
	audit := w.ask(w.session("admin"), "GET", "/api/audit?search=command_password", "").want(t, http.StatusOK)
	if strings.Contains(string(audit.body), "hush") || !strings.Contains(string(audit.body), "command_password") {
		t.Errorf("%s", audit.body)
	}
	w.ask(as, "PATCH", at, `{"command_password":""}`).want(t, http.StatusOK).contains(t, `"has_command_password":false`)
	w.ask(as, "GET", at+"/commands", "").want(t, http.StatusOK).contains(t, `"online":false`, `"cut_speed_kmh":20`,
		`"sms":["custom","locate"`, `"sms_ready":false`, "phone number", `"templates":[{`)
}
