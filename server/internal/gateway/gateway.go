package gateway

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
	"golang.org/x/time/rate"

	"drover/protocols"
	"drover/protocols/detect"
	"drover/server/internal/fleet"
)

// Journal keeps records.
type Journal interface {
	// Append returns once all records are fsynced, or an error if any may be lost; it returns soon after ctx ends. The
	// slice is borrowed until then.
	Append(ctx context.Context, records ...fleet.Record) error
}

// Knocks takes note of strangers; it must not block.
type Knocks interface {
	Knock(fleet.Knock)
}

// Config is what a Gateway is made of.
type Config struct {
	Ports     []Port
	Protocols []*protocols.Protocol // all there are: to recognise a caller on the port for any, or on another's
	Proxies   []netip.Prefix        // of proxies in front: only these are believed when they say for whom they call
	Misreads  Misreads              // nil: what nobody understood is only counted and logged
	Journal   Journal
	Registry  *fleet.Registry
	Knocks    Knocks
	Limits    Limits
	Log       zerolog.Logger
	Metrics   prometheus.Registerer // nil for none

	// Arrived is told of each device that dials in, or says something over UDP after a silence: a command can be sent to
	// it from now on. It must not block. Nil: nobody is told.
	Arrived func(fleet.DeviceID)

	// Adopt makes a stranger a device, or gives the device if it exists by now. Needed by ports that adopt.
	Adopt func(ctx context.Context, protocol, identity string, port int) (fleet.Device, error)
}

// Gateway is the trackers' side of the server.
type Gateway struct {
	config  Config
	limits  Limits
	metrics *metrics
	often   *counterlog
	ports   []*port
	lines   *lines

	families map[string]*family
	detector *detect.Detector
	taps     taps
	adopts   *rate.Limiter
	groups   chan struct{} // a place for each exchange between socket and journal
	pool     sync.Pool     // of *exchange

	generation atomic.Uint32 // of the registry: what was looked up under another must be looked up again
	stopping   atomic.Bool
	busy       sync.WaitGroup // lines and UDP workers
}

// New opens the ports; callers wait until Run.
func New(config Config) (*Gateway, error) {
	g := &Gateway{config: config, limits: config.Limits.withDefaults(), often: newCounterlog(config.Log)}
	g.lines = newLines(g.limits)
	g.adopts = rate.NewLimiter(adoptPerS, adoptBurst)
	g.groups = make(chan struct{}, g.limits.Groups)
	var err error
	if g.metrics, err = newMetrics(config.Metrics); err != nil {
		return nil, fmt.Errorf("gateway metrics: %w", err)
	}
	if g.detector, err = detect.New(config.Protocols); err != nil {
		return nil, err
	}
	g.makeFamilies()
	for _, p := range config.Ports {
		open, err := g.open(p)
		if p.Optional && errors.Is(err, syscall.EADDRINUSE) {
			config.Log.Warn().Str("protocol", p.name()).Str("address", p.Address).
				Msg("another program has this port: trackers that call here are not heard")
			continue
		}
		if err != nil {
			g.closePorts()
			g.closeUDP()
			return nil, err
		}
		g.ports = append(g.ports, open)
	}
	return g, nil
}

// closePorts takes no more calls; errors would tell nothing that matters then.
func (g *Gateway) closePorts() {
	for _, p := range g.ports {
		_ = p.tcp.Close()
		if p.udp != nil {
			_ = p.udp.SetReadDeadline(time.Unix(1, 0)) // replies may still be owed
		}
	}
}

func (g *Gateway) closeUDP() {
	for _, p := range g.ports {
		if p.udp != nil {
			_ = p.udp.Close()
		}
	}
}

// Addr is where a protocol's trackers can call ("any": all families'); false if they can not.
func (g *Gateway) Addr(protocol string, network protocols.Network) (netip.AddrPort, bool) {
	for _, p := range g.ports {
		switch {
		case p.family.name != protocol:
		case network == protocols.TCP:
			return addrPort(p.tcp.Addr()), true
		case p.udp != nil:
			return addrPort(p.udp.LocalAddr()), true
		}
	}
	return netip.AddrPort{}, false
}

// Lines is how many TCP lines are open, and on how many of them the device is known.
func (g *Gateway) Lines() (open, known int) { return g.lines.count() }

// Online says whether a device has an open TCP line.
func (g *Gateway) Online(id fleet.DeviceID) bool { return g.lines.has(id) }

// Reaches says whether a command could be sent to a device now: over its line, or in its conversation over UDP.
func (g *Gateway) Reaches(id fleet.DeviceID) bool { return g.lines.reaches(id) }

func (g *Gateway) arrived(id fleet.DeviceID) {
	if g.config.Arrived != nil {
		g.config.Arrived(id)
	}
}

// Run answers callers until ctx ends; then it hangs up on all, once what they said is journaled or Limits.Grace has
// passed.
func (g *Gateway) Run(ctx context.Context) error {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	var doors, own sync.WaitGroup
	own.Go(func() { g.often.run(work) })
	own.Go(func() { g.watch(ctx) })
	for _, p := range g.ports {
		doors.Go(func() { p.accept(ctx, work) })
		if p.udp != nil {
			p.serveUDP(work, &doors)
		}
		g.config.Log.Info().Str("protocol", p.family.name).Stringer("address", p.tcp.Addr()).
			Bool("udp", p.UDP).Bool("tls", p.TLS != nil).Bool("adopts", p.Adopt).Msg("waiting for trackers")
	}
	<-ctx.Done()
	g.stopping.Store(true)
	g.closePorts()
	doors.Wait()
	g.lines.each(func(l *line) { l.wake() })
	late := time.AfterFunc(g.limits.Grace, func() {
		cancel()
		g.lines.each(func(l *line) { _ = l.conn.Close() })
	})
	g.busy.Wait()
	late.Stop()
	cancel()
	own.Wait()
	g.closeUDP()
	return nil
}

// watch closes the lines of devices that the registry does not welcome any more.
func (g *Gateway) watch(ctx context.Context) {
	for {
		changed := g.config.Registry.Changed()
		g.generation.Add(1)
		now := g.config.Registry.Now()
		for device, l := range g.lines.known() {
			d, ok := now.DeviceByID(device)
			if ok && unwelcome(&d, l.family.name) == "" || !ok && l.port.Adopt {
				continue
			}
			g.config.Log.Info().Int32("device", int32(device)).Msg("the line is closed: its device is not welcome any more")
			_ = l.conn.Close() // its own goroutine notices
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}
