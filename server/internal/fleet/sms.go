package fleet

import "time"

// SMSID is the key of an SMS.
type SMSID int64

// SMSState is how far an SMS has come.
type SMSState string

// The states of an SMS. The first eight are of those that go, the others of those that came.
const (
	SMSQueued      SMSState = "queued"
	SMSSending     SMSState = "sending" // a modem has it
	SMSSent        SMSState = "sent"    // the network has it
	SMSDelivered   SMSState = "delivered"
	SMSFailed      SMSState = "failed"
	SMSExpired     SMSState = "expired"
	SMSUnknown     SMSState = "unknown" // it may have gone or not
	SMSCancelled   SMSState = "cancelled"
	SMSReceived    SMSState = "received"
	SMSQuarantined SMSState = "quarantined" // its sender is nobody's device
	SMSUnreadable  SMSState = "unreadable"  // only Raw is there
)

// SMSStates gives all states, in the order in which an SMS may come to them.
func SMSStates() []SMSState {
	return []SMSState{SMSQueued, SMSSending, SMSSent, SMSDelivered, SMSFailed, SMSExpired, SMSUnknown, SMSCancelled,
		SMSReceived, SMSQuarantined, SMSUnreadable}
}

// SMSPart is how far one part of an SMS that goes has come, after a modem had it.
type SMSPart struct {
	SMS       SMSID
	Number    int       // from 1
	State     SMSState  // SMSSent, SMSFailed, SMSUnknown, or SMSQueued: it did not go, and may be tried again
	Reference int       // that the modem gave it, 0 to 255; -1 for none
	ICCID     string    // of the SIM that sent it
	At        time.Time // when
	Reason    string    // why it is in its state, for people
	Due       time.Time // of one that may be tried again: not before
	Unasked   bool      // its modem was never asked: that was no try
	Next      int       // the number of the part that is sent now; 0 for none
}

// SMSWaiting is what there is to know of an SMS in the queue in order to choose its modem.
type SMSWaiting struct {
	ID       SMSID
	Peer     string
	ICCID    string // of the SIM that its recipient knows; "" for none
	Strict   bool   // only that one may send it
	Priority int    // higher first
	Due      time.Time
	Expires  time.Time
	Parts    int
}

// SMSUse is one part that a SIM sent, for its limits.
type SMSUse struct {
	Peer string
	At   time.Time
}

// SMSReport is what the network says of a part that was sent.
type SMSReport struct {
	ICCID, Peer string    // the SIM that sent it, and to whom
	Reference   int       // that the modem gave it
	Taken       time.Time // by the service centre, in its own time; zero if it does not say
	State       SMSState  // SMSDelivered, SMSFailed, or SMSSent: it goes on trying
	Reason      string    // for people
}

// SMSPiece is one part of an SMS that came.
type SMSPiece struct {
	Key                      string // the same if it is read again
	Modem, ICCID, Peer, Text string
	Data                     []byte
	Reference, Number, Total int
	Sent, Arrived            time.Time
}

// SMS is a short message, whole: its parts are the store's.
type SMS struct {
	ID           SMSID
	Organization OrganizationID
	In           bool      // it came; false: it goes
	Device       DeviceID  // at the other end; 0 for none
	Command      CommandID // that it carries or answers; 0 for none
	User         UserID    // who wrote it; 0 for nobody
	Peer         string    // the other end's number: +E.164, a short code, or a name
	Text         string
	Data         []byte // of an 8-bit message
	Raw          []byte // the TPDU of one that could not be read
	Modem        string
	ICCID        string // of the modem's SIM
	State        SMSState
	Reason       string // why it is in its state, for people
	Plain        bool   // a tracker's command: exactly these characters, in one message
	Dangerous    bool   // never sent again while it is not known whether it went
	Strict       bool   // only the SIM ICCID may send it
	Priority     int    // higher first
	Attempts     int
	Due, Expires time.Time     // not before, and not after which it is given to a modem
	Validity     time.Duration // the network tries so long to deliver it
	Created      time.Time     // of one that came: when it was read
	Sent         time.Time     // of one that came: when its sender's network took it
	Done         time.Time     // final; of one that came: acted on; zero: not yet
	Key          string        // of one that came: the same if it is read again
}
