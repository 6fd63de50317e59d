package modems

import (
	"slices"
	"time"
)

// Fault is the name of something that goes wrong in the field.
type Fault string

// The faults of one answer: their rule names a command.
const (
	FaultLateAnswer Fault = "late-answer"
	FaultNoAnswer   Fault = "no-answer"
	FaultHalfLine   Fault = "half-line"
	FaultURCInside  Fault = "urc-inside"
	FaultCRCRLF     Fault = "cr-cr-lf"
	FaultCMS        Fault = "cms"
	FaultCME        Fault = "cme"
	FaultNoCMGS     Fault = "no-cmgs"
	FaultNoPrompt   Fault = "no-prompt"
)

// The faults of a message that arrives (their rule names "deliver") or of a delivery report ("report").
const (
	FaultUndecodable          Fault = "undecodable"
	FaultSRLost               Fault = "sr-lost"
	FaultSRLate               Fault = "sr-late"
	FaultSROutOfOrder         Fault = "sr-out-of-order"
	FaultSRTemporaryThenFinal Fault = "sr-temporary-then-final"
)

// The faults that a modem is in until they are cleared, or that happen to it at once.
const (
	FaultNoEcho      Fault = "no-echo"
	FaultMemoryFull  Fault = "memory-full"
	FaultSRQuirk     Fault = "sr-quirk"
	FaultMRWrap      Fault = "mr-wrap"
	FaultUnregister  Fault = "unregister"
	FaultRoaming     Fault = "roaming"
	FaultDenied      Fault = "denied"
	FaultSIMRemoved  Fault = "sim-removed"
	FaultPUK         Fault = "puk"
	FaultVanish      Fault = "vanish"
	FaultReboot      Fault = "reboot"
	FaultHang        Fault = "hang"
	FaultSlow        Fault = "slow"
	FaultBarred      Fault = "barred"
	FaultBalanceZero Fault = "balance-zero"
	FaultFlood       Fault = "flood"
)

// FaultInfo says what a fault does, for lists and for tests that try every one.
type FaultInfo struct {
	Name    Fault  `json:"name"`
	Effect  string `json:"effect"`
	Trigger string `json:"trigger"`           // what its rules must name: "command", "deliver", "report" or "any"
	With    string `json:"with,omitempty"`    // what may follow the name: "duration", "number" or "line"
	Default string `json:"default,omitempty"` // what With is if nothing follows
}

// entryOfFault is a fault with what it does. One of the functions is set, and says when it can happen.
type entryOfFault struct {
	FaultInfo
	answer func(*verdict, argument)    // to a command's answer
	spoil  func(*stored)               // to a message that arrives
	report func(*reportPlan, argument) // to a delivery report
	state  func(*Modem, argument)      // to the modem, its lock held
}

// argument is what follows a fault's name in a rule.
type argument struct {
	duration time.Duration
	number   int
	line     string
}

// Faults lists all of them.
func Faults() []FaultInfo {
	var all []FaultInfo
	for _, e := range faultTable() {
		all = append(all, e.FaultInfo)
	}
	return all
}

func faultTable() []entryOfFault {
	return slices.Concat(answerFaults(), messageFaults(), stateFaults())
}

func answerFaults() []entryOfFault {
	about := func(n Fault, effect, with, usual string, do func(*verdict, argument)) entryOfFault {
		return entryOfFault{FaultInfo: FaultInfo{n, effect, triggerCommand, with, usual}, answer: do}
	}
	return []entryOfFault{
		about(FaultLateAnswer, "the command is carried out, its answer comes late", "duration", "10s",
			func(v *verdict, a argument) { v.late = a.duration }),
		about(FaultNoAnswer, "the command is lost: it is not carried out, and nothing is answered", "", "",
			func(v *verdict, _ argument) { v.silent = true }),
		about(FaultHalfLine, "the answer breaks off in its middle and has no end", "", "",
			func(v *verdict, _ argument) { v.half = true }),
		about(FaultURCInside, "a line that nobody asked for comes between the lines of the answer", "line", "^RSSI:18",
			func(v *verdict, a argument) { v.inside = a.line }),
		about(FaultCRCRLF, "the lines of the answer end with CR CR LF", "", "",
			func(v *verdict, _ argument) { v.doubleCR = true }),
		about(FaultCMS, "the command fails with +CMS ERROR and this number, a message after its PDU", "number", "500",
			func(v *verdict, a argument) { v.refusal = cms(a.number) }),
		about(FaultCME, "the command fails with +CME ERROR and this number", "number", "100",
			func(v *verdict, a argument) { v.refusal = cme(a.number) }),
		about(FaultNoCMGS, "the message is sent, but no +CMGS comes: with \"ok\" only OK, else nothing", "line", "",
			func(v *verdict, a argument) { v.lostReference, v.bareOK = true, a.line == "ok" }),
		about(FaultNoPrompt, "a command that wants a message never prompts for it", "", "",
			func(v *verdict, _ argument) { v.noPrompt = true }),
	}
}

func messageFaults() []entryOfFault {
	report := func(n Fault, effect, with, usual string, do func(*reportPlan, argument)) entryOfFault {
		return entryOfFault{FaultInfo: FaultInfo{n, effect, eventReport, with, usual}, report: do}
	}
	return []entryOfFault{
		{
			FaultInfo: FaultInfo{FaultUndecodable, "the message that arrives cannot be decoded", eventDeliver, "", ""},
			spoil:     spoilPDU,
		},
		report(FaultSRLost, "the delivery report never comes", "", "", func(p *reportPlan, _ argument) { p.lost = true }),
		report(FaultSRLate, "the delivery report comes later", "duration", "30s",
			func(p *reportPlan, a argument) { p.late = a.duration }),
		report(FaultSROutOfOrder, "the delivery report comes after the next one, or after 5 s", "", "",
			func(p *reportPlan, _ argument) { p.swap = true }),
		report(FaultSRTemporaryThenFinal, "a report of a temporary failure (0x30) comes first, the final one later",
			"duration", "1s",
			func(p *reportPlan, a argument) { p.temporary, p.later = true, a.duration }),
	}
}

func stateFaults() []entryOfFault {
	about := func(n Fault, effect, with, usual string, do func(*Modem, argument)) entryOfFault {
		return entryOfFault{FaultInfo: FaultInfo{n, effect, triggerAny, with, usual}, state: do}
	}
	return []entryOfFault{
		about(FaultNoEcho, "nothing that is typed is echoed, whatever ATE says", "", "",
			func(m *Modem, _ argument) { m.mute = true }),
		about(FaultMemoryFull, "all memories are full: nothing that arrives is taken", "", "",
			func(m *Modem, _ argument) { m.full = true; m.sayFull() }),
		about(FaultSRQuirk, "delivery reports are announced in SM but kept in SR", "", "",
			func(m *Modem, _ argument) { m.srQuirk = true }),
		about(FaultMRWrap, "the next message has the reference 255, the one after it 0", "", "",
			func(m *Modem, _ argument) { m.reference = 254 }),
		about(FaultUnregister, "the network is lost: the modem searches", "", "",
			func(m *Modem, _ argument) { m.register(Searching) }),
		about(FaultRoaming, "the modem is on a foreign network", "", "",
			func(m *Modem, _ argument) { m.register(Roaming) }),
		about(FaultDenied, "the network denies its service", "", "",
			func(m *Modem, _ argument) { m.register(Denied) }),
		about(FaultSIMRemoved, "the SIM is taken out", "", "", func(m *Modem, _ argument) { m.pull() }),
		about(FaultPUK, "the SIM is blocked and wants its PUK", "", "", func(m *Modem, _ argument) { m.block() }),
		about(FaultVanish, "the port vanishes, and comes back under another name after this time", "duration", "1s",
			func(m *Modem, a argument) { m.vanish(); m.returnAfter(a.duration) }),
		about(FaultReboot, "the modem boots: it is deaf for this time, then says RDY, its settings as from the factory",
			"duration", "2s", func(m *Modem, a argument) { m.reboot(a.duration) }),
		about(FaultHang, "the modem reads nothing and says nothing; 0 is until it is cleared", "duration", "0s",
			func(m *Modem, a argument) { m.hang(a.duration) }),
		about(FaultSlow, "the line has 9600 baud", "", "", func(m *Modem, _ argument) { m.slow = true }),
		about(FaultBarred, "after this many messages the operator bars those that are sent (CMS 8)", "number", "0",
			func(m *Modem, a argument) { m.barAfter = a.number }),
		about(FaultBalanceZero, "the money is used up: messages are refused (CMS 38), and 5555 writes so", "", "",
			func(m *Modem, _ argument) { m.broke = true; m.spend() }),
		about(FaultFlood, "this many messages from a stranger arrive at once", "number", "300",
			func(m *Modem, a argument) { m.flood(a.number) }),
	}
}

func faultNamed(name Fault) (entryOfFault, bool) {
	for _, e := range faultTable() {
		if e.Name == name {
			return e, true
		}
	}
	return entryOfFault{}, false
}
