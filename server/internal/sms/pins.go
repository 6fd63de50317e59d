package sms

import (
	"context"
	"fmt"

	"drover/server/internal/fleet"
	"drover/server/internal/identity"
)

// PINs knows the PINs of the inventory of SIMs, and remembers refused ones in the database: it is modem.PINs.
type PINs struct {
	Seal  *identity.Seal
	Store interface {
		SIMPIN(ctx context.Context, iccid string) ([]byte, error)
		PINTried(ctx context.Context, key string) (bool, error)
		SavePIN(ctx context.Context, key string, tried bool) error
	}
}

// PIN is the one that the inventory has for a SIM. A key that is no ICCID has none.
func (p PINs) PIN(ctx context.Context, key string) (string, error) {
	sealed, err := p.Store.SIMPIN(ctx, key)
	if err != nil || len(sealed) == 0 {
		return "", err
	}
	pin, err := p.Seal.Open(sealed, fleet.CardOf(key))
	if err != nil {
		return "", fmt.Errorf("SIM %s: its PIN was sealed with another key: %w", key, err)
	}
	return string(pin), nil
}

// Tried says whether the PIN of a SIM was entered and not accepted.
func (p PINs) Tried(ctx context.Context, key string) (bool, error) { return p.Store.PINTried(ctx, key) }

// Note writes down that it is about to be entered.
func (p PINs) Note(ctx context.Context, key string) error { return p.Store.SavePIN(ctx, key, true) }

// Forget takes that back: it was accepted.
func (p PINs) Forget(ctx context.Context, key string) error { return p.Store.SavePIN(ctx, key, false) }
