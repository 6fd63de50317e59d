package main

import (
	"context"
	"errors"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"drover/protocols/all"
	"drover/server/internal/api"
	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/journal"
	"drover/server/internal/live"
	"drover/server/internal/process"
	"drover/web"
)

// firstOrganization is the name of the organization that the first start makes.
const firstOrganization = "Fleet"

// openAdmin makes the first user at the first start, with a random password that is printed once.
func (d *drover) openAdmin(ctx context.Context) error {
	password := identity.ReadablePassword()
	hash, err := identity.NewPasswords().Hash(ctx, password)
	if err != nil {
		return err
	}
	user, created, err := d.store.CreateFirstAdmin(ctx, firstOrganization, d.config.AdminEmail, "Administrator", hash)
	if err != nil {
		return err
	}
	if created {
		d.say("Sign in as %s with the password %s (shown this once)", user.Email, password)
	} else {
		d.say("Sign in with your e-mail; a forgotten password is replaced by: drover user password E-MAIL")
	}
	return nil
}

// openLive shows what was last known before anything new arrives.
func (d *drover) openLive(ctx context.Context) (err error) {
	if d.live, err = live.New(live.Config{Registry: d.registry, Log: d.part("live"), Metrics: d.metrics}); err != nil {
		return err
	}
	return d.store.AllStates(ctx, func(s *fleet.State) error {
		d.live.Seed([]fleet.State{*s})
		return nil
	})
}

func (d *drover) process(ctx context.Context) error {
	return process.Run(ctx, process.Config{
		Source: process.FromJournal(d.journal), Store: d.store, Log: d.part("process"), Metrics: d.metrics,
		Retention: d.config.Retention,
	})
}

// feedLive shows on the live line what the journal takes, whether or not the database is there.
func (d *drover) feedLive(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for partition := range d.journal.Partitions() {
		after, err := d.store.Position(ctx, partition, d.journal.ID(partition))
		if err != nil {
			return err
		}
		group.Go(func() error { return d.followPartition(ctx, partition, after) })
	}
	group.Go(func() error { return d.live.Run(ctx) })
	return group.Wait()
}

// followPartition reads a partition from where the database stands; when reading fails, it goes on where it was.
func (d *drover) followPartition(ctx context.Context, partition int, after uint64) error {
	for ctx.Err() == nil {
		reader, err := d.journal.Reader(ctx, partition, after)
		if err == nil {
			after, err = d.show(ctx, reader, after)
			reader.Close()
		}
		if ctx.Err() == nil {
			d.log.Warn().Err(err).Int("partition", partition).Msg("the live line reads the journal again")
			_ = pause(ctx, time.Second) // the loop looks at ctx
		}
	}
	return nil
}

// show gives the live line every entry that the reader has, until it fails.
func (d *drover) show(ctx context.Context, reader *journal.Reader, after uint64) (uint64, error) {
	limits := process.Limits{Retention: d.config.Retention}
	var fixes []fleet.Fix
	for {
		entries, err := reader.Next(ctx, 1000)
		if err != nil {
			return after, err
		}
		fixes = fixes[:0]
		for _, e := range entries {
			for i := range e.Records {
				for j := range e.Records[i].Positions {
					fixes = append(fixes, process.Normalize(&e.Records[i], &e.Records[i].Positions[j], limits))
				}
			}
			after = e.Sequence
		}
		d.live.Update(fixes)
	}
}

// watcher gives which vehicles a request for the live line may see at this moment.
func watcher(r *http.Request) (fleet.Scope, error) {
	who, err := api.Again(r)
	if errors.Is(err, api.ErrRefused) {
		err = live.ErrRefused
	}
	return who.Scope(""), err
}

// handler is everything that is served over HTTP.
func (d *drover) handler() (http.Handler, error) {
	page, err := web.Handler(d.config.Basemap.Origin)
	if err != nil {
		return nil, err
	}
	tiles, told, err := d.openBasemap()
	if err != nil {
		return nil, err
	}
	config := api.Config{
		Key:       d.key,
		Proxies:   d.config.TrustedProxies(),
		OIDC:      d.provider(),
		Store:     d.store,
		Live:      d.live.Handler(watcher),
		Async:     live.AsyncAPI(),
		Page:      page,
		Tiles:     tiles,
		Basemap:   told,
		Demo:      d.config.Demo,
		Online:    d.gateway.Online,
		Places:    d.gazetteer(),
		Frames:    d.gateway,
		Commands:  d.dispatch.Load(),
		Protocols: all.Protocols(),
		Journal:   d.journalState,
		Ready:     []api.Check{{Name: "database", Run: d.store.Ping}, {Name: "journal", Run: d.journal.Healthy}},
		Metrics:   d.metrics,
		Ports:     d.openPorts(),
		Version:   version,
		Log:       d.part("api"),
	}
	if d.modems != nil {
		config.Modems = d.modems
	}
	return api.New(config)
}
