package store

import (
	"context"
	"sync"
	"testing"
	"time"

	"drover/server/internal/fleet"
)

func TestFirstAdmin(t *testing.T) {
	s := open(t)
	var made int
	var mu sync.Mutex
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			u, created, err := s.CreateFirstAdmin(context.WithoutCancel(t.Context()), "Fleet", "admin@example.com", "Admin", "hash")
			mu.Lock()
			defer mu.Unlock()
			if err != nil || created != (u.ID != 0) {
				t.Errorf("%+v, %v, %v", u, created, err)
			}
			if created {
				made++
			}
		})
	}
	group.Wait()
	if made != 1 {
		t.Errorf("made %d, want 1", made)
	}
}

func TestUsers(t *testing.T) {
	s, ctx := open(t), t.Context()
	admin, _, err := s.CreateFirstAdmin(ctx, "Fleet", "Admin@example.com", "Admin", "hash")
	ok(t, err)
	org := fleet.Scope{Organization: admin.Organization}
	_, err = s.CreateUser(ctx, org, fleet.User{Email: "admin@EXAMPLE.com", Role: fleet.Viewer}, "h")
	is(t, "an e-mail in other letters", err, ErrExists)
	_, err = s.CreateUser(ctx, org, fleet.User{Email: "x@example.com", Role: "god"}, "h")
	is(t, "an unknown role", err, ErrInvalid)
	_, err = s.CreateUser(ctx, fleet.Scope{Organization: 99}, fleet.User{Email: "x@example.com", Role: fleet.Viewer}, "h")
	is(t, "an unknown organization", err, ErrNotFound)
	second, err := s.CreateUser(ctx, org, fleet.User{Email: "b@example.com", Role: fleet.Dispatcher}, "h")
	ok(t, err)
	_, err = s.UpdateUser(ctx, org, admin.ID, UserChange{Role: ptr(fleet.Viewer)})
	is(t, "the last administrator", err, ErrInvalid)
	_, err = s.UpdateUser(ctx, org, admin.ID, UserChange{Disabled: ptr(true)})
	is(t, "the last administrator disabled", err, ErrInvalid)
	_, err = s.UpdateUser(ctx, fleet.Scope{Organization: org.Organization + 1}, admin.ID, UserChange{Name: ptr("x")})
	is(t, "another's user", err, ErrNotFound)
	if u, err := s.UpdateUser(ctx, org, second.ID, UserChange{Role: ptr(fleet.Admin), Hash: ptr("new")}); err != nil || u.Role != fleet.Admin {
		t.Errorf("%+v, %v", u, err)
	}
	if u, hash, err := s.Login(ctx, "B@example.COM"); err != nil || u.ID != second.ID || hash != "new" {
		t.Errorf("%+v, %q, %v", u, hash, err)
	}
	if list, err := s.Users(ctx, org); err != nil || len(list) != 2 || list[0].ID != admin.ID {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestSessionsAndTokens(t *testing.T) {
	s, ctx := open(t), t.Context()
	admin, _, err := s.CreateFirstAdmin(ctx, "Fleet", "a@example.com", "Admin", "hash")
	ok(t, err)
	of := fleet.Scope{Organization: admin.Organization, User: admin.ID}
	u, err := s.CreateUser(ctx, of, fleet.User{Email: "b@example.com", Role: fleet.Dispatcher}, "h")
	ok(t, err)
	hers := fleet.Scope{Organization: u.Organization, User: u.ID}
	live, dead := [32]byte{1}, [32]byte{2}
	ok(t, s.CreateSession(ctx, NewSession{User: u.ID, Hash: live, Expires: time.Now().Add(time.Hour), Address: "192.0.2.7", Browser: "Firefox"}))
	ok(t, s.CreateSession(ctx, NewSession{User: u.ID, Hash: dead, Expires: time.Now().Add(-time.Second)}))
	if i, err := s.Session(ctx, live); err != nil || i.User != u || i.Organization.Name != "Fleet" || i.Role != fleet.Dispatcher || i.Token != 0 {
		t.Errorf("%+v, %v", i, err)
	}
	_, err = s.Session(ctx, dead)
	is(t, "an expired session", err, ErrNotFound)
	_, err = s.Session(ctx, [32]byte{3})
	is(t, "an unknown session", err, ErrNotFound)

	token := func(role fleet.Role, hash byte, expires time.Time) Token {
		k, err := s.CreateToken(ctx, hers, Token{Name: "export", Role: role, Scopes: []string{"fleet:read"}, Expires: expires}, [32]byte{hash})
		ok(t, err)
		return k
	}
	high := token(fleet.Admin, 11, time.Time{})
	token(fleet.Viewer, 12, time.Now().Add(time.Hour))
	token(fleet.Viewer, 13, time.Now().Add(-time.Hour))
	for hash, want := range map[byte]fleet.Role{11: fleet.Dispatcher, 12: fleet.Viewer} {
		if i, err := s.Token(ctx, [32]byte{hash}); err != nil || i.Role != want || i.Token == 0 {
			t.Errorf("token %d: %+v, %v, want %s", hash, i, err, want)
		}
	}
	_, err = s.Token(ctx, [32]byte{13})
	is(t, "an expired token", err, ErrNotFound)
	list, err := s.Tokens(ctx, hers)
	if err != nil || len(list) != 3 || list[0].Used.IsZero() || !list[2].Used.IsZero() || !list[0].Expires.IsZero() {
		t.Errorf("%+v, %v", list, err)
	}
	is(t, "another's token", s.DeleteToken(ctx, of, high.ID), ErrNotFound)
	ok(t, s.DeleteToken(ctx, hers, high.ID))

	s.tidy(ctx, time.Now())
	if n := count(t, s, `SELECT count(*) FROM drover.sessions`); n != 1 {
		t.Errorf("%d sessions are left, want 1", n)
	}
	_, err = s.UpdateUser(ctx, hers, u.ID, UserChange{Disabled: ptr(true)})
	ok(t, err)
	_, err = s.Session(ctx, live)
	is(t, "a disabled user's session", err, ErrNotFound)
	_, err = s.Token(ctx, [32]byte{12})
	is(t, "a disabled user's token", err, ErrNotFound)
}

func TestSettings(t *testing.T) {
	s, ctx := open(t), t.Context()
	_, err := s.Setting(ctx, "k")
	is(t, "an unknown setting", err, ErrNotFound)
	ok(t, s.SetSetting(ctx, "k", "v"))
	ok(t, s.SetSetting(ctx, "k", "w"))
	if v, err := s.Setting(ctx, "k"); v != "w" || err != nil {
		t.Errorf("%q, %v", v, err)
	}
}
