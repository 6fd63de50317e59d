package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// CreateOrganization makes an organization; ErrExists if the name is taken.
func (s *Store) CreateOrganization(ctx context.Context, name string) (fleet.Organization, error) {
	o := fleet.Organization{Name: cleanText(name)}
	err := s.pool.QueryRow(ctx, `INSERT INTO drover.organizations (name) VALUES ($1) RETURNING id`, o.Name).Scan(&o.ID)
	return o, told(err, "organization")
}

// Organization finds one.
func (s *Store) Organization(ctx context.Context, id fleet.OrganizationID) (fleet.Organization, error) {
	o := fleet.Organization{ID: id}
	err := s.pool.QueryRow(ctx, `SELECT name FROM drover.organizations WHERE id = $1`, id).Scan(&o.Name)
	return o, told(err, "organization")
}

// Organizations lists all, by id.
func (s *Store) Organizations(ctx context.Context) ([]fleet.Organization, error) {
	return many(ctx, s.pool, "organizations", pgx.RowToStructByPos[fleet.Organization],
		`SELECT id, name FROM drover.organizations ORDER BY id`)
}

const userColumns = `u.id, u.organization_id, u.email, u.name, u.role, u.disabled`

func scanUser(row pgx.CollectableRow) (fleet.User, error) {
	var u fleet.User
	err := row.Scan(userTargets(&u)...)
	return u, err
}

func userTargets(u *fleet.User) []any {
	return []any{&u.ID, &u.Organization, &u.Email, &u.Name, &u.Role, &u.Disabled}
}

// CreateFirstAdmin makes an organization and its first administrator, but only when there is no user yet at all.
func (s *Store) CreateFirstAdmin(ctx context.Context, organization, email, name, hash string) (
	u fleet.User, created bool, err error,
) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `LOCK TABLE drover.users IN SHARE ROW EXCLUSIVE MODE`); err != nil {
			return err
		}
		var some bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM drover.users)`).Scan(&some); err != nil || some {
			return err
		}
		created = true
		// Organizations count from 1, also when an earlier attempt failed: the first one runs the server.
		if _, err := tx.Exec(ctx, `SELECT setval(pg_get_serial_sequence('drover.organizations', 'id'), 1, false)
			WHERE NOT EXISTS (SELECT FROM drover.organizations)`); err != nil {
			return err
		}
		var org fleet.OrganizationID
		err := tx.QueryRow(ctx, `INSERT INTO drover.organizations (name) VALUES ($1)
			ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id`, cleanText(organization)).Scan(&org)
		if err != nil {
			return err
		}
		u, err = insertUser(ctx, tx, fleet.User{Organization: org, Email: email, Name: name, Role: fleet.Admin}, hash)
		return err
	})
	return u, created && err == nil, ofTransaction(err, "user")
}

// CreateUser makes a user with the hash of a password; u.ID is ignored. ErrExists if the e-mail is taken.
func (s *Store) CreateUser(ctx context.Context, u fleet.User, hash string) (fleet.User, error) {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) (err error) {
		u, err = insertUser(ctx, tx, u, hash)
		return err
	})
	return u, told(err, "user")
}

func insertUser(ctx context.Context, tx pgx.Tx, u fleet.User, hash string) (fleet.User, error) {
	u.Email, u.Name = cleanText(u.Email), cleanText(u.Name)
	err := tx.QueryRow(ctx, `INSERT INTO drover.users (organization_id, email, name, role, disabled, password_hash)
		VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
		u.Organization, u.Email, u.Name, u.Role, u.Disabled, hash).Scan(&u.ID)
	return u, err
}

// UserChange says what to change of a user; nil leaves as it is.
type UserChange struct {
	Email, Name *string
	Role        *fleet.Role
	Disabled    *bool
	Hash        *string // of the password
}

// UpdateUser changes a user. Disabling, or a new password, ends the sessions. ErrInvalid when no administrator who can
// sign in would be left in the organization.
func (s *Store) UpdateUser(ctx context.Context, org fleet.OrganizationID, id fleet.UserID, c UserChange) (
	fleet.User, error,
) {
	var u fleet.User
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) (err error) {
		// One change at a time in an organization, so that two administrators cannot unmake each other.
		if _, err := tx.Exec(ctx, `SELECT FROM drover.organizations WHERE id = $1 FOR NO KEY UPDATE`, org); err != nil {
			return err
		}
		u, err = one(ctx, tx, "user", scanUser, `UPDATE drover.users u SET
				email = coalesce($3, email), name = coalesce($4, name), role = coalesce($5, role),
				disabled = coalesce($6, disabled), password_hash = coalesce($7, password_hash)
			WHERE id = $2 AND organization_id = $1 RETURNING `+userColumns,
			org, id, cleaned(c.Email), cleaned(c.Name), c.Role, c.Disabled, c.Hash)
		if err != nil {
			return err
		}
		if u.Disabled || c.Hash != nil {
			if _, err := tx.Exec(ctx, `DELETE FROM drover.sessions WHERE user_id = $1`, id); err != nil {
				return err
			}
		}
		return adminLeft(ctx, tx, org)
	})
	return u, ofTransaction(err, "user")
}

func adminLeft(ctx context.Context, tx pgx.Tx, org fleet.OrganizationID) error {
	var left bool
	err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM drover.users
		WHERE organization_id = $1 AND role = 'admin' AND NOT disabled)`, org).Scan(&left)
	if err == nil && !left {
		return fmt.Errorf("%w change: the organization would have no administrator left", ErrInvalid)
	}
	return err
}

func cleaned(s *string) *string {
	if s == nil {
		return nil
	}
	clean := cleanText(*s)
	return &clean
}

// Users lists an organization's users, by e-mail.
func (s *Store) Users(ctx context.Context, org fleet.OrganizationID) ([]fleet.User, error) {
	return many(ctx, s.pool, "users", scanUser, `SELECT `+userColumns+` FROM drover.users u WHERE organization_id = $1
		ORDER BY lower(email)`, org)
}

// User finds one.
func (s *Store) User(ctx context.Context, org fleet.OrganizationID, id fleet.UserID) (fleet.User, error) {
	return one(ctx, s.pool, "user", scanUser, `SELECT `+userColumns+` FROM drover.users u
		WHERE id = $2 AND organization_id = $1`, org, id)
}

// Login finds who signs in by e-mail, without regard to case, and the hash of the password. The caller looks at
// Disabled.
func (s *Store) Login(ctx context.Context, email string) (u fleet.User, hash string, err error) {
	err = s.pool.QueryRow(ctx, `SELECT `+userColumns+`, u.password_hash FROM drover.users u
		WHERE lower(email) = lower($1)`,
		cleanText(email)).Scan(append(userTargets(&u), &hash)...)
	return u, hash, told(err, "user")
}
