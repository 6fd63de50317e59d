package main

import (
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// checkLive opens the live line and waits for the snapshot of all vehicles.
func (r *running) checkLive(client *http.Client, count int) {
	r.t.Helper()
	dialer := websocket.Dialer{Jar: client.Jar}
	conn, response, err := dialer.DialContext(r.t.Context(), strings.Replace(r.url, "http", "ws", 1)+"/api/live", nil)
	if err != nil {
		r.t.Fatal(err)
	}
	defer conn.Close()
	response.Body.Close()
	if err := conn.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		r.t.Fatal(err)
	}
	for {
		kind, data, err := conn.ReadMessage()
		if err != nil {
			r.t.Fatalf("no snapshot of %d vehicles: %v", count, err)
		}
		if kind == websocket.BinaryMessage && len(data) == 16+17*count && data[3] == 1 {
			return
		}
	}
}
