package trackers

import (
	"context"
	"math"
	"net"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/all"
)

// same: the ledger says what was heard, as near as the coarsest family can say it (see verify).
func same(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.EqualFunc(got, want, near) {
		t.Errorf("the ledger says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func near(got, want string) bool {
	g, w := strings.Split(got, "|"), strings.Split(want, "|")
	for i, most := range []float64{0, 100, 100, 10, 10} { // after the name: time, place, speed, course
		a, err1 := strconv.ParseFloat(g[i+1], 64)
		b, err2 := strconv.ParseFloat(w[i+1], 64)
		if err1 != nil || err2 != nil || math.Abs(a-b) > most {
			return false
		}
	}
	return g[0] == w[0]
}

// located leaves out what a login or a heartbeat says beside the reports.
func located(all []protocols.Position) []protocols.Position {
	return slices.DeleteFunc(all, func(p protocols.Position) bool { return !p.Located })
}

// saidBy is what the first vehicle's tracker calls itself.
func saidBy(p *protocols.Protocol) string {
	return newLane(p, "127.0.0.1", "1", false).says(Identity(1))
}

// TestLedgerOfEveryProtocol lets a vehicle of each protocol report to the protocol's own codec, which hears what the
// ledger says. Where nothing is acknowledged, all was written once.
func TestLedgerOfEveryProtocol(t *testing.T) {
	for _, p := range all.Protocols() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, p.Name)
			c := s.config()
			c.Records, c.Batch = 100, 7
			r := start(t, c)
			call := s.accept()
			var heard []protocols.Position
			for m := call.next(); m != nil; m = call.next() {
				heard = append(heard, m.Positions...)
				call.say(m.Reply)
			}
			heard = located(heard)
			if ledger := r.wait(); r.summary.Written == 0 {
				same(t, ledger, lines(saidBy(p), heard...))
			}
			n := r.summary.Acknowledged + r.summary.Written
			if n != 100 || r.summary.Errors != 0 || len(heard) != 100 || r.err != nil {
				t.Errorf("%d heard, error %v: %s", len(heard), r.err, r.summary)
			}
		})
	}
}

func TestLoginRefused(t *testing.T) {
	s := newServer(t, "teltonika")
	r := start(t, s.config())
	first := s.accept()
	first.say(first.next().Refusal)
	first.ended()
	second := s.accept().welcome()
	m := second.report(25)
	second.say(m.Reply)
	second.report(25)
	r.stop()
	same(t, r.wait(), lines(Identity(1), m.Positions...))
	if r.summary.Errors != 1 || r.summary.LastError != "login: refused" {
		t.Error(r.summary)
	}
}

// TestAcknowledgedInPart: what the answers cover is in the ledger, the rest is said again.
func TestAcknowledgedInPart(t *testing.T) {
	s := newServer(t, "h02")
	c := s.config()
	c.Records, c.Batch = 5, 5
	r := start(t, c)
	first := s.accept()
	var heard []protocols.Position
	for range 2 {
		m := first.report(1)
		heard = append(heard, m.Positions...)
		first.say(m.Reply)
	}
	third := first.report(1)
	first.conn.Close()
	second := s.accept()
	for i := range 3 {
		m := second.report(1)
		if i == 0 && !m.Positions[0].Time.Equal(third.Positions[0].Time) {
			t.Errorf("after the reconnect %v comes first, want %v", m.Positions[0].Time, third.Positions[0].Time)
		}
		heard = append(heard, m.Positions...)
		second.say(m.Reply)
	}
	second.ended()
	same(t, r.wait(), lines(Identity(1), heard...))
}

// TestRefusedCount: a Teltonika packet is acknowledged as a whole or not at all.
func TestRefusedCount(t *testing.T) {
	s := newServer(t, "teltonika")
	c := s.config()
	c.Records, c.Batch, c.AckTimeout = 5, 5, 300*time.Millisecond
	r := start(t, c)
	first := s.accept().welcome()
	first.report(5)
	first.say([]byte{0, 0, 0, 3})
	first.ended()
	second := s.accept().welcome()
	m := second.report(5)
	second.say(m.Reply)
	second.ended()
	same(t, r.wait(), lines(Identity(1), m.Positions...))
	if want := "acknowledgement: the server says nothing"; r.summary.LastError != want {
		t.Errorf("the last error is %q, want %q", r.summary.LastError, want)
	}
}

func TestAnswerLost(t *testing.T) {
	for _, p := range all.Protocols() {
		if !p.Speak(protocols.TCP, Identity(1)).Acknowledged() {
			continue // nothing is answered
		}
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, p.Name)
			c := s.config()
			c.Records, c.Batch = 1, 1
			r := start(t, c)
			var heard []protocols.Position
			for n := range 2 {
				call := s.accept()
				for m := call.next(); m != nil; m = call.next() {
					if heard = append(heard, located(m.Positions)...); len(heard) == 1 && n == 0 {
						call.conn.Close()
						break
					}
					call.say(m.Reply)
				}
			}
			got := r.wait()
			if len(heard) != 2 {
				t.Fatalf("the record was said %d times", len(heard))
			}
			same(t, got, lines(saidBy(p), heard[0]))
			same(t, got, lines(saidBy(p), heard[1]))
		})
	}
}

// TestDatagramLost: a report whose answer does not come is sent again, from another port, so that a late answer to the
// first does no harm.
func TestDatagramLost(t *testing.T) {
	for _, name := range []string{"teltonika", "h02"} {
		t.Run(name, func(t *testing.T) {
			conn, err := net.ListenPacket("udp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			c := Config{Count: 1, First: 1, Protocols: []string{name}, Server: "127.0.0.1", UDP: true, Records: 8, Batch: 4,
				Ports: ports(name, conn.LocalAddr()), StartAgo: time.Hour, AckTimeout: 200 * time.Millisecond, Backlog: 10}
			r := start(t, c)
			var heard []protocols.Position
			var lost net.Addr
			for n := 0; n < 3; n++ {
				reply, positions, from := datagramFrom(t, conn, all.Named(name))
				switch {
				case n == 0:
					lost = from
					continue
				case n == 1 && lost.String() == from.String():
					t.Errorf("sent again from the same address %v", from)
				case n == 1:
					if _, err := conn.WriteTo(reply, lost); err != nil { // late
						t.Fatal(err)
					}
				}
				heard = append(heard, positions...)
				if _, err := conn.WriteTo(reply, from); err != nil {
					t.Fatal(err)
				}
			}
			same(t, r.wait(), lines(Identity(1), heard...))
			if len(heard) != 8 || r.summary.Errors != 1 {
				t.Errorf("%d heard: %s", len(heard), r.summary)
			}
		})
	}
}

func datagramFrom(t *testing.T, conn net.PacketConn, p *protocols.Protocol) ([]byte, []protocols.Position, net.Addr) {
	t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(limit)); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 4096)
	n, from, err := conn.ReadFrom(b)
	if err != nil {
		t.Fatal(err)
	}
	var all protocols.Message
	codec := p.Codec(protocols.UDP)
	if _, err := protocols.Frames(codec, b[:n], true, func(frame []byte) error {
		m, err := codec.Decode(frame, time.Now().UTC())
		all.Positions = append(all.Positions, m.Positions...)
		all.Reply = append(all.Reply, m.Reply...)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return all.Reply, all.Positions, from
}

func TestCommandsObeyed(t *testing.T) {
	s := newServer(t, "teltonika")
	c := s.config()
	c.Records, c.Batch = 1, 1
	r := start(t, c)
	call := s.accept().welcome()
	m := call.report(1)
	command, err := call.codec.Encode(protocols.Command{Kind: protocols.Custom, Text: "getver"})
	if err != nil {
		t.Fatal(err)
	}
	call.say(command) // before the acknowledgement, for which the vehicle goes on waiting
	if answer := call.next(); answer == nil || answer.Result == nil || !strings.Contains(answer.Result.Text, "getver") {
		t.Fatalf("the answer is %+v", answer)
	}
	call.say(m.Reply)
	call.ended()
	same(t, r.wait(), lines(Identity(1), m.Positions...))
	if r.summary.Commands != 1 {
		t.Error(r.summary)
	}
}

// TestNonsenseFromTheServer: a line on which the server says what none says is given up.
func TestNonsenseFromTheServer(t *testing.T) {
	s := newServer(t, "teltonika")
	r := start(t, s.config())
	call := s.accept()
	call.next()
	call.say([]byte("HTTP/1.1 400 Bad Request\r\n"))
	call.ended()
	s.accept() // it has counted the first line as broken
	r.stop()
	if r.wait(); r.summary.Errors == 0 || !strings.Contains(r.summary.LastError, "login: hearing 48545450") {
		t.Error(r.summary)
	}
}

// TestStopsAtOnce: neither the ramp nor a wait for an answer or for a dial delays the end.
func TestStopsAtOnce(t *testing.T) {
	s := newServer(t, "teltonika")
	c := s.config()
	c.Count, c.Ramp = 10, 10*time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	r := start(t, c)
	s.accept().welcome().report(25)
	before := time.Now()
	r.stop()
	r.wait()
	if took := time.Since(before); took > 5*time.Second {
		t.Errorf("the run ended after %v", took)
	}
	if r.summary.Lines != 0 || r.summary.Errors != 0 || r.err != nil {
		t.Errorf("%v: %s", r.err, r.summary)
	}
	cancel()
	if summary, err := Run(ctx, c, func(Summary) {}); err != nil || summary.Errors != 0 {
		t.Errorf("%v: %s", err, summary)
	}
}
