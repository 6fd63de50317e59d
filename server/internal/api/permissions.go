package api

import (
	"slices"
	"strings"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// permission says who may call a route. The zero permission is open to nobody.
type permission struct {
	public   bool       // everybody, signed in or not
	role     fleet.Role // the least role that may
	scope    string     // what an API token must have been given; "": no token may, only who signed in
	operator bool       // only the first organization, which runs the server
	local    bool       // also anybody on this machine itself, see isLocal
}

// The scopes of API tokens. A token can do no more than its role, and of that no more than its scopes say.
const (
	readFleet    = "fleet:read"    // vehicles, devices, drivers, groups, links, where they are now
	writeFleet   = "fleet:write"   // change them
	readHistory  = "history:read"  // where they were
	sendCommands = "commands:send" // tell devices what to do
	administer   = "admin"         // users, tokens, sessions, organizations, the audit log, the server
	anyScope     = "any"           // not a scope: every token will do
)

// permissions has every route there is. A route that is missing here answers 403 to everybody.
var permissions = map[string]permission{
	"GET /api/hello":                 {public: true},
	"POST /api/session":              {public: true},
	"GET /api/session":               {role: fleet.Viewer, scope: anyScope},
	"PATCH /api/session":             {role: fleet.Viewer},
	"DELETE /api/session":            {role: fleet.Viewer},
	"POST /api/session/password":     {role: fleet.Viewer},
	"POST /api/session/totp":         {role: fleet.Viewer},
	"PUT /api/session/totp":          {role: fleet.Viewer},
	"DELETE /api/session/totp":       {role: fleet.Viewer},
	"GET /api/session/oidc":          {public: true},
	"GET /api/session/oidc/callback": {public: true},
	"GET /api/sessions":              {role: fleet.Viewer},
	"DELETE /api/sessions/{id}":      {role: fleet.Viewer},

	"GET /api/vehicles":               {role: fleet.Viewer, scope: readFleet},
	"GET /api/vehicles/{id}":          {role: fleet.Viewer, scope: readFleet},
	"POST /api/vehicles":              {role: fleet.Dispatcher, scope: writeFleet},
	"PATCH /api/vehicles/{id}":        {role: fleet.Dispatcher, scope: writeFleet},
	"DELETE /api/vehicles/{id}":       {role: fleet.Dispatcher, scope: writeFleet},
	"POST /api/vehicles/{id}/restore": {role: fleet.Dispatcher, scope: writeFleet},
	"GET /api/vehicles/{id}/events":   {role: fleet.Viewer, scope: readFleet},
	"GET /api/groups":                 {role: fleet.Viewer, scope: readFleet},
	"POST /api/groups":                {role: fleet.Dispatcher, scope: writeFleet},
	"GET /api/groups/{id}":            {role: fleet.Viewer, scope: readFleet},
	"PATCH /api/groups/{id}":          {role: fleet.Dispatcher, scope: writeFleet},
	"DELETE /api/groups/{id}":         {role: fleet.Dispatcher, scope: writeFleet},
	"POST /api/groups/{id}/restore":   {role: fleet.Dispatcher, scope: writeFleet},
	"GET /api/drivers":                {role: fleet.Viewer, scope: readFleet},
	"POST /api/drivers":               {role: fleet.Dispatcher, scope: writeFleet},
	"GET /api/drivers/{id}":           {role: fleet.Viewer, scope: readFleet},
	"PATCH /api/drivers/{id}":         {role: fleet.Dispatcher, scope: writeFleet},
	"DELETE /api/drivers/{id}":        {role: fleet.Dispatcher, scope: writeFleet},
	"POST /api/drivers/{id}/restore":  {role: fleet.Dispatcher, scope: writeFleet},
	"GET /api/audit":                  {role: fleet.Admin, scope: administer},
	"GET /api/vehicles/{id}/fixes":    {role: fleet.Viewer, scope: readHistory},
	"GET /api/vehicles/{id}/day":      {role: fleet.Viewer, scope: readHistory},
	"GET /api/fixes/at":               {role: fleet.Viewer, scope: readHistory},
	"GET /api/fixes/play":             {role: fleet.Viewer, scope: readHistory},
	"GET /api/tracks/{z}/{x}/{y}":     {role: fleet.Viewer, scope: readHistory},
	"GET /api/place":                  {role: fleet.Viewer, scope: readFleet},
	"GET /api/fixes/last":             {role: fleet.Viewer, scope: readFleet},
	"POST /api/fixes/within":          {role: fleet.Viewer, scope: readHistory},
	"GET /api/live":                   {role: fleet.Viewer, scope: readFleet},

	"GET /api/devices":                    {role: fleet.Viewer, scope: readFleet},
	"POST /api/devices":                   {role: fleet.Dispatcher, scope: writeFleet},
	"GET /api/devices/{id}":               {role: fleet.Viewer, scope: readFleet},
	"PATCH /api/devices/{id}":             {role: fleet.Dispatcher, scope: writeFleet},
	"DELETE /api/devices/{id}":            {role: fleet.Dispatcher, scope: writeFleet},
	"POST /api/devices/{id}/restore":      {role: fleet.Dispatcher, scope: writeFleet},
	"POST /api/devices/import":            {role: fleet.Dispatcher, scope: writeFleet},
	"POST /api/devices/{id}/commands":     {role: fleet.Dispatcher, scope: sendCommands},
	"GET /api/devices/{id}/commands":      {role: fleet.Dispatcher, scope: sendCommands},
	"GET /api/commands":                   {role: fleet.Dispatcher, scope: readFleet},
	"GET /api/commands/{id}":              {role: fleet.Dispatcher, scope: readFleet},
	"DELETE /api/commands/{id}":           {role: fleet.Dispatcher, scope: sendCommands},
	"POST /api/commands/group":            {role: fleet.Dispatcher, scope: sendCommands},
	"GET /api/commands/batches/{id}":      {role: fleet.Dispatcher, scope: readFleet},
	"DELETE /api/commands/batches/{id}":   {role: fleet.Dispatcher, scope: sendCommands},
	"GET /api/console":                    {role: fleet.Dispatcher, scope: readFleet},
	"GET /api/devices/{id}/frames":        {role: fleet.Admin, scope: administer},
	"POST /api/devices/{id}/profile/test": {role: fleet.Dispatcher, scope: writeFleet},
	"GET /api/sims":                       {role: fleet.Viewer, scope: readFleet},
	"POST /api/sims":                      {role: fleet.Dispatcher, scope: writeFleet},
	"GET /api/sims/{id}":                  {role: fleet.Viewer, scope: readFleet},
	"PATCH /api/sims/{id}":                {role: fleet.Dispatcher, scope: writeFleet},
	"DELETE /api/sims/{id}":               {role: fleet.Dispatcher, scope: writeFleet},
	"POST /api/sims/{id}/restore":         {role: fleet.Dispatcher, scope: writeFleet},
	"POST /api/sims/{id}/accept":          {role: fleet.Dispatcher, scope: writeFleet},
	"GET /api/sims/{id}/usage":            {role: fleet.Viewer, scope: readFleet},
	"POST /api/sims/import":               {role: fleet.Dispatcher, scope: writeFleet},
	"GET /api/sims/export":                {role: fleet.Viewer, scope: readFleet},
	"GET /api/protocols":                  {role: fleet.Viewer, scope: anyScope},
	"GET /api/modems":                     {role: fleet.Dispatcher, scope: readFleet, operator: true},
	"GET /api/modems/{name}":              {role: fleet.Dispatcher, scope: readFleet, operator: true},
	"GET /api/modems/{name}/history":      {role: fleet.Dispatcher, scope: readFleet, operator: true},
	"POST /api/modems/{name}/ussd":        {role: fleet.Admin, scope: administer, operator: true},
	"POST /api/modems/{name}/reset":       {role: fleet.Admin, scope: administer, operator: true},
	"POST /api/modems/{name}/pause":       {role: fleet.Admin, scope: administer, operator: true},
	"GET /api/messages":                   {role: fleet.Dispatcher, scope: readFleet, operator: true},
	"POST /api/messages":                  {role: fleet.Dispatcher, scope: sendCommands, operator: true},
	"DELETE /api/messages/{id}":           {role: fleet.Dispatcher, scope: sendCommands, operator: true},
	"POST /api/messages/{id}/seen":        {role: fleet.Dispatcher, scope: writeFleet, operator: true},
	"GET /api/misreads":                   {role: fleet.Admin, scope: administer, operator: true},
	"DELETE /api/misreads/{id}":           {role: fleet.Admin, scope: administer, operator: true},
	"POST /api/misreads/replay":           {role: fleet.Admin, scope: administer, operator: true},
	"GET /api/knocks":                     {role: fleet.Dispatcher, scope: readFleet},
	"POST /api/knocks/{id}/adopt":         {role: fleet.Dispatcher, scope: writeFleet},
	"GET /api/users":                      {role: fleet.Admin, scope: administer},
	"POST /api/users":                     {role: fleet.Admin, scope: administer},
	"GET /api/users/{id}":                 {role: fleet.Admin, scope: administer},
	"PATCH /api/users/{id}":               {role: fleet.Admin, scope: administer},
	"DELETE /api/users/{id}":              {role: fleet.Admin, scope: administer},
	"POST /api/users/{id}/restore":        {role: fleet.Admin, scope: administer},
	"GET /api/organizations":              {role: fleet.Admin, scope: administer, operator: true},
	"POST /api/organizations":             {role: fleet.Admin, scope: administer, operator: true},
	"PATCH /api/organizations/{id}":       {role: fleet.Admin, scope: administer, operator: true},
	"DELETE /api/organizations/{id}":      {role: fleet.Admin, scope: administer, operator: true},
	"GET /api/links":                      {role: fleet.Dispatcher, scope: readFleet},
	"POST /api/links":                     {role: fleet.Dispatcher, scope: writeFleet},
	"DELETE /api/links/{id}":              {role: fleet.Dispatcher, scope: writeFleet},
	"GET /api/shared/{token}":             {public: true},
	"GET /api/tokens":                     {role: fleet.Viewer, scope: administer},
	"POST /api/tokens":                    {role: fleet.Viewer},
	"DELETE /api/tokens/{id}":             {role: fleet.Viewer, scope: administer},
	"GET /api/server":                     {role: fleet.Admin, scope: administer, operator: true},
	"GET /metrics":                        {role: fleet.Admin, scope: administer, operator: true, local: true},
	"GET /healthz":                        {public: true},
	"GET /readyz":                         {public: true},
	"GET /api/openapi.json":               {public: true},
	"GET /api/asyncapi.json":              {public: true},
	"GET /tiles/":                         {public: true},
	"/api/":                               {public: true}, // 404 and 405
	"/":                                   {public: true}, // the page, which holds nothing of the fleet
}

// refusal says in plain words why who may not; "" if who may.
func (p permission) refusal(who store.Identity) string {
	switch {
	case p.role == "":
		return "this route is open to nobody"
	case !includes(who.Role, p.role):
		return "this needs the role " + string(p.role) + "; yours is " + string(who.Role)
	case p.role == fleet.Admin && who.Groups != nil: // otherwise they could lift their own limit
		return "this is for admins who see every vehicle; you are limited to groups"
	case p.operator && !who.Operator:
		return "this is for the organization that runs the server"
	case who.Token != 0 && p.scope == "":
		return "an API token may not do this; sign in instead"
	case who.Token != 0 && p.scope != anyScope && !slices.Contains(who.Scopes, p.scope):
		return "this needs the scope " + p.scope + "; the token has " + strings.Join(who.Scopes, ", ")
	}
	return ""
}

// includes says whether one role may do what another may.
func includes(one, other fleet.Role) bool {
	roles := []fleet.Role{fleet.Viewer, fleet.Dispatcher, fleet.Admin} // each includes the ones before it
	at := slices.Index(roles, other)
	return at >= 0 && slices.Index(roles, one) >= at
}
