package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// CommandRow is a command as it is listed.
type CommandRow struct {
	fleet.Command
	Vehicle     fleet.VehicleID // its device is in; 0 for none
	VehicleName string
	UserName    string // who sent it; "" for nobody
}

// CommandQuery asks for commands; what is 0 or "" does not narrow it.
type CommandQuery struct {
	Vehicle fleet.VehicleID
	Group   fleet.GroupID // its vehicles, and those of the groups below it
	Device  fleet.DeviceID
	Batch   fleet.BatchID
	State   fleet.CommandState
	Page
}

const (
	commandColumns = `c.id, c.organization_id, c.device_id, coalesce(c.batch_id, 0), coalesce(c.user_id, 0), c.kind,
		c.words, c.body, c.dangerous, c.wish, c.line, c.state, c.reason, coalesce(c.answer, ''), c.answer_data, c.parsed,
		c.created, c.expires, c.sent, c.delivered, c.done, c.attempts, c.due`
	selectCommands = `SELECT ` + commandColumns + `, coalesce(v.id, 0), coalesce(v.name, ''),
			coalesce(nullif(u.name, ''), u.email, '')
		FROM drover.commands c JOIN drover.devices d ON d.id = c.device_id
		LEFT JOIN drover.vehicles v ON v.id = d.vehicle_id AND v.deleted IS NULL
		LEFT JOIN drover.users u ON u.id = c.user_id`
	// ofTarget narrows by $1 vehicle and $2 group.
	ofTarget = ` ($1::int4 = 0 OR v.id = $1) AND ($2::int4 = 0
		OR v.group_id IN (SELECT b.id FROM drover.groups b, drover.groups g
			WHERE g.id = $2 AND (b.id = g.id OR starts_with(b.path, g.path || '/'))))`
)

// commandTargets gives where a command's columns go, and what is to be done then.
func commandTargets(c *fleet.Command) (targets []any, then func()) {
	var kind string
	var sent, delivered, done *time.Time
	return []any{&c.ID, &c.Organization, &c.Device, &c.Batch, &c.User, &kind, &c.Words, &c.Body, &c.Dangerous,
			&c.Wish, &c.Line, &c.State, &c.Reason, &c.Answer, &c.AnswerData, &c.Parsed, &c.Created, &c.Expires, &sent,
			&delivered, &done, &c.Attempts, &c.Due}, func() {
			c.Kind = kindNamed(kind)
			c.Created, c.Expires, c.Due = c.Created.UTC(), c.Expires.UTC(), c.Due.UTC()
			c.Sent, c.Delivered, c.Done = orZero(sent), orZero(delivered), orZero(done)
		}
}

func scanCommand(row pgx.CollectableRow) (c fleet.Command, err error) {
	targets, then := commandTargets(&c)
	err = row.Scan(targets...)
	then()
	return c, err
}

func scanCommandRow(row pgx.CollectableRow) (c CommandRow, err error) {
	targets, then := commandTargets(&c.Command)
	err = row.Scan(append(targets, &c.Vehicle, &c.VehicleName, &c.UserName)...)
	then()
	return c, err
}

// Commands lists a scope's commands, the newest first; Search of the page is not looked at.
func (s *Store) Commands(ctx context.Context, of fleet.Scope, q CommandQuery) (
	list []CommandRow, next string, err error,
) {
	_, before, err := q.after()
	if err != nil {
		return nil, "", err
	}
	list, err = lookMany(ctx, s, of, "commands", scanCommandRow, selectCommands+` WHERE`+ofTarget+`
		AND ($3::int4 = 0 OR c.device_id = $3) AND ($4::int8 = 0 OR c.batch_id = $4) AND ($5 = '' OR c.state = $5)
		AND ($6::int8 = 0 OR c.id < $6) ORDER BY c.id DESC LIMIT $7`,
		q.Vehicle, q.Group, q.Device, q.Batch, q.State, before, q.limit()+1)
	if n := q.limit(); err == nil && len(list) > n {
		list = list[:n]
		next = cursor("", int64(list[n-1].ID))
	}
	return list, next, err
}

// Command finds one.
func (s *Store) Command(ctx context.Context, of fleet.Scope, id fleet.CommandID) (CommandRow, error) {
	return lookOne(ctx, s, of, "command", scanCommandRow, selectCommands+` WHERE c.id = $1`, id)
}

// CommandNote is what the audit log says of a command beside its words.
type CommandNote struct {
	Line      fleet.LineKind
	Confirmed bool // the question was answered whether it is meant
	Override  bool // it goes at whatever speed
}

func (n CommandNote) changes() map[string]Change {
	return map[string]Change{"line": {To: n.Line}, "confirmed": {To: n.Confirmed}, "override_speed": {To: n.Override}}
}

// CreateCommand writes down a command for a device that the scope sees, and gives it with its id. The organization and
// the user are the scope's.
func (s *Store) CreateCommand(ctx context.Context, of fleet.Scope, c fleet.Command, n CommandNote) (
	row CommandRow, err error,
) {
	err = s.change(ctx, of, "command", func(tx pgx.Tx) error {
		d, err := deviceByID(ctx, tx, c.Device)
		if err != nil {
			return err
		}
		id, err := insertCommand(ctx, tx, of, &c)
		if err != nil {
			return err
		}
		if row, err = one(ctx, tx, "command", scanCommandRow, selectCommands+` WHERE c.id = $1`, id); err != nil {
			return err
		}
		return s.audit(ctx, tx, of, auditing{"command", "device", int64(c.Device), d.Identity + ": " + c.Words, n.changes()})
	})
	return row, err
}

func insertCommand(ctx context.Context, tx pgx.Tx, of fleet.Scope, c *fleet.Command) (id fleet.CommandID, err error) {
	err = tx.QueryRow(ctx, `INSERT INTO drover.commands
			(organization_id, device_id, batch_id, user_id, kind, words, body, dangerous, wish, line, reason, expires)
		VALUES ($1, $2, nullif($3::int8, 0), nullif($4, 0), $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`,
		of.Organization, c.Device, c.Batch, of.User, c.Kind.String(), cleanText(c.Words), c.Body, c.Dangerous, c.Wish, c.Line,
		cleanText(c.Reason), c.Expires).Scan(&id)
	return id, told(err, "command")
}

// NoteCommand writes down that a command was asked for and not taken.
func (s *Store) NoteCommand(ctx context.Context, of fleet.Scope, id fleet.DeviceID, words, why string) error {
	return s.change(ctx, of, "device", func(tx pgx.Tx) error {
		d, err := deviceByID(ctx, tx, id)
		if err != nil {
			return err
		}
		return s.audit(ctx, tx, of, auditing{"command_refused", "device", int64(id), d.Identity + ": " + words,
			map[string]Change{"reason": {To: why}}})
	})
}

// EndCommand cancels a command that has not gone; ErrHeld if it has. Whoever knows that one which is being sent has
// not gone after all says so.
func (s *Store) EndCommand(ctx context.Context, of fleet.Scope, id fleet.CommandID, sending bool) error {
	return s.change(ctx, of, "command", func(tx pgx.Tx) error {
		row, err := one(ctx, tx, "command", scanCommandRow, selectCommands+` WHERE c.id = $1 FOR UPDATE OF c`, id)
		if err != nil {
			return err
		}
		waits := row.State == fleet.CommandQueued || row.State == fleet.CommandWaking
		if !waits && !(sending && row.State == fleet.CommandSending) {
			return fmt.Errorf("command %d has gone already, it is %s: %w", id, row.State, ErrHeld)
		}
		if _, err := tx.Exec(ctx, `UPDATE drover.commands SET state = 'cancelled', reason = '', done = now() WHERE id = $1`,
			id); err != nil {
			return told(err, "command")
		}
		return s.audit(ctx, tx, of, auditing{"cancel", "device", int64(row.Device), "command " +
			strconv.FormatInt(int64(id), 10) + ": " + row.Words, nil})
	})
}
