// Package process is the life of a fix after the journal: it reads each partition, takes every fix through one visible
// list of steps, and stores what comes out in batches, exactly once.
//
// # The steps
//
// Steps in steps.go are the list, in order: time, sane, duplicate, order, jump, alarm, sim, motion, latest. A step sees
// one fix and what is known of its device. The first two need nothing but the record and are exported as Normalize, for
// the live layer, which works without a database.
//
//   - A tracker's clock is believed from 2000-01-01, and not before the retention, until ten minutes after the fix was
//     received: GNSS time is right to the second, and ten minutes forgive a server whose clock is behind, without
//     letting a wrong clock hide the fixes to come. Otherwise the time of receipt stands in, with FlagClock and the
//     attribute device_time, or with FlagNoTime if the tracker said none.
//   - Nothing that can be told is thrown away but an identical record. 0, 0 is kept as a location that is not valid.
//   - A fix whose device has a newer one is late: stored in its place, not shown as the latest. A jump is a valid fix
//     that nothing on wheels reaches (more than 500 km/h, and more than 2 km); if the next fix agrees with the jump, it
//     is believed.
//   - The last fix that counts is the latest with a location other than 0, 0; what comes without one updates the
//     values.
//
// # Exactly once
//
// The position in the journal, the fixes, the devices' states and the events are one transaction. If it fails, the same
// batch is tried again until it succeeds, so that states advance once; if another writer was here first
// (store.ErrMoved), all that is in memory is dropped, and reading starts again at the stored position. A record that a
// tracker says twice is two records in the journal: the second is not newer than all that is stored of its device, so
// the store looks for it (Batch.Late) and leaves it out. The ring of recent hashes only saves the store that look-up,
// and catches repeats under a wrong clock, which get a new time at each receipt.
//
// # Concurrency and bounds
//
// Each partition has one goroutine, which owns its devices' states. There is no pipeline between computing and storing:
// the partitions overlap each other, and a second batch in memory bought nothing on two cores. Memory is bounded by the
// batch and by the number of devices kept in memory; what is dropped is loaded again when it speaks.
//
// The package imports store for the types of a batch, and reaches SQL only through the interface Store. It knows no
// socket, no HTTP and no browser.
package process
