package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"drover/protocols"
	"drover/protocols/all"
	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/postgres/postgrestest"
	"drover/server/internal/store"
)

const password = "correct horse battery"

// world is a server on a real database with two organizations, each with a user of every role, two vehicles and their
// fixes.
type world struct {
	t        *testing.T
	database string // its address
	store    *store.Store
	api      *api
	url      string
	orgs     [2]fleet.Organization
	users    map[string]fleet.User         // admin, dispatcher and viewer of the first, admin2… of the second
	watching *atomic.Pointer[http.Request] // the latest request for the live line
	// the first of each organization's two
	devices  [2]fleet.Device
	vehicles [2]fleet.VehicleID
}

var epoch = time.Now().UTC().Truncate(24 * time.Hour).Add(-24 * time.Hour)

func newWorld(t *testing.T) *world {
	t.Helper()
	ctx := t.Context()
	database := postgrestest.New(t)
	s, err := store.Open(ctx, database, store.Options{Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	w := &world{t: t, database: database, store: s, users: map[string]fleet.User{},
		watching: new(atomic.Pointer[http.Request])}
	w.addPeople(ctx)
	w.addFleet(ctx)
	live := http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		who, _ := caller(r.Context())
		w.watching.Store(r.WithContext(context.WithoutCancel(r.Context())))
		_, _ = fmt.Fprintf(out, "live for %d", who.Organization.ID)
	})
	static := func(text string) http.Handler {
		return http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(out, text) })
	}
	metrics := prometheus.NewRegistry()
	metrics.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "drover_test"}))
	w.api, err = build(Config{
		Store: s, Live: live, Page: static("the page"), Tiles: static("a tile"), Metrics: metrics, Version: "test",
		Log: zerolog.New(zerolog.NewTestWriter(t)), Ports: []Port{{"teltonika", 5027}, {"gt06", 5023}},
		Ready: []Check{{"database", s.Ping}}, Key: identity.NewKey(), Protocols: all.Protocols(),
		Modems: standIn{s},
	})
	w.must(s.SaveModem(ctx, "north", []byte("{}"), &fleet.ModemPoint{Modem: "north", Time: epoch, Phase: "ready"}))
	w.must(err)
	server := httptest.NewUnstartedServer(nil)
	server.Config = NewServer(w.api.outermost(w.api.router), zerolog.Nop())
	server.Start()
	t.Cleanup(server.Close)
	w.url = server.URL
	return w
}

// share runs tests on one world, one after the other; each leaves it as it was.
func (w *world) share(t *testing.T, tests map[string]func(*testing.T, *world)) {
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			own := *w
			own.t = t
			test(t, &own)
		})
	}
}

// use puts another store under the API until the test ends.
func (w *world) use(s Store) {
	before := w.api.Store
	w.api.Store = s
	w.t.Cleanup(func() { w.api.Store = before })
}

func (w *world) addPeople(ctx context.Context) {
	w.t.Helper()
	hash, err := identity.NewPasswords().Hash(ctx, password)
	w.must(err)
	first, created, err := w.store.CreateFirstAdmin(ctx, "Nordfracht", "admin@example.com", "Ada", hash)
	w.must(err)
	if !created {
		w.t.Fatal("the first admin was not made")
	}
	w.users["admin"] = first
	w.orgs[0], err = w.store.Organization(ctx, first.Organization)
	w.must(err)
	w.orgs[1], err = w.store.CreateOrganization(ctx, "Südbus")
	w.must(err)
	for i, org := range w.orgs {
		for _, role := range []fleet.Role{fleet.Admin, fleet.Dispatcher, fleet.Viewer} {
			name := string(role) + []string{"", "2"}[i]
			if name == "admin" {
				continue
			}
			w.users[name], err = w.store.CreateUser(ctx, fleet.Scope{Organization: org.ID},
				fleet.User{Email: name + "@example.com", Name: name, Role: role}, hash)
			w.must(err)
		}
	}
}

func (w *world) addFleet(ctx context.Context) {
	w.t.Helper()
	for i, org := range w.orgs {
		for n := range 2 {
			d, err := w.store.CreateDevice(ctx, fleet.Scope{Organization: org.ID}, store.NewDevice{
				Identity: fmt.Sprintf("3520930814522%d%d", i, n), Name: fmt.Sprintf("Van %d", n),
				Plate:    fmt.Sprintf("HH-%d%d", i, n),
				Protocol: "teltonika", Model: "FMB920",
			})
			w.must(err)
			if n == 0 {
				w.devices[i], w.vehicles[i] = d.Device, d.Vehicle
			}
		}
	}
}

// drive stores count fixes of an organization's first vehicle, a minute and a hundredth of a degree apart, from 53.5
// N 10 E.
func (w *world) drive(org, count int) {
	w.t.Helper()
	w.driveDevice(w.devices[org].ID, org, count, 53.5, "")
}

// driveDevice stores fixes of a device through a partition of the journal that nobody else uses; each says note.
func (w *world) driveDevice(device fleet.DeviceID, partition, count int, latitude float64, note string) {
	w.t.Helper()
	fixes := make([]fleet.Fix, count)
	for i := range fixes {
		fixes[i] = fleet.Fix{Device: device, Received: epoch.Add(time.Duration(i)*time.Minute + time.Second),
			Position: protocols.Position{
				Time: epoch.Add(time.Duration(i) * time.Minute), Located: true, Valid: true,
				Latitude: latitude, Longitude: 10 + float64(i%1000)/100, Speed: protocols.Some(72.5), Course: protocols.Some(90.0),
				Altitude: protocols.Some(12.0), Satellites: protocols.Some(9), Ignition: protocols.Some(true),
				Attributes: []protocols.Attribute{protocols.Attr("fuel_l", protocols.Decimal(415, 1))},
			}}
	}
	for i := range fixes {
		if note != "" {
			fixes[i].Attributes = append(fixes[i].Attributes, protocols.Attr("note", protocols.Text(note)))
		}
	}
	last := fixes[count-1]
	state := store.DeviceState{Newest: last.Time, State: fleet.State{
		Device: last.Device, Last: last, Motion: fleet.Moving, MotionSince: epoch,
		Values: []fleet.ValueAt{{Name: "fuel_l", Value: protocols.Decimal(415, 1), Time: last.Time}},
	}}
	state.Last.Attributes = nil
	_, err := w.store.Position(w.t.Context(), partition, "test")
	w.must(err)
	_, err = w.store.Write(w.t.Context(), &store.Batch{
		Partition: partition, Journal: "test", From: 0, To: 1, Fixes: fixes, States: []store.DeviceState{state},
	})
	w.must(err)
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// credential says who asks: it is the header that a request gets.
type credential struct{ name, value string }

func (w *world) session(user string) credential {
	w.t.Helper()
	token, hash := identity.NewToken("")
	w.must(w.store.CreateSession(w.t.Context(), store.NewSession{
		User: w.users[user].ID, Hash: hash, Expires: time.Now().Add(time.Hour),
	}))
	return credential{"Cookie", sessionCookie + "=" + token}
}

func (w *world) token(user string) credential {
	w.t.Helper()
	secret, hash := identity.NewToken(identity.APIPrefix)
	u := w.users[user]
	_, err := w.store.CreateToken(w.t.Context(), fleet.Scope{Organization: u.Organization, User: u.ID}, store.Token{
		Name: "test", Role: u.Role, Scopes: []string{readFleet, writeFleet, readHistory, sendCommands, administer},
	}, hash)
	w.must(err)
	return credential{"Authorization", "Bearer " + secret}
}

// reply is an answer, read whole.
type reply struct {
	*http.Response
	body []byte
}

// ask sends a request. A body that is a string is sent as CSV if the path is the import's, otherwise as JSON.
func (w *world) ask(as credential, method, path, body string, headers ...string) reply {
	w.t.Helper()
	return w.askUntil(false, as, method, path, body, headers...)
}

// askUntil is ask; the body of an endless answer is not read.
func (w *world) askUntil(endless bool, as credential, method, path, body string, headers ...string) reply {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.url+path, strings.NewReader(body))
	w.must(err)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
		if strings.HasSuffix(path, "/import") {
			r.Header.Set("Content-Type", "text/csv")
		}
	}
	if as.name != "" {
		r.Header.Set(as.name, as.value)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	w.must(err)
	defer response.Body.Close()
	if endless && response.StatusCode < 300 {
		return reply{Response: response}
	}
	read, err := io.ReadAll(response.Body)
	w.must(err)
	return reply{response, read}
}

// want fails the test unless the status is so; an error must be a problem that says it too.
func (r reply) want(t *testing.T, status int) reply {
	t.Helper()
	if r.StatusCode != status {
		t.Fatalf("%s %s: got %d, want %d: %s", r.Request.Method, r.Request.URL.Path, r.StatusCode, status, r.body)
	}
	if status >= 400 {
		r.wantProblem(t)
	}
	return r
}

func (r reply) wantProblem(t *testing.T) {
	t.Helper()
	var problem struct {
		Title, Detail string
		Status        int
	}
	if kind := r.Header.Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("%s %s: content type %q: %s", r.Request.Method, r.Request.URL.Path, kind, r.body)
	}
	if err := json.Unmarshal(r.body, &problem); err != nil || problem.Status != r.StatusCode || problem.Title == "" ||
		problem.Detail == "" {
		t.Errorf("%s %s: no problem of RFC 9457: %s", r.Request.Method, r.Request.URL.Path, r.body)
	}
}

// into decodes an answer, refusing members that v does not have.
func (r reply) into(t *testing.T, v any) {
	t.Helper()
	if err := json.NewDecoder(bytes.NewReader(r.body)).Decode(v); err != nil {
		t.Fatalf("%s %s: %v: %s", r.Request.Method, r.Request.URL.Path, err, r.body)
	}
}

// contains fails the test unless the body has every part.
func (r reply) contains(t *testing.T, parts ...string) reply {
	t.Helper()
	for _, part := range parts {
		if !bytes.Contains(r.body, []byte(part)) {
			t.Errorf("%s %s: no %q in %s", r.Request.Method, r.Request.URL.Path, part, r.body)
		}
	}
	return r
}
