package api

import (
	"slices"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// permission says who may call a route. The zero permission is open to nobody.
type permission struct {
	public   bool       // everybody, signed in or not
	role     fleet.Role // the least role that may
	operator bool       // only the first organization, which runs the server
	session  bool       // only who signed in with a password, no API token
	local    bool       // also anybody on this machine itself, see isLocal
}

// permissions has every route there is. A route that is missing here answers 403 to everybody.
var permissions = map[string]permission{
	"POST /api/session":          {public: true},
	"GET /api/session":           {role: fleet.Viewer},
	"DELETE /api/session":        {role: fleet.Viewer, session: true},
	"POST /api/session/password": {role: fleet.Viewer, session: true},

	"GET /api/vehicles":            {role: fleet.Viewer},
	"GET /api/vehicles/{id}":       {role: fleet.Viewer},
	"PATCH /api/vehicles/{id}":     {role: fleet.Dispatcher},
	"GET /api/vehicles/{id}/fixes": {role: fleet.Viewer},
	"GET /api/fixes/last":          {role: fleet.Viewer},
	"POST /api/fixes/within":       {role: fleet.Viewer},
	"GET /api/live":                {role: fleet.Viewer},

	"GET /api/devices":            {role: fleet.Viewer},
	"POST /api/devices":           {role: fleet.Dispatcher},
	"PATCH /api/devices/{id}":     {role: fleet.Dispatcher},
	"POST /api/devices/import":    {role: fleet.Dispatcher},
	"GET /api/knocks":             {role: fleet.Dispatcher},
	"POST /api/knocks/{id}/adopt": {role: fleet.Dispatcher},
	"GET /api/users":              {role: fleet.Admin},
	"POST /api/users":             {role: fleet.Admin},
	"PATCH /api/users/{id}":       {role: fleet.Admin},
	"GET /api/tokens":             {role: fleet.Viewer},
	"POST /api/tokens":            {role: fleet.Viewer, session: true},
	"DELETE /api/tokens/{id}":     {role: fleet.Viewer},
	"GET /api/server":             {role: fleet.Admin, operator: true},
	"GET /metrics":                {role: fleet.Admin, operator: true, local: true},
	"GET /healthz":                {public: true},
	"GET /readyz":                 {public: true},
	"GET /api/openapi.json":       {public: true},
	"GET /tiles/":                 {public: true},
	"/api/":                       {public: true}, // 404 and 405
	"/":                           {public: true}, // the page, which holds nothing of the fleet
}

// refusal says in plain words why who may not; "" if who may. operator is the organization that runs the server.
func (p permission) refusal(who store.Identity, operator fleet.OrganizationID) string {
	roles := []fleet.Role{fleet.Viewer, fleet.Dispatcher, fleet.Admin} // each includes the ones before it
	switch need, have := slices.Index(roles, p.role), slices.Index(roles, who.Role); {
	case need < 0:
		return "this route is open to nobody"
	case have < need:
		return "this needs the role " + string(p.role) + "; yours is " + string(who.Role)
	case p.operator && who.Organization.ID != operator:
		return "this is for the organization that runs the server"
	case p.session && who.Token != 0:
		return "an API token may not do this; sign in with e-mail and password"
	}
	return ""
}
