package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"drover/server/internal/postgres/postgrestest"
	simulated "drover/simulators/modems"
)

// texting is a whole server with simulated modems on a network with phones.
type texting struct {
	*running
	bank   *simulated.Bank
	client *http.Client
}

type shownSMS struct {
	ID                                                 int64
	Direction, Peer, Text, State, Reason, Modem, ICCID string
	Vehicle                                            *int32 `json:"vehicle_id"`
	Parts                                              int
}

const (
	sailor  = "+8829900000001" // answers what it is told
	mute    = "+8829900000002"
	tracker = "+8829900000003"
)

func startTexting(t *testing.T, extra ...string) *texting {
	t.Helper()
	bank, err := simulated.Start(t.Context(), simulated.Config{Count: 2, Profiles: []string{"generic", "quectel-ec25"},
		Listen: "unix:" + socketDir(t), BootTime: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bank.Close)
	bank.Network().Attach(sailor, simulated.PhoneFunc(func(_, text string) []simulated.Reply {
		return []simulated.Reply{{Text: "aye: " + text}}
	}))
	bank.Network().Attach(mute, simulated.PhoneFunc(func(string, string) []simulated.Reply { return nil }))
	args := append([]string{"--modem", "north=" + bank.URL(0) + ";prefix=+882", "--modem", "south=" + bank.URL(1) + ";balance=*100#"},
		extra...)
	x := &texting{running: startServer(t, postgrestest.New(t), filepath.Join(t.TempDir(), "data"), args...), bank: bank}
	x.client = x.signIn(x.password())
	x.awaitPhase(x.client, "north", "ready", "degraded")
	x.awaitPhase(x.client, "south", "ready", "degraded")
	return x
}

// socketDir is a folder with a path as short as a socket's must be.
func socketDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "sms")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// awaitPhase waits until a modem is in one of some phases.
func (r *running) awaitPhase(client *http.Client, modem string, phases ...string) {
	r.t.Helper()
	eventually(r.t, fmt.Sprint("the modem ", modem, " is ", phases), func() bool {
		var m struct{ Phase string }
		r.get(client, "/api/modems/"+modem, &m)
		return slices.Contains(phases, m.Phase)
	})
}

func (x *texting) post(path, body string, status int, into any) {
	x.t.Helper()
	response, err := x.client.Post(x.url+path, "application/json", strings.NewReader(body))
	if err != nil {
		x.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != status {
		x.t.Fatalf("%s: %s %v %s", path, response.Status, err, text)
	}
	if into != nil {
		if err := json.Unmarshal(text, into); err != nil {
			x.t.Fatalf("%s: %v in %s", path, err, text)
		}
	}
}

func (x *texting) send(to, text string) (m shownSMS) {
	x.t.Helper()
	body, err := json.Marshal(map[string]string{"to": to, "text": text})
	if err != nil {
		x.t.Fatal(err)
	}
	x.post("/api/messages", string(body), http.StatusCreated, &m)
	return m
}

func (x *texting) messages() []shownSMS {
	x.t.Helper()
	var list struct{ Items []shownSMS }
	x.get(x.client, "/api/messages?limit=1000", &list)
	return list.Items
}

// appears waits for an SMS that ok says yes to.
func (x *texting) appears(what string, ok func(shownSMS) bool) (found shownSMS) {
	x.t.Helper()
	eventually(x.t, what, func() bool {
		list := x.messages()
		at := slices.IndexFunc(list, ok)
		if at >= 0 {
			found = list[at]
		}
		return at >= 0
	})
	return found
}

func (x *texting) reaches(id int64, state string) shownSMS {
	x.t.Helper()
	return x.appears(fmt.Sprintf("SMS %d is %s", id, state), func(m shownSMS) bool { return m.ID == id && m.State == state })
}

// submitted gives the texts that the network took from modems for a number.
func (x *texting) submitted(to string) (texts []string) {
	for _, e := range x.bank.Network().Ledger(0, 100_000) {
		if e.Kind == simulated.Submitted && e.Modem != "" && e.To == to {
			texts = append(texts, e.Text)
		}
	}
	return texts
}

// TestModemsEndToEnd: what the API is told reaches phones, and what they say is filed, over modems that speak AT.
func TestModemsEndToEnd(t *testing.T) {
	x := startTexting(t)
	sent := x.send(sailor, "ahoy @ €5")
	if got := x.reaches(sent.ID, "delivered"); got.Modem != "north" {
		t.Errorf("it went by %s", got.Modem)
	}
	x.appears("the answer is in the quarantine", func(m shownSMS) bool {
		return m.State == "quarantined" && m.Peer == sailor && m.Text == "aye: ahoy @ €5"
	})
	long := strings.Repeat("Машина прибыла на склад. ", 8)
	if got := x.reaches(x.send(sailor, long).ID, "delivered"); got.Parts != 3 {
		t.Errorf("%d parts", got.Parts)
	}
	x.appears("the long answer is whole", func(m shownSMS) bool { return m.Text == "aye: "+long })

	var device struct {
		ID int32
	}
	x.post("/api/devices", `{"identity":"352093081452251","phone":"+882 9900 0000 03"}`, http.StatusCreated, &device)
	if err := x.bank.Modem(1).Text(tracker, "Lat:48.1 Lon:2.2"); err != nil {
		t.Fatal(err)
	}
	got := x.appears("the tracker's SMS", func(m shownSMS) bool { return m.Peer == tracker })
	if got.State != "received" || got.Vehicle == nil || got.Modem != "south" {
		t.Errorf("of the tracker: %+v", got)
	}
	x.brokenMessage()
	x.balanceAndPause()
}

// brokenMessage: what cannot be read is kept as it is, and not in the way of what comes after it.
func (x *texting) brokenMessage() {
	x.t.Helper()
	if err := x.bank.Modem(1).PDU("0004" + "0B918899000000F30084FFFFFFFFFFFFFF05E8329BFD06"); err != nil {
		x.t.Fatal(err)
	}
	x.appears("an unreadable SMS", func(m shownSMS) bool { return m.State == "unreadable" && m.Reason != "" })
	if err := x.bank.Modem(1).Text(tracker, "after it"); err != nil {
		x.t.Fatal(err)
	}
	x.appears("what came after it", func(m shownSMS) bool { return m.Text == "after it" })
	eventually(x.t, "the SIM is empty", func() bool { return x.bank.Modem(1).State().Stored == 0 })
}

func (x *texting) balanceAndPause() {
	x.t.Helper()
	var told struct{ Text string }
	x.post("/api/modems/south/ussd", `{"code":"*100#"}`, http.StatusOK, &told)
	if told.Text == "" {
		x.t.Error("the network says nothing of the balance")
	}
	x.post("/api/modems/north/pause", `{"paused":true}`, http.StatusNoContent, nil)
	eventually(x.t, "north is paused", func() bool {
		var m struct{ Paused bool }
		x.get(x.client, "/api/modems/north", &m)
		return m.Paused
	})
	if got := x.reaches(x.send("+4915112345678", "to nobody").ID, "failed"); got.Modem != "south" || got.Reason == "" {
		x.t.Errorf("to nobody: %+v", got)
	}
	var history struct{ Points []struct{ Phase string } }
	eventually(x.t, "the pause is in the history", func() bool {
		x.get(x.client, "/api/modems/north/history", &history)
		return len(history.Points) > 0 && history.Points[len(history.Points)-1].Phase == "paused"
	})
}

// TestModemsSurviveTrouble: a modem that hangs, vanishes or reboots is used again, and nothing goes twice.
func TestModemsSurviveTrouble(t *testing.T) {
	x := startTexting(t)
	for i, trouble := range []func(*simulated.Modem){
		func(m *simulated.Modem) { m.Reboot(200 * time.Millisecond) },
		func(m *simulated.Modem) { m.Pull(); m.Insert(nil) },
		func(m *simulated.Modem) { m.Register(simulated.Denied) },
	} {
		trouble(x.bank.Modem(0))
		m := x.send(mute, fmt.Sprint("trouble ", i))
		x.reaches(m.ID, "delivered") // by the other one, or once it is back
	}
	x.bank.Modem(0).Register(simulated.Home)
	texts := x.submitted(mute)
	slices.Sort(texts)
	if want := []string{"trouble 0", "trouble 1", "trouble 2"}; !slices.Equal(texts, want) {
		t.Errorf("the network took %q", texts)
	}
}

// TestModemSettings: what is wrong with one is told before the server starts.
func TestModemSettings(t *testing.T) {
	for want, setting := range map[string]string{
		"does not begin with serial:": "north=http://a",
		"4 to 8 digits":               "north=tcp://127.0.0.1:1;pin=12",
		"is not one of pin":           "north=tcp://127.0.0.1:1;speed=3",
	} {
		var out bytes.Buffer
		err := run(t.Context(), []string{"serve", "--data", t.TempDir(), "--modem", setting}, streams{strings.NewReader(""), &out, &out})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", setting, err, want)
		}
	}
}
