package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"drover/server/internal/postgres/postgrestest"
	simulated "drover/simulators/modems"
	"drover/simulators/trackers"
)

// TestSIMsFromAFile: those of the vehicles are in their trackers, and the PIN of one in a modem opens it.
func TestSIMsFromAFile(t *testing.T) {
	bank, err := simulated.Start(t.Context(), simulated.Config{Listen: "unix:" + socketDir(t), PIN: "4711",
		BootTime: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bank.Close)
	data := filepath.Join(t.TempDir(), "data")
	r := startServer(t, postgrestest.New(t), data, "--modem", "north="+bank.URL(0))
	client := r.signIn(r.password())
	r.awaitPhase(client, "north", "blocked")

	vehicles := trackers.Config{Count: 2, First: 1, Server: "127.0.0.1", Protocols: []string{"gt06"}}
	r.register(vehicles)
	var file strings.Builder
	if err := trackers.WriteSIMs(&file, vehicles); err != nil {
		t.Fatal(err)
	}
	r.importSIMs(data, file.String(), "2 SIMs added, 0 changed\n")
	r.importSIMs(data, "iccid,pin\n"+bank.Modem(0).State().ICCID+",4711\n", "1 SIMs added, 0 changed\n")
	var sims struct {
		Items []struct {
			ICCID, MSISDN string
			Vehicle       *string
			PIN           bool `json:"has_pin"`
			Alarms        []string
		}
	}
	r.get(client, "/api/sims", &sims)
	if len(sims.Items) != 3 || !sims.Items[0].PIN || sims.Items[1].Vehicle == nil || *sims.Items[1].Vehicle != "Truck 1" ||
		sims.Items[1].ICCID != trackers.ICCID(1) || sims.Items[1].MSISDN != trackers.Phone(1) || len(sims.Items[1].Alarms) > 0 {
		t.Errorf("the SIMs are %+v", sims.Items)
	}

	response, err := client.Post(r.url+"/api/modems/north/reset", "application/json", nil)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusNoContent {
		t.Fatalf("reset: %s", response.Status)
	}
	r.awaitPhase(client, "north", "ready")
}

func (r *running) importSIMs(data, csv, want string) {
	r.t.Helper()
	file := filepath.Join(r.t.TempDir(), "sims.csv")
	if err := os.WriteFile(file, []byte(csv), 0o600); err != nil {
		r.t.Fatal(err)
	}
	if got := r.command("sim", "import", "--data", data, "--database", r.database, file); got != want {
		r.t.Errorf("the import says %q, want %q", got, want)
	}
}
