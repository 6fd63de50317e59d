package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// Identity is who stands behind a session or an API token.
type Identity struct {
	User         fleet.User
	Organization fleet.Organization
	Role         fleet.Role      // what it may do: never more than the user
	Expires      time.Time       // zero: never
	Token        int32           // which token, 0 for a session
	Session      int32           // which session, 0 for a token
	Scopes       []string        // of the token; nil for a session
	Groups       []fleet.GroupID // as in fleet.Scope
	Operator     bool            // of the organization that runs the server: the first
	TOTP         bool            // the user has a second factor
	Settings     map[string]string
}

// Scope is what it sees; address says where it is.
func (i *Identity) Scope(address string) fleet.Scope {
	return fleet.Scope{Organization: i.Organization.ID, User: i.User.ID, Groups: i.Groups, Address: address}
}

// NewSession is what is kept of a session that begins.
type NewSession struct {
	User    fleet.UserID
	Hash    [32]byte // SHA-256 of its secret
	Expires time.Time
	Address string // where it began
	Browser string // what it says to be
}

// Session is a session as it is listed.
type Session struct {
	ID               int32
	Created          time.Time
	Used             time.Time // to the minute
	Expires          time.Time
	Address, Browser string
}

// identityColumns go with i, a session or token as identityOf names its columns. The last says that "used" is due.
const identityColumns = userColumns + `, o.name, i.expires,
	CASE WHEN 'viewer' IN (u.role, i.role) THEN 'viewer'
		WHEN 'dispatcher' IN (u.role, i.role) THEN 'dispatcher' ELSE 'admin' END,
	i.token, i.session, i.scopes, drover.groups_of(u.id), o.id = (SELECT min(id) FROM drover.organizations),
	u.totp IS NOT NULL, u.settings, coalesce(i.used < date_trunc('minute', now()), true)`

// identityOf finds whom a row of sessions or tokens belongs to: of any user who is welcome, for as long as it lasts.
const identityOf = `SELECT ` + identityColumns + ` FROM i
	JOIN drover.users u ON u.id = i.user_id JOIN drover.organizations o ON o.id = u.organization_id
	WHERE coalesce(i.expires > now(), true) AND NOT u.disabled AND u.deleted IS NULL`

type dueIdentity struct {
	Identity
	due bool
}

func scanIdentity(row pgx.CollectableRow) (dueIdentity, error) {
	var i dueIdentity
	var expires *time.Time
	err := row.Scan(append(userTargets(&i.User), &i.Organization.Name, &expires, &i.Role, &i.Token, &i.Identity.Session,
		&i.Scopes, &i.Groups, &i.Operator, &i.TOTP, &i.Settings, &i.due)...)
	i.Organization.ID, i.Expires = i.User.Organization, orZero(expires)
	return i, err
}

// CreateSession keeps a session, and says in the audit log that its user signed in.
func (s *Store) CreateSession(ctx context.Context, n NewSession) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		of := fleet.Scope{User: n.User, Address: n.Address}
		var email string
		err := tx.QueryRow(ctx, `WITH made AS (INSERT INTO drover.sessions (hash, user_id, expires, address, browser)
				VALUES ($1, $2, $3, $4, $5) RETURNING user_id)
			SELECT u.organization_id, u.email FROM made JOIN drover.users u ON u.id = made.user_id`,
			n.Hash[:], n.User, n.Expires, cleanText(n.Address), cleanText(n.Browser)).Scan(&of.Organization, &email)
		if err != nil {
			return err
		}
		return s.audit(ctx, tx, of, auditing{"sign_in", "user", int64(n.User), email, nil})
	})
	return ofTransaction(err, "session")
}

// Session finds who a session belongs to, and notes to the minute that it was used; ErrNotFound when it is unknown, has
// expired, or the user is disabled.
func (s *Store) Session(ctx context.Context, hash [32]byte) (Identity, error) {
	i, err := one(ctx, s.pool, "session", scanIdentity, `WITH i AS (
		SELECT user_id, expires, used, 'admin' AS role, 0::int4 AS token, id AS session, NULL::text[] AS scopes
		FROM drover.sessions WHERE hash = $1) `+identityOf, hash[:])
	if err != nil || !i.due {
		return i.Identity, err
	}
	_, err = s.pool.Exec(ctx, `UPDATE drover.sessions SET used = date_trunc('minute', now()) WHERE id = $1`,
		i.Identity.Session)
	return i.Identity, told(err, "session")
}

// Sessions lists where a user of the scope's organization is signed in, the one used last first.
func (s *Store) Sessions(ctx context.Context, of fleet.Scope, user fleet.UserID) ([]Session, error) {
	return lookMany(ctx, s, of, "sessions", func(row pgx.CollectableRow) (Session, error) {
		var x Session
		err := row.Scan(&x.ID, &x.Created, &x.Used, &x.Expires, &x.Address, &x.Browser)
		x.Created, x.Used, x.Expires = x.Created.UTC(), x.Used.UTC(), x.Expires.UTC()
		return x, err
	}, `SELECT id, created, used, expires, address, browser FROM drover.sessions
		WHERE user_id = $1 AND expires > now() ORDER BY used DESC, id DESC`, user)
}

// EndSession ends a session of the scope's user, or of anybody in the organization.
func (s *Store) EndSession(ctx context.Context, of fleet.Scope, id int32, anybodys bool) error {
	return s.change(ctx, of, "session", func(tx pgx.Tx) error {
		email, err := one(ctx, tx, "session", pgx.RowTo[string], `DELETE FROM drover.sessions s USING drover.users u
			WHERE s.id = $1 AND u.id = s.user_id AND ($2 OR s.user_id = $3) RETURNING u.email`, id, anybodys, of.User)
		if err != nil {
			return err
		}
		return s.audit(ctx, tx, of, auditing{"delete", "session", int64(id), email, nil})
	})
}

// DeleteSession ends a session, if it is there.
func (s *Store) DeleteSession(ctx context.Context, hash [32]byte) error {
	_, err := s.pool.Exec(ctx, `DELETE FROM drover.sessions WHERE hash = $1`, hash[:])
	return told(err, "session")
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}
