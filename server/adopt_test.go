package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"drover/server/internal/postgres/postgrestest"
	"drover/simulators/trackers"
)

// stranger is a simulated tracker that nobody registered.
func stranger(port int) trackers.Config {
	return trackers.Config{Count: 1, First: 7, Protocols: []string{"teltonika"}, Server: "127.0.0.1",
		Ports: fmt.Sprintf("teltonika=%d", port), Records: 3, StartAgo: time.Hour, AckTimeout: 10 * time.Second, Backlog: 10,
		Duration: 30 * time.Second}
}

// TestStrangerIsAdoptedWhereThePortSaysSo: on a private APN's port the first call makes a device, and its fixes are kept.
func TestStrangerIsAdoptedWhereThePortSaysSo(t *testing.T) {
	port := freePort(t)
	r := startServer(t, postgrestest.New(t), t.TempDir(), "--port", fmt.Sprintf("teltonika=127.0.0.1:%d;adopt", port))
	summary, err := trackers.Run(t.Context(), stranger(port), func(trackers.Summary) {})
	if err != nil || summary.Acknowledged != 3 {
		t.Fatalf("%v: %v", summary, err)
	}
	client := r.signIn(r.password())
	var devices struct {
		Items []struct{ Identity, Protocol string }
	}
	r.get(client, "/api/devices", &devices)
	if len(devices.Items) != 1 || devices.Items[0].Identity != trackers.Identity(7) || devices.Items[0].Protocol != "teltonika" {
		t.Errorf("devices: %+v", devices.Items)
	}
}

// TestStrangerKnocksAndIsAdoptedByHand: elsewhere it is refused, listed, and let in once an administrator says so.
func TestStrangerKnocksAndIsAdoptedByHand(t *testing.T) {
	r := startServer(t, postgrestest.New(t), t.TempDir())
	c := stranger(0)
	c.Ports, c.Duration = r.ports, 2*time.Second
	if summary, err := trackers.Run(t.Context(), c, func(trackers.Summary) {}); err != nil || summary.Acknowledged != 0 {
		t.Fatalf("a stranger was let in: %v, %v", summary, err)
	}
	client := r.signIn(r.password())
	var knocks struct {
		Items []struct {
			ID                         int64
			Identity, Protocol, Reason string
			Count                      int
		}
	}
	eventually(t, "the stranger is listed", func() bool {
		r.get(client, "/api/knocks", &knocks)
		return len(knocks.Items) > 0
	})
	if k := knocks.Items[0]; k.Identity != trackers.Identity(7) || k.Reason != "unknown" || k.Count < 1 {
		t.Errorf("knock: %+v", k)
	}
	response, err := client.Post(fmt.Sprintf("%s/api/knocks/%d/adopt", r.url, knocks.Items[0].ID), "application/json", strings.NewReader(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusCreated {
		t.Fatalf("adopting: %s", response.Status)
	}
	c.Duration = 30 * time.Second
	if summary, err := trackers.Run(t.Context(), c, func(trackers.Summary) {}); err != nil || summary.Acknowledged != 3 {
		t.Errorf("after it was adopted: %v, %v", summary, err)
	}
}
