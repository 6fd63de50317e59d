// Package postgrestest gives tests databases of a real PostGIS.
//
// New makes an empty database with the extension postgis, and drops it when the test ends. The server is the one that
// the environment variable DROVER_TEST_DATABASE_URL names (the command in the folder run sets it for all packages of a
// test run); without it, the first New of a test process starts a private one in a temporary folder, which a shell
// stops and removes when the process is gone, however it ended.
//
// New may be called by parallel tests. Only tests import this package.
package postgrestest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rs/zerolog"

	"drover/server/internal/postgres"
)

// Variable is the environment variable with the URL of the server for a whole test run. Its user must be a superuser.
const Variable = "DROVER_TEST_DATABASE_URL"

const (
	template = "drover_test_template"
	// templateLock is the advisory lock under which the template is made; any number that nobody else uses.
	templateLock = 0x64726f766572
	limit        = time.Minute
)

// private is a server of this process. Its end of the janitor's pipe must stay reachable: were it collected, it would
// be closed, and the janitor would stop the server.
type private struct {
	url   string
	alive io.Closer
}

// server is this process's own server. It is a variable of the package because it is shared by all tests of a process,
// and a test has nothing but its package to share with others.
var server = sync.OnceValues(start)

// New returns the URL of a new database with PostGIS for this test alone.
func New(t testing.TB) string {
	t.Helper()
	admin := os.Getenv(Variable)
	if admin == "" {
		own, err := server()
		if err != nil {
			t.Fatal(err)
		}
		admin = own.url
	}
	name, err := create(admin)
	if err != nil {
		t.Fatalf("postgrestest: %v", err)
	}
	t.Cleanup(func() {
		if err := do(admin, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("postgrestest: %v", err)
		}
	})
	made, err := withDatabase(admin, name)
	if err != nil {
		t.Fatalf("postgrestest: %v", err)
	}
	return made
}

// Relax makes the server of admin, a URL, faster and forgetful: what its tests write is gone after a crash.
func Relax(admin string) error {
	return do(admin, "ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off",
		"SELECT pg_reload_conf()")
}

// start runs a server until this process is gone: a shell waits for the end of a pipe that only this process holds.
func start() (private, error) {
	dir, err := os.MkdirTemp("", "drover-test-")
	if err != nil {
		return private{}, err
	}
	if err := os.Chmod(dir, 0o711); err != nil { // the user postgres must pass when the tests run as root
		return private{}, err
	}
	const janitor = `read line
pid=$(head -n 1 "$0/postgres/cluster/postmaster.pid") && kill -QUIT "$pid"
while kill -0 "$pid" && [ -e "$0/postgres/cluster/postmaster.pid" ]; do sleep 0.1; done
rm -rf "$0"`
	shell := exec.Command("/bin/sh", "-c", janitor, dir)
	shell.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	alive, err := shell.StdinPipe()
	if err != nil {
		return private{}, err
	}
	if err := shell.Start(); err != nil {
		return private{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	cluster, err := postgres.Start(ctx, postgres.Config{Dir: filepath.Join(dir, "postgres"), Log: zerolog.Nop()})
	if err != nil {
		return private{}, err
	}
	return private{cluster.URL(), alive}, Relax(cluster.URL())
}

// create makes a database and returns its name.
func create(admin string) (string, error) {
	if err := prepareTemplate(admin); err != nil {
		return "", fmt.Errorf("make the template: %w", err)
	}
	name := "test_" + strings.ToLower(rand.Text())
	return name, do(admin, "CREATE DATABASE "+name+" TEMPLATE "+template)
}

// prepareTemplate makes the template unless it is there. It gets its name when it is whole.
func prepareTemplate(admin string) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	conn, err := pgx.Connect(ctx, admin)
	if err != nil {
		return err
	}
	defer conn.Close(ctx) // which also gives the lock back
	var there bool
	const look = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)"
	if err := conn.QueryRow(ctx, look, template).Scan(&there); err != nil || there {
		return err
	}
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", templateLock); err != nil {
		return err
	}
	if err := conn.QueryRow(ctx, look, template).Scan(&there); err != nil || there {
		return err
	}
	part := template + "_part"
	partURL, err := withDatabase(admin, part)
	if err != nil {
		return err
	}
	return errors.Join(
		do(admin, "DROP DATABASE IF EXISTS "+part, "CREATE DATABASE "+part+" TEMPLATE template0"),
		do(partURL, "CREATE EXTENSION postgis"),
		do(admin, "ALTER DATABASE "+part+" RENAME TO "+template),
	)
}

// do runs statements one by one on a connection of their own.
func do(database string, statements ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	for _, sql := range statements {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%s: %w", sql, err)
		}
	}
	return nil
}

// withDatabase is the URL of another database of the same server.
func withDatabase(admin, name string) (string, error) {
	u, err := url.Parse(admin)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}
