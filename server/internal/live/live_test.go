package live

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"drover/server/internal/fleet"
)

// of says the fix is that device's.
func of(device fleet.DeviceID, f fleet.Fix) fleet.Fix {
	f.Device = device
	return f
}

func TestVehiclesMove(t *testing.T) {
	s := newStage(t, nil)
	late, jump := at(50, 1, 1, 0), at(51, 1, 1, 0)
	late.Flags, jump.Flags = fleet.FlagLate, fleet.FlagJump
	s.live.Update([]fleet.Fix{at(0, 52, 13, 50), late, jump, of(4, at(60, 9, 9, 9)), of(99, at(60, 9, 9, 9))})
	v := s.view("one")
	v.until("a snapshot", func() bool { return len(v.frames) > 0 })
	if v.frames[0].Kind != "snapshot" || len(v.vehicles) != 1 || v.vehicles[1].Latitude != 52 || v.hellos != 1 ||
		len(v.names) != 2 || v.names[1] != "One B-1 north" || v.names[2] != "Two" {
		t.Fatalf("%+v", v)
	}
	s.live.Update([]fleet.Fix{at(100, 53, 13, 0), at(140, 53, 13, 0), of(2, at(0, 48, 2, 0))})
	v.until("a change", func() bool { return v.vehicles[1].Latitude == 53 && v.vehicles[2].Latitude == 48 })
	if v.snapshots() != 1 || v.vehicles[1].State != "stopped" {
		t.Errorf("%d snapshots, %+v", v.snapshots(), v.vehicles)
	}
	frames := len(v.frames)
	v.until("frames without a vehicle, so that the page knows the line is there", func() bool {
		return len(v.frames) > frames+2 && len(v.frames[len(v.frames)-1].Vehicles) == 0
	})
	v.say(`{"type":"snapshot"}`)
	v.until("another snapshot", func() bool { return v.snapshots() == 2 && len(v.vehicles) == 2 })
	again := s.view("one")
	again.until("a snapshot after a reconnect", func() bool { return len(again.vehicles) == 2 })
	if s.metric("readers") != 2 {
		t.Errorf("%v readers counted", s.metric("readers"))
	}
}

func TestSeed(t *testing.T) {
	s := newStage(t, nil)
	s.live.Update([]fleet.Fix{of(2, at(100, 50, 2, 0))})
	s.live.Seed([]fleet.State{
		{Device: 1, Last: at(0, 52, 13, 0), Motion: fleet.Idle},
		{Device: 2, Last: at(0, 48, 2, 0)},
		{Device: 1},
	})
	v := s.view("one")
	v.until("both vehicles", func() bool { return len(v.vehicles) == 2 })
	if v.vehicles[1].State != "idle" || v.vehicles[2].Latitude != 50 {
		t.Errorf("%+v", v.vehicles)
	}
}

func TestOrganizationsSeeTheirOwn(t *testing.T) {
	s := newStage(t, nil)
	one, two := s.view("one"), s.view("two")
	// Device 5 is organization 1's and was put into a vehicle of organization 2 by mistake: nobody sees it.
	s.live.Update([]fleet.Fix{at(0, 52, 13, 0), of(3, at(0, 40, 3, 0)), of(5, at(9, 1, 1, 0))})
	one.until("its vehicle", func() bool { return len(one.vehicles) > 0 })
	two.until("its vehicle", func() bool { return len(two.vehicles) > 0 })
	frames := len(two.frames)
	two.until("some frames more", func() bool { return len(two.frames) > frames+5 })
	for _, f := range two.frames {
		for _, v := range f.Vehicles {
			if v.ID != 3 || v.Latitude != 40 {
				t.Errorf("organization 2 sees %+v", v)
			}
		}
	}
	if len(two.names) != 1 || two.names[3] != "Three" || one.names[3] != "" {
		t.Errorf("names %v and %v", one.names, two.names)
	}
}

func TestView(t *testing.T) {
	s := newStage(t, nil)
	s.live.Update([]fleet.Fix{at(0, 0, 179.5, 50), of(2, at(0, 0, 100, 50))})
	v := s.view("one")
	v.say(`{"type":"view","bbox":[179,-1,-179,1]}`)
	v.until("one vehicle", func() bool { return v.snapshots() == 2 && len(v.vehicles) == 1 && v.vehicles[1].ID == 1 })
	s.live.Update([]fleet.Fix{at(1, 0, -179.5, 50), of(2, at(1, 0, 101, 50))})
	v.until("it crosses the date line", func() bool { return v.vehicles[1].Longitude == -179.5 })
	s.live.Update([]fleet.Fix{at(2, 0, -178, 50)})
	v.until("one last update of the vehicle that leaves", func() bool { return v.vehicles[1].Longitude == -178 })
	s.live.Update([]fleet.Fix{at(3, 0, -177, 50)})
	frames := len(v.frames)
	v.until("some frames more", func() bool { return len(v.frames) > frames+5 })
	if v.vehicles[1].Longitude != -178 || len(v.vehicles) != 1 {
		t.Errorf("outside of the view: %+v", v.vehicles)
	}
	s.live.Update([]fleet.Fix{of(2, at(4, 0, 180, 50))})
	v.until("the other enters", func() bool { return v.vehicles[2].Longitude == 180 })
	v.say(`{"type":"view","bbox":null}`)
	v.until("all", func() bool { return v.snapshots() == 3 && v.vehicles[1].Longitude == -177 && len(v.vehicles) == 2 })
}

func TestListFollowsRegistry(t *testing.T) {
	s := newStage(t, nil)
	s.live.Update([]fleet.Fix{at(0, 52, 13, 0)})
	v := s.view("one")
	v.until("two names", func() bool { return len(v.names) == 2 && len(v.frames) > 0 })
	var vehicles []fleet.Vehicle
	for id := range 3*listChunk + 7 {
		vehicles = append(vehicles, fleet.Vehicle{ID: fleet.VehicleID(id + 2), Organization: 1, Name: "new"})
	}
	s.registry.Replace(fleet.NewSnapshot(nil, vehicles))
	v.until("the new names", func() bool {
		return v.names[1] == "" && v.names[2] == "new" && len(v.names) == len(vehicles)
	})
	v.say(`{"type":"snapshot"}`)
	v.until("a snapshot without the removed", func() bool { return v.snapshots() == 2 && len(v.vehicles) == 0 })
	other := s.view("one")
	other.until("all names", func() bool { return len(other.frames) > 0 })
	if len(other.names) != len(vehicles) {
		t.Errorf("%d names, want %d", len(other.names), len(vehicles))
	}
}

func TestWhoIsTurnedAway(t *testing.T) {
	s := newStage(t, func(c *Config) { c.Readers = 1 })
	for _, c := range []struct {
		name   string
		header http.Header
		status int
	}{
		{"nobody", http.Header{}, http.StatusUnauthorized},
		{"another origin", http.Header{"Token": {"one"}, "Origin": {"https://evil.example"}}, http.StatusForbidden},
		{"the own origin", http.Header{"Token": {"one"}, "Origin": {s.server.URL}}, http.StatusSwitchingProtocols},
		{"one too many", http.Header{"Token": {"one"}}, http.StatusServiceUnavailable},
	} {
		until(t, "no reader", func() bool { return c.status == http.StatusServiceUnavailable || s.metric("readers") == 0 })
		conn, answer, err := websocket.DefaultDialer.Dial(s.url(), c.header)
		if answer == nil || answer.StatusCode != c.status {
			t.Fatalf("%s: %v, %v; want %d", c.name, answer, err, c.status)
		}
		if conn != nil {
			defer conn.Close()
			continue
		}
		body, err := io.ReadAll(answer.Body)
		if err != nil || !strings.Contains(string(body), `"status":`) ||
			answer.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %s, %v", c.name, body, err)
		}
	}
	answer, err := http.Get(s.server.URL)
	if err != nil || answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("not a WebSocket: %v, %v", answer, err)
	}
	answer.Body.Close()
}

func TestBadWishes(t *testing.T) {
	s := newStage(t, nil)
	for _, text := range []string{`{`, `{"type":"dance"}`, `{"type":"view","bbox":[1,2,3]}`, `{"type":"view","bbox":[]}`,
		`{"type":"view","bbox":[0,9,1,8]}`, `[]`} {
		v := s.view("one")
		v.say(text)
		if code := v.closed(); code != websocket.ClosePolicyViolation {
			t.Errorf("%s: closed with %d", text, code)
		}
	}
	v := s.view("one")
	v.say(`{"type":"` + strings.Repeat("x", longestWish) + `"}`)
	if code := v.closed(); code != websocket.CloseMessageTooBig {
		t.Errorf("a long message: closed with %d", code)
	}
	v = s.view("one")
	if err := v.conn.WriteMessage(websocket.BinaryMessage, []byte{1}); err != nil {
		t.Fatal(err)
	}
	if code := v.closed(); code != websocket.ClosePolicyViolation {
		t.Errorf("a binary message: closed with %d", code)
	}
}

func TestSilentReaderIsGivenUp(t *testing.T) {
	s := newStage(t, func(c *Config) { c.Ping, c.Patience = 10*time.Millisecond, 100*time.Millisecond })
	mute, good := s.view("one"), s.view("one")
	mute.conn.SetPingHandler(func(string) error { return nil }) // no pong
	done := make(chan int)
	go func() { done <- mute.closed() }()
	for waiting := true; waiting; {
		select {
		case code := <-done:
			if code != websocket.CloseTryAgainLater {
				t.Errorf("closed with %d", code)
			}
			waiting = false
		default:
			if err := good.read(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestStopSaysGoodbye(t *testing.T) {
	s := newStage(t, nil)
	v := s.view("one")
	v.until("a snapshot", func() bool { return len(v.frames) > 0 })
	s.stop()
	if code := v.closed(); code != websocket.CloseGoingAway {
		t.Errorf("closed with %d", code)
	}
	if _, answer, err := websocket.DefaultDialer.Dial(s.url(), http.Header{"Token": {"one"}}); err == nil ||
		answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("a stopped Live answers %v, %v", answer, err)
	}
}
