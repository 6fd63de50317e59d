package protocols

import (
	"errors"
	"time"
)

// CommandKind is the common vocabulary of commands.
type CommandKind uint8

// What a tracker can be told.
const (
	Custom     CommandKind = iota // Text as it is, in the family's own words
	Locate                        // report a position now
	Interval                      // report every Every
	Output                        // switch output number Output to On
	Immobilise                    // cut the engine
	Release                       // let the engine run again
	Reboot                        // start the tracker anew
)

// String gives the kind's name in lower case, as in the API.
func (k CommandKind) String() string {
	names := [...]string{"custom", "locate", "interval", "output", "immobilise", "release", "reboot"}
	if int(k) < len(names) {
		return names[k]
	}
	return "unknown"
}

// Command is one thing to tell a tracker.
type Command struct {
	Kind   CommandKind
	Text   string        // Custom: the words
	Every  time.Duration // Interval: between reports
	Output int           // Output: its number, from 1
	On     bool          // Output: on or off
	ID     uint32        // echoed in Result.ID by the families that carry an id; 0 otherwise
}

// ErrNoCommand says that a family has no words for a kind of command. Encode and Text wrap it.
var ErrNoCommand = errors.New("the protocol has no such command")

// Result is a tracker's answer to a command.
type Result struct {
	Text string // the answer's words
	Data []byte // a binary answer, nil if it is text
	ID   uint32 // the command's id where the family carries one; 0 otherwise
	Nack bool   // the tracker refused the command
}
