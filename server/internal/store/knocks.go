package store

import (
	"cmp"
	"context"
	"fmt"
	"net/netip"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// maxKnocks is how many strangers are remembered; the ones not heard of for longest are forgotten first.
const maxKnocks = 10_000

// Knock is a stranger as it is listed.
type Knock struct {
	ID int64
	fleet.Knock
}

// SaveKnocks adds to what is known of strangers: the latest address and time, and the counts.
func (s *Store) SaveKnocks(ctx context.Context, knocks []fleet.Knock) error {
	knocks = slices.Clone(knocks)
	slices.SortFunc(knocks, func(a, b fleet.Knock) int { // one order for all writers: no deadlocks
		return cmp.Or(cmp.Compare(a.Identity, b.Identity), cmp.Compare(a.Protocol, b.Protocol), a.Address.Compare(b.Address))
	})
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		batch := &pgx.Batch{}
		for _, k := range knocks {
			var address *netip.Addr
			if k.Address.IsValid() {
				plain := k.Address.Unmap().WithZone("")
				address = &plain
			}
			batch.Queue(`INSERT INTO drover.knocks AS k (protocol, identity, port, reason, address, first, last, count)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
				ON CONFLICT (identity, protocol, port, reason,
					(CASE WHEN identity = '' THEN coalesce(host(address), '') ELSE '' END))
				DO UPDATE SET address = excluded.address, first = least(k.first, excluded.first),
					last = greatest(k.last, excluded.last), count = k.count + excluded.count`,
				k.Protocol, cleanText(k.Identity), k.Port, cleanText(k.Reason), address, k.First, k.Last, k.Count)
		}
		return tx.SendBatch(ctx, batch).Close()
	})
	return told(err, "knocks")
}

const knockColumns = `k.id, k.protocol, k.identity, k.port, k.address, k.reason, k.first, k.last, k.count`

func scanKnock(row pgx.CollectableRow) (k Knock, err error) {
	var address *netip.Addr
	err = row.Scan(&k.ID, &k.Protocol, &k.Identity, &k.Port, &address, &k.Reason, &k.First, &k.Last, &k.Count)
	if address != nil {
		k.Address = *address
	}
	k.First, k.Last = k.First.UTC(), k.Last.UTC()
	return k, err
}

// Knocks lists who knocked, the latest first, at most 1000: the scope's own devices that were refused (disabled, wrong
// protocol). The first organization, which runs the server, sees strangers too.
func (s *Store) Knocks(ctx context.Context, of fleet.Scope) ([]Knock, error) {
	return lookMany(ctx, s, of, "knocks", scanKnock, `SELECT `+knockColumns+` FROM drover.knocks k
		ORDER BY k.last DESC, k.id DESC LIMIT 1000`)
}

// Adopt makes a device of a stranger, in a vehicle that is new, and forgets its knocks. Identity and Protocol of n are
// the knock's.
func (s *Store) Adopt(ctx context.Context, of fleet.Scope, id int64, n NewDevice) (
	d DeviceRow, err error,
) {
	err = s.change(ctx, of, "knock", func(tx pgx.Tx) error {
		k, err := one(ctx, tx, "knock", scanKnock, `DELETE FROM drover.knocks k WHERE k.id = $1 RETURNING `+knockColumns, id)
		if err != nil {
			return err
		}
		if k.Identity == "" {
			return fmt.Errorf("%w knock: it said no identity, so there is nothing to adopt", ErrInvalid)
		}
		n.Identity, n.Protocol = k.Identity, k.Protocol
		// The others go first: once there is the device, they are no stranger's.
		if _, err = tx.Exec(ctx, `DELETE FROM drover.knocks WHERE identity = $1`, k.Identity); err != nil {
			return err
		}
		d, err = s.insertDevice(ctx, tx, of, n)
		return err
	})
	return d, err
}

// forgetKnocks keeps the latest, and none older than the given time.
func (s *Store) forgetKnocks(ctx context.Context, before time.Time) error {
	_, err := s.pool.Exec(ctx, `DELETE FROM drover.knocks WHERE last < $1
		OR id IN (SELECT id FROM drover.knocks ORDER BY last DESC OFFSET $2)`, before, maxKnocks)
	return told(err, "knocks")
}
