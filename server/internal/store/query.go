package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// querier is the pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// one runs a query that gives one row; ErrNotFound if it gives none. what is the noun of its errors.
func one[T any](ctx context.Context, q querier, what string, scan pgx.RowToFunc[T],
	sql string, args ...any,
) (T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		var none T
		return none, told(err, what)
	}
	found, err := pgx.CollectExactlyOneRow(rows, scan)
	return found, told(err, what)
}

// many runs a query that gives any number of rows.
func many[T any](ctx context.Context, q querier, what string, scan pgx.RowToFunc[T],
	sql string, args ...any,
) ([]T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, told(err, what)
	}
	found, err := pgx.CollectRows(rows, scan)
	return found, told(err, what)
}
