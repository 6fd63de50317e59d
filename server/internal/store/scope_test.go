package store

import (
	"context"
	"encoding/json"
	"fmt"
	"net/netip"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// The marks are in what is looked for: of vehicles in the group North, and of the people of their organization.
const fleetMark, peopleMark = "zebra", "gnu"

// siege is a database with an organization whose vehicles are all in the group North, and those who must not see them.
type siege struct {
	*Store
	t       *testing.T
	owner   fleet.Scope // all of the organization
	north   fleet.Scope // limited to the group
	east    fleet.Scope // limited to another, empty one
	foreign fleet.Scope // another organization without anything
	values  map[reflect.Type]reflect.Value
}

// besiege makes a thing of every kind, and the arguments that ask for them by type.
func besiege(t *testing.T) *siege {
	ctx, s := t.Context(), &siege{Store: open(t), t: t}
	admin, _, err := s.CreateFirstAdmin(ctx, "Owner", peopleMark+"@example.com", peopleMark, "h")
	ok(t, err)
	s.owner = fleet.Scope{Organization: admin.Organization, User: admin.ID}
	other, err := s.CreateOrganization(ctx, "Other")
	ok(t, err)
	s.foreign = fleet.Scope{Organization: other.ID}
	thief, err := s.CreateUser(ctx, s.foreign, fleet.User{Email: "thief@example.com", Role: fleet.Admin}, "h")
	ok(t, err)
	s.foreign.User = thief.ID
	group, err := s.CreateGroup(ctx, s.owner, "North "+fleetMark, 0)
	ok(t, err)
	east, err := s.CreateGroup(ctx, s.owner, "East", 0)
	ok(t, err)
	limited, err := s.CreateUser(ctx, s.owner, fleet.User{Email: "east@example.com", Role: fleet.Dispatcher}, "h", east.ID)
	ok(t, err)
	s.east = fleet.Scope{Organization: admin.Organization, User: limited.ID, Groups: []fleet.GroupID{east.ID}}
	s.north = fleet.Scope{Organization: admin.Organization, User: limited.ID, Groups: []fleet.GroupID{group.ID}}
	d, err := s.CreateDevice(ctx, s.owner, NewDevice{Identity: fleetMark, Name: fleetMark, Plate: fleetMark, Group: group.Path})
	ok(t, err)
	driver, err := s.CreateDriver(ctx, s.owner, fleet.Driver{Name: fleetMark, Vehicle: d.Vehicle})
	ok(t, err)
	s.happen(d.Device)
	_, err = s.CreateBatch(ctx, s.owner, fleetMark, []fleet.Command{{Device: d.ID, Words: fleetMark, Wish: fleet.LineLogin,
		Expires: noon().AddDate(1, 0, 0), Body: []byte{1}}}, CommandNote{})
	ok(t, err)
	key := [32]byte{1}
	_, err = s.CreateToken(ctx, s.owner, Token{Name: peopleMark, Role: fleet.Viewer, Scopes: []string{"admin"}}, key)
	ok(t, err)
	_, err = s.CreateLink(ctx, s.owner, Link{Vehicle: d.Vehicle, Name: fleetMark, Expires: time.Now().Add(time.Hour)}, key)
	ok(t, err)
	_, err = s.pool.Exec(ctx, `INSERT INTO drover.sessions (hash, user_id, expires) VALUES ($1, $2, now() + interval '1 day')`,
		key[:], admin.ID)
	ok(t, err)
	_, err = s.ClaimKey(ctx, s.owner, key, key)
	ok(t, err)
	m, err := s.CreateSIM(ctx, s.owner, fleet.SIM{ICCID: cardA, Device: d.ID, Note: fleetMark})
	ok(t, err)
	s.carry(d.Device)
	s.text(d.Device)
	s.values = valuesOf(admin.ID, group.ID, d.Device, driver.ID, key)
	s.values[reflect.TypeFor[fleet.SIMID]()] = reflect.ValueOf(m.ID)
	return s
}

// happen stores fixes, an event, knocks and something that nobody understood of the device.
func (s *siege) happen(d fleet.Device) {
	f := sample(d.ID, noon(), 1)
	f.Attributes = append(f.Attributes, protocols.Attr("text", protocols.Text(fleetMark)))
	b := batchOf(s.t, s.Store, 0, "j", f)
	b.States[0].Values = []fleet.ValueAt{{Name: "text", Value: protocols.Text(fleetMark), Time: noon()}}
	b.Events = []fleet.Event{{Device: d.ID, Time: noon(), Kind: "alarm", Text: fleetMark}}
	mustWrite(s.t, s.Store, b)
	for _, k := range []fleet.Knock{{Identity: fleetMark, Reason: "disabled"}, {Identity: "stranger " + fleetMark, Reason: "unknown"}} {
		k.Address, k.First, k.Last, k.Count = netip.MustParseAddr("192.0.2.1"), noon(), noon(), 1
		ok(s.t, s.SaveKnocks(s.t.Context(), []fleet.Knock{k}))
	}
	ok(s.t, s.SaveMisreads(s.t.Context(), []fleet.Misread{{Time: noon(), Identity: fleetMark, Bytes: []byte(fleetMark),
		Address: netip.MustParseAddrPort("192.0.2.1:1")}}))
}

// carry stores what the device says of its SIM, what that carried, and that an SMS came from another number.
func (s *siege) carry(d fleet.Device) {
	said(s.t, s.Store, 0, d.ID, cardB, "")
	_, err := s.AddUsage(s.t.Context(), []Carried{{d.ID, today(), fleet.Traffic{In: 1}}})
	ok(s.t, err)
	phone := "+33612345678"
	_, err = s.UpdateDevice(s.t.Context(), s.owner, d.ID, DeviceChange{Phone: &phone}, 0)
	ok(s.t, err)
	ok(s.t, s.SIMHeardFrom(s.t.Context(), d.ID, "+33612345679"))
}

// text makes an SMS each way with the device, and a modem with a past.
func (s *siege) text(d fleet.Device) {
	ctx := s.t.Context()
	_, err := s.QueueSMS(ctx, fleet.SMS{Organization: d.Organization, Device: d.ID, Peer: "+49151", Text: fleetMark,
		Expires: noon().Add(100 * time.Hour)}, [][]byte{[]byte(fleetMark)})
	ok(s.t, err)
	ok(s.t, s.KeepSMS(ctx, fleet.SMS{Organization: d.Organization, Device: d.ID, Peer: "+49151", Text: fleetMark, Key: fleetMark,
		State: fleet.SMSReceived, Created: noon()}))
	ok(s.t, s.SaveModem(ctx, "stolen", []byte(`{"name":"`+fleetMark+`"}`), &fleet.ModemPoint{Modem: "stolen", Time: noon(),
		Reason: fleetMark}))
}

// valuesOf are the arguments of each type that ask for what is there, or would change it.
func valuesOf(user fleet.UserID, group fleet.GroupID, d fleet.Device, driver fleet.DriverID, key [32]byte,
) map[reflect.Type]reflect.Value {
	stolen := "stolen"
	values := map[reflect.Type]reflect.Value{}
	for _, v := range []any{
		user, group, d.ID, d.Vehicle, driver, int32(1), int64(1), key, 0, true, stolen, &stolen, Page{}, key[:],
		map[string]string{}, []int64{1}, [][32]byte{key}, []fleet.VehicleID{d.Vehicle}, Tile{}, EventQuery{Device: d.ID}, SMSQuery{}, fleet.SMSID(1), Link{Vehicle: d.Vehicle, Expires: noon()},
		fleet.CommandID(1), fleet.BatchID(1), CommandQuery{Device: d.ID}, SIMQuery{}, ConsoleQuery{}, CommandNote{},
		fleet.Command{Device: d.ID, Words: stolen, Wish: fleet.LineLogin, Expires: noon(), Body: []byte{1}},
		[]fleet.Command{{Device: d.ID, Words: stolen, Wish: fleet.LineLogin, Expires: noon(), Body: []byte{1}}},
		Token{Role: fleet.Admin, Name: stolen, Scopes: []string{"admin"}}, NewDevice{Identity: d.Identity}, []NewDevice{{Identity: d.Identity, Name: stolen}},
		DeviceChange{Model: &stolen}, VehicleChange{Name: &stolen, Driver: &driver}, DriverChange{Name: &stolen, Vehicle: &d.Vehicle},
		GroupChange{Name: &stolen}, UserChange{Name: &stolen}, fleet.Vehicle{Name: stolen, Group: group},
		fleet.Driver{Name: stolen, Vehicle: d.Vehicle}, fleet.User{Email: "stolen@example.com", Role: fleet.Admin},
		fleet.SIM{ICCID: cardA, Device: d.ID}, []NewSIM{{SIM: fleet.SIM{ICCID: cardA, Note: stolen}, Identity: d.Identity}},
		SIMChange{Note: &stolen, Device: &d.ID},
		[]byte(`{"type":"Polygon","coordinates":[[[-180,-90],[180,-90],[180,90],[-180,90],[-180,-90]]]}`),
	} {
		values[reflect.TypeOf(v)] = reflect.ValueOf(v)
	}
	return values
}

// call calls a method under a scope and gives all that it told: answers, and what it gave to functions.
func (s *siege) call(m reflect.Method, of fleet.Scope) string {
	s.t.Helper()
	var told []any
	args := []reflect.Value{reflect.ValueOf(s.Store), reflect.ValueOf(s.t.Context()), reflect.ValueOf(of)}
	from := true
	for i := 3; i < m.Type.NumIn(); i++ {
		in := m.Type.In(i)
		if m.Type.IsVariadic() && i == m.Type.NumIn()-1 {
			in = in.Elem()
		}
		value, known := s.values[in]
		switch {
		case in == reflect.TypeFor[time.Time]() && from:
			value, from = reflect.ValueOf(noon().Add(-time.Hour)), false
		case in == reflect.TypeFor[time.Time]():
			value = reflect.ValueOf(noon().Add(time.Hour))
		case in.Kind() == reflect.Func:
			value = reflect.MakeFunc(in, func(given []reflect.Value) []reflect.Value {
				for _, g := range given {
					told = append(told, g.Interface())
				}
				return []reflect.Value{reflect.Zero(in.Out(0))}
			})
		case !known:
			s.t.Fatalf("%s takes a %v: say in valuesOf which asks for what is another's", m.Name, in)
		}
		args = append(args, value)
	}
	for _, out := range m.Func.Call(args) {
		if _, isError := out.Interface().(error); !isError {
			told = append(told, out.Interface())
		}
	}
	return shown(s.t, told)
}

// shown is everything of values as text.
func shown(t *testing.T, values []any) string {
	t.Helper()
	text, err := json.Marshal(values)
	ok(t, err)
	// What the caller gave itself is no secret.
	return strings.ReplaceAll(fmt.Sprintf("%s %+v", text, values), "device "+fleetMark+": there is one already", "")
}

// methods are those that are for callers, but for those by which the operator looks after organizations.
func methods() []reflect.Method {
	var found []reflect.Method
	for m := range reflect.TypeFor[*Store]().Methods() {
		if !strings.Contains(m.Name, "Organization") && m.Type.NumIn() > 2 && m.Type.In(2) == reflect.TypeFor[fleet.Scope]() {
			found = append(found, m)
		}
	}
	return found
}

var changing = regexp.MustCompile(`^(Create|Update|Delete|Restore|Retire|End|Import|Adopt|Claim|Keep|Confirm|Remove|Ask|Note|Accept|Cancel)`)

// TestNoMethodTellsOfAnothersThings calls every method that takes a scope for a thing that is not in it.
func TestNoMethodTellsOfAnothersThings(t *testing.T) {
	s := besiege(t)
	found := 0
	for _, m := range methods() { // so that the test can fail
		if !changing.MatchString(m.Name) && strings.Contains(s.call(m, s.north), fleetMark) {
			found++
		}
	}
	if found < 10 {
		t.Errorf("%d methods find what is in the scope, want 10 at least", found)
	}
	before := s.rows()
	for _, m := range methods() {
		for name, of := range map[string]fleet.Scope{"foreign": s.foreign, "none": {}} {
			if told := s.call(m, of); strings.Contains(told, fleetMark) || strings.Contains(told, peopleMark) {
				t.Errorf("%s under the scope %s tells %s", m.Name, name, told)
			}
		}
	}
	s.compare(before, "organizations", "users", "sessions", "api_tokens", "user_groups", "audit", "idempotency_keys")
	for _, m := range methods() {
		if m.Name == "UpdateSelf" || strings.Contains(m.Name, "User") { // of the same organization; not about vehicles
			continue
		}
		if told := s.call(m, s.east); strings.Contains(told, fleetMark) {
			t.Errorf("%s under the scope of another group tells %s", m.Name, told)
		}
	}
	s.compare(before)
}

// rows are the rows of each table as text.
func (s *siege) rows() map[string][]string {
	s.t.Helper()
	rows := map[string][]string{}
	for _, r := range s.relations() {
		found, err := many(s.t.Context(), s.pool, r.Name, pgx.RowTo[string], `SELECT t::text FROM drover.`+r.Name+` t`)
		ok(s.t, err)
		rows[r.Name] = found
	}
	return rows
}

// compare wants every row of before still to be there, in the tables of the fleet and those named.
func (s *siege) compare(before map[string][]string, also ...string) {
	s.t.Helper()
	after := s.rows()
	for _, table := range append(also, "groups", "vehicles", "devices", "drivers", "installations", "device_state", "events",
		"fixes", "links", "knocks", "misreads", "sims", "sim_sightings", "sim_usage",
		"sim_numbers", "commands", "command_batches", "sms", "sms_out_parts", "modems", "modem_history") {
		for _, row := range before[table] {
			if !strings.Contains(row, "thief@") && !slices.Contains(after[table], row) {
				s.t.Errorf("%s: %s was changed", table, row)
			}
		}
	}
}

// relation is a table or view of the schema.
type relation struct {
	Name     string
	Secured  bool // it has policies
	Granted  bool // the role may do something to it
	Readable bool
}

func (s *siege) relations() []relation {
	s.t.Helper()
	list, err := many(s.t.Context(), s.pool, "relations", pgx.RowToStructByPos[relation], `SELECT c.relname,
			c.relrowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid),
			has_table_privilege('drover_tenant', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
				OR has_any_column_privilege('drover_tenant', c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'),
			has_table_privilege('drover_tenant', c.oid, 'SELECT')
		FROM pg_class c WHERE c.relnamespace = 'drover'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`)
	ok(s.t, err)
	return list
}

// TestEveryTableIsSecured: what the role may touch has policies; of views there is one that stands for a table.
func TestEveryTableIsSecured(t *testing.T) {
	s := besiege(t)
	granted := 0
	for _, r := range s.relations() {
		if r.Granted {
			granted++
		}
		if r.Granted && !r.Secured && r.Name != "visible_fixes" {
			t.Errorf("%s is granted to drover_tenant and has no policy", r.Name)
		}
	}
	if granted < 15 {
		t.Errorf("only %d are granted: does the test look at all?", granted)
	}
	var owned int
	ok(t, s.pool.QueryRow(t.Context(), `SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = 'drover_tenant'`).Scan(&owned))
	if owned > 0 {
		t.Errorf("drover_tenant owns %d relations", owned)
	}
}

// TestAQueryWithoutWhereSeesTheScope asks each table for everything.
func TestAQueryWithoutWhereSeesTheScope(t *testing.T) {
	s := besiege(t)
	seen := 0
	for _, r := range s.relations() {
		everything := `SELECT t::text FROM drover.` + r.Name + ` t`
		if !r.Readable {
			_, err := lookMany(t.Context(), s.Store, s.owner, r.Name, pgx.RowTo[string], everything)
			if !hasCode(err, codeNoRights) {
				t.Errorf("%s: %v, want it to be refused", r.Name, err)
			}
			continue
		}
		for name, c := range map[string]struct {
			of    fleet.Scope
			marks []string
		}{
			"foreign": {s.foreign, []string{fleetMark, peopleMark, "Owner"}},
			"none":    {fleet.Scope{}, []string{fleetMark, peopleMark, "Owner"}},
			"east":    {s.east, []string{fleetMark}},
		} {
			rows, err := lookMany(t.Context(), s.Store, c.of, r.Name, pgx.RowTo[string], everything)
			ok(t, err)
			for _, mark := range c.marks {
				if text := strings.Join(rows, "\n"); strings.Contains(text, mark) {
					t.Errorf("%s under the scope %s tells %s", r.Name, name, text)
				}
			}
			if own := r.Name == "organizations" || r.Name == "users"; name == "foreign" && len(rows) != 0 && !own && r.Name != "audit" {
				t.Errorf("%s: an organization without anything has %d rows", r.Name, len(rows))
			}
		}
		rows, err := lookMany(t.Context(), s.Store, s.owner, r.Name, pgx.RowTo[string], everything)
		ok(t, err)
		if len(rows) > 0 {
			seen++
		}
	}
	if seen < 15 {
		t.Errorf("the owner sees rows of %d tables, want 15 at least", seen)
	}
}

// TestTheScopeEndsWithItsTransaction: nothing of it is left on the connection.
func TestTheScopeEndsWithItsTransaction(t *testing.T) {
	s := besiege(t)
	conn, err := s.pool.Acquire(t.Context())
	ok(t, err)
	defer conn.Release()
	ctx := context.WithoutCancel(t.Context())
	for _, sql := range []string{
		`BEGIN; SET LOCAL ROLE drover_tenant; SET LOCAL drover.organization = '1'; SET LOCAL drover.groups = 'all'; COMMIT`,
		`SET ROLE drover_tenant`,
	} {
		_, err := conn.Exec(ctx, sql)
		ok(t, err)
	}
	var n int
	ok(t, conn.QueryRow(ctx, `SELECT count(*) FROM drover.vehicles`).Scan(&n))
	_, err = conn.Exec(ctx, `RESET ROLE`)
	ok(t, err)
	if n != 0 {
		t.Errorf("%d vehicles are seen without a scope", n)
	}
}
