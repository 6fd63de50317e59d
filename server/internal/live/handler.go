package live

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"drover/server/internal/fleet"
)

// ErrRefused says that a request may see nobody's vehicles.
var ErrRefused = errors.New("signed out")

// Authenticate gives which vehicles a request may see; ErrRefused for none. Another error says that this is not
// known at present. It is asked again every so often while the line is open, with a context that ends in time.
type Authenticate func(*http.Request) (fleet.Scope, error)

// Handler answers GET /api/live. A page of another origin is turned away.
func (l *Live) Handler(authenticate Authenticate) http.Handler {
	upgrader := websocket.Upgrader{
		HandshakeTimeout: 10 * time.Second, ReadBufferSize: longestWish, WriteBufferSize: 4 << 10,
		WriteBufferPool: &sync.Pool{},
		Error: func(w http.ResponseWriter, _ *http.Request, status int, err error) {
			problem(w, status, err.Error())
		},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		of, err := authenticate(request)
		if errors.Is(err, ErrRefused) {
			problem(w, http.StatusUnauthorized, "sign in first")
			return
		}
		if err != nil {
			later(w, errUnknown)
			return
		}
		if err := l.enter(); err != nil {
			later(w, err)
			return
		}
		defer l.exit()
		conn, err := upgrader.Upgrade(w, request, nil)
		if err != nil {
			return // the upgrader has answered
		}
		l.serve(request.Context(), conn, of, func(ctx context.Context) error {
			now, err := authenticate(request.WithContext(ctx))
			if err == nil && !now.Same(&of) {
				return ErrRefused
			}
			return err
		})
	})
}

// serve shows the scope's vehicles to whom is still there and still lets.
func (l *Live) serve(
	ctx context.Context, conn *websocket.Conn, of fleet.Scope, still func(context.Context) error,
) {
	r := &reader{live: l, board: l.board(of.Organization), of: of, conn: conn, still: still, wishes: make(chan wish),
		gone: make(chan error, 1), refused: make(chan error, 1), notices: newNotices(), cuts: make(chan cut)}
	if err := r.board.join(r, l.config.Registry.Now()); err != nil {
		l.config.Log.Error().Err(err).Msg("the list of vehicles could not be made")
	}
	defer r.board.leave(r)
	r.serve(ctx)
}

// later answers that it may work in a moment.
func later(w http.ResponseWriter, err error) {
	w.Header().Set("Retry-After", "5")
	problem(w, http.StatusServiceUnavailable, err.Error())
}

// problem answers with the details of RFC 9457.
func problem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{ // the caller may be gone
		"type": "about:blank", "title": http.StatusText(status), "status": status, "detail": detail})
}
