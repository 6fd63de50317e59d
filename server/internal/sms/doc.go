// Package sms is the desk of the modems: it sends the SMS that wait, and files those that come.
//
// # Outgoing
//
// The postman, one goroutine, decides which modem sends what; one courier for each modem gives it one message after the
// other. The database holds the queue; the postman has of each message only what its choice needs (fleet.SMSWaiting),
// at most maxQueue of them: Queue refuses more with ErrFull. What waits is in lanes: in one lane all messages ask the
// same of a modem, so that one which must wait for its SIM is in nobody's way. A modem is in hand of at most inHand
// messages.
//
// A part is noted as being sent before a modem has it, and what became of it after. So a crash leaves it "sending",
// which the next start makes "unknown": it may have gone or not. Such a one is sent again only if it is not dangerous,
// once, and only after the network would have reported it.
//
// A SIM sends within its limits (usage.go), which are counted from what is stored, so that a restart does not forget
// them.
//
// # Incoming
//
// A message is deleted from the SIM only after Keep has stored it, once for each key. Parts are joined in one
// transaction; those that wait for others longer than a day are filed with a note of what is missing. The sender's
// number names the device; what comes from nobody's device, or cannot be read, is in the quarantine of the organization
// that runs the server. SMS of devices are then given to Config.Heard until it takes them; nothing is ever answered
// here, so two machines cannot talk each other into a storm. Nothing of what comes is kept in memory but one message at
// a time.
//
// # Modems
//
// The watch stores how the modems are and were, which SIMs are in them, and says so in the log when one needs a person.
//
// A Desk is safe for concurrent use. The package imports modem and fleet, and the database only through a small
// interface; it must know neither protocols nor HTTP.
package sms
