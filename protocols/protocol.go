package protocols

import "time"

// Network is what a conversation runs over.
type Network uint8

// The networks that trackers call on.
const (
	TCP Network = iota
	UDP
)

// String gives "tcp" or "udp".
func (n Network) String() string {
	if n == UDP {
		return "udp"
	}
	return "tcp"
}

// Protocol is one family's language. What it does not speak is nil.
type Protocol struct {
	Name  string                                 // lower case, unique, the folder's name; kept beside every fix
	Port  int                                    // where its trackers usually call
	UDP   bool                                   // its trackers may call over UDP as well as TCP
	Sniff func(first []byte) Match               // is this its first message?
	Codec func(Network) Codec                    // a new conversation, seen from the server
	Text  func(Device, Command) (string, error)  // the command as the text of an SMS
	Speak func(n Network, device string) Tracker // the other end of a conversation: simulators and round trips

	// Wake is the command, in the family's own words, that makes a tracker dial in when it comes by SMS; "" if what asks
	// for its place does.
	Wake string

	// ReadText reads an SMS of the tracker: an answer to a command, an alarm, a position. at is when the network says
	// that it was sent (UTC). Message.Result holds the words; a place in them becomes a Position, and so does what they
	// say of the tracker's state, then without a place. An error says that the words mean nothing known: the Result is
	// there all the same.
	ReadText func(d Device, text string, at time.Time) (Message, error)

	// HearText is the tracker's side of Text, for simulators and round trips: the command that an SMS gives, and what the
	// tracker answers, an SMS each. now is where it is and how it fares. ok is false where the words command nothing (a
	// wrong password, another family's words): the tracker does nothing, and is silent or answers that.
	HearText func(d Device, text string, now Position) (c Command, replies []string, ok bool)

	Options []Option // what a device's profile can say because the wire does not show it
	Guide   Guide    // what people should know of it
}

// Match is a Sniff's answer to the bytes that have arrived so far.
type Match struct {
	Level Level // how sure it is
	Need  int   // so many bytes in all would make it surer; 0 when the answer will not change
}

// Level is how sure a Sniff is.
type Level uint8

// The levels, from "no" to a checksum or marker that no other family has.
const (
	LevelNone   Level = iota // not this family
	LevelPrefix              // the first bytes fit
	LevelShape               // structure fits: lengths, terminators, digits
	LevelProof               // a checksum is right, or a marker that nobody else uses is there
)

// Codec is the server's side of one conversation: frames in order, never concurrent.
//
// A line calls Split and Decode from one goroutine, and Encode under the same lock.
type Codec interface {
	// Split cuts the stream (or one datagram, then with atEOF true) into frames; it is a bufio.SplitFunc. It
	// skips what is noise between frames. An error ends the conversation.
	Split(data []byte, atEOF bool) (advance int, frame []byte, err error)

	// Decode reads one frame that Split cut, which arrived at the given time (UTC). Both a message and an error
	// may be returned: the message then holds what could be read. The frame is borrowed until Decode returns.
	Decode(frame []byte, at time.Time) (Message, error)

	// Encode writes a command as the bytes to send on this conversation, or an error if it has no such command. Where the
	// tracker hears nothing but answers it gives none, and the next Reply says it.
	// What an operator typed can not break out of the frame.
	Encode(Command) ([]byte, error)
}

// Knower is a Codec that reads better once the device's profile is known; the gateway calls Know after the login.
type Knower interface {
	Know(Device)
}

// Message is what one frame meant.
type Message struct {
	Device    string     // who speaks, if the frame says so: digits of the IMEI, or the family's own number
	Positions []Position // oldest first, unless the tracker sent them otherwise
	Result    *Result    // its answer to a command
	Reply     []byte     // owed once this message is safely journaled
	Refusal   []byte     // owed instead if the device is not welcome

	// Also is what the same frame said of other devices, where one conversation speaks for several (retranslators). Each
	// names its Device; their Reply and Refusal are not used.
	Also []Message
}

// Device is what the server knows of a tracker beside what is on the wire.
type Device struct {
	Identity string             // as in Message.Device
	Model    string             // vendor's model, "" if unknown
	Login    string             // user name for SMS commands, where the family has one
	Password string             // password for commands, where the family wants one
	Offset   Opt[time.Duration] // of its clock from UTC, where the family speaks local time; absent: as usual
	Options  map[string]string  // by Option.Name; what is not there has its usual value
}
