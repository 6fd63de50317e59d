// Package dispatch brings commands to trackers: over the open line, by SMS, by an SMS that makes the tracker dial in,
// or with its next login, and follows each until it is answered or nobody waits any more.
//
// # How a command lives
//
// It is written down first and acted on then, so that a crash loses none. What is to be done next follows from its row
// alone, and from that of the SMS it went as. A row is moved from one state to the next only if it is still in the
// first (compare and set): whoever comes second gives up.
//
//	queued → sending → sent → answered | refused          over the line
//	queued → sending → sent → delivered → answered | …    by SMS
//	queued → waking → sending → …                         an SMS first, then the line
//
// On the way it may end as failed (it can not go), expired (its time is over), cancelled, or unknown (it may have gone
// or not: a dangerous one is never sent again then). One that was sent and not answered in time stays sent or
// delivered.
//
// # Concurrency
//
// Devices with something to do are taken up by a few workers, each device by one at a time: it looks at the device's
// open commands, the oldest first. Waiting for a tracker's answer over its line takes a goroutine of its own, at most
// maxTalks at once; commands for which there is none wait. At most one command waits for an answer on a line, and at
// most one by SMS, since answers by SMS say nothing of what they answer. What wakes a device: a new command, a login,
// an SMS that came further, and every second those that are due.
//
// # Limits
//
// A device has at most maxOpen open commands, a group at most MaxGroup vehicles.
//
// It knows lines and their order, and commands' states; neither bytes nor AT commands, neither SQL nor HTTP.
package dispatch
