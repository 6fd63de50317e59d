package modems

import (
	"fmt"
	"time"
)

// routing is AT+CNMI: how what arrives is told (3GPP TS 27.005, clause 3.4.1).
type routing struct {
	mode    int // 0: nothing is said unasked
	message int // 0 stored, 1 stored and told by +CMTI, 2 and 3 given at once as +CMT
	report  int // 0 not told, 1 given at once as +CDS, 2 stored and told by +CDSI
}

func (m *Modem) routing() routing {
	var r routing
	for i, f := range fields(m.settings["+CNMI"]) {
		n, _ := number(f)
		switch i {
		case 0:
			r.mode = n
		case 1:
			r.message = n
		case 3:
			r.report = n
		}
	}
	if len(m.lines) == 0 || r.mode == 0 {
		r.message, r.report = min(r.message, 1), r.report&2
	}
	return r
}

// receive takes what the network has for the modem's SIM.
func (m *Modem) receive(p parcel) outcome {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.reachable() || m.sim.MSISDN != p.owner() {
		return absent
	}
	if p.report {
		return m.receiveReport(p)
	}
	if m.full {
		m.sayFull()
		return absent
	}
	pdu, err := deliverPDU(p.message, m.sim.SMSC)
	if err != nil {
		m.log.Error().Err(err).Str("from", p.from).Msg("a message cannot be delivered, and is dropped")
		return taken
	}
	m.judgeArrival(&pdu)
	r := m.routing()
	if r.message < 2 {
		return m.store(pdu, r)
	}
	if m.setting("+CSMS") == 1 {
		if m.unacked {
			return absent
		}
		m.expectAck(func() { m.store(pdu, m.routing()) })
	}
	m.say(m.direct("+CMT", pdu))
	return taken
}

// store puts a message into the memory of arrivals.
func (m *Modem) store(pdu stored, r routing) outcome {
	memory := m.memory(m.memories[2])
	if memory == nil {
		return absent
	}
	index, ok := memory.put(pdu)
	if !ok {
		m.sayFull()
		return absent
	}
	if r.message > 0 && r.mode > 0 {
		m.say(fmt.Sprintf("+CMTI: %q,%d", memory.name, index))
	}
	return taken
}

func (m *Modem) sayFull() {
	if m.profile.Full != "" {
		m.say(m.profile.Full)
	}
}

// receiveReport tells or stores a delivery report; with ds=0 it is forgotten, as by real modems.
func (m *Modem) receiveReport(p parcel) outcome {
	pdu, err := reportPDU(p.message, p.status, p.done, m.sim.SMSC)
	if err != nil {
		m.log.Error().Err(err).Str("to", p.to).Msg("a report cannot be delivered, and is dropped")
		return taken
	}
	switch m.routing().report {
	case 1:
		if m.setting("+CSMS") == 1 {
			if m.unacked {
				return absent
			}
			m.expectAck(func() { m.storeReport(pdu) })
		}
		m.say(m.direct("+CDS", pdu))
		return taken
	case 2:
		return m.storeReport(pdu)
	}
	return taken
}

func (m *Modem) storeReport(pdu stored) outcome {
	kept := m.profile.Reports
	told := kept
	if m.profile.SRQuirk || m.srQuirk {
		kept, told = "SR", "SM"
	}
	index, ok := m.memory(kept).put(pdu)
	if !ok {
		return absent
	}
	m.say(fmt.Sprintf("+CDSI: %q,%d", told, index))
	return taken
}

// direct is a message as +CMT or +CDS give it.
func (m *Modem) direct(urc string, pdu stored) string {
	if m.setting("+CMGF") == 1 {
		return urc + ": " + m.textForm(pdu, urc)
	}
	alpha := ","
	if urc == "+CDS" {
		alpha = ""
	}
	return fmt.Sprintf("%s: %s%d\r\n%X", urc, alpha, pdu.tpdu, pdu.pdu)
}

// expectAck waits for AT+CNMA. Without one the modem gives nothing more at once, and stores this (27.005, clause
// 3.4.4).
func (m *Modem) expectAck(late func()) {
	m.unacked = true
	m.ackRound++
	m.ackLate = late
	round := m.ackRound
	m.network.agenda.after(m.network.config.AckTimeout, func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		if m.unacked && m.ackRound == round {
			m.settings["+CNMI"] = "0,0,0,0,0"
			m.acknowledged(false)
		}
	})
}

// acknowledged ends the wait; a message that was not taken is stored.
func (m *Modem) acknowledged(well bool) {
	m.unacked = false
	if !well {
		m.ackLate()
	}
	m.tellPresent()
}

// networkClock is AT+CCLK's and text mode's form of a time: "26/11/21,12:00:00+08", in quarters of an hour from UTC.
func networkClock(t time.Time) string {
	_, offset := t.Zone()
	return fmt.Sprintf("%s%+03d", t.Format("06/01/02,15:04:05"), offset/(15*60))
}
