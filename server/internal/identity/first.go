package identity

import (
	"context"

	"drover/server/internal/fleet"
)

// firstAdmins makes an organization and its first administrator, but only where there is no user at all.
type firstAdmins interface {
	CreateFirstAdmin(ctx context.Context, organization, email, name, hash string) (fleet.User, bool, error)
}

// FirstAdmin makes the first administrator where nobody can sign in yet, and gives the random password to be shown
// this once; "" if there is somebody already.
func FirstAdmin(ctx context.Context, store firstAdmins, p *Passwords, organization, email string) (string, error) {
	password := ReadablePassword()
	hash, err := p.Hash(ctx, password)
	if err != nil {
		return "", err
	}
	_, made, err := store.CreateFirstAdmin(ctx, organization, NormalEmail(email), "", hash)
	if err != nil || !made {
		return "", err
	}
	return password, nil
}
