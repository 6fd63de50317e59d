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
	Due, Expires time.Time // Expires zero: never
	Created      time.Time // of one that came: when it was read
	Sent         time.Time // of one that came: when its sender's network took it
	Done         time.Time // final; zero: not yet
}
