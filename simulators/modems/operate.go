package modems

import (
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/warthog618/sms/encoding/pdumode"
)

// State is what a modem is like at one moment.
type State struct {
	Name         string       `json:"name"`
	URL          string       `json:"url"` // "" while its port is away
	Profile      string       `json:"profile"`
	IMEI         string       `json:"imei"`
	ICCID        string       `json:"iccid,omitempty"` // and the next: "" without a SIM
	IMSI         string       `json:"imsi,omitempty"`
	MSISDN       string       `json:"msisdn,omitempty"`
	SIM          string       `json:"sim"` // as AT+CPIN? says, or "NOT INSERTED"
	Operator     string       `json:"operator,omitempty"`
	Balance      float64      `json:"balance"`
	Registration Registration `json:"registration"`
	Signal       int          `json:"signal"`      // RSSI of AT+CSQ: 0 to 31, or 99
	Temperature  int          `json:"temperature"` // °C
	Stored       int          `json:"stored"`      // messages on the SIM and in the modem
	Clients      int          `json:"clients"`     // connections
	Hung         bool         `json:"hung"`
	Booting      bool         `json:"booting"`
	Rules        int          `json:"rules"` // of faults
}

// State tells what the modem is like now.
func (m *Modem) State() State {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := State{
		Name: m.alias, Profile: m.profile.Name, IMEI: m.imei, SIM: "NOT INSERTED", Registration: m.service(),
		Signal: m.rssi, Temperature: m.temperature, Stored: m.memory("ME").used(), Clients: len(m.lines),
		Hung: m.hung != nil, Booting: m.booting, Rules: len(m.rules),
	}
	if m.port != nil {
		s.URL = m.port.url()
	}
	if m.sim != nil {
		s.ICCID, s.IMSI, s.MSISDN, s.SIM = m.sim.ICCID, m.sim.IMSI, m.sim.MSISDN, m.sim.state()
		s.Operator, s.Balance = m.sim.Operator.Name, m.sim.Balance
		s.Stored += m.sim.sm.used()
	}
	return s
}

// id is the name in ledgers; it never changes.
func (m *Modem) id() string { return fmt.Sprintf("modem%d", m.index) }

// Register changes what the network grants.
func (m *Modem) Register(r Registration) { m.locked(func() { m.register(r) }) }

// SetSignal changes the RSSI of AT+CSQ: 0 to 31, or 99 for unknown.
func (m *Modem) SetSignal(rssi int) error {
	if (rssi < 0 || rssi > 31) && rssi != 99 {
		return fmt.Errorf("modems: signal is %d: it must be 0 to 31, or 99", rssi)
	}
	m.locked(func() {
		m.rssi = rssi
		if m.profile.SignalURC != "" {
			m.say(fmt.Sprintf(m.profile.SignalURC, rssi))
		}
	})
	return nil
}

// SetCell changes the place that AT+CREG tells: location area, cell, and access as there (0 GSM, 2 UMTS, 7 LTE).
func (m *Modem) SetCell(lac, cell, access int) {
	m.locked(func() {
		m.lac, m.cell, m.access = lac, cell, access
		m.sayRegistration()
	})
}

// SetTemperature changes it, in °C.
func (m *Modem) SetTemperature(celsius int) { m.locked(func() { m.temperature = celsius }) }

// SetBalance changes the SIM's money, in its operator's currency; without a SIM nothing happens.
func (m *Modem) SetBalance(amount float64) {
	m.locked(func() {
		if m.sim != nil {
			m.sim.Balance = amount
		}
	})
}

// Pull takes the SIM out; Insert puts one in, nil the one that was pulled.
func (m *Modem) Pull() { m.locked(m.pull) }

// Insert puts a SIM in, in place of the one that is there: nil is the one that was pulled last.
func (m *Modem) Insert(s *SIM) {
	m.locked(func() {
		if s == nil {
			s = m.pulled
		}
		if s != nil {
			m.insert(s)
		}
	})
}

// URC says a line to all clients, unasked.
func (m *Modem) URC(line string) { m.locked(func() { m.say(line) }) }

// Hang makes the modem read nothing until Unhang, Clear or a boot.
func (m *Modem) Hang() { m.locked(func() { m.hang(0) }) }

// Unhang lets it read again what was written meanwhile.
func (m *Modem) Unhang() { m.locked(m.unhang) }

// Vanish takes the port away; Return brings it back under another name.
func (m *Modem) Vanish() { m.locked(m.vanish) }

// Return brings a port that vanished back under another name, which URL and State tell a moment later.
func (m *Modem) Return() { m.locked(func() { m.returnAfter(0) }) }

// Reboot turns the modem off and on; it is ready again after d.
func (m *Modem) Reboot(d time.Duration) { m.locked(func() { m.reboot(d) }) }

// Text sends the modem's SIM a message through the network; see Network.Send.
func (m *Modem) Text(from, text string) error {
	to := m.State().MSISDN
	if to == "" {
		return fmt.Errorf("modems: %s has no SIM", m.id())
	}
	return m.network.Send(from, to, text)
}

// PDU puts a received message into the memory of arrivals as it is, past the network and its ledger: message centre and
// TPDU in hexadecimal digits. Nothing but the centre is looked at, so that it may be one that cannot be decoded.
func (m *Modem) PDU(digits string) error {
	octets, err := hex.DecodeString(digits)
	if err != nil {
		return fmt.Errorf("modems: pdu: %w", err)
	}
	p, err := pdumode.UnmarshalBinary(octets)
	if err != nil {
		return fmt.Errorf("modems: pdu: number of the message centre: %w", err)
	}
	if len(p.TPDU) == 0 {
		return errors.New("modems: pdu: nothing follows the number of the message centre")
	}
	kept := absent
	m.locked(func() { kept = m.store(stored{pdu: octets, tpdu: len(p.TPDU)}, m.routing()) })
	if kept != taken {
		return fmt.Errorf("modems: pdu: %s has no room", m.id())
	}
	return nil
}

// Report hands the modem a delivery report of its own making: of a message to a number with a reference, with a TP-ST.
func (m *Modem) Report(to string, reference, status byte) error {
	var err error
	m.locked(func() {
		now := time.Now()
		r := parcel{message: &message{to: to, reference: reference, at: now}, report: true, status: status, done: now}
		if m.sim == nil || !m.reachable() || m.receiveReport(r) != taken {
			err = fmt.Errorf("modems: report: %s is not reachable, or has no room", m.id())
		}
	})
	return err
}

func (m *Modem) locked(do func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	do()
}
