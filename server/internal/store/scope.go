package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"drover/server/internal/fleet"
)

// tenant is the role under which callers' questions are asked: the policies of the schema are for it.
const tenant = "drover_tenant"

// look runs fn in a transaction that reads what the scope sees and nothing else. what is the noun of its errors.
func (s *Store) look(ctx context.Context, of fleet.Scope, what string, fn func(pgx.Tx) error) error {
	return s.under(ctx, of, "BEGIN READ ONLY", what, fn)
}

// change runs fn in a transaction that reads and changes what the scope sees and nothing else.
func (s *Store) change(ctx context.Context, of fleet.Scope, what string, fn func(pgx.Tx) error) error {
	return s.under(ctx, of, "BEGIN", what, fn)
}

// under begins a transaction under a scope, in one round trip: a statement without arguments is sent as it is, with
// those behind it.
func (s *Store) under(ctx context.Context, of fleet.Scope, begin, what string, fn func(pgx.Tx) error) error {
	options := pgx.TxOptions{BeginQuery: begin + "; SET LOCAL ROLE " + tenant +
		"; SET LOCAL drover.organization = '" + strconv.Itoa(int(of.Organization)) +
		"'; SET LOCAL drover.user_id = '" + strconv.Itoa(int(of.User)) +
		"'; SET LOCAL drover.groups = '" + groupsSetting(of.Groups) + "'"}
	err := pgx.BeginTxFunc(ctx, s.pool, options, fn)
	if brokePolicy(err) {
		return outside(what)
	}
	return ofTransaction(err, what)
}

// outside is the error of a change that the scope's policies do not let in.
func outside(what string) error {
	return fmt.Errorf("%w %s: it would be outside of the groups that you are limited to", ErrInvalid, what)
}

// brokePolicy says whether err is that of a row which the scope's policies do not let in.
func brokePolicy(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == codeNoRights && pg.Routine == "ExecWithCheckOptions"
}

// groupsSetting is what the policies read: all, or an array of ids.
func groupsSetting(groups []fleet.GroupID) string {
	if groups == nil {
		return "all"
	}
	b := []byte{'{'}
	for i, id := range groups {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(id), 10)
	}
	return string(append(b, '}'))
}

// lookOne is one under a scope.
func lookOne[T any](ctx context.Context, s *Store, of fleet.Scope, what string, scan pgx.RowToFunc[T],
	sql string, args ...any,
) (found T, err error) {
	err = s.look(ctx, of, what, func(tx pgx.Tx) (err error) {
		found, err = one(ctx, tx, what, scan, sql, args...)
		return err
	})
	return found, err
}

// lookMany is many under a scope.
func lookMany[T any](ctx context.Context, s *Store, of fleet.Scope, what string, scan pgx.RowToFunc[T],
	sql string, args ...any,
) (found []T, err error) {
	err = s.look(ctx, of, what, func(tx pgx.Tx) (err error) {
		found, err = many(ctx, tx, what, scan, sql, args...)
		return err
	})
	return found, err
}
