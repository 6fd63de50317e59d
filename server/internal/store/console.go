package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// ConsoleEntry is a line of the log of what was said to trackers and what they said by SMS. An SMS that carries a
// command is not there beside it.
type ConsoleEntry struct {
	ID          string // c and a command's id, s and that of an SMS
	Time        time.Time
	Device      fleet.DeviceID
	Vehicle     fleet.VehicleID // 0 for none
	VehicleName string
	In          bool
	Text        string
	Line        fleet.LineKind // "" for none yet
	State       string         // of the command or the SMS
	Reason      string
	Answer      string
	Parsed      []byte // of a command's answer, JSON; nil for nothing
	By          string // who sent it; "" for nobody
	Modem       string // of an SMS
	Command     fleet.CommandID
}

// ConsoleQuery asks for a part of the log, of a vehicle or a group; Before is the next of the part before.
type ConsoleQuery struct {
	Vehicle fleet.VehicleID
	Group   fleet.GroupID
	Before  string
	Limit   int
}

// Console gives the log, the newest first.
func (s *Store) Console(ctx context.Context, of fleet.Scope, q ConsoleQuery) (
	list []ConsoleEntry, next string, err error,
) {
	before, key, err := consoleCursor(q.Before)
	if err != nil {
		return nil, "", err
	}
	limit := Page{Limit: q.Limit}.limit()
	list, err = lookMany(ctx, s, of, "console", scanConsole, `SELECT * FROM (
			(SELECT 'c' || c.id AS id, c.created AS time, d.id AS device, coalesce(v.id, 0), coalesce(v.name, ''), false,
				c.words, c.line, c.state, c.reason, coalesce(c.answer, ''), c.parsed,
				coalesce(nullif(u.name, ''), u.email, ''), '', c.id AS command
			FROM drover.commands c JOIN drover.devices d ON d.id = c.device_id
			LEFT JOIN drover.vehicles v ON v.id = d.vehicle_id AND v.deleted IS NULL
			LEFT JOIN drover.users u ON u.id = c.user_id
			WHERE`+ofTarget+` AND ($3::timestamptz IS NULL OR (c.created, 'c' || c.id) < ($3, $4))
			ORDER BY c.created DESC, c.id DESC LIMIT $5)
			UNION ALL
			(SELECT 's' || m.id, m.created, d.id, coalesce(v.id, 0), coalesce(v.name, ''), m.direction = 'in', m.text, 'sms',
				m.state, m.reason, '', NULL, coalesce(nullif(u.name, ''), u.email, ''), m.modem, coalesce(m.command_id, 0)
			FROM drover.sms m JOIN drover.devices d ON d.id = m.device_id
			LEFT JOIN drover.vehicles v ON v.id = d.vehicle_id AND v.deleted IS NULL
			LEFT JOIN drover.users u ON u.id = m.user_id
			WHERE`+ofTarget+` AND (m.direction = 'in' OR m.command_id IS NULL)
			AND ($3::timestamptz IS NULL OR (m.created, 's' || m.id) < ($3, $4)) ORDER BY m.created DESC, m.id DESC LIMIT $5)
		) log ORDER BY time DESC, id DESC LIMIT $5`, q.Vehicle, q.Group, before, key, limit+1)
	if err == nil && len(list) > limit {
		list = list[:limit]
		last := &list[limit-1]
		next = strconv.FormatInt(last.Time.UnixMicro(), 10) + last.ID
	}
	return list, next, err
}

// consoleCursor reads the time, in µs since 1970, and the id that the part before ended with.
func consoleCursor(text string) (*time.Time, string, error) {
	if text == "" {
		return nil, "", nil
	}
	at := strings.IndexAny(text, "cs")
	if at < 0 {
		return nil, "", fmt.Errorf("%w before: it is the next of a part before", ErrInvalid)
	}
	micros, err := strconv.ParseInt(text[:at], 10, 64)
	_, idErr := strconv.ParseInt(text[at+1:], 10, 64)
	if err != nil || idErr != nil {
		return nil, "", fmt.Errorf("%w before: it is the next of a part before", ErrInvalid)
	}
	t := time.UnixMicro(micros)
	return &t, text[at:], nil
}

func scanConsole(row pgx.CollectableRow) (e ConsoleEntry, err error) {
	err = row.Scan(&e.ID, &e.Time, &e.Device, &e.Vehicle, &e.VehicleName, &e.In, &e.Text, &e.Line, &e.State, &e.Reason,
		&e.Answer, &e.Parsed, &e.By, &e.Modem, &e.Command)
	e.Time = e.Time.UTC()
	return e, err
}
