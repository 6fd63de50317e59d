package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"drover/geo/island"
	"drover/protocols"
	"drover/protocols/all"
	"drover/server/internal/api"
	"drover/server/internal/config"
	"drover/server/internal/dispatch"
	"drover/server/internal/fleet"
	"drover/server/internal/gateway"
	"drover/server/internal/identity"
	"drover/server/internal/journal"
	"drover/server/internal/live"
	"drover/server/internal/misread"
	"drover/server/internal/postgres"
	"drover/server/internal/store"
)

// stopLimit is how long each part may take to end in order.
const stopLimit = 30 * time.Second

// garbagePercent makes the collector keep the heap nearer to what is in use: memory is scarcer on small machines than
// the little CPU that this costs.
const garbagePercent = 40

type serveCommand struct {
	config.Server `embed:""`
	LogLevel      string `help:"debug, info, warn or error." enum:"debug,info,warn,error" default:"info" env:"DROVER_LOG_LEVEL"`
}

// Run is the server, until ctx ends.
func (c *serveCommand) Run(ctx context.Context, s streams) error {
	if err := c.Check(protocolNames()); err != nil {
		return err
	}
	level, err := zerolog.ParseLevel(c.LogLevel)
	if err != nil {
		return fmt.Errorf("log-level: %w", err)
	}
	log := zerolog.New(s.err).Level(level).With().Timestamp().Logger()
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
	srv := &drover{config: c.Server, log: log, out: s.out, metrics: prometheus.NewRegistry()}
	defer srv.close()
	if err := srv.open(ctx); err != nil {
		return err
	}
	return srv.serve(ctx)
}

// drover is the running server: its parts in the order in which they are opened.
type drover struct {
	config  config.Server
	log     zerolog.Logger
	out     io.Writer
	metrics *prometheus.Registry

	folder   *dataFolder
	store    *store.Store
	registry *fleet.Registry
	journal  *journal.Journal
	live     *live.Live
	knocks   *knockBook
	misreads *misread.Book
	gateway  *gateway.Gateway
	dispatch atomic.Pointer[dispatch.Dispatcher] // set once, after the gateway
	listener net.Listener                        // of page and API
	island   *island.Island                      // nil unless the fleet is simulated

	key       [identity.KeySize]byte // what small secrets are sealed with
	passwords *identity.Seal         // of devices' passwords for commands
	modems    *modemDesk             // nil: none is attached

	closers []func() // in the order of opening; closed in the other
}

// open makes every part; what fails says so in a sentence.
func (d *drover) open(ctx context.Context) error {
	d.metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, step := range []func(context.Context) error{
		d.openFolder, d.openListener, d.openStore, d.openAdmin, d.openRegistry, d.openJournal, d.openLive, d.openGateway,
		d.openModems, d.openDispatch,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// close ends the parts, last opened first.
func (d *drover) close() {
	for i := len(d.closers) - 1; i >= 0; i-- {
		d.closers[i]()
	}
}

func (d *drover) onClose(f func()) { d.closers = append(d.closers, f) }

func (d *drover) openFolder(context.Context) (err error) {
	if d.folder, err = openFolder(d.config.Data); err != nil {
		return err
	}
	d.onClose(d.folder.release)
	if d.key, err = d.folder.key(); err != nil {
		return err
	}
	d.passwords, err = identity.NewSeal(d.key, fleet.PasswordPurpose)
	return err
}

func (d *drover) openListener(ctx context.Context) (err error) {
	if d.listener, err = new(net.ListenConfig).Listen(ctx, "tcp", d.config.Listen); err != nil {
		return fmt.Errorf("page and API: %w; is another program on that port? choose one with --listen", err)
	}
	d.onClose(func() { d.listener.Close() })
	return nil
}

func (d *drover) openStore(ctx context.Context) error {
	url := d.config.Database
	if url == "" {
		d.say("starting the private PostGIS")
		cluster, err := postgres.Start(ctx, postgres.Config{Dir: d.folder.sub("postgres"), Log: d.part("postgres")})
		if err != nil {
			return err
		}
		d.onClose(func() {
			ctx, cancel := context.WithTimeout(context.Background(), stopLimit)
			defer cancel()
			if err := cluster.Stop(ctx); err != nil {
				d.log.Error().Err(err).Msg("PostgreSQL did not stop in order")
			}
		})
		url = cluster.URL()
	}
	s, err := d.awaitStore(ctx, url)
	if err != nil {
		return err
	}
	d.store = s
	d.onClose(s.Close)
	return nil
}

// awaitStore opens the store, and waits for a database that does not answer yet.
func (d *drover) awaitStore(ctx context.Context, url string) (*store.Store, error) {
	options := store.Options{Log: d.part("store"), Retention: d.config.Retention}
	for deadline := time.Now().Add(d.config.DatabaseWait); ; {
		s, err := store.Open(ctx, url, options)
		if err == nil || !errors.Is(err, store.ErrUnreachable) || time.Now().After(deadline) {
			return s, err
		}
		d.log.Warn().Err(err).Msg("waiting for the database")
		if err := pause(ctx, time.Second); err != nil {
			return nil, err
		}
	}
}

// pause waits, unless ctx ends before.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (d *drover) openRegistry(ctx context.Context) error {
	d.registry = fleet.NewRegistry()
	return d.loadRegistry(ctx)
}

func (d *drover) loadRegistry(ctx context.Context) error {
	snapshot, err := d.store.LoadRegistry(ctx, d.unseal)
	if err == nil {
		d.registry.Replace(snapshot)
	}
	return err
}

func (d *drover) openJournal(ctx context.Context) (err error) {
	d.journal, err = journal.Open(ctx, journal.Config{
		URL: d.config.NATS, Dir: d.folder.sub("journal"), Partitions: d.config.Partitions, Replicas: d.config.NATSReplicas,
		MaxBytes: int64(d.config.JournalBytes), Keep: d.config.JournalKeep, Log: d.part("journal"),
	})
	if err == nil {
		d.onClose(d.journal.Close)
	}
	return err
}

func (d *drover) openGateway(context.Context) (err error) {
	d.knocks, d.misreads = newKnockBook(), misread.NewBook()
	ports, err := d.ports()
	if err != nil {
		return err
	}
	d.gateway, err = gateway.New(gateway.Config{
		Ports: ports, Protocols: all.Protocols(), Journal: d.journal, Registry: d.registry, Knocks: d.knocks,
		Misreads: d.misreads, Proxies: d.config.TrustedProxies(),
		Limits: gateway.Limits{
			Connections: d.config.MaxConnections, PerAddress: d.config.MaxPerAddress,
			LoginTimeout: d.config.LoginTimeout, IdleTimeout: d.config.IdleTimeout,
		},
		Log: d.part("gateway"), Metrics: d.metrics, Adopt: d.adopt, Arrived: d.arrived,
	})
	return err
}

// part is the log of one part.
func (d *drover) part(name string) zerolog.Logger { return d.log.With().Str("part", name).Logger() }

// say tells a person at a terminal how far the start has come.
func (d *drover) say(format string, a ...any) { fmt.Fprintf(d.out, format+"\n", a...) }

// serve runs the parts until ctx ends or one of them fails.
func (d *drover) serve(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	gatewayDone := make(chan struct{})
	group.Go(func() error {
		defer close(gatewayDone)
		return d.gateway.Run(ctx)
	})
	after := afterwards(ctx, gatewayDone)
	group.Go(func() error { return d.process(after) })
	group.Go(func() error { return d.feedLive(after) })
	group.Go(func() error { d.store.Tend(ctx); return nil })
	group.Go(func() error { d.watchRegistry(ctx); return nil })
	group.Go(func() error { d.keepKnocks(ctx); return nil })
	group.Go(func() error { return d.keepMisreads(ctx) })
	group.Go(func() error { return d.keepUsage(ctx, gatewayDone) })
	group.Go(func() error { return d.dispatch.Load().Run(ctx) })
	group.Go(func() error { d.store.WatchNotices(ctx, d.live.Notice); return nil })
	if d.modems != nil {
		group.Go(func() error { return d.modems.run(ctx) })
	}
	group.Go(func() error { return d.serveHTTP(ctx) })
	group.Go(func() error { return d.serveProfiles(ctx) })
	if err := d.folder.announce(d.address()); err != nil {
		return err
	}
	d.welcome()
	err := group.Wait()
	if errors.Is(err, context.Canceled) {
		err = nil
	}
	return err
}

// afterwards is a context that ends once ctx has ended and before is done: so what the gateway still takes is
// processed.
func afterwards(ctx context.Context, before <-chan struct{}) context.Context {
	after, cancel := context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(ctx, func() {
		<-before
		cancel()
	})
	return after
}

func (d *drover) watchRegistry(ctx context.Context) {
	d.store.WatchRegistry(ctx, func() {
		if err := d.loadRegistry(ctx); err != nil && ctx.Err() == nil {
			d.log.Warn().Err(err).Msg("the devices could not be read again; those known stay")
		}
	})
}

func (d *drover) serveHTTP(ctx context.Context) error {
	handler, err := d.handler()
	if err != nil {
		return err
	}
	server := api.NewServer(handler, d.part("api"))
	context.AfterFunc(ctx, func() {
		stopping, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		if server.Shutdown(stopping) != nil {
			server.Close()
		}
	})
	if d.config.TLSCert != "" {
		err = server.ServeTLS(d.listener, d.config.TLSCert, d.config.TLSKey)
	} else {
		err = server.Serve(d.listener)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return ctx.Err()
	}
	return fmt.Errorf("page and API: %w", err)
}

// address is the base URL for a browser on this machine.
func (d *drover) address() string {
	host, port, err := net.SplitHostPort(d.listener.Addr().String())
	if err != nil {
		return "http://" + d.listener.Addr().String()
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	scheme := "http"
	if d.config.TLSCert != "" {
		scheme = "https"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

func (d *drover) welcome() {
	d.say("Drover %s is ready: %s", version, d.address())
	shared, ok := d.gateway.Addr(config.AnyProtocol, protocols.TCP)
	if ok {
		d.say("  trackers of every family call port %d", shared.Port())
	}
	var own []string
	for _, p := range d.openPorts() {
		if !ok || p.Port != int(shared.Port()) {
			own = append(own, fmt.Sprintf("%s %d", p.Protocol, p.Port))
		}
	}
	for line := range slices.Chunk(own, 6) {
		d.say("  %s", strings.Join(line, ", "))
	}
}
