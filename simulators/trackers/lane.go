package trackers

import (
	"context"
	"fmt"
	"net"
	"runtime"
	"syscall"
	"time"

	"drover/protocols"
	"drover/protocols/detect"
)

const (
	dialTimeout = 10 * time.Second
	perSource   = 10_000 // lines from one local address to a server on this machine: it has some 28,000 ports
	filesAside  = 64     // open files that are not lines
)

// lane is where the vehicles of one protocol call. It is read-only and shared.
type lane struct {
	protocol *protocols.Protocol
	network  protocols.Network
	address  string
	times    time.Duration                // steps in which its trackers say times
	courses  float64                      // the same of courses, degrees
	orders   map[string]protocols.Command // what commands over the line mean, by their words there
	defers   bool                         // a cut waits until the vehicle is slow
	loopback bool                         // the server is on this machine: 127.0.0.2 and the next are local addresses too
}

func newLane(p *protocols.Protocol, host, port string, udp bool) *lane {
	l := &lane{protocol: p, address: net.JoinHostPort(host, port)}
	if udp && p.UDP {
		l.network = protocols.UDP
	}
	l.times, l.courses = protocols.StepsOf(p.Speak(l.network, ""))
	l.orders, l.defers = ordersOf(p, l.network), l.putsOff()
	ip := net.ParseIP(host).To4()
	l.loopback = runtime.GOOS == "linux" && (host == "localhost" || ip != nil && ip.IsLoopback())
	return l
}

// says gives what a vehicle's tracker calls itself: most say their IMEI, some have a number of their own that follows
// from it.
func (l *lane) says(imei string) string {
	tracker := l.protocol.Speak(l.network, imei)
	first := append([]byte(nil), tracker.Hello()...)
	sample := record{time: sampleTime, satellites: 9}
	first = append(first, tracker.Report([]protocols.Position{sample.position()})...)
	if name := detect.Introduced(l.protocol, l.network, first, time.Unix(sampleTime, 0).UTC()); name != "" {
		return name
	}
	return imei
}

// sampleTime is of the report in which a tracker shows its name.
const sampleTime = 1_750_000_000

// dial calls the server for the vehicle that is the index-th of the run.
func (l *lane) dial(ctx context.Context, index int) (net.Conn, error) {
	dialer := net.Dialer{Timeout: dialTimeout, LocalAddr: l.source(index)}
	conn, err := dialer.DialContext(ctx, l.network.String(), l.address)
	if err != nil {
		return nil, fmt.Errorf("dial: %w", err)
	}
	return conn, nil
}

// source is the local address to call from; nil leaves it to the system.
func (l *lane) source(index int) net.Addr {
	block := index / perSource
	if !l.loopback || block == 0 {
		return nil
	}
	ip := net.IPv4(127, 0, byte((block+1)>>8), byte(block+1))
	if l.network == protocols.UDP {
		return &net.UDPAddr{IP: ip}
	}
	return &net.TCPAddr{IP: ip}
}

// enoughFiles is an error where the system does not let this process open a line for each vehicle. The Go runtime has
// raised the limit as far as it may.
func enoughFiles(vehicles int) error {
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		return fmt.Errorf("simulators: limit of open files: %w", err)
	}
	if need := uint64(vehicles) + filesAside; files.Cur < need {
		return fmt.Errorf("simulators: %d vehicles need %d open files, and the system allows this process %d: "+
			"raise the limit (ulimit -n) or drive fewer", vehicles, need, files.Cur)
	}
	return nil
}
