package api

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

// place says whose a thing is that is asked for. The first organization has its vehicles in two groups beside each
// other, North and South.
type place int

const (
	north place = iota
	south
	foreign // of the second organization
)

var allPlaces = []place{north, south, foreign}

// marks are in the name, plate, identity, e-mail… of all that belongs to a place, and in nothing else.
var marks = [...]string{north: "nordnordnord", south: "suedsuedsued", foreign: "fremdfremd"}

// latitudes are where the vehicles of a place drive, and no other is.
var latitudes = [...]float64{north: 53.50123, south: 53.50321, foreign: 53.50777}

// attacker is somebody who asks.
type attacker struct {
	name  string
	as    credential
	user  fleet.UserID
	role  fleet.Role // "": not signed in
	sees  []place
	scope string // of a token that has this one alone; "any" for a token with all, "" for a session
}

// siege is a world with things that bear marks, and those who try to get at them.
type siege struct {
	*world
	pool      *pgxpool.Pool
	groups    [3]int32 // of each place
	vehicles  [3]int32 // one in each group, for what needs one
	attackers []attacker
	minted    *int
}

func newSiege(t *testing.T) *siege {
	s := &siege{world: newWorld(t), minted: new(int)}
	var err error
	s.pool, err = pgxpool.New(t.Context(), s.database)
	s.must(err)
	t.Cleanup(s.pool.Close)
	for p := range allPlaces {
		s.groups[p] = s.insert(`INSERT INTO drover.groups (organization_id, name) VALUES ($1, $2) RETURNING id`,
			s.org(place(p)), "Group "+marks[p])
		s.vehicles[p] = s.mintVehicle(place(p))
		device := s.insert(`INSERT INTO drover.devices (organization_id, vehicle_id, identity) VALUES ($1, $2, $3) RETURNING id`,
			s.org(place(p)), s.vehicles[p], s.text(place(p)))
		s.driveDevice(fleet.DeviceID(device), p+10, 5, latitudes[p], marks[p])
	}
	_, err = s.store.DrawTracks(t.Context())
	s.must(err)
	s.exec(`INSERT INTO drover.events (organization_id, device_id, time, kind, text)
		SELECT organization_id, id, now() - interval '1 hour', 'test', identity FROM drover.devices WHERE identity LIKE '%-%'`)
	s.exec(`INSERT INTO drover.audit (organization_id, address, action, kind, object_id, text)
		SELECT organization_id, '192.0.2.1', 'change', 'device', id, identity FROM drover.devices WHERE identity LIKE '%-%'`)
	s.exec(`INSERT INTO drover.commands (organization_id, device_id, kind, words, body, wish, state, done, expires)
		SELECT organization_id, id, 'custom', identity, '', 'login', 'failed', now(), now() FROM drover.devices WHERE identity LIKE '%-%'`)
	s.exec(`INSERT INTO drover.sms (organization_id, direction, device_id, peer, text, state)
		SELECT organization_id, 'in', id, identity, identity, 'received' FROM drover.devices WHERE identity LIKE '%-%'`)
	s.dispatch()
	s.addAttackers()
	return s
}

func (s *siege) addAttackers() {
	everywhere := []place{north, south}
	s.attackers = append(s.attackers, attacker{name: "nobody"})
	for _, role := range []fleet.Role{fleet.Viewer, fleet.Dispatcher, fleet.Admin} {
		name := string(role)
		s.attackers = append(s.attackers,
			attacker{name, s.session(name), s.users[name].ID, role, everywhere, ""},
			attacker{name + " of the second", s.session(name + "2"), s.users[name+"2"].ID, role, []place{foreign}, ""},
			attacker{name + " by token", s.token(name), s.users[name].ID, role, everywhere, anyScope},
			attacker{name + " of the second by token", s.token(name + "2"), s.users[name+"2"].ID, role, []place{foreign}, anyScope},
			s.limited(role))
	}
	for _, scope := range []string{readFleet, writeFleet, readHistory, sendCommands, administer} {
		secret, hash := identity.NewToken(identity.APIPrefix)
		u := s.users["admin"]
		_, err := s.store.CreateToken(s.t.Context(), fleet.Scope{Organization: u.Organization, User: u.ID},
			store.Token{Name: "test", Role: fleet.Admin, Scopes: []string{scope}}, hash)
		s.must(err)
		s.attackers = append(s.attackers, attacker{"token " + scope, bearer(secret), u.ID, fleet.Admin, everywhere, scope})
	}
	s.attackers = append(s.attackers, s.outcasts()...)
}

// limited is a user of the first organization who is limited to the group North.
func (s *siege) limited(role fleet.Role) attacker {
	id := s.mintUser(north, role)
	s.exec(`INSERT INTO drover.user_groups (user_id, group_id) VALUES ($1, $2)`, id, s.groups[north])
	return attacker{string(role) + " of North", s.sessionOf(id, time.Hour), fleet.UserID(id), role, []place{north}, ""}
}

// outcasts were let in once.
func (s *siege) outcasts() []attacker {
	expired := attacker{name: "an expired session", as: s.sessionOf(int32(s.users["admin"].ID), -time.Second)}
	disabled := s.mintUser(north, fleet.Admin)
	removed := s.mintUser(north, fleet.Admin)
	list := []attacker{expired, {name: "a disabled user", as: s.sessionOf(disabled, time.Hour)},
		{name: "a removed user", as: s.sessionOf(removed, time.Hour)}, {name: "an expired token", as: s.expiredToken()}}
	s.exec(`UPDATE drover.users SET disabled = true WHERE id = $1`, disabled)
	s.exec(`UPDATE drover.users SET deleted = now() WHERE id = $1`, removed)
	return list
}

func (s *siege) sessionOf(user int32, life time.Duration) credential {
	token, hash := identity.NewToken("")
	s.must(s.store.CreateSession(s.t.Context(), store.NewSession{
		User: fleet.UserID(user), Hash: hash, Expires: time.Now().Add(life),
	}))
	return credential{"Cookie", sessionCookie + "=" + token}
}

func (s *siege) expiredToken() credential {
	secret, hash := identity.NewToken(identity.APIPrefix)
	s.exec(`INSERT INTO drover.api_tokens (user_id, hash, name, role, expires) VALUES ($1, $2, 'x', 'admin', now())`,
		s.users["admin"].ID, hash[:])
	return bearer(secret)
}

func bearer(secret string) credential { return credential{"Authorization", "Bearer " + secret} }

// TestAttacks sends every route as everybody at everything: who may not is refused, what is another's is not there,
// and nothing of another's is in any answer.
func TestAttacks(t *testing.T) {
	s := newSiege(t)
	for _, pattern := range s.api.router.patterns {
		a, known := attacks[pattern]
		if !known {
			t.Errorf("%s has no line in the table of attacks", pattern)
			continue
		}
		t.Run(pattern, func(t *testing.T) {
			own := *s
			world := *s.world
			own.world, world.t = &world, t
			for i := range own.attackers {
				own.attack(pattern, a, &own.attackers[i])
			}
		})
	}
	for pattern := range attacks {
		if !slices.Contains(s.api.router.patterns, pattern) {
			t.Errorf("%s is in the table of attacks and is no route", pattern)
		}
	}
}

// attack sends a route as somebody, at a thing of each place if it is about one.
func (s *siege) attack(pattern string, a attack, by *attacker) {
	at := allPlaces
	if a.mint == nil {
		at = allPlaces[:1]
	}
	for _, p := range at {
		id := ""
		if a.mint != nil {
			id = a.mint(s, p, by)
		}
		method, path, found := strings.Cut(pattern, " ")
		if !found {
			method, path = http.MethodGet, pattern
		}
		*s.minted++
		device := ""
		if strings.Contains(a.body, "$device") {
			device = mintDevice(s, p, by)
		}
		fill := strings.NewReplacer("$card", s.card(), "$device", device, "{id}", id, "{token}", id, "{name}", "north", "{z}/{x}/{y}", "12/2161/1324", "$id", id,
			"$new", "new"+strconv.Itoa(*s.minted))
		as := by.as
		if a.fresh && by.role != "" && by.scope == "" {
			as = s.sessionOf(int32(by.user), time.Hour)
		}
		headers := []string{"X-Forwarded-For", "192.0.2.1"} // keeps /metrics from taking this for the machine itself
		r := s.askUntil(a.endless, as, method, fill.Replace(path+a.query), fill.Replace(a.body), append(headers, a.headers...)...)
		s.judge(pattern, a, by, p, r)
	}
}

func (s *siege) judge(pattern string, a attack, by *attacker, p place, r reply) {
	s.t.Helper()
	got, want := r.StatusCode, a.expects(by, p)
	if !slices.Contains(want, got/100) && !slices.Contains(want, got) {
		s.t.Errorf("%s as %s at %s: got %d, want one of %v: %.300s", pattern, by.name, marks[p], got, want, r.body)
	}
	if a.hollow && got == http.StatusOK && slices.Contains(by.sees, p) != (len(r.body) > 0) {
		s.t.Errorf("%s as %s at %s: %d bytes", pattern, by.name, marks[p], len(r.body))
	}
	said := strings.ToLower(string(r.body) + fmt.Sprint(r.Header))
	for other, mark := range marks {
		visible := slices.Contains(by.sees, place(other)) || a.publicly && place(other) == p
		there := strings.Contains(said, mark) || strings.Contains(said, fmt.Sprint(latitudes[other]))
		if !visible && !(a.organizations && by.role == fleet.Admin) && there {
			s.t.Errorf("%s as %s shows %s: %.500s", pattern, by.name, mark, r.body)
		}
	}
}

// expects gives the statuses, or classes of them, with which a route answers somebody who asks for what is at a place.
func (a attack) expects(by *attacker, p place) []int {
	switch words := a.who; {
	case words == everybody:
		return []int{2, 3, 4}
	case by.role == "":
		return []int{http.StatusUnauthorized}
	case !mayCall(words, by), by.scope != "" && a.scope == "", // a session only
		by.scope != "" && by.scope != anyScope && a.scope != anyScope && by.scope != a.scope:
		return []int{http.StatusForbidden}
	}
	seen := slices.Contains(by.sees, p)
	if a.sees != nil {
		seen = a.sees(by, p)
	}
	if a.mint != nil && !seen {
		if a.unseen != nil {
			return a.unseen
		}
		return []int{http.StatusNotFound}
	}
	if a.limited != 0 && len(by.sees) == 1 && by.sees[0] == north {
		return []int{a.limited}
	}
	if a.seen != nil {
		return a.seen
	}
	return []int{2}
}

// mayCall says whether words let somebody call a route at all.
func mayCall(words string, by *attacker) bool {
	whole := len(by.sees) == 2 || by.sees[0] == foreign
	switch words {
	case signedUp, inSession:
		return true
	case movers:
		return by.role != fleet.Viewer
	case desks:
		return by.role != fleet.Viewer && by.sees[0] != foreign
	case admins:
		return by.role == fleet.Admin && whole
	case operators, machineToo:
		return by.role == fleet.Admin && len(by.sees) == 2
	}
	return false
}

func (s *siege) insert(sql string, args ...any) (id int32) {
	s.t.Helper()
	s.must(s.pool.QueryRow(context.Background(), sql, args...).Scan(&id))
	return id
}

func (s *siege) exec(sql string, args ...any) {
	s.t.Helper()
	_, err := s.pool.Exec(context.Background(), sql, args...)
	s.must(err)
}

func (s *siege) org(p place) fleet.OrganizationID {
	if p == foreign {
		return s.orgs[1].ID
	}
	return s.orgs[0].ID
}

// text is a text of a place that was not there before.
func (s *siege) text(p place) string {
	*s.minted++
	return marks[p] + "-" + strconv.Itoa(*s.minted)
}

// card is an ICCID that was not there before.
func (s *siege) card() string {
	*s.minted++
	return fmt.Sprintf("8933%015d", *s.minted)
}

func (s *siege) mintVehicle(p place) int32 {
	return s.insert(`INSERT INTO drover.vehicles (organization_id, name, plate, group_id) VALUES ($1, $2, $2, $3) RETURNING id`,
		s.org(p), s.text(p), s.groups[p])
}

func (s *siege) mintUser(p place, role fleet.Role) int32 {
	return s.insert(`INSERT INTO drover.users (organization_id, email, name, role, password_hash)
		VALUES ($1, $2, $2, $3, '') RETURNING id`, s.org(p), s.text(p)+"@example.com", role)
}

func (s *siege) hash() []byte {
	*s.minted++
	sum := sha256.Sum256([]byte(strconv.Itoa(*s.minted)))
	return sum[:]
}
