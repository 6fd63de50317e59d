package identity

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// APIPrefix starts every API token, so that people and scanners of leaked secrets know one.
const APIPrefix = "drv_"

// TokenHash is the SHA-256 of a token: all that is kept of it. A token is random, so that no salt or slow hash is
// needed.
type TokenHash = [sha256.Size]byte

// NewToken gives a new token, prefix and 256 random bits in base64url (RFC 4648 §5), and what to keep of it.
func NewToken(prefix string) (token string, kept TokenHash) {
	var secret [32]byte
	_, _ = rand.Read(secret[:]) // never fails (crypto/rand)
	token = prefix + base64.RawURLEncoding.EncodeToString(secret[:])
	return token, HashToken(token)
}

// HashToken gives what is kept of a token.
func HashToken(token string) TokenHash { return sha256.Sum256([]byte(token)) }

// ReadablePassword gives a random password that can be read aloud: 80 bits as five words of alternating consonants
// and vowels (the "proquints" of Wilkerson, 2009), such as lusab-babad-gutih-tugad-momor.
func ReadablePassword() string {
	const consonants, vowels = "bdfghjklmnprstvz", "aiou"
	var secret [10]byte
	_, _ = rand.Read(secret[:]) // never fails (crypto/rand)
	var b []byte
	for i := 0; i < len(secret); i += 2 {
		if i > 0 {
			b = append(b, '-')
		}
		word := uint16(secret[i])<<8 | uint16(secret[i+1])
		b = append(b, consonants[word>>12], vowels[word>>10&3], consonants[word>>6&15])
		b = append(b, vowels[word>>4&3], consonants[word&15])
	}
	return string(b)
}
