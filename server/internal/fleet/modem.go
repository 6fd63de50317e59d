package fleet

import "time"

// ModemPoint is how one of the server's modems was at a moment of its history. What it did not tell is empty or nil.
type ModemPoint struct {
	Modem        string // its name
	Time         time.Time
	Phase        string // as the modem's pool calls it: ready, hung…
	Reason       string // why, for people
	ICCID        string // of the SIM in it
	Registration string // home, roaming, searching, denied, none
	PLMN         string // MCC and MNC
	SignalDBM    *int
	Temperature  *float64 // °C
	StorageUsed  *int     // messages in its memory
	Balance      *float64 // in the currency of the SIM
}
