package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// keysKept is how long the answer to a request is remembered that may be sent again.
const keysKept = 24 * time.Hour

// ErrUnderWay says that the first request with a key has not been answered yet, or that its answer was lost.
var ErrUnderWay = errors.New("the first request with this key has no answer yet")

// ErrOtherRequest says that a key was used for another request before.
var ErrOtherRequest = errors.New("this key was used for another request")

// ClaimKey makes a key of the scope's user stand for a request. It gives the answer that was kept for it; nil if the
// key is new, and the request to be carried out. ErrUnderWay, ErrOtherRequest.
func (s *Store) ClaimKey(ctx context.Context, of fleet.Scope, key, request [32]byte) (answer []byte, err error) {
	err = s.change(ctx, of, "key", func(tx pgx.Tx) error {
		// One that is too old counts as new.
		tag, err := tx.Exec(ctx, `INSERT INTO drover.idempotency_keys AS k (user_id, key, request) VALUES ($1, $2, $3)
			ON CONFLICT (user_id, key) DO UPDATE SET request = $3, answer = NULL, created = now() WHERE k.created < $4`,
			of.User, key[:], request[:], time.Now().Add(-keysKept))
		if err != nil || tag.RowsAffected() > 0 {
			return err
		}
		var same bool
		err = tx.QueryRow(ctx, `SELECT request = $3, answer FROM drover.idempotency_keys WHERE user_id = $1 AND key = $2`,
			of.User, key[:], request[:]).Scan(&same, &answer)
		switch {
		case err != nil:
			return err
		case !same:
			return ErrOtherRequest
		case answer == nil:
			return ErrUnderWay
		}
		return nil
	})
	return answer, err
}

// KeepAnswer keeps the answer to the request of a key; nil gives the key back, as if it had not been used.
func (s *Store) KeepAnswer(ctx context.Context, of fleet.Scope, key [32]byte, answer []byte) error {
	sql, args := `UPDATE drover.idempotency_keys SET answer = $3 WHERE user_id = $1 AND key = $2`,
		[]any{of.User, key[:], answer}
	if answer == nil {
		sql, args = `DELETE FROM drover.idempotency_keys WHERE user_id = $1 AND key = $2`, args[:2]
	}
	return s.change(ctx, of, "key", func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, args...)
		return err
	})
}
