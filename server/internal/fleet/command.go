package fleet

import (
	"time"

	"drover/protocols"
)

// CommandID is the key of a Command.
type CommandID int64

// BatchID is the key of what was sent to many devices at once.
type BatchID int64

// LineKind is a way to a device.
type LineKind string

// The lines.
const (
	LineAuto  LineKind = "auto"  // only as a wish: the first that is there of data and SMS, else the next login
	LineData  LineKind = "data"  // the open connection
	LineSMS   LineKind = "sms"   // the command's words by SMS
	LineWake  LineKind = "wake"  // an SMS that makes the tracker dial in, then its connection
	LineLogin LineKind = "login" // the connection of the next login
)

// CommandState is how far a command has come.
type CommandState string

// The states of a command; from CommandAnswered on they are final. CommandSent and CommandDelivered are once nobody
// waits for an answer any more: then Done is set.
const (
	CommandQueued    CommandState = "queued"
	CommandWaking    CommandState = "waking" // the tracker was woken, and has not dialled in yet
	CommandSending   CommandState = "sending"
	CommandSent      CommandState = "sent"
	CommandDelivered CommandState = "delivered"
	CommandAnswered  CommandState = "answered"
	CommandRefused   CommandState = "refused" // by the tracker
	CommandFailed    CommandState = "failed"
	CommandExpired   CommandState = "expired"
	CommandUnknown   CommandState = "unknown" // it may have been done or not
	CommandCancelled CommandState = "cancelled"
)

// CommandStates gives all states, in the order in which a command may come to them.
func CommandStates() []CommandState {
	return []CommandState{CommandQueued, CommandWaking, CommandSending, CommandSent, CommandDelivered, CommandAnswered,
		CommandRefused, CommandFailed, CommandExpired, CommandUnknown, CommandCancelled}
}

// Command is one thing to tell a device, on its way over whatever line.
type Command struct {
	ID           CommandID
	Organization OrganizationID
	Device       DeviceID
	Batch        BatchID // it was sent with others; 0: alone
	User         UserID  // who sent it; 0 for nobody
	Kind         protocols.CommandKind
	Words        string // for people, without secrets
	Body         []byte // the protocols.Command, sealed
	Dangerous    bool
	Wish, Line   LineKind // asked for; it goes by now, "" for none yet
	State        CommandState
	Reason       string // why it is in its state, for people
	Answer       string
	AnswerData   []byte
	Parsed       []byte // JSON of what was read from the answer; nil for nothing
	Created      time.Time
	Expires      time.Time
	Sent         time.Time // zero: not yet, as the next two
	Delivered    time.Time
	Done         time.Time
	Attempts     int
	Due          time.Time // when it is looked after again, if nothing happens before
}
