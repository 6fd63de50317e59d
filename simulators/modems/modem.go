package modems

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/rs/zerolog"
)

// Registration is the state of AT+CREG (3GPP TS 27.007, clause 7.2).
type Registration int

// The states of registration, with the numbers of AT+CREG.
const (
	NotRegistered Registration = 0
	Home          Registration = 1
	Searching     Registration = 2
	Denied        Registration = 3
	Roaming       Registration = 5
)

// Modem is one simulated modem. Its methods may be called from everywhere.
type Modem struct {
	bank    *Bank
	index   int
	imei    string
	profile *Profile
	network *Network
	log     zerolog.Logger
	ctx     context.Context // ends with the bank

	mu       sync.Mutex
	settings map[string]string // of the table in settings.go
	memories [3]string         // of AT+CPMS
	storages map[string]*storage
	sim      *SIM
	pulled   *SIM // taken out

	registration Registration
	lac, cell    int
	access       int // of AT+CREG: 0 GSM, 2 UMTS, 7 LTE
	rssi         int // of AT+CSQ: 0..31, 99 unknown
	temperature  int // °C
	functions    int // of AT+CFUN
	reference    byte
	unacked      bool   // a +CMT or +CDS waits for its AT+CNMA
	ackRound     int    // counts those
	ackLate      func() // what happens without
	ussd         *ussdMenu
	selectMode   int // of AT+COPS=3
	phoneBook    string

	conditions
	rules []*armed

	port  port
	lines map[*line]struct{}
	alias string // its name where it is now
	moves int    // how often the port came back under another name
	boots int    // counts them: what was typed before one is forgotten
}

// conditions are what faults leave a modem in, until they are cleared.
type conditions struct {
	hung    chan struct{} // closed when it hangs no more; nil: it does not
	booting bool

	slow     bool
	mute     bool // echoes nothing
	full     bool
	srQuirk  bool
	barAfter int // messages that may still be sent; -1: no limit
	broke    bool
}

// setting is the number that a setting has, 0 for words.
func (m *Modem) setting(name string) int {
	n, _ := strconv.Atoi(m.settings[name])
	return n
}

// reset is what ATZ and a boot do: settings as after power-up.
func (m *Modem) reset() {
	m.settings = map[string]string{}
	for _, s := range settings() {
		m.settings[s.name] = s.initial
	}
	m.settings["E"] = "0"
	if m.profile.Echo && m.bank.serial {
		m.settings["E"] = "1"
	}
	m.settings["+CNMI"] = "0,0,0,0,0"
	m.settings["+CSMS"] = "0"
	m.memories = [3]string{m.profile.Arrivals, m.profile.Arrivals, m.profile.Arrivals}
	m.unacked, m.ussd, m.selectMode, m.phoneBook = false, nil, 0, "SM"
}

// memory is a storage by its name; MT stands for what the modem itself keeps.
func (m *Modem) memory(name string) *storage {
	switch name {
	case "SM":
		if m.sim == nil {
			return nil
		}
		return m.sim.sm
	case "MT":
		name = "ME"
	}
	return m.storages[name]
}

// simError is why a command that needs the SIM cannot be; nil if it can.
func (m *Modem) simError() error {
	switch {
	case m.sim == nil:
		return cme(cmeNoSIM)
	case m.sim.state() == "SIM PUK":
		return cme(cmePUK)
	case m.sim.locked:
		return cme(cmePIN)
	}
	return nil
}

// reachable says whether the network finds the modem.
func (m *Modem) reachable() bool {
	return m.simError() == nil && m.functions == 1 && !m.booting &&
		(m.registration == Home || m.registration == Roaming)
}

// service is what AT+CREG says: without a SIM or with the radio off it is none.
func (m *Modem) service() Registration {
	if m.simError() != nil || m.functions != 1 {
		return NotRegistered
	}
	return m.registration
}

func (m *Modem) textMode() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.setting("+CMGF") == 1
}

func (m *Modem) echoes() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.setting("E") == 1 && !m.mute
}

// power is how often the modem booted, and whether it does now.
func (m *Modem) power() (boots int, booting bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.boots, m.booting
}

// awake waits while the modem hangs; it is false once the bank closes.
func (m *Modem) awake() bool {
	m.mu.Lock()
	hung := m.hung
	m.mu.Unlock()
	if hung != nil {
		select {
		case <-hung:
		case <-m.ctx.Done():
		}
	}
	return m.ctx.Err() == nil
}

// byteTime is how long a byte takes on a line of 9600 baud with a start and a stop bit, 0 where the line is fast.
func (m *Modem) byteTime() time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.slow {
		return 0
	}
	return time.Second / 960
}

func (m *Modem) pace(bytes int) {
	if d := m.byteTime(); d > 0 {
		m.sleep(time.Duration(bytes) * d)
	}
}

// sleep ends early when the bank closes.
func (m *Modem) sleep(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-m.ctx.Done():
	}
}

// say sends a line that nobody asked for to all clients. The lock is held, as for all that calls it.
func (m *Modem) say(text string) {
	if m.hung != nil || m.booting {
		return
	}
	for l := range m.lines {
		l.urc(text)
	}
}

// attach serves a client's connection until it ends.
func (m *Modem) attach(l *line) {
	m.mu.Lock()
	m.lines[l] = struct{}{}
	m.mu.Unlock()
	l.run()
	m.mu.Lock()
	delete(m.lines, l)
	m.mu.Unlock()
}
