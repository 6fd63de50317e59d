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
// It imports the protocols and nothing of the server: what it knows of the database are the tables devices and fixes.
package trackers
