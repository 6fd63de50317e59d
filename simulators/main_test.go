package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"drover/simulators/trackers"
)

// closedPort is one where nobody listens.
func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// TestTrackersSummary: the summary comes last, also where there is no server.
func TestTrackersSummary(t *testing.T) {
	ledger := filepath.Join(t.TempDir(), "ledger")
	args := []string{"trackers", "-n", "3", "--protocols", "h02", "--ports", "h02=" + closedPort(t), "--ramp", "0s",
		"--duration", "300ms", "--quiet", "--ledger", ledger}
	var out bytes.Buffer
	if err := run(t.Context(), args, &out); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	if !strings.HasPrefix(text, "3 vehicles, 0 lines, 0 records acknowledged in 0 s") ||
		!strings.Contains(text, "connection refused") || strings.Count(text, "\n") != 1 {
		t.Errorf("the summary is %q", text)
	}
	if info, err := os.Stat(ledger); err != nil || info.Size() != 0 {
		t.Errorf("the ledger is %v, %v", info, err)
	}
	out.Reset()
	var s trackers.Summary
	if err := run(t.Context(), append(args, "--json"), &out); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out.Bytes(), &s); err != nil || s.Vehicles != 3 || s.Errors == 0 || s.Elapsed == 0 {
		t.Errorf("%s: %v", out.String(), err)
	}
}

func TestDevices(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), []string{"devices", "-n", "2", "--protocols", "gt06,h02"}, &out); err != nil {
		t.Fatal(err)
	}
	const want = "identity,name,plate,group,protocol,phone\n" +
		"359990000000017,Truck 1,NI ET 729,Port Null/Harbour depot,gt06,+8829900000001\n" +
		"359990000000025,Courier 2,NI KM 458,Meridian/Ellipsoid depot,h02,+8829900000002\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

func TestSIMs(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), []string{"sims", "-n", "1", "--protocols", "gt06"}, &out); err != nil {
		t.Fatal(err)
	}
	const want = "iccid,msisdn,operator,apn,plan,device,budget_bytes,budget_messages\n" +
		"89882991000000000014,+8829900000001,Null Island Mobile,m2m.null,Fleet 50,359990000000017,50 MB,50\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

func TestMistakes(t *testing.T) {
	for want, args := range map[string][]string{
		"count is 0: it must":                   {"trackers", "-n", "0"},
		`"morse" is not one of`:                 {"trackers", "--protocols", "morse"},
		"ledger: open":                          {"trackers", "--ledger", "/nowhere/ledger"},
		"--ledger":                              {"verify", "--database", "postgres://127.0.0.1:1/none"},
		"verify: ":                              {"verify", "--database", "postgres://127.0.0.1:1/none", "--ledger", "/nowhere/ledger"},
		"count is 0":                            {"devices", "-n", "0"},
		"one of --pty DIR":                      {"modems"},
		"count is -1: it must":                  {"trackers", "--modems=-1"},
		"be tcp:HOST:PORT, unix:DIR or pty:DIR": {"trackers", "--modems", "1", "--modems-at", "moon"},
		"--modems-at moon":                      {"trackers", "--modems", "1", "--modems-at", "moon"},
		"loopback":                              {"trackers", "--modems", "1", "--modems-at", "tcp:127.0.0.1:0", "--modems-control", "0.0.0.0:0"},
		"chatter is 5s: it must be 0 without --modems": {"trackers", "--chatter", "5s"},
		"chatter is -1s: it must be 0 or more":         {"trackers", "--chatter=-1s", "--duration", "1ms"},
		"sleepers is 2: it must be 0 to 1":             {"trackers", "--sleepers", "2", "--duration", "1ms"},
		"it must be 1 to 1000":                         {"modems", "-n", "2000", "--tcp", "127.0.0.1:0"},
		"faults, line 1":                               {"modems", "--tcp", "127.0.0.1:0", "--faults", "main.go"},
		"control is \"0.0.0.0":                         {"modems", "--tcp", "127.0.0.1:0", "--control", "0.0.0.0:0"},
	} {
		var out bytes.Buffer
		if err := run(t.Context(), args, &out); err == nil || !strings.Contains(err.Error(), want) || out.Len() > 0 {
			t.Errorf("%q: the error is %v, want %q (%s)", args, err, want, out.String())
		}
	}
}

// TestWhereModemsAre: a flag for the place may stand alone, also before others.
func TestWhereModemsAre(t *testing.T) {
	for want, args := range map[string][]string{
		"tcp:127.0.0.1:7101":     {"--tcp"},
		"tcp:127.0.0.1:1":        {"--tcp", "127.0.0.1:1", "-n", "3"},
		"tcp:127.0.0.1:2":        {"--tcp=127.0.0.1:2"},
		"unix:@drover-modem":     {"--unix", "-n", "3"},
		"unix:@other":            {"--unix", "@other"},
		"pty:/tmp/drover-modems": {"--pty", "--pace"},
		"pty:/tmp/x":             {"--pty", "/tmp/./x"},
	} {
		var c commands
		if _, err := parse(t.Context(), &c, append([]string{"modems"}, args...), io.Discard); err != nil {
			t.Errorf("%q: %v", args, err)
			continue
		}
		if got, err := c.Modems.Config(io.Discard); got.Listen != want || err != nil {
			t.Errorf("%q: modems at %s, want %s: %v", args, got.Listen, want, err)
		}
	}
}

// TestModems: a line for each modem with what the server wants to know, and the control API first.
func TestModems(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, []string{"modems", "-n", "2", "--tcp", "127.0.0.1:0", "--control", "127.0.0.1:0"}, in)
	}()
	lines := bufio.NewScanner(out)
	for _, want := range []string{
		`^control http://127\.0\.0\.1:\d+$`,
		`^modem0 tcp://127\.0\.0\.1:\d+ IMEI 359991000000007 ICCID 89882990000000000007 MSISDN \+88299900000000$`,
		`^modem1 tcp://127\.0\.0\.1:\d+ IMEI 359991000000015 ICCID 89882990000000000015 MSISDN \+88299900000001$`,
	} {
		if !lines.Scan() || !regexp.MustCompile(want).MatchString(lines.Text()) {
			t.Errorf("%q is not %s", lines.Text(), want)
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
