package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Error codes of PostgreSQL (appendix A of its manual).
const (
	duplicateDatabase = "42P04" // there already
	cannotConnectNow  = "57P03" // starting, recovering or stopping
)

const connectLimit = 5 * time.Second

// ping connects once to the server with its socket in dir.
func ping(ctx context.Context, dir string) error {
	if dir == "" {
		return errors.New("the server has opened no socket yet")
	}
	ctx, cancel := context.WithTimeout(ctx, connectLimit)
	defer cancel()
	conn, err := pgx.Connect(ctx, databaseURL(dir, "postgres"))
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// prepareDatabase makes the database with PostGIS, as far as it is not there.
func prepareDatabase(ctx context.Context, socket string) error {
	conn, err := pgx.Connect(ctx, databaseURL(socket, "postgres"))
	if err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	_, err = conn.Exec(ctx, "CREATE DATABASE "+database)
	if hasCode(err, duplicateDatabase) {
		err = nil
	}
	if err = errors.Join(err, conn.Close(ctx)); err != nil {
		return fmt.Errorf("postgres: create the database %s: %w", database, err)
	}
	if conn, err = pgx.Connect(ctx, databaseURL(socket, database)); err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	_, err = conn.Exec(ctx, "CREATE EXTENSION IF NOT EXISTS postgis")
	if err = errors.Join(err, conn.Close(ctx)); err != nil {
		return fmt.Errorf("postgres: create the extension postgis: %w", err)
	}
	return nil
}

func hasCode(err error, code string) bool {
	var failure *pgconn.PgError
	return errors.As(err, &failure) && failure.Code == code
}
