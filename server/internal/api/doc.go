// Package api is Drover's HTTP: identities and permissions, the operations of the fleet, and where the page, the
// tiles and the live line are served.
//
// Every route is registered through one router, which looks it up in the one table of permissions (permissions.go)
// and guards it by that; a route that is not in the table is open to nobody. Operations are declared to huma, which
// validates what comes in and writes the OpenAPI 3.1 document; every error is a problem of RFC 9457. Histories are
// streamed fix by fix (history.go) into the formats of export_*.go.
//
// # Identity
//
// A browser has a session cookie (SameSite=Strict, HttpOnly), a program an API token in the Authorization header. A
// request that changes something is refused when a browser says that another site sent it (Sec-Fetch-Site, Origin).
// The first organization is the operator: it alone sees the server's state, and the strangers who belong to nobody.
//
// # Changes
//
// One thing is answered with its ETag (etag.go), which a change may demand. A POST that bears an Idempotency-Key is
// carried out once (idempotency.go): its answer is kept sealed under that key, of which the store has only a hash.
//
// # Limits
//
// A body has at most 1 MiB, an import 16 MiB and 100,000 rows; a page of a list 1,000 items; a polygon 10,000 points;
// four streams of fixes run at once, each for at most 15 minutes, and a reader that takes nothing for 30 s is
// dropped.
//
// A handler is safe for concurrent use and keeps no state between requests but the counters of login attempts.
//
// It imports fleet, identity, protocols and the store's types; it must know neither SQL nor trackers' sockets.
package api
