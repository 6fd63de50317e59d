package api

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// readyPatience is how long each check of /readyz may take.
const readyPatience = 2 * time.Second

// addHealth serves what machines ask: whether the process is alive, whether it is ready, and its figures.
func (a *api) addHealth() {
	a.router.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { writeOK(w) })
	a.router.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		failed := a.unready(r.Context())
		if len(failed) > 0 {
			writeProblem(w, http.StatusServiceUnavailable, "the server is alive but not ready; its log says why", failed...)
			return
		}
		writeOK(w)
	})
	if a.Metrics != nil {
		a.router.HandleFunc("GET /metrics", promhttp.HandlerFor(a.Metrics, promhttp.HandlerOpts{}).ServeHTTP)
	}
}

func writeOK(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "ok\n")
}

// unready runs the checks at once and names those that failed. Why they did is logged and not told: anybody may ask.
func (a *api) unready(ctx context.Context) []*huma.ErrorDetail {
	ctx, cancel := context.WithTimeout(ctx, readyPatience)
	defer cancel()
	errs := make([]error, len(a.Ready))
	var running sync.WaitGroup
	for i, check := range a.Ready {
		running.Go(func() { errs[i] = check.Run(ctx) })
	}
	running.Wait()
	var failed []*huma.ErrorDetail
	for i, check := range a.Ready {
		if errs[i] != nil {
			a.Log.Warn().Err(errs[i]).Str("check", check.Name).Msg("not ready")
			failed = append(failed, &huma.ErrorDetail{Location: check.Name, Message: "does not work"})
		}
	}
	return failed
}
