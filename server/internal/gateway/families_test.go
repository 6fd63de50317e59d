package gateway

import (
	"net"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/all"
	"drover/protocols/detect"
	"drover/server/internal/fleet"
)

const imei = "352093081452251"

// TestFamilies lets each family's own tracker call over real sockets, on each network that it has.
func TestFamilies(t *testing.T) {
	for _, p := range all.Protocols() {
		networks := []protocols.Network{protocols.TCP}
		if p.UDP {
			networks = append(networks, protocols.UDP)
		}
		for _, n := range networks {
			t.Run(p.Name+" "+n.String(), func(t *testing.T) {
				tracker := p.Speak(n, imei)
				name := detect.Introduced(p, n, opening(p.Speak(n, imei)), time.Now().UTC())
				h := newFamilyHouse(t, p, fleet.Device{ID: 7, Identity: name})
				const reports = 3
				sent := speak(t, h.dial(p.Name, n).conn, tracker, reports)
				until(t, "the positions", func() bool {
					kept := 0
					for _, r := range h.journal.records() {
						for i := range r.Positions {
							if r.Positions[i].Located { // a login may say something too
								kept++
							}
						}
					}
					return kept == sent
				})
				for _, r := range h.journal.records() {
					if r.Device != 7 || r.Protocol != p.Name {
						t.Errorf("record of device %d, %s", r.Device, r.Protocol)
					}
				}
				if n := h.metric("errors_total"); n != 0 {
					t.Errorf("%v errors:\n%s", n, h.log)
				}
			})
		}
	}
}

// TestFamiliesOnWrongPorts lets each family's tracker call on each other's port.
func TestFamiliesOnWrongPorts(t *testing.T) {
	for _, p := range all.Protocols() {
		name := detect.Introduced(p, protocols.TCP, opening(p.Speak(protocols.TCP, imei)), time.Now().UTC())
		for _, wrong := range all.Protocols() {
			if wrong.Name == p.Name {
				continue
			}
			t.Run(p.Name+" on "+wrong.Name, func(t *testing.T) {
				h := newFamilyHouse(t, wrong)
				c := h.dial(wrong.Name, protocols.TCP)
				tracker := p.Speak(protocols.TCP, imei)
				c.say(string(opening(tracker)))
				c.expectClosed()
				if k := h.knocks.all(); len(k) != 1 || k[0].Reason != reasonWrong || k[0].Identity != name {
					t.Errorf("knocks %+v", k)
				}
				h.close()
				if !strings.Contains(h.log.String(), name+" ("+c.conn.LocalAddr().String()+") speaks "+p.Name+" on the "+wrong.Name+" port") {
					t.Errorf("the log says nothing of it:\n%s", h.log)
				}
			})
		}
	}
}

// newFamilyHouse has one family's port.
func newFamilyHouse(tb testing.TB, p *protocols.Protocol, devices ...fleet.Device) *house {
	h := newHouse(tb, func(c *Config) {
		c.Protocols, c.Ports = all.Protocols(), []Port{{Protocol: p, Address: "127.0.0.1:0", UDP: p.UDP}}
	})
	h.know(devices...)
	return h
}

// opening is what a tracker says first.
func opening(tracker protocols.Tracker) []byte {
	if hello := tracker.Hello(); hello != nil {
		return hello
	}
	return tracker.Report(positions(tracker.Batch()))
}

// speak says hello and so many reports, each after the one before was acknowledged, and gives how many positions they
// held.
func speak(t *testing.T, conn net.Conn, tracker protocols.Tracker, reports int) (sent int) {
	t.Helper()
	write := func(b []byte) {
		if _, err := conn.Write(b); err != nil && len(b) > 0 {
			t.Fatal(err)
		}
	}
	var unread []byte
	listen := func(enough func(protocols.Heard) bool) {
		buffer := make([]byte, 4096)
		conn.SetReadDeadline(time.Now().Add(patience))
		for {
			for len(unread) > 0 {
				used, heard, err := tracker.Hear(unread)
				if err != nil || heard.Refused {
					t.Fatalf("heard %+v, %v", heard, err)
				}
				unread = unread[used:]
				write(heard.Reply)
				if enough(heard) {
					return
				}
				if used == 0 {
					break
				}
			}
			n, err := conn.Read(buffer)
			if err != nil {
				t.Fatal(err)
			}
			unread = append(unread, buffer[:n]...)
		}
	}
	if hello := tracker.Hello(); hello != nil {
		write(hello)
		listen(func(h protocols.Heard) bool { return h.Welcome })
	}
	for range reports {
		batch := positions(tracker.Batch())
		write(tracker.Report(batch))
		sent += len(batch)
		owed := len(batch)
		if tracker.Acknowledged() {
			listen(func(h protocols.Heard) bool { owed -= h.Positions; return owed <= 0 })
		}
	}
	return sent
}

func positions(n int) []protocols.Position {
	all := make([]protocols.Position, min(n, 5))
	for i := range all {
		all[i] = protocols.Position{Time: time.Date(2026, 6, 15, 12, 0, i, 0, time.UTC), Located: true, Valid: true,
			Latitude: 52.5 + float64(i)/1000, Longitude: 13.4, Speed: protocols.Some(36.0), Course: protocols.Some(90.0),
			Satellites: protocols.Some(9)}
	}
	return all
}
