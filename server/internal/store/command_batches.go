package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// CommandBatch is a command that was sent to many devices, and how far it has come.
type CommandBatch struct {
	ID        fleet.BatchID
	Words     string
	Created   time.Time
	Cancelled time.Time                  // zero: it was not
	Counts    map[fleet.CommandState]int // of the commands that the scope sees
}

// CreateBatch writes down one command for many devices that the scope sees, all or none of them.
func (s *Store) CreateBatch(ctx context.Context, of fleet.Scope, words string, list []fleet.Command, n CommandNote) (
	id fleet.BatchID, err error,
) {
	err = s.change(ctx, of, "commands", func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `INSERT INTO drover.command_batches (organization_id, user_id, words)
			VALUES ($1, nullif($2, 0), $3) RETURNING id`, of.Organization, of.User, cleanText(words)).Scan(&id)
		if err != nil {
			return told(err, "commands")
		}
		for i := range list {
			c := list[i]
			c.Batch = id
			if _, err := insertCommand(ctx, tx, of, &c); err != nil {
				return err
			}
		}
		return s.audit(ctx, tx, of, auditing{"command", "command_batch", int64(id),
			fmt.Sprintf("%s to %d devices", words, len(list)), n.changes()})
	})
	return id, err
}

// CommandBatch finds one.
func (s *Store) CommandBatch(ctx context.Context, of fleet.Scope, id fleet.BatchID) (b CommandBatch, err error) {
	err = s.look(ctx, of, "commands", func(tx pgx.Tx) (err error) {
		b, err = one(ctx, tx, "commands", scanBatch, `SELECT id, words, created, cancelled FROM drover.command_batches
			WHERE id = $1`, id)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `SELECT state, count(*) FROM drover.commands WHERE batch_id = $1 GROUP BY state`, id)
		if err != nil {
			return told(err, "commands")
		}
		var state fleet.CommandState
		var n int
		_, err = pgx.ForEachRow(rows, []any{&state, &n}, func() error { b.Counts[state] = n; return nil })
		return told(err, "commands")
	})
	return b, err
}

func scanBatch(row pgx.CollectableRow) (CommandBatch, error) {
	b := CommandBatch{Counts: map[fleet.CommandState]int{}}
	var cancelled *time.Time
	err := row.Scan(&b.ID, &b.Words, &b.Created, &cancelled)
	b.Created, b.Cancelled = b.Created.UTC(), orZero(cancelled)
	return b, err
}

// EndBatch cancels those of a batch's commands that nothing was done for yet.
func (s *Store) EndBatch(ctx context.Context, of fleet.Scope, id fleet.BatchID) error {
	return s.change(ctx, of, "commands", func(tx pgx.Tx) error {
		words, err := one(ctx, tx, "commands", pgx.RowTo[string], `UPDATE drover.command_batches
			SET cancelled = coalesce(cancelled, now()) WHERE id = $1 RETURNING words`, id)
		if err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, `UPDATE drover.commands SET state = 'cancelled', reason = '', done = now()
			WHERE batch_id = $1 AND state IN ('queued', 'waking')`, id)
		if err != nil {
			return told(err, "commands")
		}
		return s.audit(ctx, tx, of, auditing{"cancel", "command_batch", int64(id),
			fmt.Sprintf("%s to %d devices", words, tag.RowsAffected()), nil})
	})
}

// CommandTargets gives the devices of a group's vehicles, those below it too, or of the vehicles named; at most limit.
// A vehicle without a device stands there with Device.ID 0.
func (s *Store) CommandTargets(ctx context.Context, of fleet.Scope, group fleet.GroupID, vehicles []fleet.VehicleID,
	limit int,
) ([]DeviceRow, error) {
	scan := func(row pgx.CollectableRow) (d DeviceRow, err error) {
		var id *fleet.DeviceID
		var vehicle fleet.VehicleID
		if err := row.Scan(&vehicle, &d.VehicleName, &id); err != nil {
			return d, err
		}
		d.Vehicle = vehicle
		if id != nil {
			d.ID = *id
		}
		return d, nil
	}
	return lookMany(ctx, s, of, "vehicles", scan, `SELECT v.id, v.name, (SELECT d.id FROM drover.devices d
				WHERE d.vehicle_id = v.id AND d.retired IS NULL ORDER BY d.disabled, d.id LIMIT 1)
			FROM drover.vehicles v WHERE v.deleted IS NULL AND CASE WHEN $1::int4 = 0 THEN v.id = ANY ($2::int4[])
				ELSE v.group_id IN (SELECT b.id FROM drover.groups b, drover.groups g WHERE g.id = $1
					AND (b.id = g.id OR starts_with(b.path, g.path || '/'))) END
			ORDER BY v.name, v.id LIMIT $3`, group, vehicles, limit)
}
