// Package live shows the fleet to browsers as it moves: docs/live.md is its language.
//
// # How it works
//
// A board holds the latest fix of each vehicle of one organization, 32 bytes each with its motion beside it. Update
// writes to it; each interval it is cut: what changed since the cut before becomes one frame, encoded once and shared
// by all readers that see all vehicles and have taken the frame before. A reader that looks at a part of the map, or
// that missed a cut because it was still writing, gets a frame of its own: each vehicle bears the number of the cut
// in which it last changed, so whatever was missed is in the next frame, and there is no queue that could grow. A
// slow reader costs the others nothing.
//
// Moving, idle and stopped are told apart by geo.Motion, as in the steps that the database sees. Only fixes with a
// newer time count; late ones and jumps are left out. A fix without a location tells that the tracker is there: the
// vehicle keeps its last location, marked as not valid. A vehicle that never said anything is in no frame. A fix
// belongs to the vehicle that its device is in when it arrives; Seed may be called again when a device was put into
// another.
//
// A reader that is limited to groups shares its organization's board and gets frames of its own, of its vehicles alone,
// and all names and a snapshot again whenever a vehicle of the organization was changed.
//
// A reader is two goroutines: one reads its few words, the other, which owns all else of it, writes. A reader has
// one scope for as long as it is connected, and sees nothing else. Every so often a third asks whether it
// still may; an answer that does not come ends nothing, so that the map moves while the database is down.
//
// A notice says that something else changed which the reader can ask the API for. Notices wait for each reader in a
// queue of their own, each once; when it is full they become one that stands for all.
//
// # Concurrency and imports
//
// A Live's methods are safe for concurrent use. The package must not know SQL, trackers, the journal, or who a user
// is beyond the scope.
package live
