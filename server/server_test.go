package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"drover/protocols/all"
	"drover/server/internal/freeport"
	"drover/server/internal/postgres/postgrestest"
	"drover/simulators/trackers"
)

// running is a whole server in this process, on free ports and with a database of its own.
type running struct {
	t        *testing.T
	url      string // of page and API
	ports    string // for trackers.Config
	database string
	data     string
	out      *output
	stop     func() error
}

// output collects what the server prints, for several goroutines.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// eventually polls until ok, or fails with what it says.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for limit := time.Now().Add(time.Minute); !ok(); <-tick.C {
		if time.Now().After(limit) {
			t.Fatalf("not within a minute: %s", what)
		}
	}
}

func startServer(t *testing.T, database, data string, extra ...string) *running {
	t.Helper()
	r := &running{t: t, database: database, data: data, out: new(output)}
	args := []string{"serve", "--data", data, "--database", database, "--listen", "127.0.0.1:0", "--bind", "127.0.0.1"}
	port := freePort(t)
	args = append(args, "--protocols", "any,teltonika", "--port", fmt.Sprintf("any=127.0.0.1:%d", port),
		"--port", "teltonika=127.0.0.1:0")
	r.ports = fmt.Sprintf("any=%d", port)
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan error, 1)
	go func() { done <- run(ctx, append(args, extra...), streams{strings.NewReader(""), r.out, r.out}) }()
	r.stop = sync.OnceValue(func() error {
		cancel()
		select {
		case err := <-done:
			return err
		case <-time.After(time.Minute):
			return fmt.Errorf("the server did not stop within a minute")
		}
	})
	t.Cleanup(func() {
		if err := r.stop(); err != nil {
			t.Errorf("server: %v\n%s", err, r.out)
		}
	})
	eventually(t, "the server is ready", func() bool {
		select {
		case err := <-done:
			done <- err
			t.Fatalf("the server ended: %v\n%s", err, r.out)
		default:
		}
		w, err := findServer(data)
		r.url = w.Address
		return err == nil
	})
	return r
}

func freePort(t *testing.T) int {
	t.Helper()
	port, err := freeport.Find()
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// command runs another command of the binary and gives what it prints.
func (r *running) command(args ...string) string {
	r.t.Helper()
	var out bytes.Buffer
	if err := run(r.t.Context(), args, streams{strings.NewReader(""), &out, io.Discard}); err != nil {
		r.t.Fatalf("%v: %v\n%s", args, err, &out)
	}
	return out.String()
}

// signIn gives a client with the session of the first administrator.
func (r *running) signIn(password string) *http.Client {
	r.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		r.t.Fatal(err)
	}
	client := &http.Client{Jar: jar, Timeout: 20 * time.Second}
	body := fmt.Sprintf(`{"email":"admin@drover.local","password":%q}`, password)
	response, err := client.Post(r.url+"/api/session", "application/json", strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(response.Body)
		r.t.Fatalf("signing in: %s %s", response.Status, text)
	}
	return client
}

var passwordPattern = regexp.MustCompile(`password (\S+)`)

func (r *running) password() string {
	r.t.Helper()
	found := passwordPattern.FindStringSubmatch(r.out.String())
	if found == nil {
		r.t.Fatalf("no password was printed:\n%s", r.out)
	}
	return found[1]
}

func (r *running) register(c trackers.Config) {
	r.t.Helper()
	file := filepath.Join(r.t.TempDir(), "devices.csv")
	f, err := os.Create(file)
	if err != nil {
		r.t.Fatal(err)
	}
	defer f.Close()
	if err := trackers.WriteDevices(f, c); err != nil {
		r.t.Fatal(err)
	}
	r.command("device", "import", "--database", r.database, file)
}

// TestSpine drives trackers of every protocol, TCP and UDP, through one port of the whole server, restarts it in between,
// and proves that what was acknowledged is in PostGIS exactly once and on the live line.
func TestSpine(t *testing.T) {
	database, data := postgrestest.New(t), t.TempDir()
	r := startServer(t, database, data)
	password := r.password()
	c := trackers.Config{Count: max(30, 2*len(all.Protocols())), First: 1, Server: "127.0.0.1", Ports: r.ports,
		Records: 40, Ramp: time.Second, StartAgo: time.Hour, AckTimeout: 10 * time.Second, Backlog: 100,
		Duration: time.Minute}
	r.register(c)
	ledger := filepath.Join(t.TempDir(), "ledger")
	acknowledged := drive(t, c, ledger)

	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	r = startServer(t, database, data)
	c.Ports, c.UDP, c.StartAgo = r.ports, true, 30*time.Minute
	acknowledged += drive(t, c, ledger)

	verdict, err := trackers.Verify(t.Context(), ledger, database, 30*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if err := verdict.Err(); err != nil || verdict.Acknowledged < acknowledged {
		t.Errorf("%v: %v", verdict, err)
	}
	client := r.signIn(password)
	r.checkVehicles(client, c.Count)
	r.checkLive(client, c.Count)
	if strings.Contains(r.out.String(), "password "+password) {
		t.Error("the second start printed the password again")
	}
}

// drive gives how many records were acknowledged; all were sent.
func drive(t *testing.T, c trackers.Config, ledger string) int64 {
	t.Helper()
	file, err := os.OpenFile(ledger, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	c.Ledger = file
	summary, err := trackers.Run(t.Context(), c, func(trackers.Summary) {})
	if err != nil || summary.Acknowledged+summary.Written < int64(c.Count*c.Records) {
		t.Fatalf("%v: %v", summary, err)
	}
	return summary.Acknowledged
}

func (r *running) checkVehicles(client *http.Client, count int) {
	r.t.Helper()
	var page struct {
		Items []struct {
			Name string
			Last *struct {
				Latitude *float64
				Time     time.Time
			}
		}
	}
	r.get(client, "/api/vehicles?limit=100", &page)
	if len(page.Items) != count {
		r.t.Fatalf("%d vehicles, want %d", len(page.Items), count)
	}
	for _, v := range page.Items {
		if v.Last == nil || v.Last.Latitude == nil || time.Since(v.Last.Time) > 2*time.Hour {
			r.t.Errorf("%s has no last fix: %+v", v.Name, v.Last)
		}
	}
}

func (r *running) get(client *http.Client, path string, into any) {
	r.t.Helper()
	response, err := client.Get(r.url + path)
	if err != nil {
		r.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		r.t.Fatalf("%s: %s %v %s", path, response.Status, err, text)
	}
	if err := json.Unmarshal(text, into); err != nil {
		r.t.Fatalf("%s: %v in %s", path, err, text)
	}
}

// TestUsersMistakes holds the sentences that people see when the start goes wrong.
func TestUsersMistakes(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	newer := t.TempDir()
	if err := os.WriteFile(filepath.Join(newer, "VERSION"), []byte("99\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	database := postgrestest.New(t)
	for want, args := range map[string][]string{
		"written by a newer Drover":  {"--data", newer},
		"is another program on that": {"--listen", taken.Addr().String()},
		"another program":            {"--listen", "127.0.0.1:0", "--port", "gt06=" + taken.Addr().String(), "--database", database},
		"is not one of arnavi":       {"--protocols", "fax"},
		"must look like postgres://": {"--database", "localhost"},
		"127.0.0.1:1":                {"--database", "postgres://nobody@127.0.0.1:1/none", "--database-wait", "1ms"},
	} {
		args = append([]string{"serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0"}, args...)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		err := run(ctx, args, streams{strings.NewReader(""), io.Discard, io.Discard})
		cancel()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: got %v, want %q", args[5:], err, want)
		}
	}
}

// TestOneServerAFolder: the second server on a data folder is told of the first.
func TestOneServerAFolder(t *testing.T) {
	dir := t.TempDir()
	first, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := openFolder(dir); err == nil || !strings.Contains(err.Error(), "another server runs on") {
		t.Errorf("got %v", err)
	}
	first.release()
	again, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	again.release()
}
