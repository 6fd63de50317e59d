package api

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/all"
	"drover/server/internal/fleet"
)

func TestProtocolsAreDescribed(t *testing.T) {
	w := newWorld(t)
	w.ask(w.session("viewer"), "GET", "/api/protocols", "").want(t, http.StatusOK).
		contains(t, `"name":"gt06","title":"Concox GT06"`, `"port":5023,"open_port":5023`, `"transports":["tcp","udp"]`,
			`"commands":["custom","locate","interval","output","immobilise","release","reboot","server","apn"]`,
			`"name":"checksum"`, `"values":["flag","strict","off"]`)
}

// TestAProfileIsTried: frames are read as it says, and a better one is found.
func TestAProfileIsTried(t *testing.T) {
	w := newWorld(t)
	as := w.session("dispatcher")
	var d struct{ ID int32 }
	w.ask(as, "POST", "/api/devices", `{"identity":"352093081452251","protocol":"gt06"}`).into(t, &d)
	path := fmt.Sprintf("/api/devices/%d/profile/test", d.ID)
	tracker := all.Named("gt06").Speak(protocols.TCP, "352093081452251")
	ahead := time.Now().UTC().Add(8 * time.Hour)
	frame := hex.EncodeToString(tracker.Report([]protocols.Position{{Time: ahead, Located: true, Valid: true, Latitude: 52,
		Longitude: 13, Speed: protocols.Some(1.0), Course: protocols.Some(1.0), Satellites: protocols.Some(9)}}))
	w.ask(as, "POST", path, `{"frames":["`+frame+`"]}`).want(t, http.StatusOK).
		contains(t, `"fits":false,"failed":0,"positions":1,"odd":1`, `"better":{"clock_offset_s":28800,"options":{}}`)
	w.ask(as, "POST", path, `{"clock_offset_s":28800,"frames":["`+frame+`"]}`).want(t, http.StatusOK).
		contains(t, `"fits":true`, `"better":null`, `"latitude":52`)
	w.ask(as, "POST", path, `{"frames":["787811"]}`).want(t, http.StatusOK).contains(t, `"fits":false,"failed":1`)
	for body, want := range map[string]string{
		`{"frames":["xyz"]}`: "two digits a byte",
		`{"frames":["00"],"options":{"checksum":"loose"}}`: "must be one of flag, strict, off",
		`{"frames":["00"],"options":{"colour":"red"}}`:     "has no such option",
		`{"frames":["00"],"protocol":"fax"}`:               "there is no protocol fax",
	} {
		w.ask(as, "POST", path, body).want(t, http.StatusUnprocessableEntity).contains(t, want)
	}
	w.ask(as, "POST", path, `{"wait_s":1}`).want(t, http.StatusConflict)
}

// TestMisreads: what nobody understood is listed for who runs the server, tried again when asked for, and forgotten.
func TestMisreads(t *testing.T) {
	w := newWorld(t)
	as := w.session("admin")
	w.must(w.store.SaveMisreads(t.Context(), []fleet.Misread{{Time: time.Now(), Network: protocols.UDP, Port: 5000,
		Address: netip.MustParseAddrPort("203.0.113.9:4711"), Protocol: "any", Bytes: []byte{1, 2}, Error: "nobody's"}}))
	var page struct {
		Items []struct {
			ID      int64
			Address string
			Hex     string
		}
	}
	answer := w.ask(as, "GET", "/api/misreads?search=203.0", "").want(t, http.StatusOK)
	if err := json.Unmarshal(answer.body, &page); err != nil || len(page.Items) != 1 || page.Items[0].Hex != "0102" ||
		page.Items[0].Address != "203.0.113.9:4711" {
		t.Fatalf("%s, %v", answer.body, err)
	}
	w.ask(as, "POST", "/api/misreads/replay", `{}`).want(t, http.StatusOK).contains(t, `"asked":1`)
	w.ask(as, "GET", "/api/audit", "").want(t, http.StatusOK).contains(t, `"action":"replay"`)
	path := fmt.Sprintf("/api/misreads/%d", page.Items[0].ID)
	w.ask(as, "DELETE", path, "").want(t, http.StatusNoContent)
	w.ask(as, "DELETE", path, "").want(t, http.StatusNotFound)
}
