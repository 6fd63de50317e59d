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
	Role         fleet.Role // what it may do: never more than the user
	Expires      time.Time  // zero: never
	Token        int32      // which token, 0 for a session
}

// Token is an API token, but for the secret.
type Token struct {
	ID      int32
	User    fleet.UserID
	Name    string
	Role    fleet.Role
	Created time.Time
	Expires time.Time // zero: never
	Used    time.Time // to the minute; zero: never
}

const identityColumns = userColumns + `, o.name, i.expires,
	CASE WHEN 'viewer' IN (u.role, i.role) THEN 'viewer'
		WHEN 'dispatcher' IN (u.role, i.role) THEN 'dispatcher' ELSE 'admin' END, i.token`

func scanIdentity(row pgx.CollectableRow) (Identity, error) {
	var i Identity
	var expires *time.Time
	err := row.Scan(append(userTargets(&i.User), &i.Organization.Name, &expires, &i.Role, &i.Token)...)
	i.Organization.ID = i.User.Organization
	if expires != nil {
		i.Expires = expires.UTC()
	}
	return i, err
}

// CreateSession keeps a session by the SHA-256 of its secret.
func (s *Store) CreateSession(ctx context.Context, user fleet.UserID, hash [32]byte, expires time.Time) error {
	_, err := s.pool.Exec(ctx, `INSERT INTO drover.sessions (hash, user_id, expires) VALUES ($1, $2, $3)`,
		hash[:], user, expires)
	return told(err, "session")
}

// Session finds who a session belongs to; ErrNotFound when it is unknown, has expired, or the user is disabled.
func (s *Store) Session(ctx context.Context, hash [32]byte) (Identity, error) {
	return one(ctx, s.pool, "session", scanIdentity, `SELECT `+identityColumns+`
		FROM (SELECT user_id, expires, 'admin' AS role, 0::int4 AS token FROM drover.sessions WHERE hash = $1) i
		JOIN drover.users u ON u.id = i.user_id JOIN drover.organizations o ON o.id = u.organization_id
		WHERE i.expires > now() AND NOT u.disabled`, hash[:])
}

// DeleteSession ends a session, if it is there.
func (s *Store) DeleteSession(ctx context.Context, hash [32]byte) error {
	_, err := s.pool.Exec(ctx, `DELETE FROM drover.sessions WHERE hash = $1`, hash[:])
	return told(err, "session")
}

// CreateToken keeps an API token by the SHA-256 of its secret; ID, Created and Used of t are ignored.
func (s *Store) CreateToken(ctx context.Context, t Token, hash [32]byte) (Token, error) {
	err := s.pool.QueryRow(ctx, `INSERT INTO drover.api_tokens (user_id, hash, name, role, expires)
		VALUES ($1, $2, $3, $4, $5) RETURNING id, created`,
		t.User, hash[:], cleanText(t.Name), t.Role, orNull(&t.Expires)).Scan(&t.ID, &t.Created)
	t.Created, t.Used = t.Created.UTC(), time.Time{}
	return t, told(err, "token")
}

// Tokens lists a user's tokens, by id.
func (s *Store) Tokens(ctx context.Context, user fleet.UserID) ([]Token, error) {
	return many(ctx, s.pool, "tokens", func(row pgx.CollectableRow) (Token, error) {
		var t Token
		var expires, used *time.Time
		err := row.Scan(&t.ID, &t.User, &t.Name, &t.Role, &t.Created, &expires, &used)
		t.Created, t.Expires, t.Used = t.Created.UTC(), orZero(expires), orZero(used)
		return t, err
	}, `SELECT id, user_id, name, role, created, expires, used FROM drover.api_tokens
		WHERE user_id = $1 ORDER BY id`, user)
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

// DeleteToken ends a user's own token.
func (s *Store) DeleteToken(ctx context.Context, user fleet.UserID, id int32) error {
	tag, err := s.pool.Exec(ctx, `DELETE FROM drover.api_tokens WHERE id = $2 AND user_id = $1`, user, id)
	if err == nil && tag.RowsAffected() == 0 {
		err = pgx.ErrNoRows
	}
	return told(err, "token")
}

// Token finds who a token belongs to, and notes to the minute that it was used; ErrNotFound as with Session.
func (s *Store) Token(ctx context.Context, hash [32]byte) (Identity, error) {
	i, err := one(ctx, s.pool, "token", scanIdentity, `SELECT `+identityColumns+`
		FROM (SELECT user_id, expires, role, id AS token FROM drover.api_tokens WHERE hash = $1) i
		JOIN drover.users u ON u.id = i.user_id JOIN drover.organizations o ON o.id = u.organization_id
		WHERE coalesce(i.expires > now(), true) AND NOT u.disabled`, hash[:])
	if err != nil {
		return i, err
	}
	_, err = s.pool.Exec(ctx, `UPDATE drover.api_tokens SET used = date_trunc('minute', now())
		WHERE id = $1 AND (used IS NULL OR used < date_trunc('minute', now()))`, i.Token)
	return i, told(err, "token")
}
