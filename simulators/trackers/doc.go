// Package trackers drives simulated vehicles that speak the real protocols over real sockets, and proves what became
// of their records.
//
// Each vehicle is one goroutine with one connection at a time: it drives, reports, waits for the acknowledgement,
// keeps what was not acknowledged and says it again on a new line, as a tracker does. It never has more than one
// report in flight, so a server that is slow makes it wait; what it records meanwhile is bounded by Config.Backlog. A
// vehicle takes about 12 kB of memory (measured with 20,000), and 32 bytes a record that waits.
//
// What the server acknowledged, and nothing else, goes into a ledger, each record once: a line that breaks before the
// answer leaves its report out, and the repetition comes over a new connection (a new port, over UDP), where no late
// answer can be taken for its own. Verify holds the ledger against the database.
//
// A vehicle does what it is told, over its line or by SMS (Config.Phones): it comes to a halt and stands while its
// engine is cut, reports when it is asked to and as often, and dials in again when it is to start anew. An SMS needs no
// line: it is heard in an outage, and it is what wakes a sleeper (Config.Sleepers). SMS come from any goroutine, which
// only notes what is to be done (see told) and ends the vehicle's wait; the vehicle's own goroutine does it. Nothing
// queues: a later order of a kind takes the place of the earlier one.
//
// It imports the protocols and nothing of the server: what it knows of the database are the tables devices and fixes.
package trackers
