package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"drover/server/internal/enrol"
	"drover/server/internal/store"
)

// deviceCommand enters devices without the page.
type deviceCommand struct {
	Add    deviceAddCommand    `cmd:"" help:"Add a device, and a vehicle for it."`
	Import deviceImportCommand `cmd:"" help:"Add or change devices from CSV with a header: identity,name,plate,protocol,model,phone."`
}

type deviceAddCommand struct {
	databaseFlags `embed:""`
	Identity      string `arg:"" help:"IMEI, or what else the tracker calls itself."`
	Name          string `help:"The vehicle's name."`
	Plate         string `help:"The vehicle's plate."`
	Protocol      string `help:"Protocol that it must speak; any if empty."`
	Organization  string `help:"Organization; the first one if empty."`
}

// Run adds the device.
func (c *deviceAddCommand) Run(ctx context.Context, s streams) error {
	device := store.NewDevice{Identity: c.Identity, Name: c.Name, Plate: c.Plate, Protocol: c.Protocol}
	if fault := enrol.Check(&device, protocolNames()); fault != nil {
		return fault
	}
	return c.withStore(ctx, func(db *store.Store) error {
		organization, err := organizationNamed(ctx, db, c.Organization)
		if err != nil {
			return err
		}
		if _, err := db.CreateDevice(ctx, commandScope(organization.ID), device); err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "device %s is welcome\n", device.Identity)
		return err
	})
}

type deviceImportCommand struct {
	databaseFlags `embed:""`
	File          string `arg:"" help:"CSV file, or - for standard input."`
	Organization  string `help:"Organization; the first one if empty."`
}

// Run enters the rows; those that fail are named and do not stop the others.
func (c *deviceImportCommand) Run(ctx context.Context, s streams) error {
	in, err := s.open(c.File)
	if err != nil {
		return err
	}
	defer in.Close()
	return c.withStore(ctx, func(db *store.Store) error {
		organization, err := organizationNamed(ctx, db, c.Organization)
		if err != nil {
			return err
		}
		done, err := enrol.Import{
			Protocols: protocolNames(),
			Write: func(ctx context.Context, devices []store.NewDevice) (store.Imported, error) {
				return db.ImportDevices(ctx, commandScope(organization.ID), devices, false)
			},
		}.Read(ctx, in)
		if err != nil {
			return fmt.Errorf("import: %w", err)
		}
		return reportImport(s.out, "devices", done)
	})
}

// open opens a file to import, or standard input for "-".
func (s streams) open(file string) (io.ReadCloser, error) {
	if file == "-" {
		return io.NopCloser(s.in), nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	return f, nil
}

// reportImport says what became of a file's rows.
func reportImport(out io.Writer, nouns string, done *enrol.Result) error {
	for _, e := range done.Errors {
		fmt.Fprintf(out, "line %d: %s\n", e.Line, strings.TrimSpace(e.Column+" "+e.Message))
	}
	fmt.Fprintf(out, "%d %s added, %d changed\n", done.Added, nouns, done.Updated)
	if done.Failed > 0 {
		return fmt.Errorf("%d rows were not taken", done.Failed)
	}
	return nil
}
