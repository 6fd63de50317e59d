package modem

import "time"

// Incoming is one message (or part of one) as it was found on a SIM.
type Incoming struct {
	// Key is the same for the same message seen again: a hash of ICCID and TPDU, in which the network's time is.
	Key string
	// Modem is the line's name; ICCID and IMSI are those of the SIM at that moment ("" if it does not tell).
	Modem, ICCID, IMSI string
	// From is "+" and digits if the number is international, else the number as sent; the name of an alphanumeric sender.
	From string
	// Sent is the service centre's time (TP-SCTS) in UTC, Arrived when the message was read.
	Sent, Arrived time.Time
	// Text is that of GSM-7 and UCS-2 messages, Data that of 8-bit ones.
	Text string
	Data []byte
	// Port is the application port addressed (TS 23.040 §9.2.3.24.3, .4), 0 if none.
	Port int
	// Part says which piece of a longer message this is.
	Part Part
	// Raw is the TPDU as read, without the service centre's address.
	Raw []byte
	// Err says why Raw could not be decoded; then only Key, Modem, ICCID, IMSI, Arrived and Raw are set.
	Err string
}

// Part is the place of a message in a concatenated one. Total 0 or 1: it is whole.
type Part struct {
	Reference int // 0…255, or 0…65535 with 16-bit references; unique only for one sender and a short time
	Number    int // from 1
	Total     int // up to 255
}

// DeliveryState is what a status report says of a message (TS 23.040 §9.2.3.15).
type DeliveryState string

// The states of delivery, besides Failed.
const (
	Delivered DeliveryState = "delivered" // TP-ST 0x00–0x1F
	Trying    DeliveryState = "trying"    // 0x20–0x3F: not yet, the service centre goes on trying
)

// Failed is a DeliveryState (TP-ST 0x40–0xFF: the service centre gave up) and an Outcome (certainly not sent).
const Failed = "failed"

// Report is a delivery report. Match it by ICCID, To and Reference, newest first: references wrap at 256.
type Report struct {
	Modem, ICCID string
	// To is the recipient in the form of Incoming.From.
	To string
	// Reference is that of the Receipt.
	Reference byte
	// Sent and Done are the service centre's times of submission and of the outcome, in UTC; zero if it gave none.
	Sent, Done time.Time
	Status     byte // TP-ST as sent
	State      DeliveryState
	Raw        []byte // the TPDU as read
}

// Outgoing is a message to be sent.
type Outgoing struct {
	// To is "+" and the digits of an international number, or a short code or national number as it is dialled.
	To   string
	Text string
	// Plain is for trackers' commands: GSM-7 only, one message of at most 160 septets, its characters exactly those of
	// Text.
	Plain bool
	// Validity is how long the service centre tries, rounded up to what can be said (5 min … 63 weeks); 0: its default.
	Validity time.Duration
	// Report asks for a delivery report.
	Report bool
}

// PDU is one message ready to be sent: a part of an Outgoing.
type PDU struct {
	To   string
	TPDU []byte // SMS-SUBMIT, without the service centre's address: the SIM's own is used
	Part Part
}

// Outcome is what is known of a message given to a modem.
type Outcome string

// The outcomes of sending, besides Failed.
const (
	Sent    Outcome = "sent"    // the network took it
	Unknown Outcome = "unknown" // it may have been sent: never send a dangerous command again because of this
)

// Receipt is what became of one PDU.
type Receipt struct {
	Outcome Outcome
	// Reference (TP-MR) finds the delivery report; valid if Outcome is Sent.
	Reference byte
	// Code is the modem's +CMS ERROR or +CME ERROR (TS 27.005 §3.2.5), 0 if it gave none.
	Code int
	// Reason is for people; empty if Outcome is Sent.
	Reason      string
	ICCID, IMSI string
	At          time.Time
}
