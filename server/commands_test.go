package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/all"
	"drover/protocols/detect"
	"drover/server/internal/postgres/postgrestest"
	"drover/simulators/trackers"
)

// obedient is a tracker that calls and does what it is told, until the line ends; heard gets the words of commands.
func obedient(t *testing.T, conn net.Conn, tracker protocols.Tracker, heard chan<- string) {
	buffer := make([]byte, 4096)
	var unread []byte
	for {
		n, err := conn.Read(buffer)
		if err != nil {
			return
		}
		unread = append(unread, buffer[:n]...)
		for len(unread) > 0 {
			used, h, err := tracker.Hear(unread)
			if err != nil {
				t.Errorf("the tracker does not understand %q: %v", unread, err)
				return
			}
			if used == 0 {
				break
			}
			unread = unread[used:]
			if h.Reply != nil {
				conn.Write(h.Reply)
			}
			if h.Command != "" {
				heard <- h.Command
			}
		}
	}
}

// opening is what the tracker says first.
func opening(tracker protocols.Tracker) []byte {
	at := time.Now().UTC().Truncate(time.Second)
	first := tracker.Hello()
	if first == nil {
		first = tracker.Report([]protocols.Position{{Time: at, Located: true, Valid: true, Latitude: 1, Longitude: 2,
			Speed: protocols.Some(0.0), Course: protocols.Some(0.0), Satellites: protocols.Some(9)}})
	}
	return first
}

// TestCommandsReachEveryFamily sends a command of each kind that a family has words for over the API, and sees the tracker
// take it; where the tracker answers, the API gives its answer.
func TestCommandsReachEveryFamily(t *testing.T) {
	r := startServer(t, postgrestest.New(t), t.TempDir())
	client := r.signIn(r.password())
	t.Run("families", func(t *testing.T) { r.tellAll(t, client) }) // which ends when all have
}

func (r *running) tellAll(t *testing.T, client *http.Client) {
	for i, p := range all.Protocols() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			tracker := p.Speak(protocols.TCP, trackers.Identity(i))
			first := opening(tracker)
			identity := detect.Introduced(p, protocols.TCP, first, time.Now().UTC())
			id := r.enter(t, client, identity, p.Name)
			heard := make(chan string, 10)
			r.call(t, client, id, first, func(conn net.Conn) { obedient(t, conn, tracker, heard) })
			for _, kind := range []string{`"locate"`, `"interval","every_s":60`, `"reboot"`} {
				r.tell(t, client, id, kind, heard)
			}
		})
	}
}

// call dials until the server knows the device, and gives the line to do.
func (r *running) call(t *testing.T, client *http.Client, id int, first []byte, do func(net.Conn)) {
	t.Helper()
	eventually(t, "the device is online", func() bool {
		conn, err := net.Dial("tcp", "127.0.0.1:"+strings.TrimPrefix(r.ports, "any="))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			conn.Write(first) // an error is seen in do
			do(conn)
		}()
		for {
			var d struct{ Online bool }
			r.get(client, "/api/devices/"+strconv.Itoa(id), &d)
			if d.Online {
				return true
			}
			select {
			case <-ended:
				return false
			case <-time.After(20 * time.Millisecond):
			}
		}
	})
}

// enter makes a device and gives its id.
func (r *running) enter(t *testing.T, client *http.Client, identity, protocol string) int {
	t.Helper()
	body := fmt.Sprintf(`{"identity":%q,"protocol":%q}`, identity, protocol)
	response, err := client.Post(r.url+"/api/devices", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var d struct{ ID int }
	if err := json.NewDecoder(response.Body).Decode(&d); err != nil || response.StatusCode != http.StatusCreated {
		t.Fatalf("%s: %s, %v", body, response.Status, err)
	}
	return d.ID
}

// tell sends a command. Only a family that has no words for it over a line may refuse.
func (r *running) tell(t *testing.T, client *http.Client, id int, kind string, heard <-chan string) {
	t.Helper()
	response, err := client.Post(fmt.Sprintf("%s/api/devices/%d/commands", r.url, id), "application/json",
		strings.NewReader(`{"kind":`+kind+`,"wait_s":1}`))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	if response.StatusCode == http.StatusUnprocessableEntity && strings.Contains(string(text), "has no such command") ||
		response.StatusCode == http.StatusConflict && strings.Contains(string(text), "known for an SMS only") {
		return
	}
	if response.StatusCode != http.StatusOK {
		t.Errorf("%s: %s %s", kind, response.Status, text)
		return
	}
	var c struct {
		ID     int
		Reason string
	}
	if err := json.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	limit := time.After(20 * time.Second)
	for !strings.Contains(c.Reason, "no such command") { // which the line says when its turn has come
		select {
		case <-heard:
			return
		case <-limit:
			t.Errorf("%s: the tracker heard nothing, the API said %s", kind, text)
			return
		case <-time.After(200 * time.Millisecond):
			r.get(client, "/api/commands/"+strconv.Itoa(c.ID), &c)
		}
	}
}
