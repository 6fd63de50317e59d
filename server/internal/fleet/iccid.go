package fleet

import (
	"strings"

	"drover/protocols/wire"
)

// The lengths of an ICCID in digits (ITU-T E.118): at most 19 with the check digit. Many of GSM have 19 without it, and
// 20 with it.
const (
	shortICCID = 18
	longICCID  = 20
	iccidKey   = 19
)

// NormalICCID gives an ICCID in its one form, 19 or 20 digits from 89 on (E.118: telecommunications), whatever way a
// tracker, a modem or a person writes it; false for what is none. It takes off spaces and hyphens and the filler F of
// the file on the card, puts swapped nibbles back (the file has the digits of each byte swapped, ETSI TS 102 221,
// clause 13.2: then it begins with 98), and completes 18 digits by the check digit. A check digit that is wrong is let
// be: trackers that cut the number or pad it are common.
func NormalICCID(s string) (iccid string, ok bool) {
	s = strings.NewReplacer(" ", "", "-", "").Replace(s)
	s = strings.TrimRight(s, "Ff")
	if n := len(s); n >= 2 && (s[n-2] == 'F' || s[n-2] == 'f') { // swapped, the filler stands before the last digit
		s = s[:n-2] + s[n-1:]
	}
	if len(s) < shortICCID || len(s) > longICCID || !isDigits(s) {
		return "", false
	}
	if strings.HasPrefix(s, "98") {
		s = swapNibbles(s)
	}
	if !strings.HasPrefix(s, "89") {
		return "", false
	}
	if len(s) == shortICCID {
		s += string(wire.Luhn(s))
	}
	return s, true
}

// CardOf is what tells cards apart: the first 19 digits of an ICCID in its normal form. A twentieth is the check digit,
// which not everybody says.
func CardOf(iccid string) string { return iccid[:min(len(iccid), iccidKey)] }

// NormalIMSI gives the digits of an IMSI, 6 to 15 of them (ITU-T E.212: at most 15), without fillers and spaces; false
// for what is none.
func NormalIMSI(s string) (imsi string, ok bool) {
	s = strings.TrimRight(strings.TrimSpace(s), "Ff")
	return s, len(s) >= 6 && len(s) <= 15 && isDigits(s)
}

// NormalMSISDN gives a number as +E.164: + and 7 to 15 digits, from +, 00 or nothing in front, without spaces, hyphens,
// dots and brackets; false for what is none.
func NormalMSISDN(s string) (msisdn string, ok bool) {
	s = strings.NewReplacer(" ", "", "-", "", ".", "", "(", "", ")", "").Replace(s)
	if rest, found := strings.CutPrefix(s, "+"); found {
		s = rest
	} else {
		s = strings.TrimPrefix(s, "00")
	}
	return "+" + s, len(s) >= 7 && len(s) <= 15 && s[0] != '0' && isDigits(s)
}

func isDigits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// swapNibbles swaps the digits of each pair; a last one alone stays.
func swapNibbles(s string) string {
	b := []byte(s)
	for i := 0; i+1 < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}
