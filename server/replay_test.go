package main

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"drover/protocols"
	"drover/protocols/all"
	"drover/protocols/detect"
	"drover/server/internal/fleet"
	"drover/server/internal/postgres/postgrestest"
	"drover/server/internal/store"
)

// TestReplay: what nobody understood is kept with where it came from. What this version understands is stored once it is
// asked to be kept; the rest stays.
func TestReplay(t *testing.T) {
	database := postgrestest.New(t)
	r := startServer(t, database, t.TempDir())
	client := r.signIn(r.password())
	r.sayNonsense(t)
	db, err := store.Open(t.Context(), database, store.Options{Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var piece store.Misread
	eventually(t, "it is kept", func() bool {
		err := db.EachMisread(t.Context(), func(m *store.Misread) error { piece = *m; return nil })
		return err == nil && strings.HasPrefix(string(piece.Bytes), "GET /")
	})

	// A report that an older version, which had no such decoder, kept in the same way.
	h02 := all.Named("h02")
	piece.Bytes, piece.Time = opening(h02.Speak(protocols.TCP, "352093081452251")), time.Now().UTC()
	id := r.enter(t, client, detect.Introduced(h02, protocols.TCP, piece.Bytes, piece.Time), "")
	if err := db.SaveMisreads(t.Context(), []fleet.Misread{piece.Misread}); err != nil {
		t.Fatal(err)
	}
	out := r.command("replay", "--database", database, "--keep")
	if !strings.Contains(out, `"error":"no protocol begins like this"`) || !strings.Contains(out, `"protocol":"h02"`) {
		t.Errorf("replay said %s", out)
	}
	eventually(t, "the report is stored, and the rest stays", func() bool {
		left := 0
		err := db.EachMisread(t.Context(), func(m *store.Misread) error { left++; return nil })
		return err == nil && left == 1 && r.located(client, id)
	})
}

// sayNonsense calls the port for any with what no tracker says.
func (r *running) sayNonsense(t *testing.T) {
	t.Helper()
	conn, err := net.Dial("tcp", "127.0.0.1:"+strings.TrimPrefix(r.ports, "any="))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
}

// located says whether a device's vehicle has a last fix.
func (r *running) located(client *http.Client, device int) bool {
	var d struct {
		Vehicle int `json:"vehicle_id"`
	}
	r.get(client, "/api/devices/"+strconv.Itoa(device), &d)
	var v struct{ Last *struct{ Latitude *float64 } }
	r.get(client, "/api/vehicles/"+strconv.Itoa(d.Vehicle), &v)
	return v.Last != nil && v.Last.Latitude != nil
}
