// Package modem sends and receives SMS and USSD through a pool of GSM modems, and looks after the modems and their
// SIMs.
//
// A Pool has one goroutine for each Line, which alone talks to that modem: it opens the port, finds out what the
// modem is, unlocks the SIM, waits for the network, and from then on sends what Pool.Send brings, takes what arrived
// out of the SIM, and gets the modem back when it falls silent. Choose says which modem suits a message; Encode makes
// the messages. Queues, limits for each SIM, retries and the joining of parts are the caller's.
//
// # Promises
//
//   - What arrived is deleted from the SIM, and a report acknowledged to the network, only after the Keeper has it.
//     What cannot be decoded is kept as it is, and does not stay to fill the SIM.
//   - A Receipt tells three outcomes apart. Sent and Failed are certain; Unknown means that the message may have gone.
//     Nothing is sent twice: this package never repeats a message.
//   - A PIN is entered once. It is not entered with fewer than three tries left, nor again after it was not accepted.
//   - Nothing is answered by itself.
//
// # What package at is not trusted with
//
// Commands go through github.com/warthog618/modem/at, with these differences, each with a test of its name:
//
//   - a line that a modem says unasked also lands in the running command's answer: answers are picked by prefix, and
//     what is said unasked is read by a tap on the port, in order;
//   - after an answer that came too late the next ones would be off by one: nothing is believed until the modem was
//     silent and AT had exactly one answer;
//   - a modem that takes no bytes would block for ever: writes have a deadline, and then the port is closed;
//   - at cannot tell whether a message's bytes were written when time ran out: the port can, which makes Failed
//     certain.
//
// # Getting a modem back
//
// The rungs, each tried when the one before did not help: question and answer into step again; all settings anew;
// AT+CFUN=1,1; the port closed and opened, with growing pauses; Config.Recover; people (phase Hung and a line in the
// log), while opening goes on. A modem that comes back under another name of a serial glob is found; its history goes
// by IMEI and its SIM's by ICCID.
//
// # Limits
//
// There is no queue: a caller of Send waits itself. What a modem says unasked is held up to 128 lines; beyond that
// they are dropped, which costs nothing but a USSD answer, because all others are only hints at what the next sweep
// finds, or come again when they are not acknowledged. One sweep takes at most what the SIM holds.
//
// # Imports
//
// The package is a leaf: it knows numbers, texts and SIMs, but no trackers, commands, SQL or HTTP, and imports
// nothing else of Drover's.
package modem
