// Package trackers drives simulated vehicles that speak the real protocols over real sockets.
//
// Each vehicle is one goroutine with one connection: it drives, reports, waits for the acknowledgement, keeps what was not
// acknowledged and says it again after a reconnect, as a tracker does. What was acknowledged goes into a ledger, which
// Verify holds against the database. A vehicle costs a goroutine, a socket and about 3 kB.
//
// It imports the protocols and nothing of the server: what it knows of the database is the public tables and views.
package trackers
