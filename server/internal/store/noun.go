package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// Kept is how long what was deleted can be restored.
const Kept = 30 * 24 * time.Hour

// noun is a kind of thing that is deleted in two steps: first it is marked, and after Kept it is gone.
type noun struct {
	kind    string // as the audit log and errors name it
	table   string
	title   string // the expression of what people call it
	deleted string // the column with the time of its deletion
}

// The nouns. Users are in users.go.
func vehicleNoun() noun { return noun{"vehicle", "drover.vehicles", "name", "deleted"} }
func deviceNoun() noun  { return noun{"device", "drover.devices", "identity", "retired"} }
func driverNoun() noun  { return noun{"driver", "drover.drivers", "name", "deleted"} }
func groupNoun() noun   { return noun{"group", "drover.groups", "path", "deleted"} }

// remove marks a thing as deleted. check may refuse.
func (s *Store) remove(ctx context.Context, of fleet.Scope, n noun, id int32, revision int,
	check func(pgx.Tx) error,
) error {
	return s.change(ctx, of, n.kind, func(tx pgx.Tx) error {
		title, err := n.lock(ctx, tx, id, ` IS NULL`)
		if err != nil {
			return err
		}
		if check != nil {
			if err := check(tx); err != nil {
				return err
			}
		}
		if err := n.revise(ctx, tx, id, revision, n.deleted+` = now()`); err != nil {
			return err
		}
		return s.audit(ctx, tx, of, auditing{action: "delete", kind: n.kind, id: int64(id), text: title})
	})
}

// restore takes the mark off a thing that was deleted less than Kept ago. check may refuse, or prepare.
func (s *Store) restore(ctx context.Context, tx pgx.Tx, of fleet.Scope, n noun, id int32, check func() error) error {
	title, err := n.lock(ctx, tx, id, ` > now() - interval '30 days'`)
	if err != nil {
		return err
	}
	if check != nil {
		if err := check(); err != nil {
			return err
		}
	}
	if err := n.revise(ctx, tx, id, 0, n.deleted+` = NULL`); err != nil {
		return err
	}
	return s.audit(ctx, tx, of, auditing{action: "restore", kind: n.kind, id: int64(id), text: title})
}

// lock finds a thing whose mark is as given, says what people call it, and keeps others from changing it.
func (n noun) lock(ctx context.Context, tx pgx.Tx, id int32, mark string) (title string, err error) {
	return one(ctx, tx, n.kind, pgx.RowTo[string],
		`SELECT `+n.title+` FROM `+n.table+` WHERE id = $1 AND `+n.deleted+mark+` FOR UPDATE`, id)
}

// revise changes a thing that is known to be there, if it has the revision (0: any): otherwise ErrStale.
func (n noun) revise(ctx context.Context, tx pgx.Tx, id int32, revision int, set string, args ...any) error {
	tag, err := tx.Exec(ctx, `UPDATE `+n.table+` SET `+set+`
		WHERE id = $1 AND $2::int8 IN (0, revision)`, append([]any{id, revision}, args...)...)
	if err == nil && tag.RowsAffected() == 0 {
		return fmt.Errorf("%s: %w", n.kind, ErrStale)
	}
	return told(err, n.kind)
}
