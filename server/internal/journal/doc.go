// Package journal is the durable stream between the gateway and everything after it: what Append has returned for is on
// disk, fsynced, and is read back in order until it was applied.
//
// # Shape
//
// The journal is cut into partitions by device; each is one JetStream file stream (DROVER_0, DROVER_1, …) with one
// subject. It lives in a NATS server in this process, or in an external cluster, where `sync_interval: always` and the
// number of replicas are the operator's to set. A stream carries an id of its own, so that a position in it is never
// taken for one in another.
//
// # Group commit
//
// Append encodes its records into the batch that its partition is filling, and waits. A batch is published as one
// message when the one before it is acknowledged and it is Linger old or full. So an idle server acknowledges after
// Linger and one fsync, a busy one shares each fsync among many trackers, and at most two batches a partition are in
// memory: when both are full, Append waits, and so does the socket behind it. While storing goes on but is behind,
// batches wait a little longer (partition.go), so that trackers slow down to what can be stored.
//
// # Bounds
//
// A stream takes MaxBytes and refuses more (Append fails, and the tracker keeps what it has). What was applied is
// dropped once it is older than Keep, or sooner when the stream is three quarters full; what was not applied is never
// dropped.
//
// # Encoding
//
// Entries are versioned and compressed; encode.go says how. A later version reads what an earlier one wrote.
//
// The package is safe for concurrent use; a Reader belongs to one goroutine. It imports no SQL, no HTTP and no
// tracker's protocol, and knows of a record no more than its encoding.
package journal
