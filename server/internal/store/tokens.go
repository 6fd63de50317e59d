package store

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// Token is an API token, but for the secret.
type Token struct {
	ID      int32
	User    fleet.UserID
	Name    string
	Role    fleet.Role
	Scopes  []string // what it may do of that; the API knows their names
	Created time.Time
	Expires time.Time // zero: never
	Used    time.Time // to the minute; zero: never
}

// CreateToken keeps an API token of the scope's user by the SHA-256 of its secret; ID, User, Created and Used of t are
// ignored.
func (s *Store) CreateToken(ctx context.Context, of fleet.Scope, t Token, hash [32]byte) (Token, error) {
	t.User = of.User
	err := s.change(ctx, of, "token", func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `INSERT INTO drover.api_tokens (user_id, hash, name, role, expires, scopes)
			VALUES ($1, $2, $3, $4, $5, $6) RETURNING id, created`,
			t.User, hash[:], cleanText(t.Name), t.Role, orNull(&t.Expires), t.Scopes).Scan(&t.ID, &t.Created)
		if err != nil {
			return err
		}
		return s.audit(ctx, tx, of, auditing{"create", "token", int64(t.ID), t.Name, differences(nil, []fact{
			{"role", string(t.Role)}, {"scopes", strings.Join(t.Scopes, " ")},
		})})
	})
	t.Created, t.Used = t.Created.UTC(), time.Time{}
	return t, err
}

// Tokens lists the tokens of the scope's user, by id.
func (s *Store) Tokens(ctx context.Context, of fleet.Scope) ([]Token, error) {
	return lookMany(ctx, s, of, "tokens", func(row pgx.CollectableRow) (Token, error) {
		var t Token
		var expires, used *time.Time
		err := row.Scan(&t.ID, &t.User, &t.Name, &t.Role, &t.Created, &expires, &used, &t.Scopes)
		t.Created, t.Expires, t.Used = t.Created.UTC(), orZero(expires), orZero(used)
		return t, err
	}, `SELECT id, user_id, name, role, created, expires, used, scopes FROM drover.api_tokens
		WHERE user_id = $1 ORDER BY id`, of.User)
}

// DeleteToken ends a token of the scope's user.
func (s *Store) DeleteToken(ctx context.Context, of fleet.Scope, id int32) error {
	return s.change(ctx, of, "token", func(tx pgx.Tx) error {
		name, err := one(ctx, tx, "token", pgx.RowTo[string],
			`DELETE FROM drover.api_tokens WHERE id = $2 AND user_id = $1 RETURNING name`, of.User, id)
		if err != nil {
			return err
		}
		return s.audit(ctx, tx, of, auditing{"delete", "token", int64(id), name, nil})
	})
}

// Token finds who a token belongs to, and notes to the minute that it was used; ErrNotFound as with Session.
func (s *Store) Token(ctx context.Context, hash [32]byte) (Identity, error) {
	i, err := one(ctx, s.pool, "token", scanIdentity, `WITH i AS (
		SELECT user_id, expires, used, role, id AS token, 0::int4 AS session, scopes
		FROM drover.api_tokens WHERE hash = $1) `+identityOf, hash[:])
	if err != nil || !i.due {
		return i.Identity, err
	}
	_, err = s.pool.Exec(ctx, `UPDATE drover.api_tokens SET used = date_trunc('minute', now()) WHERE id = $1`,
		i.Identity.Token)
	return i.Identity, told(err, "token")
}
