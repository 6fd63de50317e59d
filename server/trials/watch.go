package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// seen is one vehicle in a frame of the live line.
type seen struct {
	vehicle   uint32
	longitude int32 // degrees × 10⁷
}

// frame is one frame of the live line, and when it arrived.
type frame struct {
	at       time.Time
	vehicles []seen
}

// watcher is a dispatcher's browser, without the page.
type watcher struct {
	conn  *websocket.Conn
	names map[string]uint32 // vehicles by name
}

// watch signs in and opens the live line.
func watch(ctx context.Context, url, email, password string) (*watcher, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Jar: jar}
	login, err := json.Marshal(map[string]string{"email": email, "password": password})
	if err != nil {
		return nil, err
	}
	response, err := client.Post(url+"/api/session", "application/json", bytes.NewReader(login))
	if err != nil {
		return nil, err
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("signing in: %s", response.Status)
	}
	dialer := websocket.Dialer{Jar: jar}
	conn, response, err := dialer.DialContext(ctx, strings.Replace(url, "http", "ws", 1)+"/api/live", nil)
	if err != nil {
		return nil, fmt.Errorf("live line: %w", err)
	}
	response.Body.Close()
	return &watcher{conn: conn, names: map[string]uint32{}}, nil
}

// next gives the next frame; it takes the vehicles' names on the way.
func (w *watcher) next(deadline time.Time) (frame, error) {
	for {
		_ = w.conn.SetReadDeadline(deadline) // a closed line fails in ReadMessage
		kind, data, err := w.conn.ReadMessage()
		if err != nil {
			return frame{}, fmt.Errorf("live line: %w", err)
		}
		if kind == websocket.BinaryMessage {
			return parseFrame(data)
		}
		if err := w.hear(data); err != nil {
			return frame{}, err
		}
	}
}

func (w *watcher) hear(text []byte) error {
	var message struct {
		Type     string
		Vehicles []struct {
			ID   uint32
			Name string
		}
	}
	if err := json.Unmarshal(text, &message); err != nil {
		return fmt.Errorf("live line said %q: %w", text, err)
	}
	for _, v := range message.Vehicles {
		w.names[v.Name] = v.ID
	}
	return nil
}

// parseFrame reads what docs/live.md says.
func parseFrame(data []byte) (frame, error) {
	f := frame{at: time.Now()}
	if len(data) < 16 || string(data[:2]) != "DV" {
		return f, fmt.Errorf("live line: a frame begins with %x", data[:min(len(data), 16)])
	}
	n := int(binary.LittleEndian.Uint32(data[4:]))
	if len(data) != 16+17*n {
		return f, fmt.Errorf("live line: a frame of %d vehicles has %d bytes", n, len(data))
	}
	for i := range n {
		f.vehicles = append(f.vehicles, seen{
			vehicle:   binary.LittleEndian.Uint32(data[16+4*i:]),
			longitude: int32(binary.LittleEndian.Uint32(data[16+4*n+4*i:])),
		})
	}
	return f, nil
}

func (w *watcher) close() { w.conn.Close() }
