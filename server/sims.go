package main

import (
	"context"
	"fmt"

	"drover/server/internal/enrol"
	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

// simCommand enters SIMs without the page.
type simCommand struct {
	Import simImportCommand `cmd:"" help:"Add or change SIMs from CSV with a header: iccid,imsi,msisdn,operator,apn,plan,state,pin,device,budget_bytes,budget_messages,note."`
}

type simImportCommand struct {
	databaseFlags `embed:""`
	File          string `arg:"" help:"CSV file, or - for standard input."`
	Organization  string `help:"Organization; the first one if empty."`
}

// Run enters the rows; those that fail are named and do not stop the others. PINs are sealed with the data folder's
// key.
func (c *simImportCommand) Run(ctx context.Context, s streams) error {
	in, err := s.open(c.File)
	if err != nil {
		return err
	}
	defer in.Close()
	key, err := (&dataFolder{path: c.Data}).key()
	if err != nil {
		return err
	}
	pins, err := identity.NewSeal(key, fleet.PINPurpose)
	if err != nil {
		return err
	}
	return c.withStore(ctx, func(db *store.Store) error {
		organization, err := organizationNamed(ctx, db, c.Organization)
		if err != nil {
			return err
		}
		done, err := enrol.SIMImport{
			Seal: func(pin, iccid string) []byte { return pins.Close([]byte(pin), fleet.CardOf(iccid)) },
			Write: func(ctx context.Context, list []store.NewSIM) (store.Imported, error) {
				return db.ImportSIMs(ctx, commandScope(organization.ID), list, false)
			},
		}.Read(ctx, in)
		if err != nil {
			return fmt.Errorf("import: %w", err)
		}
		return reportImport(s.out, "SIMs", done)
	})
}
