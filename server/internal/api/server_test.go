package api

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// breakingStore is the store until it breaks: histories fail after so many fixes, everything else at once if down is
// set.
type breakingStore struct {
	*store.Store
	after int
	down  error
}

func (b *breakingStore) Fixes(
	ctx context.Context, of fleet.Scope, v fleet.VehicleID, from, to time.Time, limit int,
	fn func(*fleet.Fix) error,
) error {
	n := 0
	return b.Store.Fixes(ctx, of, v, from, to, limit, func(f *fleet.Fix) error {
		if n++; n > b.after {
			return errors.New("the disk is on fire")
		}
		return fn(f)
	})
}

func (b *breakingStore) Devices(
	ctx context.Context, of fleet.Scope, p store.Page,
) ([]store.DeviceRow, string, error) {
	if b.down != nil {
		return nil, "", b.down
	}
	return b.Store.Devices(ctx, of, p)
}

func TestServer(t *testing.T) {
	w := newWorld(t)
	w.share(t, map[string]func(*testing.T, *world){
		"health":              testHealth,
		"metrics are private": testMetricsArePrivate,
		"server state":        testServerState,
		"mounts":              testMounts,
		"errors of the store": testErrorsOfTheStore,
		"apanic is aproblem":  testAPanicIsAProblem,
		"document":            testDocument,
	})
}

func testHealth(t *testing.T, w *world) {
	w.ask(credential{}, "GET", "/healthz", "").want(t, http.StatusOK).contains(t, "ok")
	w.ask(credential{}, "GET", "/readyz", "").want(t, http.StatusOK).contains(t, "ok")
	ready := w.api.Ready
	defer func() { w.api.Ready = ready }()
	w.api.Ready = append(ready, Check{"journal", func(context.Context) error { return errors.New("secret words") }})
	r := w.ask(credential{}, "GET", "/readyz", "").want(t, http.StatusServiceUnavailable)
	if r.contains(t, `"location":"journal"`); strings.Contains(string(r.body), "secret") {
		t.Errorf("strangers read why: %s", r.body)
	}
	w.ask(credential{}, "GET", "/healthz", "").want(t, http.StatusOK)
}

func testMetricsArePrivate(t *testing.T, w *world) {
	w.ask(credential{}, "GET", "/metrics", "").want(t, http.StatusOK).contains(t, "drover_test 0")
	w.ask(credential{}, "GET", "/metrics", "", "X-Forwarded-For", "192.0.2.1").want(t, http.StatusUnauthorized)
	w.ask(w.token("admin"), "GET", "/metrics", "", "X-Forwarded-For", "192.0.2.1").want(t, http.StatusOK)
}

func testServerState(t *testing.T, w *world) {
	w.ask(w.session("admin"), "GET", "/api/server", "").want(t, http.StatusOK).
		contains(t, `"version":"test"`, `{"name":"teltonika","port":5027}`, `"uptime_s":`)
}

func testMounts(t *testing.T, w *world) {
	for path, text := range map[string]string{
		"/": "the page", "/vehicles/7": "the page", "/tiles/basemap/0/0/0": "a tile",
	} {
		r := w.ask(credential{}, "GET", path, "").want(t, http.StatusOK).contains(t, text)
		if !strings.Contains(r.Header.Get("Content-Security-Policy"), "default-src 'self'") ||
			r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: headers %v", path, r.Header)
		}
	}
	if r := w.ask(credential{}, "GET", "/api/session", ""); r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the API may be cached: %v", r.Header)
	}
}

func testErrorsOfTheStore(t *testing.T, w *world) {
	for name, c := range map[string]struct {
		err    error
		status int
		after  string
	}{
		"unforeseen":  {errors.New("secret words"), http.StatusInternalServerError, ""},
		"unreachable": {store.ErrUnreachable, http.StatusServiceUnavailable, "5"},
		"cut off":     {&net.OpError{Op: "dial", Err: errors.New("refused")}, http.StatusServiceUnavailable, "5"},
		"too long":    {context.DeadlineExceeded, http.StatusServiceUnavailable, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w.use(&breakingStore{Store: w.store, down: c.err})
			r := w.ask(w.session("viewer"), "GET", "/api/devices", "").want(t, c.status)
			if strings.Contains(string(r.body), "secret") || r.Header.Get("Retry-After") != c.after {
				t.Errorf("got %s, Retry-After %q", r.body, r.Header.Get("Retry-After"))
			}
		})
	}
}

func testAPanicIsAProblem(t *testing.T, w *world) {
	w.api.router.mux.HandleFunc("GET /fault", func(http.ResponseWriter, *http.Request) { panic("a fault") })
	w.ask(credential{}, "GET", "/fault", "").want(t, http.StatusInternalServerError)
}

func testDocument(t *testing.T, w *world) {
	var document struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string
			Summary     string
			Security    []map[string][]string
		}
		Components struct{ Schemas map[string]json.RawMessage }
	}
	r := w.ask(credential{}, "GET", "/api/openapi.json", "").want(t, http.StatusOK)
	r.into(t, &document)
	if document.OpenAPI != "3.1.0" {
		t.Errorf("version %q", document.OpenAPI)
	}
	for pattern, p := range permissions {
		method, path, _ := strings.Cut(pattern, " ")
		if !strings.HasPrefix(path, "/api/") || path == "/api/live" || path == "/api/openapi.json" ||
			path == "/api/asyncapi.json" {
			continue
		}
		operation, ok := document.Paths[path][strings.ToLower(method)]
		if !ok || operation.OperationID == "" || operation.Summary == "" || p.public == (len(operation.Security) > 0) {
			t.Errorf("%s: %+v", pattern, operation)
		}
	}
	for _, ref := range regexp.MustCompile(`"#/components/schemas/([^"]+)"`).FindAllStringSubmatch(string(r.body), -1) {
		if document.Components.Schemas[ref[1]] == nil {
			t.Errorf("no schema %s", ref[1])
		}
	}
	for name, member := range map[string]string{
		"VehicleDetail": `"plate":`, "NewToken": `"expires":`, "NewUser": `"email":`, "Fix": `"speed_kmh":`,
	} {
		if !strings.Contains(string(document.Components.Schemas[name]), member) {
			t.Errorf("schema %s has no %s: %s", name, member, document.Components.Schemas[name])
		}
	}
}
