package modem

import "time"

// Phase is what a modem is doing.
type Phase string

// The phases of a modem. It sends only when Ready or Degraded, and receives in Registering and Barred too.
const (
	Absent      Phase = "absent"      // there is no such device, or another process has it
	Opening     Phase = "opening"     // the port is being opened
	Probing     Phase = "probing"     // it is asked what it is, and given its settings
	PIN         Phase = "pin"         // its SIM's PIN is being entered
	Registering Phase = "registering" // it looks for a network
	Ready       Phase = "ready"
	Degraded    Phase = "degraded"  // it works, but not all of it: Reason says what
	Blocked     Phase = "blocked"   // its SIM wants a PIN that is not known, was refused, or may not be tried
	Hung        Phase = "hung"      // it does not answer, and every means to revive it was tried
	SIMError    Phase = "sim_error" // no SIM, or a broken one
	PUK         Phase = "puk"       // its SIM wants the PUK: a person must enter it elsewhere
	Barred      Phase = "barred"    // the operator refuses what it sends
	Paused      Phase = "paused"    // an operator wanted it so: the port is closed
)

// Phases gives all phases.
func Phases() []Phase {
	return []Phase{Absent, Opening, Probing, PIN, Registering, Ready, Degraded, Blocked, Hung, SIMError, PUK, Barred,
		Paused}
}

// Registration is how the network takes a SIM.
type Registration string

// The states of registration.
const (
	Home      Registration = "home"
	Roaming   Registration = "roaming"
	Searching Registration = "searching"
	Denied    Registration = "denied"
	None      Registration = "none"
)

// State is a modem as it was last seen. What is not known is empty or nil. A State is a value: it never changes.
type State struct {
	Name   string    `json:"name"`
	URL    string    `json:"url"`
	Phase  Phase     `json:"phase"`
	Reason string    `json:"reason,omitempty"` // why, for people
	Since  time.Time `json:"since"`            // when this phase began

	Manufacturer string `json:"manufacturer,omitempty"`
	Model        string `json:"model,omitempty"`
	Firmware     string `json:"firmware,omitempty"`
	IMEI         string `json:"imei,omitempty"`
	ICCID        string `json:"iccid,omitempty"`
	IMSI         string `json:"imsi,omitempty"`
	MSISDN       string `json:"msisdn,omitempty"`
	SMSC         string `json:"smsc,omitempty"`        // the service centre's number
	PINState     string `json:"pin_state,omitempty"`   // as +CPIN? says: READY, SIM PIN, SIM PUK…
	PINRetries   *int   `json:"pin_retries,omitempty"` // tries left

	Registration  Registration `json:"registration,omitempty"`
	Operator      string       `json:"operator,omitempty"`
	PLMN          string       `json:"plmn,omitempty"`   // MCC and MNC: 20801
	Access        string       `json:"access,omitempty"` // gsm, umts, lte, nb-iot or nr
	LAC           string       `json:"lac,omitempty"`    // location or tracking area, hexadecimal
	CID           string       `json:"cid,omitempty"`    // cell, hexadecimal
	SignalDBM     *int         `json:"signal_dbm,omitempty"`
	SignalPercent *int         `json:"signal_percent,omitempty"`
	Temperature   *float64     `json:"temperature,omitempty"` // °C

	// StorageUsed and StorageSize are messages in the memory that receives.
	StorageUsed int `json:"storage_used"`
	StorageSize int `json:"storage_size"`

	Balance     *float64   `json:"balance,omitempty"`
	BalanceText string     `json:"balance_text,omitempty"` // as the operator said it
	Currency    string     `json:"currency,omitempty"`     // ISO 4217
	BalanceAt   *time.Time `json:"balance_at,omitempty"`

	// Counts since the pool started.
	Sent      uint64 `json:"sent"`
	Failed    uint64 `json:"failed"`
	Unknown   uint64 `json:"unknown"`
	Received  uint64 `json:"received"` // messages and reports kept
	Restarts  int    `json:"restarts"` // the port was opened again
	LastError string `json:"last_error,omitempty"`
}

// ready reports whether the modem may be asked to send.
func (s State) ready() bool { return s.Phase == Ready || s.Phase == Degraded }

// forgetSIM drops what came from the SIM and the network.
func (s *State) forgetSIM() {
	s.ICCID, s.IMSI, s.MSISDN, s.SMSC, s.PINState, s.PINRetries = "", "", "", "", "", nil
	s.Balance, s.BalanceText, s.Currency, s.BalanceAt = nil, "", "", nil
	s.forgetNetwork()
}

func (s *State) forgetNetwork() {
	s.Registration, s.Operator, s.PLMN, s.Access, s.LAC, s.CID = "", "", "", "", "", ""
	s.SignalDBM, s.SignalPercent, s.Temperature = nil, nil, nil
}
