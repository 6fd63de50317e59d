package store

import (
	"context"
	"net/netip"
	"strconv"

	"github.com/jackc/pgx/v5"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// maxMisreads is how many pieces that nobody understood are kept; the oldest are forgotten first.
const maxMisreads = 10_000

// maxMisreadsOf is how many of one address are.
const maxMisreadsOf = 500

// Misread is one piece as it is listed.
type Misread struct {
	ID int64
	fleet.Misread
}

// SaveMisreads keeps bytes that no decoder understood.
func (s *Store) SaveMisreads(ctx context.Context, pieces []fleet.Misread) error {
	_, err := s.pool.CopyFrom(ctx, pgx.Identifier{"drover", "misreads"},
		[]string{"time", "network", "address", "origin", "port", "protocol", "identity", "bytes", "error"},
		pgx.CopyFromSlice(len(pieces), func(i int) ([]any, error) {
			p := &pieces[i]
			return []any{p.Time, p.Network.String(), p.Address.Addr().Unmap().WithZone(""), int32(p.Address.Port()),
				int32(p.Port), p.Protocol, cleanText(p.Identity), p.Bytes, cleanText(p.Error)}, nil
		}))
	return told(err, "what was not understood")
}

const misreadColumns = `id, time, network, address, origin, port, protocol, identity, bytes, error`

func scanMisread(row pgx.CollectableRow) (m Misread, err error) {
	var network string
	var address netip.Addr
	var origin int32
	err = row.Scan(&m.ID, &m.Time, &network, &address, &origin, &m.Port, &m.Protocol, &m.Identity, &m.Bytes, &m.Error)
	m.Time, m.Address = m.Time.UTC(), netip.AddrPortFrom(address, uint16(origin))
	if network == protocols.UDP.String() {
		m.Network = protocols.UDP
	}
	return m, err
}

// Misreads lists what nobody understood, the newest first; the search goes over protocol, identity, address and error.
// Only the organization that runs the server sees it.
func (s *Store) Misreads(ctx context.Context, of fleet.Scope, p Page) (list []Misread, next string, err error) {
	_, before, err := p.after()
	if err != nil {
		return nil, "", err
	}
	list, err = lookMany(ctx, s, of, "what was not understood", scanMisread, `SELECT `+misreadColumns+`
		FROM drover.misreads WHERE ($1::int8 = 0 OR id < $1)
		AND ($2::text IS NULL OR concat_ws(' ', protocol, identity, host(address), error) ILIKE $2)
		ORDER BY id DESC LIMIT $3`, before, p.pattern(), p.limit()+1)
	if n := p.limit(); err == nil && len(list) > n {
		list = list[:n]
		next = cursor("", list[n-1].ID)
	}
	return list, next, err
}

// EachMisread gives all of them to each, the oldest first, until it fails.
func (s *Store) EachMisread(ctx context.Context, each func(*Misread) error) error {
	rows, err := s.pool.Query(ctx, `SELECT `+misreadColumns+` FROM drover.misreads ORDER BY id`)
	if err != nil {
		return told(err, "what was not understood")
	}
	defer rows.Close()
	for rows.Next() {
		m, err := scanMisread(rows)
		if err == nil {
			err = each(&m)
		}
		if err != nil {
			return err
		}
	}
	return told(rows.Err(), "what was not understood")
}

// AskReplay has the server try pieces again, and keep what they say if they are understood: those of the ids, or all.
// It gives how many that are.
func (s *Store) AskReplay(ctx context.Context, of fleet.Scope, ids []int64) (n int64, err error) {
	err = s.change(ctx, of, "what was not understood", func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `UPDATE drover.misreads SET replay = true WHERE $1::int8[] IS NULL OR id = ANY($1)`, ids)
		if err != nil {
			return err
		}
		if n = tag.RowsAffected(); n == 0 {
			return nil
		}
		return s.audit(ctx, tx, of, auditing{"replay", "misreads", 0, strconv.FormatInt(n, 10), nil})
	})
	return n, err
}

// DeleteMisread forgets a piece; ErrNotFound if there is none of that id.
func (s *Store) DeleteMisread(ctx context.Context, of fleet.Scope, id int64) error {
	return s.change(ctx, of, "what was not understood", func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `DELETE FROM drover.misreads WHERE id = $1`, id)
		if err == nil && tag.RowsAffected() == 0 {
			err = ErrNotFound
		}
		return err
	})
}

// Replays gives pieces that somebody wants tried again, the oldest first, at most 1000.
func (s *Store) Replays(ctx context.Context) ([]Misread, error) {
	rows, err := s.pool.Query(ctx, `SELECT `+misreadColumns+` FROM drover.misreads WHERE replay ORDER BY id LIMIT 1000`)
	if err != nil {
		return nil, told(err, "what was not understood")
	}
	list, err := pgx.CollectRows(rows, scanMisread)
	return list, told(err, "what was not understood")
}

// Unasked takes the wish to try them again off pieces that are still not understood, with the reason.
func (s *Store) Unasked(ctx context.Context, id int64, why string) error {
	_, err := s.pool.Exec(ctx, `UPDATE drover.misreads SET replay = false, error = $2 WHERE id = $1`, id, cleanText(why))
	return told(err, "what was not understood")
}

// ForgetMisreads removes some of them, for good.
func (s *Store) ForgetMisreads(ctx context.Context, ids []int64) error {
	_, err := s.pool.Exec(ctx, `DELETE FROM drover.misreads WHERE id = ANY($1)`, ids)
	return told(err, "what was not understood")
}

// trimMisreads keeps the newest.
func (s *Store) trimMisreads(ctx context.Context) error {
	_, err := s.pool.Exec(ctx, `DELETE FROM drover.misreads WHERE id IN (SELECT id FROM (
			SELECT id, row_number() OVER (ORDER BY id DESC) AS age,
				row_number() OVER (PARTITION BY address ORDER BY id DESC) AS own FROM drover.misreads) m
		WHERE age > $1 OR own > $2)`, maxMisreads, maxMisreadsOf)
	return told(err, "what was not understood")
}
