package live

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"drover/server/internal/fleet"
)

// patience is how long these tests wait for what must happen.
const patience = 10 * time.Second

// stage is a running Live behind a real HTTP server. The request's Token says which organization it comes from.
type stage struct {
	tb       testing.TB
	live     *Live
	registry *fleet.Registry
	server   *httptest.Server
	metrics  *prometheus.Registry
	stop     context.CancelFunc
	refusal  atomic.Pointer[error] // what is said of the token "one" instead of its organization
}

// newStage has vehicles 1 (of device 1) and 2 in organization 1, and 3 in organization 2.
func newStage(tb testing.TB, change func(*Config)) *stage {
	tb.Helper()
	s := &stage{tb: tb, registry: fleet.NewRegistry(), metrics: prometheus.NewRegistry()}
	s.registry.Replace(fleet.NewSnapshot(
		[]fleet.Device{{ID: 1, Organization: 1, Vehicle: 1}, {ID: 2, Organization: 1, Vehicle: 2},
			{ID: 3, Organization: 2, Vehicle: 3}, {ID: 4, Organization: 1}, {ID: 5, Organization: 1, Vehicle: 3}},
		[]fleet.Vehicle{{ID: 1, Organization: 1, Name: "One", Plate: "B-1", Group: 7, Path: "north"},
			{ID: 2, Organization: 1, Name: "Two"}, {ID: 3, Organization: 2, Name: "Three"}}))
	config := Config{Registry: s.registry, Interval: 5 * time.Millisecond, Log: zerolog.Nop(), Metrics: s.metrics}
	if change != nil {
		change(&config)
	}
	var err error
	if s.live, err = New(config); err != nil {
		tb.Fatal(err)
	}
	var ctx context.Context
	ctx, s.stop = context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := s.live.Run(ctx); err != nil {
			tb.Error(err)
		}
	}()
	s.server = httptest.NewUnstartedServer(s.live.Handler(func(r *http.Request) (fleet.Scope, error) {
		switch r.Header.Get("Token") {
		case "one":
			if err := s.refusal.Load(); err != nil {
				return fleet.Scope{}, *err
			}
			return fleet.Scope{Organization: 1}, nil
		case "two":
			return fleet.Scope{Organization: 2}, nil
		case "north": // the group of the first vehicle
			return fleet.Scope{Organization: 1, Groups: []fleet.GroupID{7}}, nil
		case "nowhere":
			return fleet.Scope{Organization: 1, Groups: []fleet.GroupID{}}, nil
		}
		return fleet.Scope{}, ErrRefused
	}))
	s.server.Config.ConnContext = func(ctx context.Context, c net.Conn) context.Context {
		if err := c.(*net.TCPConn).SetWriteBuffer(64 << 10); err != nil { // so that a stalled reader is felt soon
			tb.Error(err)
		}
		return ctx
	}
	s.server.Start()
	tb.Cleanup(func() {
		s.stop()
		<-done
		s.server.Close()
	})
	return s
}

// viewer is a browser's end.
type viewer struct {
	tb       testing.TB
	conn     *websocket.Conn
	hellos   int
	names    map[fleet.VehicleID]string
	vehicles map[uint32]shownVehicle
	frames   []shown
	notices  []string // as they came
}

func (s *stage) view(token string, options ...func(*websocket.Dialer)) *viewer {
	s.tb.Helper()
	v := &viewer{tb: s.tb, names: map[fleet.VehicleID]string{}, vehicles: map[uint32]shownVehicle{}}
	dialer := *websocket.DefaultDialer
	for _, o := range options {
		o(&dialer)
	}
	var err error
	v.conn, _, err = dialer.Dial(s.url(), http.Header{"Token": {token}})
	if err != nil {
		s.tb.Fatal(err)
	}
	s.tb.Cleanup(func() { v.conn.Close() })
	return v
}

func (s *stage) url() string { return "ws" + strings.TrimPrefix(s.server.URL, "http") }

// narrow makes a browser whose machine takes little at once.
func narrow(d *websocket.Dialer) {
	d.NetDial = func(network, address string) (net.Conn, error) {
		conn, err := net.Dial(network, address)
		if err == nil {
			err = conn.(*net.TCPConn).SetReadBuffer(64 << 10)
		}
		return conn, err
	}
}

// read takes one message in.
func (v *viewer) read() error {
	v.conn.SetReadDeadline(time.Now().Add(patience))
	kind, data, err := v.conn.ReadMessage()
	if err != nil {
		return err
	}
	if kind == websocket.TextMessage {
		v.readText(data)
		return nil
	}
	f := decode(v.tb, data)
	v.frames = append(v.frames, f)
	if f.Kind == "snapshot" {
		clear(v.vehicles)
	}
	for _, vehicle := range f.Vehicles {
		v.vehicles[vehicle.ID] = vehicle
	}
	return nil
}

func (v *viewer) readText(data []byte) {
	var m struct {
		Type       string
		ServerTime int64 `json:"server_time"`
		Interval   int64 `json:"interval_ms"`
		All        bool
		Vehicles   []struct {
			ID                 fleet.VehicleID
			Name, Plate, Group string
		}
		Removed []fleet.VehicleID
	}
	if err := json.Unmarshal(data, &m); err != nil {
		v.tb.Fatal(err)
	}
	switch m.Type {
	case "notice":
		v.notices = append(v.notices, strings.TrimSpace(string(data)))
	case "hello":
		v.hellos++
		if m.Interval == 0 || time.Since(time.UnixMilli(m.ServerTime)).Abs() > time.Minute {
			v.tb.Errorf("hello %s", data)
		}
	case "vehicles":
		if m.All {
			clear(v.names)
		}
		for _, n := range m.Vehicles {
			v.names[n.ID] = strings.TrimSpace(n.Name + " " + n.Plate + " " + n.Group)
		}
		for _, id := range m.Removed {
			delete(v.names, id)
		}
	default:
		v.tb.Errorf("unknown message %s", data)
	}
}

// until reads until ok, or patience is over.
func (v *viewer) until(what string, ok func() bool) {
	v.tb.Helper()
	for deadline := time.Now().Add(patience); !ok(); {
		if err := v.read(); err != nil {
			v.tb.Fatalf("%v while waiting for: %s", err, what)
		}
		if time.Now().After(deadline) {
			v.tb.Fatalf("waited in vain for: %s", what)
		}
	}
}

func (v *viewer) say(text string) {
	v.tb.Helper()
	if err := v.conn.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		v.tb.Fatal(err)
	}
}

// snapshots is how many frames of the kind have come.
func (v *viewer) snapshots() (n int) {
	for _, f := range v.frames {
		if f.Kind == "snapshot" {
			n++
		}
	}
	return n
}

// closed reads until the server hangs up, and gives its code.
func (v *viewer) closed() int {
	v.tb.Helper()
	for {
		err := v.read()
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			return closed.Code
		}
		if err != nil {
			v.tb.Fatalf("no close code: %v", err)
		}
	}
}

// metric is the value of a collector, summed over its labels.
func (s *stage) metric(name string) (sum float64) {
	families, err := s.metrics.Gather()
	if err != nil {
		s.tb.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == "drover_live_"+name {
			for _, m := range f.GetMetric() {
				sum += m.GetCounter().GetValue() + m.GetGauge().GetValue()
			}
		}
	}
	return sum
}

// until polls until ok, or patience is over.
func until(tb testing.TB, what string, ok func() bool) {
	tb.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(patience); !ok(); <-tick.C {
		if time.Now().After(deadline) {
			tb.Fatalf("waited in vain for: %s", what)
		}
	}
}
