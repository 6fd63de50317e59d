// Package texts reads what trackers say by SMS, and hears what they are told by SMS: what the families have in common.
//
// Read is the reading half. Families differ little in their answers: a link to a map, labels with values (GPS: Fixed;
// ACC: OFF), a date, and words that say whether it was done. So one reader takes all of them, and a family reads first
// only what is its own. Ear is the hearing half, the tracker's side for simulators: a family lists its phrases as
// patterns, each with its answer.
//
// # What is promised
//
// An SMS is untrusted input. Read looks at its first 2,000 bytes, keeps at most 32 attributes of at most 64 bytes,
// never panics, and gives no value outside the ranges that protocols.Position promises. Passwords in an answer become
// no attribute; the words themselves are Result.Text as they came.
//
// Times in an SMS are the tracker's local time: Device.Offset, or UTC where that is absent. A time later than the
// network's own (by more than ten minutes), or more than a year before it, can not be: the network's time is taken
// instead, and what the tracker said stays as the attribute device_time. A place of more than a year ago is not Valid.
// Without any time in the words it is the network's too.
//
// # Concurrency and imports
//
// Everything is a function of its arguments; an Ear is read-only. The package imports only drover/protocols beside the
// standard library.
package texts
