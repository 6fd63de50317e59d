package store

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rs/zerolog"

	"drover/server/internal/postgres/postgrestest"
)

// changed is a database's URL with something else in it.
func changed(t *testing.T, raw string, change func(*url.URL)) string {
	t.Helper()
	u, err := url.Parse(raw)
	ok(t, err)
	change(u)
	return u.String()
}

// refused opens a database and expects an error of a kind whose sentence has some words.
func refused(t *testing.T, url string, o Options, want error, words string) {
	t.Helper()
	s, err := Open(t.Context(), url, o)
	if err == nil {
		s.Close()
	}
	if !errors.Is(err, want) || !strings.Contains(err.Error(), words) {
		t.Errorf("%v: want %v with %q", err, want, words)
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	good := postgrestest.New(t)
	refused(t, "host='", Options{}, ErrUnreachable, "DATABASE_URL is not understood")
	refused(t, "postgres://drover:secret@127.0.0.1:1/drover", Options{}, ErrUnreachable, "127.0.0.1:1: is it running")
	refused(t, changed(t, good, func(u *url.URL) { u.Path = "/nosuch" }), Options{}, ErrUnreachable, `no database "nosuch"`)
	refused(t, changed(t, good, func(u *url.URL) { u.User = url.User("nosuch") }), Options{}, ErrUnreachable, `user "nosuch"`)
	refused(t, good, Options{NoMigrate: true}, ErrUnreachable, "run drover migrate")
	refused(t, good, Options{Retention: time.Hour}, ErrInvalid, "at least 24h")
	s, err := Open(t.Context(), good, Options{})
	ok(t, err)
	defer s.Close()
	if from, to, err := Migrate(t.Context(), good, zerolog.Nop()); from != to || to < 3 || err != nil {
		t.Errorf("from %d to %d, %v: want nothing to do", from, to, err)
	}
	ok(t, s.Ping(t.Context()))
	_, err = s.pool.Exec(t.Context(), `INSERT INTO drover.goose_db_version (version_id, is_applied) VALUES (9999, true)`)
	ok(t, err)
	refused(t, good, Options{}, ErrNewer, "version 9999")
	refused(t, good, Options{NoMigrate: true}, ErrNewer, "version 9999")
}

// TestNoRights opens databases as a user who may not do what is needed.
func TestNoRights(t *testing.T) {
	admin := postgrestest.New(t)
	conn, err := pgx.Connect(t.Context(), admin)
	ok(t, err)
	defer conn.Close(context.WithoutCancel(t.Context()))
	name := "guest_" + strings.TrimPrefix(conn.Config().Database, "/")
	_, err = conn.Exec(t.Context(), `CREATE ROLE `+pgx.Identifier{name}.Sanitize()+` LOGIN PASSWORD 'guest'`)
	ok(t, err)
	t.Cleanup(func() { dropRole(t, admin, name) })
	guest := changed(t, admin, func(u *url.URL) { u.User = url.UserPassword(name, "guest") })
	refused(t, guest, Options{}, ErrUnreachable, "GRANT CREATE ON DATABASE")
	_, err = conn.Exec(t.Context(), `DROP EXTENSION postgis`)
	ok(t, err)
	refused(t, guest, Options{}, ErrPostGIS, "CREATE EXTENSION postgis")
}

func dropRole(t *testing.T, admin, name string) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), admin)
	ok(t, err)
	defer conn.Close(context.Background())
	role := pgx.Identifier{name}.Sanitize()
	if _, err := conn.Exec(context.Background(), `DROP OWNED BY `+role+` CASCADE; DROP ROLE `+role); err != nil {
		t.Error(err)
	}
}

// TestMigrateTakesTurns lets several processes find an empty database at the same time.
func TestMigrateTakesTurns(t *testing.T) {
	empty := postgrestest.New(t)
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			s, err := Open(context.WithoutCancel(t.Context()), empty, Options{Log: zerolog.Nop()})
			if err != nil {
				t.Error(err)
				return
			}
			s.Close()
		})
	}
	group.Wait()
}

// TestAway asks a database that has gone.
func TestAway(t *testing.T) {
	s := open(t)
	org, devices := withDevices(t, s, 1)
	ctx := t.Context()
	admin, err := pgx.Connect(ctx, changed(t, s.url, func(u *url.URL) { u.Path = "/postgres" }))
	ok(t, err)
	defer hangUp(ctx, admin)
	_, err = admin.Exec(ctx, `ALTER DATABASE `+s.pool.Config().ConnConfig.Database+` ALLOW_CONNECTIONS false`)
	ok(t, err)
	s.pool.Reset()
	_, err = s.Users(ctx, org)
	is(t, "Users", err, ErrUnreachable)
	_, _, err = s.Vehicles(ctx, org, Page{})
	is(t, "Vehicles", err, ErrUnreachable)
	_, err = s.State(ctx, org, devices[0].ID)
	is(t, "State", err, ErrUnreachable)
	is(t, "Fixes", s.Fixes(ctx, org, devices[0].Vehicle, noon(), noon(), 0, nil), ErrUnreachable)
	_, err = s.CreateDevice(ctx, org, NewDevice{Identity: "new"})
	is(t, "CreateDevice", err, ErrUnreachable)
	_, err = s.Within(ctx, org, []byte(`{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,0]]]}`), noon(), noon())
	is(t, "Within", err, ErrUnreachable)
	_, err = s.ImportDevices(ctx, org, nil, false)
	is(t, "ImportDevices", err, ErrUnreachable)
	is(t, "Ping", s.Ping(ctx), ErrUnreachable)
}
