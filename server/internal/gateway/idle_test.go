package gateway

import (
	"fmt"
	"net"
	"net/netip"
	"runtime"
	"syscall"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/all"
	"drover/server/internal/fleet"
)

// BenchmarkIdleLine measures what a logged-in idle TCP line costs the server: heap and stacks, in bytes. The callers'
// ends are bare sockets, so that they cost almost nothing.
func BenchmarkIdleLine(b *testing.B) {
	lines := 5_000
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		b.Fatal(err)
	}
	lines = min(lines, (int(limit.Cur)-100)/2)
	for _, p := range all.Protocols() {
		b.Run(p.Name, func(b *testing.B) { measureIdle(b, p, lines) })
	}
}

func measureIdle(b *testing.B, p *protocols.Protocol, lines int) {
	for b.Loop() {
		b.StopTimer()
		devices := make([]fleet.Device, lines)
		for i := range devices {
			devices[i] = fleet.Device{ID: fleet.DeviceID(i + 1), Identity: fmt.Sprintf("35209308%07d", i)}
		}
		h := newFamilyHouse(b, p, devices...)
		h.journal.forget = true
		at, _ := h.gate.Addr(p.Name, protocols.TCP)
		before := inUse()
		b.StartTimer()
		sockets := make([]int, lines)
		for i := range sockets {
			sockets[i] = call(b, at, opening(p.Speak(protocols.TCP, devices[i].Identity)))
		}
		until(b, "all logins", func() bool { _, known := h.gate.Lines(); return known == lines })
		b.StopTimer()
		after := inUse()
		b.ReportMetric((float64(after.HeapAlloc)-float64(before.HeapAlloc))/float64(lines), "heap-B/line")
		b.ReportMetric((float64(after.StackInuse)-float64(before.StackInuse))/float64(lines), "stack-B/line")
		b.ReportMetric((float64(after.Sys)-float64(before.Sys))/float64(lines), "from-system-B/line")
		for _, s := range sockets {
			syscall.Close(s)
		}
		h.close()
		b.StartTimer()
	}
}

// call opens a bare socket and writes what a tracker says first.
func call(b *testing.B, at netip.AddrPort, opening []byte) int {
	s, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		b.Fatal(err)
	}
	if err := syscall.Connect(s, &syscall.SockaddrInet4{Port: int(at.Port()), Addr: at.Addr().As4()}); err != nil {
		b.Fatal(err)
	}
	if _, err := syscall.Write(s, opening); err != nil {
		b.Fatal(err)
	}
	return s
}

// inUse is read after the collector has shrunk the stacks to what waiting needs.
func inUse() (m runtime.MemStats) {
	for range 4 {
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	return m
}

// BenchmarkLine measures a position's way from the socket through a journal without cost to the reply, one at a time.
func BenchmarkLine(b *testing.B) {
	h := newHouse(b, nil)
	c := h.greet(protocols.TCP, "one")
	h.journal.forget = true
	c.conn.SetReadDeadline(time.Now().Add(time.Minute))
	conn := c.conn.(*net.TCPConn)
	reply := make([]byte, 64)
	b.ReportAllocs()
	for b.Loop() {
		conn.Write([]byte("at 1\n"))
		if _, err := conn.Read(reply); err != nil {
			b.Fatal(err)
		}
	}
}
