package api

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"drover/modem"
	"drover/server/internal/fleet"
	"drover/server/internal/sms"
	"drover/server/internal/store"
)

// standIn is one modem that does nothing but queue.
type standIn struct{ store *store.Store }

func (standIn) Views() []sms.View {
	dbm := -71
	return []sms.View{{State: modem.State{Name: "north", URL: "unix:/n", Phase: modem.Ready, SignalDBM: &dbm},
		Limits: modem.Limits{Minute: 10}, Counters: sms.Counters{Minute: 3}}}
}

func (standIn) USSD(_ context.Context, _, code string) (string, error) {
	if code == "*1#" {
		return "", fmt.Errorf("modem north: %w", modem.ErrNotReady)
	}
	return "Solde : 4,20 EUR", nil
}

func (standIn) Reset(string) error       { return nil }
func (standIn) Pause(string, bool) error { return nil }

func (s standIn) Queue(ctx context.Context, m fleet.SMS, validity time.Duration) (fleet.SMS, error) {
	pdus, err := modem.Encode(modem.Outgoing{To: m.Peer, Text: m.Text}, func(string) byte { return 1 })
	if err != nil {
		return m, err
	}
	var tpdus [][]byte
	for _, p := range pdus {
		tpdus = append(tpdus, p.TPDU)
	}
	m.Expires, m.Validity = time.Now().Add(time.Hour), validity
	return s.store.QueueSMS(ctx, m, tpdus)
}

func TestModems(t *testing.T) {
	w := newWorld(t)
	w.share(t, map[string]func(*testing.T, *world){
		"modems": testModems, "messages": testMessages, "no modem": testNoModem,
	})
}

func testModems(t *testing.T, w *world) {
	as := w.session("dispatcher")
	w.ask(as, "GET", "/api/modems", "").want(t, http.StatusOK).contains(t, `"modems":[{"name":"north"`, `"signal_dbm":-71`,
		`"pin_retries":null`, `"minute":3`, `"paused":false`, `"history_from":"`)
	w.ask(as, "GET", "/api/modems/north", "").want(t, http.StatusOK).contains(t, `"phase":"ready"`)
	w.ask(as, "GET", "/api/modems/south", "").want(t, http.StatusNotFound).contains(t, "--modem")
	w.ask(as, "GET", "/api/modems/north/history", "").want(t, http.StatusOK).contains(t, `{"points":[{"time":"`)
	w.ask(as, "GET", "/api/modems/north/history?from="+stamp(1), "").want(t, http.StatusOK).contains(t, `"points":[]`)
	w.ask(as, "POST", "/api/modems/north/reset", "").want(t, http.StatusForbidden)
	admin := w.session("admin")
	w.ask(admin, "POST", "/api/modems/north/ussd", `{"code":"*100#"}`).want(t, http.StatusOK).contains(t, "4,20 EUR")
	w.ask(admin, "POST", "/api/modems/north/ussd", `{"code":"*1#"}`).want(t, http.StatusConflict).contains(t, "not ready")
	w.ask(admin, "POST", "/api/modems/north/ussd", `{"code":"AT+CFUN=0"}`).want(t, http.StatusUnprocessableEntity)
	w.ask(admin, "POST", "/api/modems/south/ussd", `{"code":"*100#"}`).want(t, http.StatusNotFound)
	w.ask(admin, "POST", "/api/modems/north/reset", "").want(t, http.StatusNoContent)
	w.ask(admin, "POST", "/api/modems/north/pause", `{"paused":true}`).want(t, http.StatusNoContent)
	rows, err := w.store.Modems(t.Context())
	if err != nil || len(rows) != 1 || !rows[0].Paused {
		t.Errorf("paused: %+v, %v", rows, err)
	}
	w.ask(admin, "POST", "/api/modems/north/pause", `{"paused":false}`).want(t, http.StatusNoContent)
	w.ask(admin, "GET", "/api/audit?search=modem", "").want(t, http.StatusOK).
		contains(t, `"resume"`, `"pause"`, `"reset"`, `"north: *100#"`)
}

func testMessages(t *testing.T, w *world) {
	as := w.session("dispatcher")
	var sent struct {
		ID    int64
		Parts int
		State string
	}
	send := func(body string) reply { return w.ask(as, "POST", "/api/messages", body) }
	send(`{"to":"+49 151 2345678","text":"Прибытие в 8"}`).want(t, http.StatusCreated).into(t, &sent)
	if sent.Parts != 1 || sent.State != "queued" {
		t.Errorf("sent %+v", sent)
	}
	send(`{"to":"Orange","text":"x"}`).want(t, http.StatusUnprocessableEntity).contains(t, "is no number")
	// A tracker's number, of whichever organization: commands have to be asked for.
	for i := range w.orgs {
		phone := fmt.Sprintf("+4915199999%d", i)
		_, err := w.store.UpdateDevice(t.Context(), fleet.Scope{Organization: w.orgs[i].ID}, w.devices[i].ID,
			store.DeviceChange{Phone: &phone}, 0)
		w.must(err)
		send(`{"to":"`+phone+`","text":"relay 1"}`).want(t, http.StatusConflict).contains(t, "send it a command")
	}
	w.ask(as, "GET", "/api/messages?search=2345678", "").want(t, http.StatusOK).contains(t, `"peer":"+491512345678"`, `"text":"Прибытие в 8"`)
	w.ask(as, "GET", "/api/messages?peer=5555", "").want(t, http.StatusOK).contains(t, `"items":[]`)
	path := fmt.Sprint("/api/messages/", sent.ID)
	w.ask(as, "DELETE", path, "").want(t, http.StatusNoContent)
	w.ask(as, "DELETE", path, "").want(t, http.StatusConflict).contains(t, "it is cancelled")
	w.ask(as, "POST", path+"/seen", "").want(t, http.StatusNotFound) // it is not in the quarantine
	w.must(w.store.KeepSMS(t.Context(), fleet.SMS{Key: "k", Peer: "5555", Raw: []byte{1, 2}, State: fleet.SMSUnreadable, Created: epoch}))
	var list struct{ Items []struct{ ID int64 } }
	w.ask(as, "GET", "/api/messages?quarantined=true", "").want(t, http.StatusOK).contains(t, `"data":"0102"`, `"seen":null`).into(t, &list)
	w.ask(as, "POST", fmt.Sprint("/api/messages/", list.Items[0].ID, "/seen"), "").want(t, http.StatusNoContent)
	w.ask(as, "GET", "/api/messages?quarantined=true", "").want(t, http.StatusOK).contains(t, `"items":[]`)
	w.ask(w.session("admin2"), "GET", "/api/messages", "").want(t, http.StatusForbidden)
}

func testNoModem(t *testing.T, w *world) {
	before := w.api.Modems
	w.api.Modems = nil
	defer func() { w.api.Modems = before }()
	as := w.session("admin")
	w.ask(as, "GET", "/api/modems", "").want(t, http.StatusOK).contains(t, `{"modems":[]}`)
	w.ask(as, "POST", "/api/messages", `{"to":"5555","text":"x"}`).want(t, http.StatusConflict).contains(t, "--modem")
	w.ask(as, "POST", "/api/modems/north/reset", "").want(t, http.StatusNotFound)
}
