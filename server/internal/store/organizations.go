package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// OrganizationSize is an organization with how much it has. What is deleted does not count.
type OrganizationSize struct {
	fleet.Organization
	Users, Vehicles, Devices int
}

const organizationSizes = `SELECT o.id, o.name,
	(SELECT count(*) FROM drover.users u WHERE u.organization_id = o.id AND u.deleted IS NULL),
	(SELECT count(*) FROM drover.vehicles v WHERE v.organization_id = o.id AND v.deleted IS NULL),
	(SELECT count(*) FROM drover.devices d WHERE d.organization_id = o.id AND d.retired IS NULL)
	FROM drover.organizations o`

func scanOrganizationSize(row pgx.CollectableRow) (o OrganizationSize, err error) {
	return o, row.Scan(&o.ID, &o.Name, &o.Users, &o.Vehicles, &o.Devices)
}

// OrganizationSizes lists all organizations, by id. It is for whoever runs the server.
func (s *Store) OrganizationSizes(ctx context.Context) ([]OrganizationSize, error) {
	return many(ctx, s.pool, "organizations", scanOrganizationSize, organizationSizes+` ORDER BY o.id`)
}

// CreateOrganizationFor makes an organization and its first administrator; ErrExists if the name or the e-mail is
// taken.
func (s *Store) CreateOrganizationFor(ctx context.Context, by fleet.Scope, name, email, hash string) (
	o fleet.Organization, admin fleet.User, err error,
) {
	o.Name = cleanText(name)
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `INSERT INTO drover.organizations (name) VALUES ($1) RETURNING id`, o.Name).Scan(&o.ID)
		if err != nil {
			return told(err, "organization")
		}
		admin, err = insertUser(ctx, tx, fleet.User{Organization: o.ID, Email: email, Role: fleet.Admin}, hash)
		if err != nil {
			return err
		}
		return s.audit(ctx, tx, by, auditing{"create", "organization", int64(o.ID), o.Name, nil})
	})
	return o, admin, ofTransaction(err, "user")
}

// RenameOrganization gives an organization another name; ErrExists if it is taken.
func (s *Store) RenameOrganization(ctx context.Context, by fleet.Scope, id fleet.OrganizationID, name string) (
	o OrganizationSize, err error,
) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) (err error) {
		before, err := one(ctx, tx, "organization", pgx.RowTo[string],
			`SELECT name FROM drover.organizations WHERE id = $1 FOR NO KEY UPDATE`, id)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE drover.organizations SET name = $2 WHERE id = $1`, id, cleanText(name))
		if err != nil {
			return err
		}
		o, err = one(ctx, tx, "organization", scanOrganizationSize, organizationSizes+` WHERE o.id = $1`, id)
		if err != nil {
			return err
		}
		return s.audit(ctx, tx, by, auditing{"change", "organization", int64(id), o.Name,
			differences([]fact{{"name", before}}, []fact{{"name", o.Name}})})
	})
	return o, ofTransaction(err, "organization")
}

// DeleteOrganization removes an organization with its users and all else that is left in it; ErrHeld while it has
// devices, ErrInvalid for the first, which runs the server.
func (s *Store) DeleteOrganization(ctx context.Context, by fleet.Scope, id fleet.OrganizationID) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var name string
		var first, used bool
		err := tx.QueryRow(ctx, `SELECT name, id = (SELECT min(id) FROM drover.organizations),
			EXISTS (SELECT FROM drover.devices WHERE organization_id = $1 AND retired IS NULL)
			FROM drover.organizations WHERE id = $1 FOR UPDATE`, id).Scan(&name, &first, &used)
		switch {
		case err != nil:
			return err
		case first:
			return fmt.Errorf("%w organization: the first one runs the server", ErrInvalid)
		case used:
			return fmt.Errorf("organization: %w: it has devices", ErrHeld)
		}
		if err := empty(ctx, tx, id); err != nil {
			return err
		}
		return s.audit(ctx, tx, by, auditing{"delete", "organization", int64(id), name, nil})
	})
	return ofTransaction(err, "organization")
}

// empty removes an organization and what no longer counts in it: what was deleted before.
func empty(ctx context.Context, tx pgx.Tx, id fleet.OrganizationID) error {
	for _, sql := range []string{
		`DELETE FROM drover.users WHERE organization_id = $1`,
		`DELETE FROM drover.drivers WHERE organization_id = $1`,
		`DELETE FROM drover.devices WHERE organization_id = $1`,
		`DELETE FROM drover.vehicles WHERE organization_id = $1`,
		`DELETE FROM drover.groups WHERE organization_id = $1`,
		`DELETE FROM drover.events WHERE organization_id = $1`,
		`DELETE FROM drover.organizations WHERE id = $1`,
	} {
		if _, err := tx.Exec(ctx, sql, id); err != nil {
			return err
		}
	}
	return nil
}
