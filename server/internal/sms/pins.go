package sms

import "context"

// PINs remembers refused PINs in the database: it is modem.PINs.
type PINs struct {
	Store interface {
		PINTried(ctx context.Context, key string) (bool, error)
		SavePIN(ctx context.Context, key string, tried bool) error
	}
}

// Tried says whether the PIN of a SIM was entered and not accepted.
func (p PINs) Tried(ctx context.Context, key string) (bool, error) { return p.Store.PINTried(ctx, key) }

// Note writes down that it is about to be entered.
func (p PINs) Note(ctx context.Context, key string) error { return p.Store.SavePIN(ctx, key, true) }

// Forget takes that back: it was accepted.
func (p PINs) Forget(ctx context.Context, key string) error { return p.Store.SavePIN(ctx, key, false) }
