package main

import (
	"context"
	"errors"
	"fmt"

	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

// userCommand manages users without the page: for the first steps, and for a password that was forgotten.
type userCommand struct {
	Add      userAddCommand      `cmd:"" help:"Add a user; prints the password."`
	Password userPasswordCommand `cmd:"" help:"Give a user a new password, and take the second factor away; prints the password."`
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
		_, err = db.CreateUser(ctx, commandScope(organization.ID), fleet.User{
			Email: c.Email, Name: c.Name, Role: fleet.Role(c.Role),
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

// Run sets and prints a new password, and takes a second factor away; the user's sessions end.
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
		change := store.UserChange{Hash: &hash, NoTOTP: true}
		if _, err := db.UpdateUser(ctx, commandScope(user.Organization), user.ID, change); err != nil {
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
			users, err := db.Users(ctx, commandScope(o.ID))
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
