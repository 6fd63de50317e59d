package sms

import (
	"slices"
	"time"
)

// The first octet of an SMS-SUBMIT (3GPP TS 23.040 §9.2.3.3): which form its validity period has.
const (
	validityMask     = 0x18
	validityRelative = 0x10
)

// inTime gives an SMS-SUBMIT that the network keeps no longer than rest (but at least five minutes, the least that can
// be said), because it was queued with a validity from when it was written, and a command must not be carried out late.
func inTime(tpdu []byte, rest time.Duration) []byte {
	const recipient = 2 // octets before it: the first, and the reference
	if len(tpdu) <= recipient || tpdu[0]&validityMask != validityRelative {
		return tpdu
	}
	digits := int(tpdu[recipient])
	at := recipient + 2 + (digits+1)/2 + 2 // behind length, type and digits; protocol and coding
	if at >= len(tpdu) || tpdu[at] <= relative(rest) {
		return tpdu
	}
	tpdu = slices.Clone(tpdu)
	tpdu[at] = relative(rest)
	return tpdu
}

// relative is the longest validity period of TS 23.040 §9.2.3.12.1 that is not longer than d.
func relative(d time.Duration) byte {
	switch {
	case d < 10*time.Minute:
		return 0
	case d <= 12*time.Hour:
		return byte(d/(5*time.Minute) - 1)
	case d <= day:
		return byte(143 + (d-12*time.Hour)/(30*time.Minute))
	case d < 2*day:
		return 167
	case d <= 30*day:
		return byte(166 + d/day)
	}
	return byte(min(192+d/(7*day), 255))
}
