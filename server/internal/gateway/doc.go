// Package gateway answers the trackers' calls: sockets, deadlines, framing, logins, and replies that are owed only
// once what was said is safe.
//
// # A line
//
// A TCP connection is a line, and one goroutine: it waits for bytes without holding a buffer, reads them into a
// borrowed one, cuts and decodes all complete frames, appends what they said to the journal as one group, and then
// writes what is owed, in order, at once. While the journal is slow the socket is not read, so the tracker feels it;
// when the journal fails nothing is said and the line is closed, and the tracker, which was not told to forget, says
// it again. An idle line costs a goroutine, a codec and a few hundred bytes.
//
// On UDP a conversation is a remote address until it has been silent for Limits.Silence. Datagrams go through short
// queues to a few workers; one that finds its queue full is dropped and counted, and the tracker sends it again.
//
// # Who is welcome
//
// The first message must say who speaks, and the registry must know that device, with this protocol, and not
// disabled; otherwise it gets the family's refusal, is listed as knocking, and is closed. A port that adopts makes
// the stranger a device instead. Later messages may name other devices (retranslators): each is looked up; a stranger
// among them is refused without ending the line for the others. A message that names nobody comes from the last one
// named. When the registry changes, the lines of devices that are no longer welcome are closed.
//
// # One port for all
//
// On the port for any family the first bytes tell whose language a caller speaks (protocols/detect); until they do the
// line only collects them, for Limits.Decide at most where a shape fits already. A tie is broken by the registry. On a
// family's own port the same rules notice a stranger: the log and the knocks say "865… speaks h02 on the gt06 port",
// and a port with Any serves it. Before the first byte a trusted proxy may say for whom it calls (PROXY, version 1 and
// 2), and on the port for any callers may begin TLS or not.
//
// A device's profile is known to its codec from the first frame on: the frame that names the device is read again with
// it.
//
// # Commands
//
// Send puts a command into the mail of a device's line. The line's own goroutine (or UDP worker) encodes and writes it,
// one at a time, and hands the tracker's answer to who waits: by its id where the family echoes one, else to the one
// command that is out. At most 16 wait for a device; the next is refused.
//
// # What nobody understood
//
// Bytes that no decoder made sense of are handed to Misreads, 4 KiB of them at most, with where they came from.
//
// # A second login
//
// A tracker that lost its network calls again long before its old line is known to be dead. The new line counts at
// once; the old one is put on trial for Limits.Trial (5 s): its kernel probes the peer with TCP keep-alives. If the
// peer is gone, or has not taken what it was sent, the old line was dead and goes silently. If it says something, or
// still stands when the trial ends, two trackers use one identity: an event "conflict" names both addresses (at most
// one a minute for a device). Either way the old line is closed. The judgement is the far kernel's, so behind a TCP
// proxy, which answers for the tracker, every second login within the idle limit looks like a conflict. The line's
// first device counts as its login; the ones that a retranslator names later are not claimed. UDP has no lines, and
// no conflicts.
//
// # Limits
//
// Everything is bounded: lines in total, lines of one address that have not said yet who they are, bytes unread on a
// line, bytes a stranger may send, groups between socket and journal, UDP conversations and datagrams in wait. TCP
// keep-alives are off except in a trial: they would cost each tracker its data plan and battery; the idle limit finds
// the dead.
//
// # Watching
//
// Watch shows every frame of a device as it goes over its lines, in and out, with what it was understood to say. It
// costs the lines that nobody watches one atomic load a frame (BenchmarkTap: 4 ns, no allocation); who watches has a
// queue of 256 frames, and is told how many did not fit. Frames of strangers are not shown.
//
// # Concurrency and imports
//
// A Gateway's methods are safe for concurrent use. A codec is used by its own line or worker only. The package
// imports protocols and fleet; it must not know SQL, fences, browsers, or any one protocol.
package gateway
