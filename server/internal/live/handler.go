package live

import (
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"drover/server/internal/fleet"
)

// Handler answers GET /api/live: authenticate gives whose vehicles the request may see, or an error for nobody's. A
// page of another origin is turned away.
func (l *Live) Handler(authenticate func(*http.Request) (fleet.OrganizationID, error)) http.Handler {
	upgrader := websocket.Upgrader{
		HandshakeTimeout: 10 * time.Second, ReadBufferSize: longestWish, WriteBufferSize: 4 << 10,
		WriteBufferPool: &sync.Pool{},
		Error: func(w http.ResponseWriter, _ *http.Request, status int, err error) {
			problem(w, status, err.Error())
		},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		of, err := authenticate(request)
		if err != nil {
			problem(w, http.StatusUnauthorized, "sign in first")
			return
		}
		if err := l.enter(); err != nil {
			w.Header().Set("Retry-After", "5")
			problem(w, http.StatusServiceUnavailable, err.Error())
			return
		}
		defer l.exit()
		conn, err := upgrader.Upgrade(w, request, nil)
		if err != nil {
			return // the upgrader has answered
		}
		l.serve(of, conn)
	})
}

func (l *Live) serve(of fleet.OrganizationID, conn *websocket.Conn) {
	r := &reader{live: l, board: l.board(of), conn: conn, wishes: make(chan wish), over: make(chan struct{}),
		gone: make(chan error, 1), cuts: make(chan cut)}
	if err := r.board.join(r, l.config.Registry.Now()); err != nil {
		l.config.Log.Error().Err(err).Msg("the list of vehicles could not be made")
	}
	defer r.board.leave(r)
	r.serve()
}

// problem answers with the details of RFC 9457.
func problem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{ // the caller may be gone
		"type": "about:blank", "title": http.StatusText(status), "status": status, "detail": detail})
}
