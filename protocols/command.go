package protocols

import (
	"errors"
	"time"
)

// CommandKind is the common vocabulary of commands.
type CommandKind uint8

// What a tracker can be told. Their numbers are stored and never change.
const (
	Custom     CommandKind = iota // Text as it is, in the family's own words
	Locate                        // report a position now
	Interval                      // report every Every
	Output                        // switch output number Output to On
	Immobilise                    // cut the engine
	Release                       // let the engine run again
	Reboot                        // start the tracker anew
	SetServer                     // call Host and Port from now on
	SetAPN                        // reach the network through APN, with User and Password where it wants them
)

// String gives the kind's name in lower case, as in the API.
func (k CommandKind) String() string {
	if int(k) < len(commandKinds) {
		return commandKinds[k]
	}
	return "unknown"
}

var commandKinds = [...]string{
	"custom", "locate", "interval", "output", "immobilise", "release", "reboot", "server", "apn",
}

// CommandKinds gives all kinds, Custom first.
func CommandKinds() []CommandKind {
	kinds := make([]CommandKind, len(commandKinds))
	for i := range kinds {
		kinds[i] = CommandKind(i)
	}
	return kinds
}

// Command is one thing to tell a tracker.
type Command struct {
	Kind   CommandKind
	Text   string        // Custom: the words
	Every  time.Duration // Interval: between reports
	Output int           // Output: its number, from 1
	On     bool          // Output: on or off
	ID     uint32        // echoed in Result.ID by the families that carry an id; 0 otherwise

	Host string // SetServer: name or address
	Port int    // SetServer: 1 to 65535

	APN, User, Secret string // SetAPN: the access point's name; who signs in there, "" if nobody does
}

// ErrNoCommand says that a family has no words for a kind of command. Encode and Text wrap it.
var ErrNoCommand = errors.New("the protocol has no such command")

// Result is a tracker's answer to a command.
type Result struct {
	Text string // the answer's words
	Data []byte // a binary answer, nil if it is text
	ID   uint32 // the command's id where the family carries one; 0 otherwise
	Nack bool   // the tracker refused the command

	// Deferred: the tracker took the command and will do it later, such as a cut once the vehicle is slow. Some say so
	// with a second answer when it is done.
	Deferred bool
}
