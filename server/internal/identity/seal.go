package identity

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
)

// KeySize is the length of a server's secret key in bytes.
const KeySize = 32

// ErrSeal says that what was sealed cannot be opened: it was changed, belongs to something else, or was sealed under
// another key.
var ErrSeal = errors.New("sealed with another key, or changed since")

// NewKey makes a server's secret key.
func NewKey() [KeySize]byte {
	var key [KeySize]byte
	_, _ = rand.Read(key[:]) // never fails (crypto/rand)
	return key
}

// Seal keeps small secrets from whoever has the database or a browser, but not the server's key: AES-256-GCM with
// random nonces, under a key of its own for each purpose.
type Seal struct{ aead cipher.AEAD }

// NewSeal derives the key of a purpose from the server's (HKDF with SHA-256, RFC 5869).
func NewSeal(key [KeySize]byte, purpose string) (*Seal, error) {
	own, err := hkdf.Key(sha256.New, key[:], nil, "drover "+purpose, KeySize)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(own)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return &Seal{aead}, err
}

// Close seals a secret for an owner: only with the same owner it is opened again.
func (s *Seal) Close(secret []byte, owner string) []byte {
	return s.aead.Seal(nil, nil, secret, []byte(owner))
}

// Open gives back what Close sealed for this owner; otherwise ErrSeal.
func (s *Seal) Open(sealed []byte, owner string) ([]byte, error) {
	secret, err := s.aead.Open(nil, nil, sealed, []byte(owner))
	if err != nil {
		return nil, ErrSeal
	}
	return secret, nil
}
