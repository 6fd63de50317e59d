package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/rs/zerolog"
)

const (
	// startLimit is how long a server may take until it accepts connections; recovery of 2 GB of log is within it.
	startLimit = 5 * time.Minute
	// adoptLimit is how long a server that a killed Drover left may take to answer, before it is replaced.
	adoptLimit = 30 * time.Second

	restartPause    = time.Second // before a server that died is started again, doubled up to
	restartPauseMax = time.Minute
	pruneInterval   = time.Minute
)

// Config says where the cluster is and what runs it.
type Config struct {
	// Dir is the cluster's own folder, usually "postgres" in the data folder. It is created if it is missing; folders
	// above it are never changed, and must be passable for the user PostgreSQL runs as.
	Dir string
	// BinDir is the folder of PostgreSQL's programs (initdb, postgres, pg_config). If it is "", they are looked for
	// where Debian, Red Hat and Homebrew install them and where pg_config points.
	BinDir string
	Log    zerolog.Logger
}

// Cluster is a running private PostgreSQL server.
type Cluster struct {
	folder *folder
	bin    binaries
	log    zerolog.Logger
	lock   *os.File
	socket string

	stopping chan context.Context // taken by supervise, once
	done     chan struct{}        // closed when supervise has ended
	err      error                // how the server stopped; read after done
}

// Start makes, adopts or starts the cluster in cfg.Dir and returns when the database "drover" with PostGIS takes
// connections. If ctx ends before, a server that was started is stopped again. Errors are sentences for operators.
func Start(ctx context.Context, cfg Config) (*Cluster, error) {
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	as, err := accountFor(dir)
	if err != nil {
		return nil, err
	}
	f, err := openFolder(dir, as)
	if err != nil {
		return nil, err
	}
	c := &Cluster{
		folder:   f,
		log:      cfg.Log,
		stopping: make(chan context.Context),
		done:     make(chan struct{}),
	}
	if err := c.start(ctx, cfg.BinDir); err != nil {
		return nil, errors.Join(err, c.release())
	}
	return c, nil
}

// URL is how pgx and libpq reach the database "drover": postgres://drover@/drover?host=FOLDER.
func (c *Cluster) URL() string { return databaseURL(c.socket, database) }

// Stop ends the server: open transactions are rolled back and a last checkpoint is written. If ctx ends first the
// server is stopped at once, which loses nothing committed but makes the next start slower, and an error says so.
func (c *Cluster) Stop(ctx context.Context) error {
	select {
	case c.stopping <- ctx:
	case <-c.done:
	}
	<-c.done
	return c.err
}

func (c *Cluster) start(ctx context.Context, binDir string) error {
	var err error
	if c.lock, err = c.folder.lock(); err != nil {
		return err
	}
	major, err := c.folder.version()
	if err != nil {
		return err
	}
	if c.bin, err = find(binDir, major); err != nil {
		return err
	}
	server, err := c.adopt(ctx)
	if err != nil {
		return err
	}
	if server == nil {
		if server, err = c.launch(ctx, major == 0); err != nil {
			return err
		}
	}
	c.socket = server.socket
	if err := prepareDatabase(ctx, c.socket); err != nil {
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), immediateLimit)
		defer cancel()
		return errors.Join(err, server.shutdown(stop))
	}
	go c.supervise(server)
	return nil
}

// adopt takes up the server that a killed Drover left running: nil if there is none, or if it does not answer and
// was stopped.
func (c *Cluster) adopt(ctx context.Context) (*postmaster, error) {
	server, err := c.folder.orphan()
	if server == nil || err != nil {
		return nil, err
	}
	if err := c.awaitAdopted(ctx, server); err == nil {
		c.log.Info().Int("pid", server.pid).Str("folder", c.folder.path).Msg("adopted the running PostgreSQL")
		return server, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	c.log.Warn().Int("pid", server.pid).Msg("the running PostgreSQL takes no connections, it is replaced")
	stop, cancelStop := context.WithTimeout(ctx, adoptLimit)
	defer cancelStop()
	if err := server.shutdown(stop); err != nil && stop.Err() == nil {
		return nil, err
	}
	return nil, nil
}

// launch starts the server and waits until it takes connections; fresh if its cluster has still to be made.
func (c *Cluster) launch(ctx context.Context, fresh bool) (*postmaster, error) {
	socket := socketDir(c.folder.path, os.TempDir())
	if err := makeSocketDir(socket, c.folder.as); err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	if fresh {
		c.log.Info().Str("folder", c.folder.path).Int("version", c.bin.major).Msg("creating a PostgreSQL cluster")
		if err := c.folder.create(c.bin); err != nil {
			return nil, err
		}
	}
	if err := c.folder.configure(c.bin, socket); err != nil {
		return nil, err
	}
	server, err := c.folder.launch(c.bin, socket)
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	if err := c.await(limited, server); err != nil {
		stop, cancelStop := context.WithTimeout(context.WithoutCancel(ctx), immediateLimit)
		defer cancelStop()
		return nil, errors.Join(err, server.shutdown(stop))
	}
	c.log.Info().Int("pid", server.pid).Int("version", c.bin.major).Msg("PostgreSQL runs")
	return server, nil
}

// awaitAdopted is await with patience for a server in recovery only.
func (c *Cluster) awaitAdopted(ctx context.Context, server *postmaster) error {
	for {
		limited, cancel := context.WithTimeout(ctx, adoptLimit)
		err := c.await(limited, server)
		cancel()
		if err == nil || !hasCode(err, cannotConnectNow) || ctx.Err() != nil {
			return err
		}
	}
}

// await returns when the server takes connections, or cannot any more.
func (c *Cluster) await(ctx context.Context, server *postmaster) error {
	poll := time.NewTicker(pollInterval)
	defer poll.Stop()
	notice := time.NewTicker(10 * time.Second)
	defer notice.Stop()
	for {
		err := ping(ctx, server.socket)
		if err == nil {
			return nil
		}
		select {
		case <-server.exited:
			return fmt.Errorf("postgres: PostgreSQL did not start: %s", c.folder.complaints())
		case <-ctx.Done():
			return fmt.Errorf("postgres: PostgreSQL takes no connections: %w", errors.Join(ctx.Err(), err))
		case <-notice.C:
			c.log.Info().Err(err).Msg("waiting for PostgreSQL")
		case <-poll.C:
		}
	}
}

// supervise owns the server from Start to Stop: starts it again when it dies, and keeps its log small.
func (c *Cluster) supervise(server *postmaster) {
	defer close(c.done)
	prune := time.NewTicker(pruneInterval)
	defer prune.Stop()
	for {
		c.folder.prune()
		select {
		case ctx := <-c.stopping:
			c.err = errors.Join(server.shutdown(ctx), c.release())
			return
		case <-server.exited:
			c.log.Error().Str("said", c.folder.complaints()).Msg("PostgreSQL ended by itself")
			if server = c.relaunch(); server == nil {
				c.err = errors.Join(c.err, c.release())
				return
			}
		case <-prune.C:
		}
	}
}

// relaunch starts the server again and again until it runs; nil if Stop comes first.
func (c *Cluster) relaunch() *postmaster {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for pause := restartPause; ; pause = min(2*pause, restartPauseMax) {
		wait := time.NewTimer(pause)
		select {
		case <-c.stopping:
			wait.Stop()
			return nil
		case <-wait.C:
		}
		started := make(chan *postmaster, 1)
		go func() {
			server, err := c.launch(ctx, false)
			if err != nil && ctx.Err() == nil {
				c.log.Error().Err(err).Dur("again_ms", 2*pause).Msg("PostgreSQL does not start")
			}
			started <- server
		}()
		select {
		case server := <-started:
			if server != nil {
				return server
			}
		case stop := <-c.stopping:
			cancel()
			if server := <-started; server != nil {
				c.err = server.shutdown(stop)
			}
			return nil
		}
	}
}

// release gives back what Start took, apart from the server.
func (c *Cluster) release() error {
	var err error
	if c.lock != nil {
		err = c.lock.Close()
	}
	if c.socket != "" && filepath.Dir(c.socket) != c.folder.path {
		_ = os.Remove(c.socket) // not empty after a crash; the next start uses it again
	}
	return errors.Join(err, c.folder.root.Close())
}
