package api

import (
	"fmt"
	"net/http"
	"slices"

	"drover/server/internal/fleet"
	"drover/server/internal/identity"
)

// Who may call a route, by words of the test's own, so that the table of permissions cannot agree with itself only.
const (
	everybody  = "everybody"
	signedUp   = "viewers and above"
	inSession  = "viewers and above in a session"
	movers     = "dispatchers and above"
	admins     = "admins who see every vehicle"
	operators  = "admins of the first organization"
	desks      = "dispatchers and above of the first organization"
	machineToo = "admins of the first organization, and this machine"
)

// attack says how to send a route, and what is expected of the answer. A status under 10 is a class.
type attack struct {
	who           string
	scope         string                                // that a token needs, by words of the test's own
	mint          func(*siege, place, *attacker) string // makes the thing that it is about, and gives its id
	body          string                                // $id is that id, $device one of the place; $new and $card were not there before
	hollow        bool                                  // who does not see the thing gets nothing, where others get something
	endless       bool                                  // an answer that goes on: its body is not read
	fresh         bool                                  // a session of its own for each request
	query         string                                // behind the path
	headers       []string                              // names and values
	sees          func(by *attacker, p place) bool      // who sees the thing; nil: who sees its place
	unseen        []int                                 // the answer to who does not; nil: 404
	seen          []int                                 // the answer to who does; nil: 2xx
	limited       int                                   // the answer to who is limited to a group; 0: as to others
	publicly      bool                                  // the thing is shown to everybody who knows its secret
	organizations bool                                  // the operator's admins see all organizations
}

// attacks has every route there is. A new route needs a line here.
var attacks = map[string]attack{
	"GET /api/hello":                 {who: everybody},
	"POST /api/session":              {who: everybody, body: `{"email":"viewer@example.com","password":"not this one"}`},
	"GET /api/session":               {who: signedUp, scope: anyScope},
	"PATCH /api/session":             {who: inSession, body: `{"settings":{"theme":"dark"}}`},
	"DELETE /api/session":            {who: inSession, mint: mintSession, seen: []int{http.StatusNoContent}, sees: yes, fresh: true},
	"POST /api/session/password":     {who: inSession, body: `{"current":"not this one","new":"something else"}`, seen: []int{401, 429}},
	"POST /api/session/totp":         {who: inSession},
	"PUT /api/session/totp":          {who: inSession, body: `{"code":"000000"}`, seen: []int{409, 422, 429}},
	"DELETE /api/session/totp":       {who: inSession, body: `{"password":"not this one"}`, seen: []int{401, 429}},
	"GET /api/session/oidc":          {who: everybody},
	"GET /api/session/oidc/callback": {who: everybody},
	"GET /api/sessions":              {who: inSession},
	"DELETE /api/sessions/{id}":      {who: inSession, mint: mintSession, sees: ownOrManaged},

	"GET /api/users":               {who: admins, scope: administer},
	"POST /api/users":              {who: admins, scope: administer, mint: mintMail, sees: yes, body: `{"email":"$id","role":"viewer","groups":[]}`},
	"GET /api/users/{id}":          {who: admins, scope: administer, mint: mintUser},
	"PATCH /api/users/{id}":        {who: admins, scope: administer, mint: mintUser, body: `{"name":"Somebody"}`},
	"DELETE /api/users/{id}":       {who: admins, scope: administer, mint: mintUser},
	"POST /api/users/{id}/restore": {who: admins, scope: administer, mint: mintRemovedUser},

	"GET /api/tokens":         {who: signedUp, scope: administer},
	"POST /api/tokens":        {who: inSession, body: `{"name":"script"}`},
	"DELETE /api/tokens/{id}": {who: signedUp, scope: administer, mint: mintToken, sees: ownOnly},

	"GET /api/organizations":         {who: operators, scope: administer, organizations: true},
	"POST /api/organizations":        {who: operators, scope: administer, mint: mintMail, sees: yes, body: `{"name":"$id","admin_email":"$id"}`},
	"PATCH /api/organizations/{id}":  {who: operators, scope: administer, mint: mintOrganization, sees: yes, body: `{"name":"Renamed $id"}`},
	"DELETE /api/organizations/{id}": {who: operators, scope: administer, mint: mintOrganization, sees: yes},

	"GET /api/links":          {who: movers, scope: readFleet},
	"POST /api/links":         {who: movers, scope: writeFleet, mint: mintVehicle, body: `{"vehicle_id":$id,"expires":"` + tomorrow() + `"}`},
	"DELETE /api/links/{id}":  {who: movers, scope: writeFleet, mint: mintLink},
	"GET /api/shared/{token}": {who: everybody, mint: mintShared, publicly: true},

	"GET /api/vehicles":            {who: signedUp, scope: readFleet},
	"GET /api/vehicles/{id}":       {who: signedUp, scope: readFleet, mint: theVehicle},
	"PATCH /api/vehicles/{id}":     {who: movers, scope: writeFleet, mint: mintVehicle, body: `{"name":"Van"}`},
	"GET /api/vehicles/{id}/fixes": {who: signedUp, scope: readHistory, mint: theVehicle},
	"GET /api/fixes/last":          {who: signedUp, scope: readFleet},
	"POST /api/fixes/within": {who: signedUp, scope: readHistory,
		body: fmt.Sprintf(`{"polygon":%s,"from":%q,"to":%q}`, square, stamp(0), stamp(1))},
	"GET /api/live": {who: signedUp, scope: readFleet},

	"POST /api/vehicles": {who: movers, scope: writeFleet, mint: theGroup, body: `{"name":"Van","group_id":$id}`,
		unseen: []int{404, 422}},
	"DELETE /api/vehicles/{id}":       {who: movers, scope: writeFleet, mint: mintVehicle},
	"POST /api/vehicles/{id}/restore": {who: movers, scope: writeFleet, mint: mintRemoved("vehicles", "deleted", mintVehicle)},
	"GET /api/vehicles/{id}/events":   {who: signedUp, scope: readFleet, mint: theVehicle},
	"GET /api/vehicles/{id}/day":      {who: signedUp, scope: readHistory, mint: theVehicle, query: "?from=" + stamp(0) + "&to=" + stamp(1)},
	"GET /api/fixes/at":               {who: signedUp, scope: readHistory, query: "?time=" + stamp(1)},
	"GET /api/fixes/play":             {who: signedUp, scope: readHistory, query: "?from=" + stamp(0) + "&to=" + stamp(1)},
	"GET /api/tracks/{z}/{x}/{y}": {who: signedUp, scope: readHistory, mint: theVehicle, sees: yes, hollow: true,
		query: "?from=" + stamp(0) + "&to=" + stamp(1) + "&vehicle=$id"},
	"GET /api/place": {who: signedUp, scope: readFleet, query: "?latitude=48.5&longitude=2.6"},

	"GET /api/groups": {who: signedUp, scope: readFleet},
	"POST /api/groups": {who: movers, scope: writeFleet, mint: theGroup, body: `{"name":"$new","parent_id":$id}`,
		unseen: []int{404, 422}, limited: 422},
	"GET /api/groups/{id}":          {who: signedUp, scope: readFleet, mint: mintGroup},
	"PATCH /api/groups/{id}":        {who: movers, scope: writeFleet, mint: mintGroup, body: `{"name":"$new"}`, limited: 422},
	"DELETE /api/groups/{id}":       {who: movers, scope: writeFleet, mint: mintGroup, limited: 422},
	"POST /api/groups/{id}/restore": {who: movers, scope: writeFleet, mint: mintRemoved("groups", "deleted", mintGroup), limited: 422},

	"GET /api/drivers": {who: signedUp, scope: readFleet},
	"POST /api/drivers": {who: movers, scope: writeFleet, mint: mintVehicle, body: `{"name":"$new","vehicle_id":$id}`,
		unseen: []int{404, 422}},
	"GET /api/drivers/{id}":          {who: signedUp, scope: readFleet, mint: mintDriver},
	"PATCH /api/drivers/{id}":        {who: movers, scope: writeFleet, mint: mintDriver, body: `{"phone":"+4917012345"}`},
	"DELETE /api/drivers/{id}":       {who: movers, scope: writeFleet, mint: mintDriver},
	"POST /api/drivers/{id}/restore": {who: movers, scope: writeFleet, mint: mintRemoved("drivers", "deleted", mintDriver)},

	"GET /api/sims":               {who: signedUp, scope: readFleet},
	"POST /api/sims":              {who: movers, scope: writeFleet, mint: mintDevice, body: `{"iccid":"$card","device_id":$id}`, unseen: []int{404, 422}},
	"GET /api/sims/{id}":          {who: signedUp, scope: readFleet, mint: mintSIM},
	"PATCH /api/sims/{id}":        {who: movers, scope: writeFleet, mint: mintSIM, body: `{"note":"$new","pin":"1234"}`},
	"DELETE /api/sims/{id}":       {who: movers, scope: writeFleet, mint: mintSIM},
	"POST /api/sims/{id}/restore": {who: movers, scope: writeFleet, mint: mintRemoved("sims", "deleted", mintSIM)},
	"POST /api/sims/{id}/accept":  {who: movers, scope: writeFleet, mint: mintSIM, body: `{"device_id":$device}`},
	"GET /api/sims/{id}/usage":    {who: signedUp, scope: readFleet, mint: mintSIM},
	"POST /api/sims/import":       {who: movers, scope: writeFleet, mint: mintText, sees: yes, body: "iccid,note\n$card,$id\n"},
	"GET /api/sims/export":        {who: signedUp, scope: readFleet},

	"GET /api/audit": {who: admins, scope: administer},

	"GET /api/devices/{id}":          {who: signedUp, scope: readFleet, mint: mintDevice},
	"DELETE /api/devices/{id}":       {who: movers, scope: writeFleet, mint: mintDevice},
	"POST /api/devices/{id}/restore": {who: movers, scope: writeFleet, mint: mintRemoved("devices", "retired", mintDevice)},
	"POST /api/devices/{id}/commands": {who: movers, scope: sendCommands, mint: mintDevice,
		body: `{"kind":"locate","wait_s":0}`},
	"GET /api/devices/{id}/commands": {who: movers, scope: sendCommands, mint: mintDevice},
	"GET /api/commands":              {who: movers, scope: readFleet},
	"GET /api/commands/{id}":         {who: movers, scope: readFleet, mint: mintCommand},
	"DELETE /api/commands/{id}":      {who: movers, scope: sendCommands, mint: mintCommand},
	"POST /api/commands/group": {who: movers, scope: sendCommands, mint: theGroup,
		body: `{"kind":"locate","group_id":$id}`},
	"GET /api/commands/batches/{id}":    {who: movers, scope: readFleet, mint: mintBatch, sees: seesAll},
	"DELETE /api/commands/batches/{id}": {who: movers, scope: sendCommands, mint: mintBatch, sees: seesAll},
	"GET /api/console":                  {who: movers, scope: readFleet},
	"POST /api/devices/{id}/profile/test": {who: movers, scope: writeFleet, mint: mintDevice,
		body: `{"protocol":"gt06","frames":["00"]}`},
	"GET /api/protocols":             {who: signedUp, scope: anyScope},
	"GET /api/misreads":              {who: operators, scope: administer},
	"DELETE /api/misreads/{id}":      {who: operators, scope: administer, mint: mintMisread, sees: operatorOnly},
	"POST /api/misreads/replay":      {who: operators, scope: administer, body: `{"ids":[1]}`},
	"GET /api/modems":                {who: desks, scope: readFleet},
	"GET /api/modems/{name}":         {who: desks, scope: readFleet},
	"GET /api/modems/{name}/history": {who: desks, scope: readFleet},
	"POST /api/modems/{name}/ussd":   {who: operators, scope: administer, body: `{"code":"*100#"}`},
	"POST /api/modems/{name}/reset":  {who: operators, scope: administer},
	"POST /api/modems/{name}/pause":  {who: operators, scope: administer, body: `{"paused":true}`},
	"GET /api/messages":              {who: desks, scope: readFleet},
	"POST /api/messages": {who: desks, scope: sendCommands, mint: mintPhone, sees: yes, body: `{"to":"$id","text":"hello"}`,
		seen: []int{http.StatusCreated, http.StatusConflict}, limited: http.StatusForbidden},
	"DELETE /api/messages/{id}":    {who: desks, scope: sendCommands, mint: mintOutgoing},
	"POST /api/messages/{id}/seen": {who: desks, scope: writeFleet, mint: mintIncoming},
	"GET /api/devices/{id}/frames": {who: admins, scope: administer, mint: mintDevice, endless: true},

	"GET /api/devices":            {who: signedUp, scope: readFleet},
	"POST /api/devices":           {who: movers, scope: writeFleet, mint: mintText, sees: yes, body: `{"identity":"$id"}`, limited: 422},
	"PATCH /api/devices/{id}":     {who: movers, scope: writeFleet, mint: mintDevice, body: `{"model":"FMC130"}`},
	"POST /api/devices/import":    {who: movers, scope: writeFleet, mint: mintText, sees: yes, body: "identity\n$id\n"},
	"GET /api/knocks":             {who: movers, scope: readFleet},
	"POST /api/knocks/{id}/adopt": {who: movers, scope: writeFleet, mint: mintKnock, sees: operatorOnly, body: `{"name":"Stranger"}`},

	"GET /api/server":        {who: operators, scope: administer},
	"GET /metrics":           {who: machineToo, scope: administer},
	"GET /healthz":           {who: everybody},
	"GET /readyz":            {who: everybody},
	"GET /api/openapi.json":  {who: everybody},
	"GET /api/asyncapi.json": {who: everybody},
	"GET /tiles/":            {who: everybody},
	"/api/":                  {who: everybody},
	"/":                      {who: everybody},
}

func yes(*attacker, place) bool { return true }

// ownOnly: in the first place is the attacker's own, elsewhere others'.
func ownOnly(by *attacker, p place) bool { return p == by.sees[0] }

// ownOrManaged: or admins manage all of their organization's.
func ownOrManaged(by *attacker, p place) bool {
	manages := by.role == fleet.Admin && (len(by.sees) == 2 && p != foreign || by.sees[0] == foreign && p == foreign)
	return manages || ownOnly(by, p)
}

// operatorOnly: strangers belong to whoever runs the server, and sees all of it.
func operatorOnly(by *attacker, _ place) bool { return len(by.sees) == 2 }

func stamp(days int) string { return epoch.AddDate(0, 0, days).Format("2006-01-02T15:04:05Z") }

func tomorrow() string { return stamp(3) }

func number(id int32) string { return fmt.Sprint(id) }

func mintVehicle(s *siege, p place, _ *attacker) string { return number(s.mintVehicle(p)) }

func theVehicle(s *siege, p place, _ *attacker) string { return number(s.vehicles[p]) }

func theGroup(s *siege, p place, _ *attacker) string { return number(s.groups[p]) }

func mintGroup(s *siege, p place, _ *attacker) string {
	return number(s.insert(`INSERT INTO drover.groups (organization_id, parent_id, name) VALUES ($1, $2, $3) RETURNING id`,
		s.org(p), s.groups[p], s.text(p)))
}

func mintDriver(s *siege, p place, _ *attacker) string {
	return number(s.insert(`INSERT INTO drover.drivers (organization_id, name, vehicle_id) VALUES ($1, $2, $3) RETURNING id`,
		s.org(p), s.text(p), s.mintVehicle(p)))
}

// mintRemoved makes something that was deleted.
func mintRemoved(table, mark string, mint func(*siege, place, *attacker) string) func(*siege, place, *attacker) string {
	return func(s *siege, p place, by *attacker) string {
		id := mint(s, p, by)
		s.exec(`UPDATE drover.` + table + ` SET ` + mark + ` = now() WHERE id = ` + id)
		return id
	}
}

func mintDevice(s *siege, p place, _ *attacker) string {
	return number(s.insert(`INSERT INTO drover.devices (organization_id, vehicle_id, identity) VALUES ($1, $2, $3) RETURNING id`,
		s.org(p), s.mintVehicle(p), s.text(p)))
}

// mintSIM makes one that should be in one device and is in another, in the same place.
func mintSIM(s *siege, p place, by *attacker) string {
	card := s.card()
	id := s.insert(`INSERT INTO drover.sims (organization_id, iccid, device_id, operator, plan) VALUES ($1, $2, $3::int4, $4, $4)
		RETURNING id`, s.org(p), card, mintDevice(s, p, by), s.text(p))
	s.exec(`INSERT INTO drover.sim_sightings (device_id, iccid, imsi, first, last) VALUES ($1::int4, $2, '', now(), now())`,
		mintDevice(s, p, by), card)
	s.exec(`INSERT INTO drover.sim_usage (sim_id, day, bytes_in) VALUES ($1, now(), 1)`, id)
	return number(id)
}

// mintCommand makes one that nobody sends.
func mintCommand(s *siege, p place, by *attacker) string {
	return number(s.insert(`INSERT INTO drover.commands (organization_id, device_id, kind, words, body, wish, expires, due)
		VALUES ($1, $2, 'custom', $3, '', 'login', now() + interval '1 day', now() + interval '1 day') RETURNING id`,
		s.org(p), mintDevice(s, p, by), s.text(p)))
}

func mintBatch(s *siege, p place, _ *attacker) string {
	return number(s.insert(`INSERT INTO drover.command_batches (organization_id, user_id, words) VALUES ($1, $2, $3) RETURNING id`,
		s.org(p), s.adminOf(p), s.text(p)))
}

// seesAll is of what only those see who see all of an organization, unless it is their own.
func seesAll(by *attacker, p place) bool {
	return slices.Contains(by.sees, p) && (len(by.sees) == 2 || p == foreign)
}

func mintMisread(s *siege, _ place, _ *attacker) string {
	return number(s.insert(`INSERT INTO drover.misreads
			(time, network, address, origin, port, protocol, identity, bytes, error)
		VALUES (now(), 'tcp', '203.0.113.9', 1, 5000, 'any', '', '00', 'no protocol begins like this') RETURNING id`))
}

// message makes an SMS of a device at a place.
func (s *siege) message(p place, direction, state string) string {
	device := mintDevice(s, p, nil)
	return number(s.insert(`INSERT INTO drover.sms (organization_id, device_id, direction, state, peer, text)
		VALUES ($1, $2::text::int, $3, $4, $5, $5) RETURNING id`, s.org(p), device, direction, state, s.text(p)))
}

func mintOutgoing(s *siege, p place, _ *attacker) string { return s.message(p, "out", "queued") }

func mintIncoming(s *siege, p place, _ *attacker) string { return s.message(p, "in", "quarantined") }

// mintPhone is a number of nobody's tracker in the first place, and else of one.
func mintPhone(s *siege, p place, _ *attacker) string {
	*s.minted++
	phone := fmt.Sprintf("+49151%08d", *s.minted)
	if p != north {
		s.exec(`UPDATE drover.devices SET phone = $1 WHERE id = $2::text::int`, phone, mintDevice(s, p, nil))
	}
	return phone
}

func mintUser(s *siege, p place, _ *attacker) string { return number(s.mintUser(p, fleet.Viewer)) }

func mintRemovedUser(s *siege, p place, _ *attacker) string {
	id := s.mintUser(p, fleet.Viewer)
	s.exec(`UPDATE drover.users SET deleted = now() WHERE id = $1`, id)
	return number(id)
}

// holder is whose a session or token is: the attacker's own in the first place that they see, somebody else's elsewhere.
func holder(s *siege, p place, by *attacker) int32 {
	if len(by.sees) > 0 && p == by.sees[0] {
		return int32(by.user)
	}
	return s.mintUser(p, fleet.Viewer)
}

func mintSession(s *siege, p place, by *attacker) string {
	return number(s.insert(`INSERT INTO drover.sessions (hash, user_id, expires) VALUES ($1, $2, now() + interval '1 hour')
		RETURNING id`, s.hash(), holder(s, p, by)))
}

func mintToken(s *siege, p place, by *attacker) string {
	return number(s.insert(`INSERT INTO drover.api_tokens (hash, user_id, name, role) VALUES ($1, $2, $3, 'viewer')
		RETURNING id`, s.hash(), holder(s, p, by), "x"))
}

func mintOrganization(s *siege, p place, _ *attacker) string {
	return number(s.insert(`INSERT INTO drover.organizations (name) VALUES ($1) RETURNING id`, s.text(p)))
}

func mintLink(s *siege, p place, _ *attacker) string {
	return number(s.insert(`INSERT INTO drover.links (organization_id, vehicle_id, user_id, hash, expires)
		VALUES ($1, $2, $3, $4, now() + interval '1 hour') RETURNING id`, s.org(p), s.vehicles[p], s.adminOf(p), s.hash()))
}

func mintShared(s *siege, p place, _ *attacker) string {
	secret, hash := identity.NewToken("")
	s.exec(`INSERT INTO drover.links (organization_id, vehicle_id, user_id, hash, expires)
		VALUES ($1, $2, $3, $4, now() + interval '1 hour')`, s.org(p), s.vehicles[p], s.adminOf(p), hash[:])
	return secret
}

func (s *siege) adminOf(p place) fleet.UserID {
	if p == foreign {
		return s.users["admin2"].ID
	}
	return s.users["admin"].ID
}

func mintKnock(s *siege, _ place, _ *attacker) string {
	*s.minted++
	return number(s.insert(`INSERT INTO drover.knocks (protocol, identity, port, reason, first, last, count)
		VALUES ('teltonika', $1, 5027, 'unknown', now(), now(), 1) RETURNING id`, fmt.Sprintf("86206104%07d", *s.minted)))
}

func mintMail(s *siege, _ place, _ *attacker) string {
	*s.minted++
	return fmt.Sprintf("new%d@example.com", *s.minted)
}

func mintText(s *siege, _ place, _ *attacker) string {
	*s.minted++
	return fmt.Sprintf("35209308%07d", *s.minted)
}
