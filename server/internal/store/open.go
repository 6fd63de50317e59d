package store

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/rs/zerolog"
)

// Options are the store's settings; the zero value is fine.
type Options struct {
	Log         zerolog.Logger
	Connections int           // at most so many to the database, at least 2; 0 means 8
	Retention   time.Duration // fixes and events older than this are dropped, at least a day; 0 means DefaultRetention
	NoMigrate   bool          // leave the schema as it is, and fail if it is not this binary's
}

// DefaultRetention is how long fixes are kept unless the operator says otherwise.
const DefaultRetention = 400 * 24 * time.Hour

// Store is the database. It is safe for concurrent use.
type Store struct {
	log        zerolog.Logger
	pool       *pgxpool.Pool
	url        string
	retention  time.Duration
	dictionary *dictionary
	partitions partitions
	tracks     trackMarks
	spare      sync.Pool // of *rows, for Write
}

// Open connects, brings the schema up to date and makes the next days' partitions. Its errors are sentences for the
// operator.
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	if o.Connections == 0 {
		o.Connections = 8
	}
	if o.Retention == 0 {
		o.Retention = DefaultRetention
	}
	if o.Retention < 24*time.Hour {
		return nil, fmt.Errorf("%w retention %v: it is at least 24h", ErrInvalid, o.Retention)
	}
	schema, err := prepare(ctx, url, o)
	if err != nil {
		return nil, err
	}
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, explain(err, nil)
	}
	config.MaxConns = int32(max(o.Connections, 2))
	config.ConnConfig.RuntimeParams["application_name"] = "drover"
	config.ConnConfig.RuntimeParams["timezone"] = "UTC"
	config.ConnConfig.RuntimeParams["search_path"] = "drover," + pgx.Identifier{schema}.Sanitize()
	config.ConnConfig.RuntimeParams["jit"] = "off" // the queries are many and short
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, explain(err, config.ConnConfig)
	}
	s := &Store{log: o.Log, pool: pool, url: url, retention: o.Retention}
	s.partitions.known = map[int64]struct{}{}
	s.tracks.made = map[trackHour]time.Time{}
	if s.dictionary, err = newDictionary(ctx, pool); err == nil {
		err = s.makeAhead(ctx, time.Now())
	}
	if err != nil {
		pool.Close()
		return nil, err
	}
	return s, nil
}

// hangUp ends a connection that is not of the pool. Nothing is lost if that fails.
func hangUp(ctx context.Context, c *pgx.Conn) { _ = c.Close(context.WithoutCancel(ctx)) }

// Close ends all connections, after their queries.
func (s *Store) Close() { s.pool.Close() }

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return told(s.pool.Ping(ctx), "database") }
