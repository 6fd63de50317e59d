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

// PINPurpose is what SIMs' PINs are sealed for.
const PINPurpose = "SIM PINs"

// SIM is a card with a subscription: in a tracker, or in one of the server's modems.
type SIM struct {
	ID             SIMID
	Organization   OrganizationID
	ICCID          string // as NormalICCID gives it
	IMSI           string // up to 15 digits; "" if unknown
	MSISDN         string // +E.164; "" if unknown
	Operator       string
	APN            string
	Plan           string
	State          SIMState
	PIN            []byte   // sealed for PINPurpose, its owner CardOf(ICCID); nil for none
	Device         DeviceID // it should be in; 0 for none
	Modem          string   // it was last seen in; "" for none
	BudgetBytes    int64    // a month; 0 for none
	BudgetMessages int      // SMS a month; 0 for none
	Note           string
}

// Sighting is a SIM that a device said it has.
type Sighting struct {
	Device      DeviceID
	ICCID, IMSI string // as NormalICCID and NormalIMSI give them; "" what it did not say
	First, Last time.Time
}

// Alarms of SIMs, and the kinds of the events that tell of them.
const (
	AlarmSwap           = "swap"            // its device reports another SIM
	AlarmElsewhere      = "elsewhere"       // another device reports it
	AlarmMSISDN         = "msisdn"          // its number is not the one that its device is written to at, or writes from
	AlarmBudgetBytes    = "budget_bytes"    // 80 % of the month's are used
	AlarmBudgetMessages = "budget_messages" // the same of SMS

	EventSwap      = "sim_swap"
	EventElsewhere = "sim_elsewhere"
	EventMSISDN    = "sim_msisdn"
	EventBudget    = "sim_budget"
)

// Traffic is what a device's lines carried.
type Traffic struct {
	In     int64 // bytes from the tracker, without the headers of TCP/IP
	Out    int64 // bytes to it
	Frames int64 // from it
}

// Add adds more of it.
func (t *Traffic) Add(more Traffic) {
	t.In += more.In
	t.Out += more.Out
	t.Frames += more.Frames
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
