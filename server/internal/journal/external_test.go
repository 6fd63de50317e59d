package journal

import (
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/rs/zerolog"
)

// cluster runs a NATS server of its own on a free port, as an operator would.
func cluster(t *testing.T) *server.Server {
	t.Helper()
	ns, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), SyncAlways: true, NoLog: true, NoSigs: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	go ns.Start()
	if !ns.ReadyForConnections(20 * time.Second) {
		t.Fatal("NATS did not start")
	}
	t.Cleanup(func() {
		ns.Shutdown()
		ns.WaitForShutdown()
	})
	return ns
}

func TestExternalNATS(t *testing.T) {
	ns := cluster(t)
	external := func(c *Config) { c.Dir, c.URL, c.Partitions = "", ns.ClientURL(), 1 }
	j := open(t, external)
	for n := range 3 {
		if err := j.Append(t.Context(), record(1, n)); err != nil {
			t.Fatal(err)
		}
	}
	id := j.ID(0)
	j.Close()
	j = open(t, external)
	if records, last := readAll(t, j, 0, 1, 2); len(records) != 2 || last != 3 || j.ID(0) != id {
		t.Errorf("after entry 1: %d records to entry %d, journal %s", len(records), last, j.ID(0))
	}
	if err := j.Healthy(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestUnreachableNATSIsNamed(t *testing.T) {
	_, err := Open(t.Context(), Config{URL: "nats://127.0.0.1:1", Log: zerolog.Nop()})
	if err == nil || !strings.Contains(err.Error(), `NATS at "nats://127.0.0.1:1" cannot be reached`) {
		t.Errorf("got %v", err)
	}
}
