package modem

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/warthog618/sms/encoding/tpdu"
)

const (
	// SingleSeptets is what one message holds in the GSM alphabet (TS 23.040 §9.2.3.24: 140 octets).
	SingleSeptets = 160
	// MaxParts is how many parts Encode makes of a text at most.
	MaxParts = 10
)

// ErrEmpty says that a message has no text.
var ErrEmpty = errors.New("text: empty")

// ErrTooLong says that a text needs more room than there is.
type ErrTooLong struct {
	Size, Limit int
	Unit        string // "septets" of a plain message, "parts" of any other
}

func (e ErrTooLong) Error() string {
	return fmt.Sprintf("text: %d %s, at most %d", e.Size, e.Unit, e.Limit)
}

// ErrNumber says that a recipient is no number that can be dialled.
type ErrNumber struct{ Number string }

func (e ErrNumber) Error() string {
	return fmt.Sprintf("to: %q is no number: + and 5 to 15 digits, or 1 to 20 digits, * and #", e.Number)
}

// Encode makes the PDUs of o. reference gives the next number that joins the parts of a long text to one recipient; it
// is only called for a text of several parts. The errors are ErrEmpty, ErrNotGSM7, ErrTooLong and ErrNumber.
func Encode(o Outgoing, reference func(to string) byte) ([]PDU, error) {
	to, err := address(o.To)
	if err != nil {
		return nil, err
	}
	if o.Text == "" {
		return nil, ErrEmpty
	}
	body, coding, err := userData(o)
	if err != nil {
		return nil, err
	}
	submit, err := tpdu.NewSubmit(tpdu.WithDA(to), coding)
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	if o.Report {
		submit.FirstOctet |= tpdu.FoSRR
	}
	if o.Validity > 0 {
		submit.SetVP(validity(o.Validity))
	}
	parts := submit.Segment(body, tpdu.WithConcatRef(counter(func() int { return int(reference(o.To)) })))
	if len(parts) > MaxParts {
		return nil, ErrTooLong{Size: len(parts), Limit: MaxParts, Unit: "parts"}
	}
	return marshal(o.To, parts)
}

func marshal(to string, parts []tpdu.TPDU) ([]PDU, error) {
	pdus := make([]PDU, len(parts))
	for i := range parts {
		raw, err := parts[i].MarshalBinary()
		if err != nil {
			return nil, fmt.Errorf("encode part %d: %w", i+1, err)
		}
		pdus[i] = PDU{To: to, TPDU: raw}
		if total, number, ref, ok := parts[i].ConcatInfo(); ok {
			pdus[i].Part = Part{Reference: ref, Number: number, Total: total}
		}
	}
	return pdus, nil
}

// userData is the text in the alphabet that it needs. A plain text never silently becomes UCS-2.
func userData(o Outgoing) ([]byte, tpdu.DCS, error) {
	septets, err := gsm.septets(o.Text)
	switch {
	case err == nil && o.Plain && len(septets) > SingleSeptets:
		return nil, 0, ErrTooLong{Size: len(septets), Limit: SingleSeptets, Unit: "septets"}
	case err == nil:
		return septets, 0, nil
	case o.Plain:
		return nil, 0, err
	}
	var ucs2 []byte
	for _, u := range utf16.Encode([]rune(o.Text)) {
		ucs2 = append(ucs2, byte(u>>8), byte(u))
	}
	return ucs2, tpdu.DcsUCS2Data, nil
}

type counter func() int

// Count makes counter a tpdu.Counter.
func (c counter) Count() int { return c() }

const (
	toaInternational = 0x91 // TS 23.040 §9.1.2.5: international, ISDN plan
	toaUnknown       = 0x81 // as it is dialled: short codes, national numbers
)

// address gives a number the type that its shape says: calling a short code international would send it abroad.
func address(number string) (tpdu.Address, error) {
	if international, ok := strings.CutPrefix(number, "+"); ok {
		if len(international) < 5 || len(international) > 15 || !digits(international) {
			return tpdu.Address{}, ErrNumber{number}
		}
		return tpdu.Address{TOA: toaInternational, Addr: international}, nil
	}
	if len(number) < 1 || len(number) > 20 || strings.Trim(number, "0123456789*#") != "" {
		return tpdu.Address{}, ErrNumber{number}
	}
	return tpdu.Address{TOA: toaUnknown, Addr: number}, nil
}

// validity rounds d up to a step of the relative format (TS 23.040 §9.2.3.12.1), and works around the library, which
// makes ten minutes of five: it writes 0, the five minutes, only for less.
func validity(d time.Duration) tpdu.ValidityPeriod {
	const day = 24 * time.Hour
	step := 7 * day
	switch {
	case d <= 12*time.Hour:
		step = 5 * time.Minute
	case d <= day:
		step = 30 * time.Minute
	case d <= 30*day:
		step = day
	}
	d = min((d+step-1)/step*step, 63*7*day)
	if d <= 5*time.Minute {
		d = 0
	}
	var v tpdu.ValidityPeriod
	v.SetRelative(d)
	return v
}
