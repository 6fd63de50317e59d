package modems

import (
	"fmt"
	"strings"
)

// SIM is a card, with what it keeps. The modem that holds it guards it with its lock.
type SIM struct {
	ICCID  string // 20 digits, the last a check digit (ITU-T E.118)
	IMSI   string // 15 digits
	MSISDN string // its number, international with a plus
	SMSC   string // number of its message centre, the same
	PIN    string // "": none is asked for
	CNUM   string // how it tells its number: "" well, "empty" not at all, "error"

	Operator Operator
	Balance  float64 // in the operator's currency

	pinTries int // left
	pukTries int
	locked   bool // the PIN was not given since power-up
	sm       *storage
	phones   map[int]entry
}

// entry is one of the phone book.
type entry struct{ number, name string }

const (
	pinTries   = 3
	pukTries   = 10
	puk        = "12345678" // of every SIM
	phoneBook  = 250
	smCapacity = 40
)

// NewSIM is the card with a number, 0 ≤ n ≤ 99,999,999: everything on it follows from n.
func NewSIM(n int, o Operator) *SIM {
	iccid := fmt.Sprintf("8988299%012d", n)
	return &SIM{
		ICCID:    iccid + string(luhn(iccid)),
		IMSI:     fmt.Sprintf("%s%010d", o.PLMN, n),
		MSISDN:   MSISDN(n),
		SMSC:     o.SMSC,
		Operator: o,
		Balance:  20,
		pinTries: pinTries,
		pukTries: pukTries,
		sm:       newStorage("SM", smCapacity),
		phones:   map[int]entry{},
	}
}

// MSISDN is the number of modem n's SIM: one digit longer than those of simulated vehicles, in the same country code
// that nobody has.
func MSISDN(n int) string { return fmt.Sprintf("+882999%08d", n) }

// IMEI is that of modem n (3GPP TS 23.003, annex B).
func IMEI(n int) string {
	digits := fmt.Sprintf("359991%08d", n)
	return digits + string(luhn(digits))
}

// luhn is the check digit that makes the whole number's Luhn sum a multiple of ten (ISO/IEC 7812-1, annex B).
func luhn(digits string) byte {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return byte('0' + (10-sum%10)%10)
}

// state is what AT+CPIN? says of it.
func (s *SIM) state() string {
	switch {
	case s.pinTries == 0:
		return "SIM PUK"
	case s.locked:
		return "SIM PIN"
	}
	return "READY"
}

// unlock tries a PIN, or the PUK with a new PIN. Wrong ones count (3GPP TS 31.101, clause 9.5).
func (s *SIM) unlock(code, renewed string) error {
	switch {
	case s.pinTries == 0 && (s.pukTries == 0 || code != puk || renewed == ""):
		s.pukTries = max(0, s.pukTries-1)
		return cme(cmeWrong)
	case s.pinTries == 0:
		s.PIN, s.pukTries = renewed, pukTries
	case !s.locked:
		return cme(cmeNotAllowed)
	case code != s.PIN:
		s.pinTries--
		return cme(cmeWrong)
	}
	s.pinTries, s.locked = pinTries, false
	return nil
}

// powerUp is what a reset does to the card.
func (s *SIM) powerUp() { s.locked = s.PIN != "" }

// swapped is digits as a SIM keeps them: two a byte, the first in the low half (3GPP TS 31.102, EF ICCID).
func swapped(digits string) string {
	if len(digits)%2 == 1 {
		digits += "F"
	}
	var b strings.Builder
	for i := 0; i < len(digits); i += 2 {
		b.WriteString(digits[i+1:i+2] + digits[i:i+1])
	}
	return b.String()
}
