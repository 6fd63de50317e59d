package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

// userCommand manages users without the page: for the first steps, and for a password that was forgotten.
type userCommand struct {
	Add      userAddCommand      `cmd:"" help:"Add a user; prints the password."`
	Password userPasswordCommand `cmd:"" help:"Give a user a new password; prints it."`
	List     userListCommand     `cmd:"" help:"List the users."`
}

type userAddCommand struct {
	databaseFlags `embed:""`
	Email         string `arg:"" help:"E-mail to sign in with."`
	Name          string `help:"Name to be shown."`
	Role          string `help:"admin, dispatcher or viewer." enum:"admin,dispatcher,viewer" default:"viewer"`
	Organization  string `help:"Organization, made if it is new; the first one if empty."`
}

// Run adds the user.
func (c *userAddCommand) Run(ctx context.Context, s streams) error {
	return c.withStore(ctx, func(db *store.Store) error {
		organization, err := organizationNamed(ctx, db, c.Organization)
		if err != nil {
			return err
		}
		password, hash, err := newPassword(ctx)
		if err != nil {
			return err
		}
		_, err = db.CreateUser(ctx, fleet.User{
			Organization: organization.ID, Email: c.Email, Name: c.Name, Role: fleet.Role(c.Role),
		}, hash)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "%s of %s signs in with the password %s\n", c.Email, organization.Name, password)
		return err
	})
}

// organizationNamed finds an organization, or makes it; "" is the first there is.
func organizationNamed(ctx context.Context, db *store.Store, name string) (fleet.Organization, error) {
	all, err := db.Organizations(ctx)
	if err != nil {
		return fleet.Organization{}, err
	}
	for _, o := range all {
		if name == "" || o.Name == name {
			return o, nil
		}
	}
	if name == "" {
		name = firstOrganization
	}
	return db.CreateOrganization(ctx, name)
}

func newPassword(ctx context.Context) (password, hash string, err error) {
	password = identity.ReadablePassword()
	hash, err = identity.NewPasswords().Hash(ctx, password)
	return password, hash, err
}

type userPasswordCommand struct {
	databaseFlags `embed:""`
	Email         string `arg:"" help:"The user's e-mail."`
}

// Run sets and prints a new password; the user's sessions end.
func (c *userPasswordCommand) Run(ctx context.Context, s streams) error {
	return c.withStore(ctx, func(db *store.Store) error {
		user, _, err := db.Login(ctx, c.Email)
		if errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("there is no user %s", c.Email)
		}
		if err != nil {
			return err
		}
		password, hash, err := newPassword(ctx)
		if err != nil {
			return err
		}
		if _, err := db.UpdateUser(ctx, user.Organization, user.ID, store.UserChange{Hash: &hash}); err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "%s signs in with the password %s\n", user.Email, password)
		return err
	})
}

type userListCommand struct {
	databaseFlags `embed:""`
}

// Run lists users of all organizations.
func (c *userListCommand) Run(ctx context.Context, s streams) error {
	return c.withStore(ctx, func(db *store.Store) error {
		organizations, err := db.Organizations(ctx)
		if err != nil {
			return err
		}
		for _, o := range organizations {
			users, err := db.Users(ctx, o.ID)
			if err != nil {
				return err
			}
			for _, u := range users {
				fmt.Fprintf(s.out, "%s\t%s\t%s\t%s\n", u.Email, u.Role, o.Name, u.Name)
			}
		}
		return nil
	})
}

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
	if c.Protocol != "" && !slices.Contains(protocolNames(), c.Protocol) {
		return fmt.Errorf("protocol %q is not one of %s", c.Protocol, strings.Join(protocolNames(), ", "))
	}
	return c.withStore(ctx, func(db *store.Store) error {
		organization, err := organizationNamed(ctx, db, c.Organization)
		if err != nil {
			return err
		}
		_, err = db.CreateDevice(ctx, organization.ID, store.NewDevice{
			Identity: c.Identity, Name: c.Name, Plate: c.Plate, Protocol: c.Protocol,
		})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "device %s is welcome\n", c.Identity)
		return err
	})
}

type deviceImportCommand struct {
	databaseFlags `embed:""`
	File          string `arg:"" help:"CSV file, or - for standard input."`
	Organization  string `help:"Organization; the first one if empty."`
}

// importBatch is how many rows are entered in one transaction.
const importBatch = 1000

// Run enters the rows; those that fail are named and do not stop the others.
func (c *deviceImportCommand) Run(ctx context.Context, s streams) error {
	in := s.in
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("import: %w", err)
		}
		defer f.Close()
		in = f
	}
	rows, err := readDevices(in)
	if err != nil {
		return err
	}
	return c.withStore(ctx, func(db *store.Store) error {
		organization, err := organizationNamed(ctx, db, c.Organization)
		if err != nil {
			return err
		}
		return importDevices(ctx, db, organization.ID, rows, s.out)
	})
}

func importDevices(
	ctx context.Context, db *store.Store, organization fleet.OrganizationID, rows []store.NewDevice, out io.Writer,
) error {
	added, updated, failed := 0, 0, 0
	for start := 0; start < len(rows); start += importBatch {
		done, err := db.ImportDevices(ctx, organization, rows[start:min(start+importBatch, len(rows))])
		if err != nil {
			return err
		}
		added, updated, failed = added+done.Added, updated+done.Updated, failed+len(done.Failed)
		for _, f := range done.Failed {
			fmt.Fprintf(out, "line %d: %s\n", start+f.Row+2, f.Message)
		}
	}
	fmt.Fprintf(out, "%d devices added, %d changed\n", added, updated)
	if failed > 0 {
		return fmt.Errorf("%d of %d rows were not taken", failed, len(rows))
	}
	return nil
}

// readDevices reads CSV whose first line names the columns.
func readDevices(in io.Reader) ([]store.NewDevice, error) {
	table := csv.NewReader(in)
	header, err := table.Read()
	if err != nil {
		return nil, fmt.Errorf("import: the header line: %w", err)
	}
	var rows []store.NewDevice
	for {
		record, err := table.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("import: %w", err)
		}
		var d store.NewDevice
		for i, name := range header {
			field := deviceField(&d, strings.TrimSpace(strings.ToLower(name)))
			if field == nil {
				return nil, fmt.Errorf("import: column %q is not one of identity, name, plate, group, protocol, model, phone", name)
			}
			*field = strings.TrimSpace(record[i])
		}
		rows = append(rows, d)
	}
}

func deviceField(d *store.NewDevice, name string) *string {
	switch name {
	case "identity", "imei":
		return &d.Identity
	case "name":
		return &d.Name
	case "plate":
		return &d.Plate
	case "group":
		return &d.Group
	case "protocol":
		return &d.Protocol
	case "model":
		return &d.Model
	case "phone":
		return &d.Phone
	}
	return nil
}
