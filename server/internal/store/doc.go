// Package store is SQL and nothing else: the schema's users, vehicles and devices, the fixes and their history, and the
// one transaction by which process stores a batch exactly once. It needs PostgreSQL 15 with PostGIS 3.3, or newer.
//
// # Fixes
//
// A fix is one row of drover.fixes, which is partitioned by day (UTC). What all trackers say is in columns of fixed
// width, in an order without padding and without nulls; all else is in the column data: for each value the number that
// drover.attribute_names gives to its name, kind and scale, and the value as a variable-length integer or as bytes. A
// true or false is its number alone. encode.go and the function drover.attributes are the two ends of it, and a
// property test holds them together. The dictionary is bounded to 20,000 names; after that, names stand in the rows.
// SQL users, QGIS and ogr2ogr read the views drover.positions and drover.last_positions.
//
// There are two indexes: a B-tree on (device_id, time cut to ten minutes), in which rows that share a key share its
// storage, and a BRIN on time. Measured with 3 million rows of 347 devices, ten in a row each, on PostgreSQL 15, time
// to insert from a table and bytes a row of the index:
//
//	none                               3.0 s
//	BRIN (time), minmax                3.3 s    0.01 B   (minmax_multi: no smaller, no faster)
//	(device_id)                        6.7 s    6.7 B    but a late record is compared with its device's whole day
//	(device_id, hour)                  7.1 s    9.3 B
//	(device_id, ten minutes)           7.7 s    9.7 B    chosen: a sixth of the rows to compare with
//	(device_id, time)                  8.7 s   44.3 B
//	(device_id, time, hash) unique    11.0 s   57.5 B
//
// A Teltonika record with 18 values beside time and place takes 110 bytes, indexes included (BenchmarkWrite). Over 10
// million such fixes of 400 vehicles: a vehicle's day of 7,200 fixes 23 ms, its hour 2 ms, the last fix of all 1.5 ms,
// who was in this polygon in this hour 0.16 s.
//
// # Exactly once
//
// There is no unique index, so Write relies on this:
//
//   - A fix that is newer than all that its device has stored (Batch.Fixes) cannot be stored yet, and is copied
//     straight into its partition. All others (Batch.Late) are looked for by the index, and left out if there is a row
//     that is equal in everything that the device said; when it was received, and what the steps noticed, does not
//     count. So two different records of one moment are both kept, and one that is sent twice is kept once.
//   - Both need that nobody else stores the device's fixes between loading its state and storing the batch. Write moves
//     the position of the journal's partition from where it was loaded, and each device's state from the revision that
//     it was loaded with, in the transaction; if one is not there any more, nothing is stored and the error is
//     ErrMoved. The positions keep two processes apart that have the same partition, the revisions keep them apart also
//     while the number of partitions changes and a device is in two.
//   - If an answer is lost, the same batch is written again: either nothing was stored, or the position has moved.
//
// Straight COPY and one upsert of the states is as fast as pgx's CopyFrom of the fixes alone into a staging table and
// an INSERT from there, or faster (BenchmarkWrite, BenchmarkCopyFrom: 234,000 to 257,000 and 224,000 to 232,000 rows/s
// on two quiet cores), so a staging table is used for late ones only. Those take twice the time, since each is looked
// for (BenchmarkWriteLate: 102,000 rows/s).
//
// # History
//
// A vehicle's history is the fixes of its devices while they were in it (drover.installations, which a trigger keeps).
// The first vehicle of a device also gets what the device remembers from before. Every question takes the organization
// and sees nothing of another's: what is another's is not found.
//
// # Schema
//
// The migrations are run by Open, under an advisory lock of a session, which a killed process cannot leave behind. A
// database that a newer version made is refused; there is no way down.
//
// A Store is safe for concurrent use. The package imports fleet, protocols and migrations; it knows no socket, no HTTP
// and no bytes of a tracker.
package store
