package protocols

import "time"

// Tracker is the other end of a conversation: it says what a device of the family would say. Simulators drive it
// over real sockets; round-trip tests feed it to the Codec.
//
// A Tracker keeps only what the conversation needs (serial numbers, what is unacknowledged), a few hundred bytes.
type Tracker interface {
	// Hello is what it says first after dialling in; nil if it starts with reports.
	Hello() []byte

	// Report gives the bytes that carry the positions, oldest first: one frame or several. Fields that the family
	// cannot carry are left out. Called with at most Batch positions, and not again before those are acknowledged
	// (or, where the family never acknowledges, at any time).
	Report([]Position) []byte

	// Hear reads what the server said: data is all that is unread, used is how much of it was understood (0: more
	// is needed). An error means that the server said something that no server of this family says.
	Hear(data []byte) (used int, heard Heard, err error)

	// Batch is the most positions that one Report carries, at least 1.
	Batch() int

	// Acknowledged says whether the family's server acknowledges reports; where it does not, a report counts as
	// taken once it was written.
	Acknowledged() bool
}

// Heard is what a tracker made of the server's bytes.
type Heard struct {
	Welcome   bool   // the login was accepted
	Refused   bool   // the login was refused: hang up
	Positions int    // so many positions, the oldest not yet acknowledged, are now acknowledged
	Command   string // the words of a command, "" if none
	Reply     []byte // what the tracker answers to this, nil if nothing
}

// Coarse is a Tracker whose family says times or courses in coarser steps than a second and a degree.
type Coarse interface {
	// Steps gives them: of times, at least 1 s, and of courses in degrees, at least 1.
	Steps() (times time.Duration, courses float64)
}

// StepsOf gives a tracker's steps of times and of courses in degrees: a second and a degree, unless it is Coarse.
func StepsOf(t Tracker) (times time.Duration, courses float64) {
	if c, ok := t.(Coarse); ok {
		return c.Steps()
	}
	return time.Second, 1
}
