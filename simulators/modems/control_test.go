package modems

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// post asks the control API, and gives the status and the words.
func post(t *testing.T, url, body string) (int, string) {
	t.Helper()
	r, err := http.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	words, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(words)
}

func get(t *testing.T, url string, into any) {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if err := json.NewDecoder(r.Body).Decode(into); err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", url, r.Status, err)
	}
}

func startControl(t *testing.T, c Config) (*Bank, string) {
	b := startBank(t, c)
	address, err := ServeControl(b, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return b, "http://" + address
}

// TestControl: each wish is done, as the modem's client sees it.
func TestControl(t *testing.T) {
	b, url := startControl(t, Config{Count: 2})
	c := dial(t, b, 0)
	c.ask("AT+CMGF=0;+CNMI=2,1,0,1,0;+CREG=2")
	for _, w := range []struct{ path, body, seen string }{
		{"/modems/0/messages", `{"from":"+33600000000","text":"hi"}`, "+CMTI: \"SM\",1\r\n"},
		{"/modems/0/messages", `{"pdu":"000401"}`, "+CMTI: \"SM\",2\r\n"},
		{"/messages", `{"from":"5555","to":"` + MSISDN(0) + `","text":"hi"}`, "+CMTI: \"SM\",3\r\n"},
		{"/modems/0/report", `{"to":"+33600000000","reference":7,"status":48}`, "30\r\n"},
		{"/modems/0/urc", `{"line":"^BOOT:1"}`, "\r\n^BOOT:1\r\n"},
		{"/modems/0/registration", `{"registration":2}`, "\r\n+CREG: 2\r\n"},
		{"/modems/0/clear", ``, "\r\n+CREG: 1,\"00A1\",\"0001B2C3\",7\r\n"},
		{"/modems/0/cell", `{"lac":1,"cell":2,"access":0}`, "\r\n+CREG: 1,\"0001\",\"00000002\",0\r\n"},
		{"/modems/0/sim", `{"action":"pull"}`, "+CREG: 0\r\n"},
		{"/modems/0/sim", `{"action":"insert"}`, "\"00000002\",0\r\n"},
		{"/modems/0/sim", `{"action":"swap","sim":9}`, "\"00000002\",0\r\n"},
		{"/modems/0/faults", `{"rules":"when AT+CSQ do unregister\nwhen AT+CSQ do puk"}`, ""},
		{"/modems/0/signal", `{"rssi":3}`, ""},
		{"/modems/0/temperature", `{"celsius":60}`, ""},
		{"/modems/0/balance", `{"amount":1.25}`, ""},
		{"/modems/1/hang", ``, ""},
		{"/power", `{"msisdn":"+1","on":false}`, ""},
	} {
		if status, words := post(t, url+w.path, w.body); status != http.StatusNoContent {
			t.Fatalf("%s: %d %s", w.path, status, words)
		}
		if w.seen != "" {
			c.until(w.seen)
		}
	}
	var states []State
	get(t, url+"/modems", &states)
	s := states[0]
	if s.MSISDN != MSISDN(9) || s.Signal != 3 || s.Temperature != 60 || s.Balance != 1.25 || s.Rules != 2 || !states[1].Hung {
		t.Errorf("%+v", states)
	}
	for _, path := range []string{"/modems/1/unhang", "/modems/1/vanish", "/modems/1/return", "/modems/1/reboot"} {
		if status, words := post(t, url+path, ""); status != http.StatusNoContent {
			t.Errorf("%s: %d %s", path, status, words)
		}
	}
	var one State
	if !eventually(func() bool { get(t, url+"/modems/1", &one); return one.Name == "modem1-1" && !one.Booting && !one.Hung }) {
		t.Errorf("%+v", one)
	}
}

func TestControlLists(t *testing.T) {
	b, url := startControl(t, Config{})
	if err := b.Network().Send("1", MSISDN(0), "hi"); err != nil {
		t.Fatal(err)
	}
	entries(t, b, Delivered, 1)
	var all []Entry
	if get(t, url+"/ledger?after=1&limit=5", &all); len(all) != 1 || all[0].Kind != Delivered || all[0].Text != "hi" {
		t.Errorf("%+v", all)
	}
	var faults []FaultInfo
	if get(t, url+"/faults", &faults); len(faults) != len(Faults()) {
		t.Errorf("%d faults", len(faults))
	}
}

// TestControlRefuses: what cannot be is told with its name.
func TestControlRefuses(t *testing.T) {
	_, url := startControl(t, Config{})
	for _, w := range []struct{ path, body, want string }{
		{"/modems/1/hang", "", "modem \\\"1\\\" is not one of 0 to 0"},
		{"/modems/0/signal", `{"rssi":50}`, "signal is 50: it must be 0 to 31, or 99"},
		{"/modems/0/signal", `{"strength":50}`, "unknown field"},
		{"/modems/0/registration", `{"registration":4}`, "must be 0, 1, 2, 3 or 5"},
		{"/modems/0/sim", `{"action":"eat"}`, "must be pull, insert or swap"},
		{"/modems/0/messages", `{"pdu":"zz"}`, "pdu: "},
		{"/modems/0/messages", `{"pdu":"00"}`, "nothing follows"},
		{"/modems/0/messages", `{"text":"x"}`, "needs the numbers from and to"},
		{"/modems/0/faults", `{"rules":"x"}`, "faults, line 1"},
		{"/modems/0/faults", `{"rules":`, "body: "},
	} {
		if status, words := post(t, url+w.path, w.body); status < 400 || !strings.Contains(words, w.want) {
			t.Errorf("%s %s: %d %s, want %q", w.path, w.body, status, words, w.want)
		}
	}
	r, err := http.Get(url + "/ledger?limit=-1")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusBadRequest {
		t.Error(r.Status)
	}
	if _, err := ServeControl(startBank(t, Config{}), "0.0.0.0:0"); err == nil || !strings.Contains(err.Error(), "loopback") {
		t.Error(err)
	}
}
