package api

import (
	"bufio"
	"errors"
	"fmt"
	stdlog "log"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/rs/zerolog"
)

// maxBody is the size of the largest body that is read, in bytes: that of an import.
const maxBody = 16 << 20

// contentPolicy lets the page load from its own server only. MapLibre GL needs workers and images made of blobs.
const contentPolicy = "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// NewServer makes the HTTP server of a handler, with the deadlines that keep slow and silent callers from piling up.
// The streams of this package prolong theirs as long as their reader reads.
func NewServer(handler http.Handler, log zerolog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          stdlog.New(debugWriter{log}, "", 0),
	}
}

// debugWriter logs what net/http has to say of single connections: handshakes that failed and the like.
type debugWriter struct{ log zerolog.Logger }

func (d debugWriter) Write(p []byte) (int, error) {
	d.log.Debug().Msg(strings.TrimSpace(string(p)))
	return len(p), nil
}

// outermost sets the headers and limits that hold for everything, logs requests, and keeps a fault in one of them to
// itself.
func (a *api) outermost(next http.Handler) http.Handler {
	next = http.MaxBytesHandler(next, maxBody)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		setHeaders(w.Header(), r)
		said := &recorder{ResponseWriter: w}
		defer func() {
			a.recovered(said, r, recover())
			a.Log.Debug().Str("method", r.Method).Str("path", loggable(r)).Int("status", said.status).
				Int64("bytes", said.bytes).Dur("took_ms", time.Since(start)).
				Stringer("from", proxies(a.Proxies).client(r)).Msg("request")
		}()
		next.ServeHTTP(said, r)
	})
}

// loggable is the path of a request, without the secret of a link.
func loggable(r *http.Request) string {
	for _, before := range []string{"/api/shared/", "/share/"} {
		if strings.HasPrefix(r.URL.Path, before) {
			return before + "…"
		}
	}
	return r.URL.Path
}

func setHeaders(h http.Header, r *http.Request) {
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if strings.HasPrefix(r.URL.Path, "/api/") || r.URL.Path == "/metrics" || strings.HasSuffix(r.URL.Path, "yz") {
		h.Set("Cache-Control", "no-store")
	}
}

// recovered turns a panic into a problem, or into a broken connection where an answer has begun.
func (a *api) recovered(w *recorder, r *http.Request, fault any) {
	if fault == nil {
		return
	}
	if err, ok := fault.(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
		a.Log.Error().Str("method", r.Method).Str("path", loggable(r)).Str("fault", fmt.Sprint(fault)).
			Bytes("stack", debug.Stack()).Msg("a request panicked")
		if w.status == 0 {
			writeProblem(w, http.StatusInternalServerError, "the server failed at this; its log says why")
			return
		}
	}
	panic(http.ErrAbortHandler) // net/http's way to break a connection whose answer is incomplete
}

// recorder remembers what was answered, for the log.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(p)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the deadlines.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// Hijack gives the connection to a WebSocket.
func (r *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	r.status = http.StatusSwitchingProtocols
	return http.NewResponseController(r.ResponseWriter).Hijack()
}
