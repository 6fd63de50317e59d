package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"drover/server/internal/identity"
)

// Config is what the API needs. Live, Page, Tiles and Metrics may be nil: then their routes are not there.
type Config struct {
	Store   Store
	Live    http.Handler        // the WebSocket of /api/live; it asks Again for whom
	Page    http.Handler        // everything that is not the API's
	Tiles   http.Handler        // /tiles/
	Ready   []Check             // what /readyz asks, at once
	Metrics prometheus.Gatherer // what /metrics shows
	Ports   []Port              // where trackers call
	Version string
	Log     zerolog.Logger
}

// Store is everything that the API asks of the database.
type Store interface {
	accountStore
	tokenStore
	userStore
	vehicleStore
	deviceStore
	knockStore
	fixStore
}

// Check is something without which the server is not ready. Run gives nil when it is well; it has 2 s.
type Check struct {
	Name string
	Run  func(context.Context) error
}

// Port is where the trackers of one protocol call.
type Port struct {
	Protocol string `json:"name"`
	Port     int    `json:"port"`
}

type api struct {
	Config
	started   time.Time
	passwords *identity.Passwords
	attempts  *identity.Attempts
	streams   chan struct{} // one for each stream of fixes that runs
	huma      huma.API
	router    *router
}

// New makes the handler of everything that Drover serves over HTTP.
func New(c Config) http.Handler {
	a := build(c)
	return a.outermost(a.router)
}

func build(c Config) *api {
	a := &api{
		Config: c, started: time.Now(), streams: make(chan struct{}, maxStreams),
		passwords: identity.NewPasswords(), attempts: identity.NewAttempts(),
	}
	a.router = newRouter(a.guard)
	a.huma = humago.New(a.router, a.humaConfig())
	for _, add := range []func(){
		a.addSession, a.addUsers, a.addTokens, a.addVehicles, a.addHistory, a.addLastFixes, a.addWithin,
		a.addDevices, a.addImport, a.addKnocks, a.addServer,
	} {
		add()
	}
	a.addHealth()
	a.addMounts()
	a.addDocument() // last: it holds all operations
	return a
}

// addMounts serves what others made.
func (a *api) addMounts() {
	if a.Live != nil {
		a.router.HandleFunc("GET /api/live", a.Live.ServeHTTP)
	}
	if a.Tiles != nil {
		a.router.HandleFunc("GET /tiles/", a.Tiles.ServeHTTP)
	}
	a.router.HandleFunc("/api/", a.router.unmatched)
	a.router.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if a.Page == nil || r.Method != http.MethodGet && r.Method != http.MethodHead {
			a.router.unmatched(w, r)
			return
		}
		a.Page.ServeHTTP(w, r)
	})
}
