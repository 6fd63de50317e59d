package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// TOTP is what is kept of a user's second factor. The secrets are sealed by whoever gave them.
type TOTP struct {
	Secret  []byte // nil: the user has no second factor
	Pending []byte // one that the user has not confirmed yet; nil: none
	Step    int64  // of the last code that was taken
}

// TOTP finds a user's second factor.
func (s *Store) TOTP(ctx context.Context, user fleet.UserID) (TOTP, error) {
	return one(ctx, s.pool, "user", pgx.RowToStructByPos[TOTP],
		`SELECT totp, totp_pending, totp_step FROM drover.users WHERE id = $1 AND deleted IS NULL`, user)
}

// OfferTOTP keeps a secret until the user confirms it; ErrExists if the user has one that counts.
func (s *Store) OfferTOTP(ctx context.Context, user fleet.UserID, pending []byte) error {
	return s.changed(ctx, ErrExists, `UPDATE drover.users SET totp_pending = $2 WHERE id = $1 AND totp IS NULL`,
		user, pending)
}

// ConfirmTOTP makes the pending secret count, with the step of the code that proved it and the hashes of new recovery
// codes. ErrNotFound if pending is not what is pending any more.
func (s *Store) ConfirmTOTP(ctx context.Context, of fleet.Scope, pending []byte, step int64,
	recovery [][32]byte,
) error {
	hashes := make([][]byte, len(recovery))
	for i := range recovery {
		hashes[i] = recovery[i][:]
	}
	return s.changedFactor(ctx, of, true, `UPDATE drover.users SET totp = totp_pending, totp_pending = NULL,
		totp_step = $3, recovery = $4 WHERE id = $1 AND totp_pending = $2 RETURNING email`, of.User, pending, step, hashes)
}

// TakeTOTPStep notes that the code of a step was taken; ErrExists if it, or a later one, was taken before.
func (s *Store) TakeTOTPStep(ctx context.Context, user fleet.UserID, step int64) error {
	return s.changed(ctx, ErrExists, `UPDATE drover.users SET totp_step = $2 WHERE id = $1 AND totp_step < $2`, user, step)
}

// TakeRecoveryCode uses a code up; ErrNotFound if it is none of the user's.
func (s *Store) TakeRecoveryCode(ctx context.Context, user fleet.UserID, hash [32]byte) error {
	return s.changed(ctx, ErrNotFound, `UPDATE drover.users SET recovery = array_remove(recovery, $2::bytea)
		WHERE id = $1 AND $2::bytea = ANY (recovery)`, user, hash[:])
}

// RemoveTOTP takes the second factor away, and the recovery codes with it.
func (s *Store) RemoveTOTP(ctx context.Context, of fleet.Scope) error {
	return s.changedFactor(ctx, of, false, `UPDATE drover.users SET totp = NULL, totp_pending = NULL, recovery = '{}'
		WHERE id = $1 AND (totp IS NOT NULL OR totp_pending IS NOT NULL) RETURNING email`, of.User)
}

// changedFactor runs an UPDATE that gives the own user a second factor or takes it away, and says so in the audit log.
func (s *Store) changedFactor(ctx context.Context, of fleet.Scope, has bool, sql string, args ...any) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		email, err := one(ctx, tx, "user", pgx.RowTo[string], sql, args...)
		if err != nil {
			return err
		}
		return s.audit(ctx, tx, of, auditing{"change", "user", int64(of.User), email,
			map[string]Change{"second_factor": {From: !has, To: has}}})
	})
	return ofTransaction(err, "user")
}

// changed runs an UPDATE of a user that is to change one row, and gives otherwise if there is none.
func (s *Store) changed(ctx context.Context, otherwise error, sql string, args ...any) error {
	tag, err := s.pool.Exec(ctx, sql, args...)
	if err == nil && tag.RowsAffected() == 0 {
		return fmt.Errorf("user: %w", otherwise)
	}
	return told(err, "user")
}
