package identity

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"
)

func TestPasswords(t *testing.T) {
	p := NewPasswords()
	ctx := context.Background()
	stored, err := p.Hash(ctx, "correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	again, err := p.Hash(ctx, "correct horse battery")
	if err != nil || again == stored {
		t.Fatalf("two hashes of one password are the same, or %v", err)
	}
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("got %s", stored)
	}
	for password, want := range map[string]bool{
		"correct horse battery": true, "Correct horse battery": false, "": false, strings.Repeat("x", 10_000): false,
	} {
		if got, err := p.Verify(ctx, stored, password); got != want || err != nil {
			t.Errorf("%.30q: got %v, %v; want %v", password, got, err, want)
		}
	}
	if got, err := p.Verify(ctx, "", "correct horse battery"); got || err != nil {
		t.Errorf("no account: got %v, %v", got, err)
	}
}

func TestVerifyKnownVector(t *testing.T) {
	// The reference implementation: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32
	const stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	if ok, err := verify(stored, "password"); !ok || err != nil {
		t.Errorf("got %v, %v", ok, err)
	}
}

func TestVerifyRefusesStrangeHashes(t *testing.T) {
	for _, stored := range []string{
		"x", "$argon2i$v=19$m=19456,t=2,p=1$AAAA$AAAA", "$argon2id$v=16$m=19456,t=2,p=1$AAAA$AAAA",
		"$argon2id$v=19$m=4194304,t=2,p=1$AAAA$AAAA", "$argon2id$v=19$m=19456,t=0,p=1$AAAA$AAAA",
		"$argon2id$v=19$m=19456,t=2,p=0$AAAA$AAAA", "$argon2id$v=19$m=19456,t=2,p=1$?$AAAA",
		"$argon2id$v=19$m=19456,t=2,p=1$AAAA$", "$argon2id$v=19$m=a,t=2,p=1$AAAA$AAAA",
	} {
		if ok, err := verify(stored, "password"); ok || !errors.Is(err, ErrHash) {
			t.Errorf("%s: got %v, %v", stored, ok, err)
		}
	}
}

func TestPasswordLengths(t *testing.T) {
	for length, ok := range map[int]bool{0: false, 9: false, 10: true, 256: true, 257: false} {
		if err := CheckPassword(strings.Repeat("ж", length)); (err == nil) != ok {
			t.Errorf("%d characters: %v", length, err)
		}
	}
}

func TestHashingWaitsNoLongerThanItsCaller(t *testing.T) {
	p := NewPasswords()
	for range atOnce {
		p.slots <- struct{}{}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := p.Hash(ctx, "correct horse battery"); !errors.Is(err, context.Canceled) {
		t.Errorf("Hash: %v", err)
	}
	if _, err := p.Verify(ctx, "", "correct horse battery"); !errors.Is(err, context.Canceled) {
		t.Errorf("Verify: %v", err)
	}
}

func TestTokens(t *testing.T) {
	token, kept := NewToken(APIPrefix)
	if !regexp.MustCompile(`^drv_[A-Za-z0-9_-]{43}$`).MatchString(token) {
		t.Errorf("got %q", token)
	}
	if HashToken(token) != kept {
		t.Error("the hash of a token is not what was kept")
	}
	if other, _ := NewToken(APIPrefix); other == token {
		t.Error("two tokens are the same")
	}
}

func TestReadablePassword(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		p := ReadablePassword()
		if !regexp.MustCompile(`^([bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz]-?){5}$`).MatchString(p) {
			t.Fatalf("got %q", p)
		}
		if CheckPassword(p) != nil || seen[p] {
			t.Fatalf("%q is seen twice or may not be chosen", p)
		}
		seen[p] = true
	}
}
