package store

import (
	"context"
	"fmt"
	"time"

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

// CreateUser makes a user of the scope's organization with the hash of a password ("": none opens it), limited to
// groups if there are any; u.ID and u.Organization are ignored. ErrExists if the e-mail is taken.
func (s *Store) CreateUser(ctx context.Context, of fleet.Scope, u fleet.User, hash string, groups ...fleet.GroupID) (
	fleet.User, error,
) {
	u.Organization = of.Organization
	err := s.change(ctx, of, "user", func(tx pgx.Tx) (err error) {
		if u, err = insertUser(ctx, tx, u, hash); err == nil {
			err = limitUser(ctx, tx, u.ID, groups)
		}
		if err != nil {
			return err
		}
		now := userFacts(&UserRow{User: u, Groups: groups})
		return s.audit(ctx, tx, of, auditing{"create", "user", int64(u.ID), u.Email, differences(nil, now)})
	})
	return u, err
}

// userFacts are what the audit log knows of a user.
func userFacts(r *UserRow) []fact {
	return []fact{
		{"email", r.Email}, {"name", r.Name}, {"role", string(r.Role)}, {"disabled", r.Disabled},
		{"groups", fmt.Sprint(r.Groups)}, {"totp", r.TOTP},
	}
}

// limitUser limits a user to groups.
func limitUser(ctx context.Context, tx pgx.Tx, user fleet.UserID, groups []fleet.GroupID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM drover.user_groups WHERE user_id = $1`, user); err != nil {
		return err
	}
	for _, id := range groups {
		_, err := tx.Exec(ctx, `INSERT INTO drover.user_groups (user_id, group_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
			user, id)
		if hasCode(err, codeNoRights) || hasCode(err, codeForeignKey) {
			return fmt.Errorf("%w groups: there is no group %d", ErrInvalid, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
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
	Hash        *string          // of the password
	Groups      *[]fleet.GroupID // that the user is limited to; empty: to none
	NoTOTP      bool             // take the second factor away
	Revision    int              // that it is a change of; 0: of any
}

// UserRow is a user as listed.
type UserRow struct {
	fleet.User
	Groups   []fleet.GroupID // that the user is limited to, without those below them; empty: to none
	TOTP     bool            // the user has a second factor
	Revision int
}

const userRowColumns = userColumns + `,
	ARRAY(SELECT group_id FROM drover.user_groups g WHERE g.user_id = u.id ORDER BY 1), u.totp IS NOT NULL, u.revision`

func scanUserRow(row pgx.CollectableRow) (r UserRow, err error) {
	return r, row.Scan(append(userTargets(&r.User), &r.Groups, &r.TOTP, &r.Revision)...)
}

// UpdateUser changes a user. Disabling, or a new password, ends the sessions. ErrInvalid when no administrator who can
// sign in would be left in the organization, ErrStale when the revision has moved.
func (s *Store) UpdateUser(ctx context.Context, of fleet.Scope, id fleet.UserID, c UserChange) (r UserRow, err error) {
	err = s.changeUsers(ctx, of, func(tx pgx.Tx) error {
		before, err := userByID(ctx, tx, id, c.Revision)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE drover.users u SET
				email = coalesce($2, email), name = coalesce($3, name), role = coalesce($4, role),
				disabled = coalesce($5, disabled), password_hash = coalesce($6, password_hash),
				totp = CASE WHEN NOT $7 THEN totp END, totp_pending = CASE WHEN NOT $7 THEN totp_pending END,
				recovery = CASE WHEN $7 THEN '{}' ELSE recovery END
			WHERE id = $1`, id, cleaned(c.Email), cleaned(c.Name), c.Role, c.Disabled, c.Hash, c.NoTOTP)
		if err == nil && c.Groups != nil {
			err = limitUser(ctx, tx, id, *c.Groups)
		}
		if err == nil {
			r, err = userByID(ctx, tx, id, 0)
		}
		if err == nil && (r.Disabled || c.Hash != nil) {
			_, err = tx.Exec(ctx, `DELETE FROM drover.sessions WHERE user_id = $1`, id)
		}
		if err != nil {
			return err
		}
		changes := differences(userFacts(&before), userFacts(&r))
		if c.Hash != nil {
			changes["password"] = Change{}
		}
		return s.audit(ctx, tx, of, auditing{"change", "user", int64(id), r.Email, changes})
	})
	return r, err
}

// userByID finds a user for a change; ErrStale if the revision (0: any) is another by now.
func userByID(ctx context.Context, tx pgx.Tx, id fleet.UserID, revision int) (UserRow, error) {
	r, err := one(ctx, tx, "user", scanUserRow, `SELECT `+userRowColumns+` FROM drover.users u
		WHERE u.id = $1 AND u.deleted IS NULL`, id)
	if err == nil && revision != 0 && revision != r.Revision {
		err = fmt.Errorf("user: %w", ErrStale)
	}
	return r, err
}

// DeleteUser takes a user out of sight; RestoreUser brings them back. The sessions and tokens end. Revision as with
// UserChange.
func (s *Store) DeleteUser(ctx context.Context, of fleet.Scope, id fleet.UserID, revision int) error {
	return s.changeUsers(ctx, of, func(tx pgx.Tx) error {
		r, err := userByID(ctx, tx, id, revision)
		if err != nil {
			return err
		}
		for _, sql := range []string{
			`UPDATE drover.users SET deleted = now() WHERE id = $1`,
			`DELETE FROM drover.sessions WHERE user_id = $1`,
			`DELETE FROM drover.api_tokens WHERE user_id = $1`,
		} {
			if _, err := tx.Exec(ctx, sql, id); err != nil {
				return err
			}
		}
		return s.audit(ctx, tx, of, auditing{"delete", "user", int64(id), r.Email, nil})
	})
}

// RestoreUser brings back a user who was deleted less than Kept ago; ErrExists if somebody has the e-mail by now.
func (s *Store) RestoreUser(ctx context.Context, of fleet.Scope, id fleet.UserID) (r UserRow, err error) {
	err = s.changeUsers(ctx, of, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE drover.users SET deleted = NULL WHERE id = $1 AND deleted > $2`, id,
			time.Now().Add(-Kept))
		if err == nil {
			r, err = userByID(ctx, tx, id, 0)
		}
		if err != nil {
			return err
		}
		return s.audit(ctx, tx, of, auditing{"restore", "user", int64(id), r.Email, nil})
	})
	return r, err
}

// changeUsers makes one change at a time in an organization, so that two administrators cannot unmake each other.
func (s *Store) changeUsers(ctx context.Context, of fleet.Scope, fn func(pgx.Tx) error) error {
	return s.change(ctx, of, "user", func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext('drover.users'), $1)`, of.Organization)
		if err == nil {
			err = fn(tx)
		}
		if err == nil {
			err = adminLeft(ctx, tx)
		}
		return err
	})
}

// UpdateSelf changes what everybody may change of themselves: the name, and settings, each set by its name; an empty
// one is forgotten. ErrInvalid when there are more than 200 settings.
func (s *Store) UpdateSelf(ctx context.Context, of fleet.Scope, name *string, settings map[string]string) error {
	if settings == nil {
		settings = map[string]string{}
	}
	return s.change(ctx, of, "user", func(tx pgx.Tx) error {
		var count int
		err := tx.QueryRow(ctx, `UPDATE drover.users SET name = coalesce($2, name), settings = (
				SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(settings || $3::jsonb) WHERE value <> '""')
			WHERE id = $1 AND deleted IS NULL
			RETURNING (SELECT count(*) FROM jsonb_object_keys(settings))`, of.User, cleaned(name), settings).Scan(&count)
		if err == nil && count > maxSettings {
			err = fmt.Errorf("%w settings: there would be %d, at most %d are kept", ErrInvalid, count, maxSettings)
		}
		return err
	})
}

// maxSettings is how many settings a user has at most.
const maxSettings = 200

func adminLeft(ctx context.Context, tx pgx.Tx) error {
	var left bool
	err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM drover.users
		WHERE role = 'admin' AND NOT disabled AND deleted IS NULL)`).Scan(&left)
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

// Users lists the users of a scope's organization, by e-mail.
func (s *Store) Users(ctx context.Context, of fleet.Scope) ([]UserRow, error) {
	return lookMany(ctx, s, of, "users", scanUserRow, `SELECT `+userRowColumns+` FROM drover.users u
		WHERE u.deleted IS NULL ORDER BY lower(email)`)
}

// User finds one.
func (s *Store) User(ctx context.Context, of fleet.Scope, id fleet.UserID) (UserRow, error) {
	return lookOne(ctx, s, of, "user", scanUserRow, `SELECT `+userRowColumns+` FROM drover.users u
		WHERE u.id = $1 AND u.deleted IS NULL`, id)
}

// Login finds who signs in by e-mail, without regard to case, and the hash of the password. The caller looks at
// Disabled.
func (s *Store) Login(ctx context.Context, email string) (u fleet.User, hash string, err error) {
	err = s.pool.QueryRow(ctx, `SELECT `+userColumns+`, u.password_hash FROM drover.users u
		WHERE lower(email) = lower($1) AND deleted IS NULL`,
		cleanText(email)).Scan(append(userTargets(&u), &hash)...)
	return u, hash, told(err, "user")
}
