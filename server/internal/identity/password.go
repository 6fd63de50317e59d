package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// The lengths of a password, in characters. There are no other rules (NIST SP 800-63B §3.1.1.2).
const (
	MinPassword = 10
	MaxPassword = 256
)

// The cost of a new hash. RFC 9106 §4 leaves memory to what the machine can give; a login every second must not
// starve it.
const (
	hashPasses  = 2
	hashKiB     = 19 * 1024
	hashLanes   = 1
	saltLength  = 16
	keyLength   = 32
	atOnce      = 2          // passwords worked on at once
	maxHashKiB  = 256 * 1024 // a stored hash that asks for more is refused
	maxHashPass = 16
)

// ErrHash says that a stored password hash is not one that this package writes.
var ErrHash = errors.New("password hash: want $argon2id$v=19$m=KIB,t=PASSES,p=LANES$SALT$KEY")

// Passwords hashes and verifies passwords, a few at a time.
type Passwords struct {
	slots chan struct{}
	decoy string // the hash of nothing anybody knows, verified when there is no account
}

// NewPasswords makes the decoy and is ready for use.
func NewPasswords() *Passwords {
	p := &Passwords{slots: make(chan struct{}, atOnce)}
	p.decoy = hash(rand.Text())
	return p
}

// CheckPassword says whether a password may be chosen.
func CheckPassword(password string) error {
	n := utf8.RuneCountInString(password)
	if n < MinPassword || n > MaxPassword {
		return fmt.Errorf("a password has %d to %d characters, this one has %d", MinPassword, MaxPassword, n)
	}
	return nil
}

// Hash gives the PHC string of a password. It waits for its turn as long as ctx lives.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	if err := CheckPassword(password); err != nil {
		return "", err
	}
	if err := p.enter(ctx); err != nil {
		return "", err
	}
	defer p.leave()
	return hash(password), nil
}

// Verify says whether password belongs to the stored hash. For a stored hash of "" (no such account) it does the same
// work and says no. It waits for its turn as long as ctx lives.
func (p *Passwords) Verify(ctx context.Context, stored, password string) (bool, error) {
	known := stored != ""
	if !known {
		stored = p.decoy
	}
	if utf8.RuneCountInString(password) > MaxPassword {
		password, known = "", false
	}
	if err := p.enter(ctx); err != nil {
		return false, err
	}
	defer p.leave()
	same, err := verify(stored, password)
	return same && known, err
}

func (p *Passwords) enter(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *Passwords) leave() { <-p.slots }

func hash(password string) string {
	salt := make([]byte, saltLength)
	_, _ = rand.Read(salt) // never fails (crypto/rand)
	key := argon2.IDKey([]byte(password), salt, hashPasses, hashKiB, hashLanes, keyLength)
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashKiB, hashPasses, hashLanes,
		encode(salt), encode(key))
}

func verify(stored, password string) (bool, error) {
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v=19" {
		return false, ErrHash
	}
	var memory, passes uint32
	var lanes uint8
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil {
		return false, ErrHash
	}
	if memory > maxHashKiB || passes == 0 || passes > maxHashPass || lanes == 0 {
		return false, ErrHash
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err := errors.Join(err1, err2); err != nil || len(key) == 0 || len(key) > 64 {
		return false, ErrHash
	}
	got := argon2.IDKey([]byte(password), salt, passes, memory, lanes, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1, nil
}
