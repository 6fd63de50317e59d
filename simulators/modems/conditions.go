package modems

import (
	"fmt"
	"time"
)

// What happens to a modem. The lock is held in all of these.

func (m *Modem) register(r Registration) {
	if m.registration == r {
		return
	}
	m.registration = r
	m.sayRegistration()
	m.tellPresent()
}

// pull takes the SIM out.
func (m *Modem) pull() {
	if m.sim == nil {
		return
	}
	m.pulled, m.sim = m.sim, nil
	m.say("+CPIN: NOT INSERTED")
	m.sayRegistration()
}

// insert puts a SIM in; what waits for its number comes to this modem.
func (m *Modem) insert(s *SIM) {
	m.sim, m.pulled = s, nil
	s.powerUp()
	m.network.subscribe(s.MSISDN, &subscriber{modem: m})
	m.say("+CPIN: " + s.state())
	m.sayRegistration()
}

func (m *Modem) block() {
	if m.sim != nil {
		m.sim.pinTries = 0
		m.say("+CPIN: SIM PUK")
		m.sayRegistration()
	}
}

// hang stops the modem's reading; 0 is until it is cleared.
func (m *Modem) hang(d time.Duration) {
	if m.hung != nil {
		return
	}
	hung := make(chan struct{})
	m.hung = hung
	if d > 0 {
		m.network.agenda.after(d, func() {
			m.mu.Lock()
			defer m.mu.Unlock()
			if m.hung == hung {
				m.unhang()
			}
		})
	}
}

func (m *Modem) unhang() {
	if m.hung != nil {
		close(m.hung)
		m.hung = nil
	}
}

// vanish takes the port away, as when a USB plug is pulled: the modem itself is still on the network.
func (m *Modem) vanish() {
	if m.port == nil {
		return
	}
	m.port.close()
	m.port = nil
	for l := range m.lines {
		l.close()
	}
}

// returnAfter brings the port back under another name.
func (m *Modem) returnAfter(d time.Duration) {
	m.network.agenda.after(d, func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		if m.port == nil && !m.booting {
			m.moves++
			m.openPort()
		}
	})
}

// openPort is for one that was away; it fails only where a name or port is taken, which the log tells.
func (m *Modem) openPort() {
	if m.ctx.Err() != nil {
		return
	}
	p, err := m.bank.open(m)
	if err != nil {
		m.log.Error().Err(err).Msg("the port does not come back")
		return
	}
	m.port = p
}

// reboot is a power cycle: settings are as from the factory, and the SIM asks for its PIN again. What is connected over
// USB takes its port away meanwhile.
func (m *Modem) reboot(d time.Duration) {
	if m.booting {
		return
	}
	m.booting = true
	m.boots++
	m.unhang()
	if m.profile.USB {
		m.vanish()
	}
	m.network.agenda.after(d, func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.booting, m.functions = false, 1
		m.reset()
		if m.sim != nil {
			m.sim.powerUp()
		}
		if m.port == nil {
			m.openPort()
		}
		for _, text := range m.profile.Booted {
			m.say(text)
		}
		m.tellPresent()
	})
}

// spend leaves the SIM without money.
func (m *Modem) spend() {
	if m.sim != nil {
		m.sim.Balance = 0
	}
}

// flood sends the SIM many messages.
func (m *Modem) flood(count int) {
	if m.sim == nil {
		return
	}
	to := m.sim.MSISDN
	m.network.agenda.after(0, func() {
		for i := range count {
			if err := m.network.Send("+88299900099999", to, fmt.Sprintf("Flood %d of %d", i+1, count)); err != nil {
				m.log.Warn().Err(err).Msg("the flood dries up")
				return
			}
		}
	})
}
