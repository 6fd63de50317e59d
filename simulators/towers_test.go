package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"drover/simulators/modems"
	"drover/simulators/trackers"
)

// fleet is a run of `simulators trackers` with modems, without a server.
type fleet struct {
	*testing.T
	control string // URL of the modems' API
	modem   string // address of the first
	lines   chan string
	stop    func() error
}

// startFleet runs vehicles from number 7 on, and takes the lines of the control API and of two modems.
func startFleet(t *testing.T, args ...string) *fleet {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := run(ctx, append([]string{"trackers", "--first", "7", "--ramp", "0s", "--json", "--quiet", "--modems", "2",
			"--modems-at", "tcp:127.0.0.1:0", "--modems-control", "127.0.0.1:0"}, args...), in)
		in.CloseWithError(err)
		done <- err
	}()
	f := &fleet{T: t, lines: make(chan string, 10)}
	go func() {
		defer close(f.lines)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			f.lines <- lines.Text()
		}
	}()
	f.stop = func() error { cancel(); return <-done }
	t.Cleanup(cancel)
	f.control = f.line(`^control (http://127\.0\.0\.1:\d+)$`)
	f.modem = f.line(`^modem0 tcp://(127\.0\.0\.1:\d+) .* MSISDN \` + modems.MSISDN(0) + `$`)
	f.line(`^modem1 tcp://(127\.0\.0\.1:\d+) .* MSISDN \` + modems.MSISDN(1) + `$`)
	return f
}

// line takes a line of the output, and what the pattern's group is in it.
func (f *fleet) line(pattern string) string {
	f.Helper()
	line := <-f.lines
	found := regexp.MustCompile(pattern).FindStringSubmatch(line)
	if found == nil {
		f.Fatalf("%q is not %s", line, pattern)
	}
	return found[1]
}

// get asks the control API.
func (f *fleet) get(path string, into any) {
	f.Helper()
	answer, err := http.Get(f.control + path)
	if err != nil {
		f.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		f.Fatal(err)
	}
}

// found waits for an entry of the network's ledger.
func (f *fleet) found(what string, is func(modems.Entry) bool) modems.Entry {
	f.Helper()
	var ledger []modems.Entry
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		f.get("/ledger?limit=1000", &ledger)
		if i := slices.IndexFunc(ledger, is); i >= 0 {
			return ledger[i]
		}
	}
	f.Fatalf("%s: the ledger has %+v", what, ledger)
	return modems.Entry{}
}

// heard waits for a message to the first modem, from a number and with a text that begin so.
func (f *fleet) heard(from, beginning string) modems.Entry {
	f.Helper()
	return f.found("a message from "+from, func(e modems.Entry) bool {
		return e.Kind == modems.Delivered && e.To == modems.MSISDN(0) && strings.HasPrefix(e.From, from) &&
			strings.HasPrefix(e.Text, beginning)
	})
}

// tell sends a vehicle an SMS from the first modem, again while the vehicle is not there yet.
func (f *fleet) tell(to, text string) {
	f.Helper()
	for last := 0; ; {
		f.text(to, text)
		e := f.found(text, func(e modems.Entry) bool {
			return e.Seq > last && e.Text == text && (e.Kind == modems.Delivered || e.Kind == modems.Failed)
		})
		if e.Kind == modems.Delivered {
			return
		}
		last = e.Seq
		time.Sleep(20 * time.Millisecond)
	}
}

// text sends an SMS from the first modem.
func (f *fleet) text(to, text string) {
	f.Helper()
	line, err := net.Dial("tcp", f.modem)
	if err != nil {
		f.Fatal(err)
	}
	defer line.Close()
	_ = line.SetDeadline(time.Now().Add(30 * time.Second))
	answers := bufio.NewReader(line)
	for _, step := range []struct{ type_, until string }{
		{"AT+CMGF=1\r", "OK\r\n"}, {fmt.Sprintf("AT+CMGS=%q\r", to), "> "}, {text + "\x1a", "OK\r\n"},
	} {
		if _, err := io.WriteString(line, step.type_); err != nil {
			f.Fatal(err)
		}
		for said := ""; !strings.HasSuffix(said, step.until); {
			b, err := answers.ReadByte()
			if err != nil {
				f.Fatalf("%q: %q, %v", step.type_, said, err)
			}
			said += string(b)
		}
	}
}

// TestVehicleHearsTheModem: a modem writes to a vehicle, which does as it is told and answers that modem.
func TestVehicleHearsTheModem(t *testing.T) {
	f := startFleet(t, "-n", "1", "--protocols", "teltonika", "--ports", "teltonika="+closedPort(t))
	f.tell(trackers.Phone(7), "  getinfo")
	f.heard(trackers.Phone(7), "RTC:")
	f.tell(trackers.Phone(7), "  setdigout 1")
	f.heard(trackers.Phone(7), "DOUT")
	if err := f.stop(); err != nil {
		t.Error(err)
	}
	var s trackers.Summary
	if line := <-f.lines; json.Unmarshal([]byte(line), &s) != nil || s.Vehicles != 1 || s.Commands != 2 {
		t.Errorf("%s: want 1 vehicle and 2 commands obeyed", line)
	}
}

// TestChatterReachesTheModem: vehicles say unasked where they are, and the message lies on the first modem's SIM.
func TestChatterReachesTheModem(t *testing.T) {
	f := startFleet(t, "-n", "3", "--protocols", "gps103", "--ports", "gps103="+closedPort(t), "--chatter", "50ms")
	said := f.heard("+882990000000", "lat:")
	if said.Modem != "modem0" || !strings.Contains(said.Text, "http") {
		t.Errorf("%+v", said)
	}
	var first, second modems.State
	f.get("/modems/0", &first)
	f.get("/modems/1", &second)
	if first.Stored == 0 || second.Stored != 0 {
		t.Errorf("%d and %d messages lie on the SIMs", first.Stored, second.Stored)
	}
	if err := f.stop(); err != nil {
		t.Error(err)
	}
}
