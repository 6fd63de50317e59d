package fleet

import "time"

// SIMID is the key of a SIM.
type SIMID int32

// SIMState is what an operator makes of a SIM.
type SIMState string

// The states of a SIM.
const (
	SIMStock     SIMState = "stock"     // not in use yet
	SIMActive    SIMState = "active"    //
	SIMSuspended SIMState = "suspended" // its network does not let it in
	SIMEnded     SIMState = "ended"     // it will not come back
)

// SIM is a card with a subscription: in a tracker, or in one of the server's modems.
type SIM struct {
	ID             SIMID
	Organization   OrganizationID
	ICCID          string // 18 to 20 digits
	IMSI           string // up to 15 digits; "" if unknown
	MSISDN         string // +E.164; "" if unknown
	Operator       string
	APN            string
	Plan           string
	State          SIMState
	PIN            []byte   // sealed; nil for none
	Device         DeviceID // it should be in; 0 for none
	Modem          string   // it was last seen in; "" for none
	BudgetBytes    int64    // a month; 0 for none
	BudgetMessages int      // SMS a month; 0 for none
	Note           string
}

// Sighting is a SIM that a device said it has.
type Sighting struct {
	Device      DeviceID
	ICCID, IMSI string // "" what it did not say
	First, Last time.Time
}

// Usage is what a SIM carried on one UTC day.
type Usage struct {
	SIM           SIMID
	Day           time.Time // its midnight
	BytesIn       int64     // from the tracker, without the headers of TCP/IP
	BytesOut      int64
	Frames        int64
	SMSIn, SMSOut int // from it, to it
}
