package api

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"drover/geo/places"
	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/identity"
)

// Config is what the API needs. Live, Page, Tiles and Metrics may be nil: then their routes are not there.
type Config struct {
	Store     Store
	Live      http.Handler        // the WebSocket of /api/live; it asks Again for whom
	Async     []byte              // what /api/asyncapi.json says of it
	Page      http.Handler        // everything that is not the API's
	Tiles     http.Handler        // /tiles/
	Basemap   Basemap             // what the page is told of them
	Ready     []Check             // what /readyz asks, at once
	Metrics   prometheus.Gatherer // what /metrics shows
	Ports     []Port              // where trackers call
	Version   string
	Online    func(fleet.DeviceID) bool                   // whether a device has an open line; nil: none has
	Places    places.Gazetteer                            // what a place is called; nil: nothing
	Commands  Commander                                   // nil: no device can be told anything
	Modems    Modems                                      // nil: none is attached
	Protocols []*protocols.Protocol                       // that can be spoken
	Frames    Frames                                      // what goes over trackers' lines; nil: nothing is shown
	Journal   func(context.Context) (JournalState, error) // nil: not told
	Demo      bool                                        // the fleet is simulated
	Proxies   []netip.Prefix                              // of the proxies in front, which are believed for whom they ask
	OIDC      *Provider                                   // nil: nobody signs in but by password
	Key       [identity.KeySize]byte                      // what small secrets are sealed with
	Log       zerolog.Logger
}

// Store is everything that the API asks of the database.
type Store interface {
	accountStore
	factorStore
	providerStore
	sessionStore
	tokenStore
	organizationStore
	linkStore
	userStore
	vehicleStore
	deviceStore
	knockStore
	commandStore
	modemStore
	messageStore
	misreadStore
	groupStore
	driverStore
	simStore
	auditStore
	keyStore
	fixStore
	serverStore
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
	codes     *identity.Limit // second factors, for each user
	guesses   *identity.Limit // links and sign-ins elsewhere, for each address
	seals     seals
	streams   chan struct{} // one for each stream of fixes that runs
	drawn     chan struct{} // one for each tile of tracks that is drawn
	watchers  chan struct{} // one for each who watches a device's frames
	huma      huma.API
	router    *router
}

// seals are what small secrets are sealed with.
type seals struct {
	pin      *identity.Seal // PINs of SIMs, in the database
	factor   *identity.Seal // the secrets of authenticator apps, in the database
	flow     *identity.Seal // sign-ins elsewhere that are under way, in a cookie
	password *identity.Seal // devices' passwords for commands, in the database
}

// New makes the handler of everything that Drover serves over HTTP.
func New(c Config) (http.Handler, error) {
	a, err := build(c)
	if err != nil {
		return nil, err
	}
	return a.outermost(a.router), nil
}

func build(c Config) (*api, error) {
	a := &api{
		Config: c, started: time.Now(), streams: make(chan struct{}, maxStreams),
		drawn: make(chan struct{}, maxDrawn), watchers: make(chan struct{}, maxWatchers),
		passwords: identity.NewPasswords(), attempts: identity.NewAttempts(),
		codes: identity.NewCodeLimit(), guesses: identity.NewLinkLimit(),
	}
	var factorErr, flowErr, pinErr, passwordErr error
	a.seals.pin, pinErr = identity.NewSeal(c.Key, fleet.PINPurpose)
	a.seals.factor, factorErr = identity.NewSeal(c.Key, "second factors")
	a.seals.flow, flowErr = identity.NewSeal(c.Key, "sign-ins elsewhere")
	a.seals.password, passwordErr = identity.NewSeal(c.Key, fleet.PasswordPurpose)
	if err := errors.Join(factorErr, flowErr, pinErr, passwordErr); err != nil {
		return nil, err
	}
	a.router = newRouter(a.guard)
	a.huma = humago.New(a.router, a.humaConfig())
	for _, add := range []func(){
		a.addHello, a.addSession, a.addTOTP, a.addOIDC, a.addSessions, a.addUsers, a.addTokens, a.addOrganizations,
		a.addLinks, a.addShared, a.addVehicles, a.addHistory, a.addLastFixes, a.addWithin,
		a.addGroups, a.addDrivers, a.addDevices, a.addSIMs, a.addAudit, a.addImport, a.addKnocks,
		a.addCommands, a.addProtocols, a.addMisreads, a.addFitting, a.addServer,
		a.addDay, a.addAt, a.addPlay, a.addTracks, a.addPlace, a.addFrames, a.addModems, a.addMessages,
	} {
		add()
	}
	a.addHealth()
	a.addMounts()
	a.addDocument() // last: it holds all operations
	return a, nil
}

// addMounts serves what others made.
func (a *api) addMounts() {
	if a.Live != nil {
		a.router.HandleFunc("GET /api/live", a.Live.ServeHTTP)
		a.router.HandleFunc("GET /api/asyncapi.json", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(a.Async)
		})
	}
	if a.Tiles != nil {
		a.router.HandleFunc("GET /tiles/", a.Tiles.ServeHTTP)
	}
	for _, method := range []string{http.MethodGet, http.MethodPatch, http.MethodDelete} {
		a.router.shut(method + " /api/devices/import") // which is no {id}
		a.router.shut(method + " /api/sims/import")
	}
	for _, method := range []string{http.MethodPatch, http.MethodDelete} {
		a.router.shut(method + " /api/sims/export")
	}
	for _, pattern := range []string{ // nor are these
		"DELETE /api/misreads/replay", "GET /api/commands/group", "DELETE /api/commands/group",
	} {
		a.router.shut(pattern)
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
