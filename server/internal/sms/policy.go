package sms

import (
	"slices"
	"time"

	"drover/modem"
	"drover/server/internal/fleet"
)

// Policy says how often a message is tried. What is dangerous is tried once: a refusal is told to whoever sent it.
type Policy struct {
	// Backoff is how long to wait before each further try of what a network refused for the moment: 30 s, 2 min if nil.
	Backoff []time.Duration
	// Unasked is how long to wait after a modem could not even be asked: 2 s if 0.
	Unasked time.Duration
}

func (p Policy) withDefaults() Policy {
	if p.Backoff == nil {
		p.Backoff = []time.Duration{30 * time.Second, 2 * time.Minute}
	}
	if p.Unasked == 0 {
		p.Unasked = 2 * time.Second
	}
	return p
}

// temporary are the codes of +CMS ERROR after which another try may do (3GPP TS 27.005 §3.2.5, whose codes to 127 are
// those of TS 24.011 annex E). 0 is none: the modem did not get as far as the network.
func temporary(code int) bool {
	return slices.Contains([]int{
		0,   //
		27,  // destination out of order
		38,  // network out of order
		41,  // temporary failure
		42,  // congestion
		47,  // resources unavailable
		310, // no SIM: one was pulled, and another modem has one
		311, // SIM wants its PIN
		313, // SIM failure
		314, // SIM busy
		316, // SIM wants its PUK
		320, // memory failure
		331, // no network service
		332, // network timeout
		500, // unknown
		512, // the maker's own; often that it was busy with another
	}, code) || ofTheSIM(code)
}

// ofTheSIM are those with which an operator bars a SIM; another may send.
func ofTheSIM(code int) bool { return slices.Contains([]int{8, 10, 29, 50}, code) }

// settle says what becomes of a part of a message after a modem had it, or could not be asked (err).
func (p Policy) settle(m fleet.SMS, r modem.Receipt, err error, now time.Time) fleet.SMSPart {
	part := fleet.SMSPart{SMS: m.ID, Reference: -1, ICCID: r.ICCID, At: r.At, Reason: r.Reason}
	if part.ICCID == "" {
		part.ICCID = m.ICCID
	}
	if part.At.IsZero() {
		part.At = now
	}
	switch {
	case err != nil:
		part.State, part.Due, part.Unasked, part.Reason = fleet.SMSQueued, now.Add(p.Unasked), true, err.Error()
	case r.Outcome == modem.Sent:
		part.State, part.Reference = fleet.SMSSent, int(r.Reference)
	case r.Outcome == modem.Unknown:
		part.State = fleet.SMSUnknown
	default:
		part.State = fleet.SMSFailed
		if tries := m.Attempts - 1; !m.Dangerous && temporary(r.Code) && tries < len(p.Backoff) {
			part.State, part.Due = fleet.SMSQueued, now.Add(p.wait(r.Code, tries))
		}
	}
	return part
}

// wait is how long another try waits. What did not get as far as the network, or was refused for the SIM's sake, may do
// at once: the modem is not ready now, so another one sends, or it waits until this one is.
func (p Policy) wait(code, tries int) time.Duration {
	if code == 0 || ofTheSIM(code) {
		return p.Unasked
	}
	return p.Backoff[max(0, tries)]
}
