// Package protocols is the contract between Drover and the trackers it speaks to: what a tracker can say
// (Message, Position, Result), what it can be told (Command), and the value that says how (Protocol).
//
// A protocol is one Protocol value in a folder of its own; what it does not speak is nil. The folder's name is
// the protocol's name. protocols/all lists them, protocols/protocoltest holds each to the promises below, and
// protocols/wire has the bytes that cannot be overrun, the checksums and the stock frame cutters. protocols/texts has
// what SMS of all families have in common.
//
// # Promises of a Codec
//
//   - It has no clock, logger or socket: the same bytes at the same time give the same Message.
//   - Whatever arrives, it neither panics nor keeps more than a bounded amount of memory.
//   - Its errors are *wire.Error and name the field and the byte. A bad part of a frame costs that part, not the
//     frame, wherever the format lets the rest be found.
//   - The acknowledgement is data that Decode returns (Message.Reply); the gateway sends it once the message is safe.
//   - Absent is not zero: what the tracker did not say stays unset. Nothing decoded is thrown away: what has no
//     typed field becomes an Attribute whose name ends in its unit.
//
// ReadText and HearText have no state at all: one SMS, one meaning. They promise the same of untrusted words: no panic,
// bounded memory, values in their ranges.
//
// # Concurrency
//
// A Protocol is read-only and shared. A Codec or a Tracker belongs to one conversation and is never used by two
// goroutines at once. What Decode returns is the caller's to keep, except byte slices that are said to be borrowed.
//
// # Imports
//
// This package and the protocols import neither net, os, time.Now, a logger, SQL, the server nor each other.
package protocols
