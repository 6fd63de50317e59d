package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Condition is how the database is.
type Condition struct {
	Version, PostGIS string
	Bytes            int64 // of the whole database
	Fixes            int64 // as PostgreSQL estimates
	Connections      int64 // to this database, from anybody
	Partitions       []PartitionSize
}

// PartitionSize is how large a day's fixes are.
type PartitionSize struct {
	Day   time.Time
	Bytes int64 // with indexes
	Fixes int64 // as PostgreSQL estimates
}

// Condition looks at the catalogue, not at the fixes, so that it is quick however many there are. It is for whoever
// runs the server.
func (s *Store) Condition(ctx context.Context) (c Condition, err error) {
	err = s.pool.QueryRow(ctx, `SELECT split_part(current_setting('server_version'), ' ', 1), postgis_lib_version(),
		pg_database_size(current_database()),
		(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend')`).
		Scan(&c.Version, &c.PostGIS, &c.Bytes, &c.Connections)
	if err != nil {
		return c, told(err, "database")
	}
	// A partition that was never analysed has -1 tuples; then its pages say how many there may be.
	scan := func(row pgx.CollectableRow) (p PartitionSize, err error) {
		return p, row.Scan(&p.Day, &p.Bytes, &p.Fixes)
	}
	c.Partitions, err = many(ctx, s.pool, "partitions", scan, `SELECT to_date(right(c.relname, 8), 'YYYYMMDD'),
		pg_total_relation_size(c.oid),
		CASE WHEN c.reltuples >= 0 THEN c.reltuples ELSE pg_relation_size(c.oid) / 100 END::int8
		FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
		WHERE i.inhparent = 'drover.fixes'::regclass AND c.relname ~ '^fixes_[0-9]{8}$' ORDER BY 1 DESC`)
	for _, p := range c.Partitions {
		c.Fixes += p.Fixes
	}
	return c, err
}
