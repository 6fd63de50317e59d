package store

import (
	"context"

	"drover/server/internal/fleet"
)

// UserOf finds whom an OpenID Connect provider knows by a subject; ErrNotFound if nobody. The caller looks at Disabled.
func (s *Store) UserOf(ctx context.Context, issuer, subject string) (fleet.User, error) {
	return one(ctx, s.pool, "user", scanUser, `SELECT `+userColumns+` FROM drover.users u
		WHERE (oidc_issuer, oidc_subject) = ($1, $2) AND deleted IS NULL`, issuer, subject)
}

// JoinProvider ties the user with an e-mail to a provider's subject for good; ErrNotFound if there is no such user, or
// one who is tied to another subject already. The caller is sure that the e-mail is the subject's.
func (s *Store) JoinProvider(ctx context.Context, email, issuer, subject string) (fleet.User, error) {
	return one(ctx, s.pool, "user", scanUser, `UPDATE drover.users u SET oidc_issuer = $2, oidc_subject = $3
		WHERE lower(email) = lower($1) AND oidc_subject IS NULL AND deleted IS NULL AND NOT disabled
		RETURNING `+userColumns, cleanText(email), issuer, subject)
}
