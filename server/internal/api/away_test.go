package api

import (
	"net/http"
	"testing"

	"github.com/jackc/pgx/v5"
)

// TestTerminatedConnections has PostgreSQL end the store's connections under it, as it does when it is shut down:
// whoever is hit may try again.
func TestTerminatedConnections(t *testing.T) {
	w := newWorld(t)
	as := w.session("viewer")
	admin, err := pgx.Connect(t.Context(), w.database)
	w.must(err)
	defer admin.Close(t.Context())
	hit, stopped := 0, make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		defer close(ended)
		for {
			select {
			case <-stopped:
				return
			default:
			}
			if _, err := admin.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE datname = current_database() AND pid <> pg_backend_pid()`); err != nil {
				ended <- err
				return
			}
		}
	}()
	for asked := 0; asked < 5000 && hit < 20; asked++ {
		switch r := w.ask(as, "GET", "/api/vehicles", ""); r.StatusCode {
		case http.StatusOK:
		case http.StatusServiceUnavailable:
			hit++
			if r.Header.Get("Retry-After") == "" {
				t.Errorf("no Retry-After: %s", r.body)
			}
		default:
			t.Fatalf("got %d: %s", r.StatusCode, r.body)
		}
	}
	close(stopped)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if hit == 0 {
		t.Error("no request was hit")
	}
}
