package live

import (
	"context"
	"encoding/json"
	"time"

	"github.com/gorilla/websocket"
)

const (
	longestWish = 1 << 10               // bytes of a message from a browser
	wishPause   = 50 * time.Millisecond // between two wishes of one reader
)

// wish is what a browser asks for; a snapshot follows every one.
type wish struct {
	look bool // at view from now on
	view *box // nil for all
}

// wishError is a message that is not in docs/live.md; it says what would be.
type wishError struct{ text string }

func (e *wishError) Error() string { return e.text }

// listen reads the reader's wishes until the line or ctx ends. A reader is given up when it has not answered pings for
// too long.
func (r *reader) listen(ctx context.Context) error {
	r.conn.SetReadLimit(longestWish)
	alive := func(string) error { return r.conn.SetReadDeadline(r.deadline()) }
	r.conn.SetPongHandler(alive)
	for {
		if err := alive(""); err != nil {
			return err
		}
		kind, data, err := r.conn.ReadMessage()
		if err != nil {
			return err
		}
		w, err := readWish(kind, data)
		if err != nil {
			return err
		}
		select {
		case r.wishes <- w:
		case <-ctx.Done():
			return nil
		}
		select {
		case <-time.After(wishPause):
		case <-ctx.Done():
			return nil
		}
	}
}

func readWish(kind int, data []byte) (wish, error) {
	var m struct {
		Type string    `json:"type"`
		BBox []float64 `json:"bbox"`
	}
	if kind != websocket.TextMessage {
		return wish{}, &wishError{"only text messages are understood"}
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return wish{}, &wishError{"not a JSON message as documented"}
	}
	switch {
	case m.Type == "snapshot":
		return wish{}, nil
	case m.Type != "view":
		return wish{}, &wishError{"type is view or snapshot"}
	case m.BBox == nil:
		return wish{look: true}, nil
	}
	b, err := newBox(m.BBox)
	if err != nil {
		return wish{}, &wishError{"view: " + err.Error()}
	}
	return wish{look: true, view: b}, nil
}
