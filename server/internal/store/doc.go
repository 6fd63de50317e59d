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
// The first vehicle of a device also gets what the device remembers from before.
//
// # Scope
//
// Whoever asks through the API has a fleet.Scope: an organization, and all its vehicles or those of some groups.
// Methods that take one run in a transaction (look, change) whose BEGIN, in the same round trip, becomes the role
// drover_tenant and says the scope. Policies of row security (migrations/00004) show that role nothing else, so a
// forgotten WHERE tells nothing of another's, and what is another's is not found. Without a scope nothing is seen.
// Methods without one are for the server itself: storing, the registry, signing in.
//
// A group that a caller is limited to shows its vehicles, their devices, drivers, events and the fixes that were sent
// from them, also by a device that is elsewhere by now. What is in no group is for those who see everything, but for
// drivers without a vehicle, whom everybody may give one.
//
// Fixes are not granted to the role: it reads the view visible_fixes. A policy on the table would be applied before
// everything that is not leakproof, as date_bin is not, and so shut out the second column of the index. The best of 40
// runs with 4 million fixes of 1,000 devices, half of which the groups hold, as the owner, under a scope, and limited
// to groups: a vehicle's 4,000 fixes of a day 0.8, 1.3 and 2.8 ms; its hour 0.2, 0.5 and 1.4 ms; the last fix of all
// 1.5, 3.1 and 2.6 ms; reading the 360,000 fixes of an hour 124, 285 and 287 ms.
//
// # Changes
//
// Every change of what people manage writes a row of drover.audit in its own transaction (audit). A thing has a
// revision, counted by a trigger, which a change may demand: the UPDATE itself compares it, so of two who change the
// same one gets ErrStale. What is deleted is marked, can be restored for 30 days (Kept), and is then purged by Tend. A
// deleted vehicle keeps its device and driver, who are in none meanwhile.
//
// # Tracks
//
// A map with a year of one vehicle (3 million fixes), or a day of 10,000, cannot be drawn from the fixes: reading 40
// million takes minutes. So there are lines: drover.track_hours has one for each device and hour, true to 3 m, and
// drover.track_days one for each device and day at five zooms, true to a pixel. They are TWKB in web Mercator, with
// speed and time at each vertex, so that a tile is little more than unpacking, cutting and ST_AsMVT, and a span that
// begins within an hour is cut exactly. Up to zoom 12 the days are drawn, deeper the hours, split by speed where
// they are few; and then the fixes themselves are shown, too.
//
// Write marks the hours that it stores fixes of in drover.track_marks, in its transaction but only once in five
// minutes for each hour and device, so that late fixes cost no more than others. Every ten minutes Tend draws what
// is marked; a mark goes when it is older than ten minutes, which is when all that it stood for is committed. So
// tracks lack the last ten to twenty minutes, the live line has those; and a late fix is drawn whenever it comes.
//
// `make bench-history` opens views of 1600 × 900 pixels at every zoom from the continent to the street, 8 to 15
// tiles each. With 3 million fixes of one vehicle and 13 million of 10,000, a view of the year costs 0.2 to 0.9 s of
// a processor (1.8 s at zooms 11 and 12, where it has most detail), one of the day 0.6 to 1.0 s, PostgreSQL and
// server together. The lines take 16 bytes a fix there, and are drawn at 280,000 fixes a second on a quiet
// processor.
//
// # SMS
//
// drover.sms is the queue of those that go, and the file of those that came. A part is "sending" before a modem has it
// (TakeSMS compares the state and sets it, so that one is taken once), and what became of it follows (SettleSMSPart).
// The state of an SMS follows from its parts' in the same transaction. What came is stored once for each key (KeepSMS,
// JoinSMSParts); parts keep theirs for 30 days, since a SIM may give one again.
//
// # Schema
//
// The migrations are run by Open, under an advisory lock of a session, which a killed process cannot leave behind. A
// database that a newer version made is refused; there is no way down.
//
// A Store is safe for concurrent use. The package imports fleet, protocols and migrations; it knows no socket, no HTTP
// and no bytes of a tracker.
package store
