package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// house says what each part must not import (and what lies below that), besides its own folders.
var house = map[string][]string{
	"drover/protocols":                {"drover/server", "drover/geo", "drover/modem", "drover/simulators", "net", "os", "database/sql", "github.com/rs/zerolog", "github.com/jackc"},
	"drover/geo":                      {"drover/server", "drover/protocols", "drover/modem", "drover/simulators", "net", "os", "github.com/jackc"},
	"drover/modem":                    {"drover/", "database/sql", "github.com/jackc", "net/http"},
	"drover/migrations":               {"drover/"},
	"drover/web":                      {"drover/server", "drover/protocols", "drover/simulators"},
	"drover/simulators":               {"drover/server"},
	"drover/simulators/modems":        {"drover/server", "drover/protocols", "drover/geo", "drover/modem", "drover/simulators/trackers"},
	"drover/server/internal/fleet":    {"drover/server", "github.com/jackc", "net/http", "database/sql"},
	"drover/server/internal/config":   {"drover/", "github.com/jackc", "net/http"},
	"drover/server/internal/postgres": {"drover/"},
	"drover/server/internal/gateway":  {"drover/server/internal/store", "drover/server/internal/live", "drover/server/internal/journal", "drover/server/internal/process", "drover/geo", "github.com/jackc", "net/http"},
	"drover/server/internal/journal":  {"drover/server/internal/store", "drover/server/internal/gateway", "drover/server/internal/live", "drover/server/internal/process", "drover/geo", "github.com/jackc", "net/http"},
	"drover/server/internal/process":  {"drover/server/internal/gateway", "drover/server/internal/live", "drover/server/internal/api", "github.com/jackc", "net"},
	"drover/server/internal/store":    {"drover/server/internal/gateway", "drover/server/internal/live", "drover/server/internal/process", "drover/server/internal/journal", "net/http"},
	"drover/server/internal/live":     {"drover/server/internal/store", "drover/server/internal/gateway", "drover/server/internal/journal", "github.com/jackc"},
	"drover/server/internal/api":      {"drover/server/internal/gateway", "drover/server/internal/journal", "drover/server/internal/process", "github.com/jackc"},
	"drover/server/internal/dispatch": {"drover/server/internal/gateway", "drover/server/internal/sms", "drover/server/internal/live", "drover/server/internal/journal", "drover/server/internal/process", "drover/server/internal/api", "drover/modem", "net", "github.com/jackc"},
	"drover/server/internal/sms":      {"drover/server/internal/api", "drover/server/internal/gateway", "drover/server/internal/live", "drover/server/internal/journal", "drover/server/internal/process", "drover/protocols", "drover/simulators", "net/http", "github.com/jackc"},
	"drover/server/internal/enrol":    {"drover/server/internal/api", "drover/server/internal/gateway", "drover/server/internal/live", "drover/server/internal/journal", "drover/server/internal/process", "drover/protocols", "net/http", "github.com/jackc"},
	"drover/server/internal/identity": {"drover/server/internal/store", "drover/server/internal/api", "net/http", "github.com/jackc"},
	"drover/server/internal/oidc":     {"drover/server", "github.com/jackc"},
	"drover/protocols/wire":           {"drover/"},
	"drover/protocols/texts":          {"drover/protocols/wire"},
	"drover/protocols/protocoltest":   {"drover/protocols/all"},
}

// excused are imports that a rule above a package forbids and the package needs.
var excused = map[string][]string{
	"drover/protocols/protocoltest":                    {"os"},                              // reads the cases' files
	"drover/server/internal/dispatch/dispatchtest":     {"github.com/jackc/pgx/v5/pgxpool"}, // modems whose SMS stand in a database
	"drover/server/internal/postgres/postgrestest":     {"drover/server/internal/postgres"},
	"drover/server/internal/postgres/postgrestest/run": {"drover/server/internal/postgres"},
}

type listed struct {
	ImportPath string
	Imports    []string
}

// TestHouse checks that every part imports only what it may know, so that ARCHITECTURE.md's picture stays true.
func TestHouse(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "drover/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := 0
	for list := json.NewDecoder(bytes.NewReader(out)); ; packages++ {
		var p listed
		if err := list.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		for part, forbidden := range house {
			if within(p.ImportPath, part) {
				check(t, p, part, forbidden)
			}
		}
		if name, ok := strings.CutPrefix(p.ImportPath, "drover/protocols/"); ok {
			strangersOf(t, name, p.Imports)
		}
	}
	if packages < 10 {
		t.Errorf("only %d packages were looked at", packages)
	}
}

func check(t *testing.T, p listed, part string, forbidden []string) {
	t.Helper()
	for _, i := range p.Imports {
		own := within(i, part)
		for _, f := range forbidden {
			if within(i, strings.TrimSuffix(f, "/")) && !own && !slices.Contains(excused[p.ImportPath], i) {
				t.Errorf("%s imports %s, which %s must not know", p.ImportPath, i, part)
			}
		}
	}
}

// strangersOf: one protocol never imports another.
func strangersOf(t *testing.T, name string, imports []string) {
	t.Helper()
	if name == "all" {
		return
	}
	for _, i := range imports {
		other, ok := strings.CutPrefix(i, "drover/protocols/")
		if ok && other != "wire" && other != "texts" && !within(other, strings.Split(name, "/")[0]) {
			t.Errorf("protocols/%s imports protocols/%s", name, other)
		}
	}
}

func within(path, part string) bool { return path == part || strings.HasPrefix(path, part+"/") }
