package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/rs/zerolog"

	"drover/server/internal/fleet"
	"drover/server/internal/postgres"
	"drover/server/internal/store"
)

// databaseFlags are what every command needs that works on the database, beside a running server or without one.
type databaseFlags struct {
	Data     string `help:"Data folder of the server." default:"data" env:"DROVER_DATA" type:"path"`
	Database string `help:"postgres://… of a PostGIS; the data folder's private one if empty." env:"DATABASE_URL"`
}

// with opens the database, calls do, and leaves everything as it was found: a private one that was not running is
// stopped again.
func (f *databaseFlags) with(ctx context.Context, log zerolog.Logger, do func(string) error) error {
	if f.Database != "" {
		return do(f.Database)
	}
	dir := filepath.Join(f.Data, "postgres")
	running, err := postgres.Running(ctx, dir)
	if err != nil {
		return err
	}
	if running != "" {
		return do(running)
	}
	cluster, err := postgres.Start(ctx, postgres.Config{Dir: dir, Log: log})
	if err != nil {
		return err
	}
	err = do(cluster.URL())
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	return errors.Join(err, cluster.Stop(stopping))
}

// withStore is with, and opens the store.
func (f *databaseFlags) withStore(ctx context.Context, do func(*store.Store) error) error {
	return f.with(ctx, zerolog.Nop(), func(url string) error {
		s, err := store.Open(ctx, url, store.Options{Connections: 2})
		if err != nil {
			return err
		}
		defer s.Close()
		return do(s)
	})
}

// commandScope is what a command sees and may change: all of an organization.
func commandScope(of fleet.OrganizationID) fleet.Scope {
	return fleet.Scope{Organization: of, Address: "command line"}
}

type migrateCommand struct {
	databaseFlags `embed:""`
}

// Run brings the tables up to this version.
func (c *migrateCommand) Run(ctx context.Context, s streams) error {
	return c.with(ctx, zerolog.Nop(), func(url string) error {
		from, to, err := store.Migrate(ctx, url, zerolog.Nop())
		if err != nil {
			return err
		}
		if from == to {
			_, err = fmt.Fprintf(s.out, "the tables are at version %d already\n", to)
		} else {
			_, err = fmt.Fprintf(s.out, "the tables went from version %d to %d\n", from, to)
		}
		return err
	})
}
