package store

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// auditing is what a change says of itself in the audit log.
type auditing struct {
	action  string // create, change, delete, restore, or what else was done
	kind    string // of thing: vehicle, device, …
	id      int64
	text    string // the thing's name, as people know it
	changes map[string]Change
}

// Change is what became of one member of a thing; nil: it was not there, or is not any more.
type Change struct {
	From any `json:"from"`
	To   any `json:"to"`
}

// audit writes a change down, in the transaction that makes it: there is none of the one without the other.
func (s *Store) audit(ctx context.Context, tx pgx.Tx, of fleet.Scope, a auditing) error {
	if a.changes == nil {
		a.changes = map[string]Change{}
	}
	changes, err := json.Marshal(a.changes)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO drover.audit
			(organization_id, user_id, user_name, address, action, kind, object_id, text, changes)
		VALUES ($1, nullif($2, 0), coalesce((SELECT coalesce(nullif(name, ''), email) FROM drover.users WHERE id = $2), ''),
			$3, $4, $5, $6, $7, $8)`,
		of.Organization, of.User, cleanText(of.Address), a.action, a.kind, a.id, cleanText(a.text),
		cleanText(string(changes)))
	return told(err, "audit log")
}

// fact is a member of a thing, as the audit log names it.
type fact struct {
	name  string
	value any // comparable
}

// differences gives the facts that are not the same before and after; what is new has no before.
func differences(before, after []fact) map[string]Change {
	changes := map[string]Change{}
	for i, now := range after {
		var old any
		if before != nil {
			old = before[i].value
		}
		nothings := []any{"", int32(0), int64(0), false}
		if isNothing := slices.Contains(nothings, now.value); before == nil && isNothing {
			continue
		}
		if old != now.value {
			changes[now.name] = Change{From: old, To: now.value}
		}
	}
	return changes
}

// AuditEntry is a change as the audit log has it.
type AuditEntry struct {
	ID       int64
	Time     time.Time
	User     fleet.UserID // 0: nobody who signs in
	UserName string       // then
	Address  string       // an IP address, or what else it came by
	Action   string
	Kind     string
	Object   int64
	Text     string
	Changes  json.RawMessage // of each member {"from": …, "to": …}
}

// AuditLog lists the changes in a scope's organization from ≤ time < to (zero: open), the newest first.
func (s *Store) AuditLog(ctx context.Context, of fleet.Scope, from, to time.Time, p Page) (
	list []AuditEntry, next string, err error,
) {
	_, before, err := p.after()
	if err != nil {
		return nil, "", err
	}
	scan := func(row pgx.CollectableRow) (e AuditEntry, err error) {
		err = row.Scan(&e.ID, &e.Time, &e.User, &e.UserName, &e.Address, &e.Action, &e.Kind, &e.Object, &e.Text, &e.Changes)
		e.Time = e.Time.UTC()
		return e, err
	}
	list, err = lookMany(ctx, s, of, "audit log", scan, `SELECT id, time, coalesce(user_id, 0), user_name, address, action,
			kind, object_id, text, changes FROM drover.audit
		WHERE ($1::int8 = 0 OR id < $1) AND ($2::timestamptz IS NULL OR time >= $2) AND ($3::timestamptz IS NULL OR time < $3)
		AND ($4::text IS NULL OR concat_ws(' ', user_name, address, action, kind, text, changes::text) ILIKE $4)
		ORDER BY id DESC LIMIT $5`, before, orNull(&from), orNull(&to), p.pattern(), p.limit()+1)
	if n := p.limit(); err == nil && len(list) > n {
		list = list[:n]
		next = cursor("", list[n-1].ID)
	}
	return list, next, err
}
