package modems

import (
	"fmt"
	"strings"
	"time"
)

func networkCommands() map[string]handler {
	return map[string]handler{
		"+CREG": registrationIn("+CREG"), "+CGREG": registrationIn("+CGREG"), "+CEREG": registrationIn("+CEREG"),
		"+COPS": cops, "+CPLS": accepts, "+CPSB": says(func(*Modem) string { return "+CPSB: 0,1" }, read),
		"+CGDCONT": func(c *call) error {
			switch c.form {
			case test:
				c.say(`+CGDCONT: (1-16),"IP",,,(0),(0)`)
			case read:
				c.say(`+CGDCONT: 1,"IP","internet","",0,0`)
			}
			return nil
		},
		"+CGACT": func(c *call) error {
			switch c.form {
			case test:
				c.say("+CGACT: (0,1)")
			case read:
				c.say("+CGACT: 1,0")
			}
			return nil
		},
	}
}

// registrationIn answers one of the three that tell of registration. At level 2 the place is told as well.
func registrationIn(name string) handler {
	return func(c *call) error {
		if c.form != read {
			for _, s := range settings() {
				if s.name == name {
					return s.handle(c)
				}
			}
		}
		c.say(fmt.Sprintf("%s: %d,%s", name, c.setting(name), c.registrationText(name)))
		return nil
	}
}

// registrationText is what AT+CREG? and its URC have in common.
func (m *Modem) registrationText(name string) string {
	state := m.service()
	text := fmt.Sprint(int(state))
	if m.setting(name) == 2 && (state == Home || state == Roaming) {
		text += fmt.Sprintf(`,"%04X","%08X",%d`, m.lac, m.cell, m.access)
	}
	return text
}

// sayRegistration is said when it changes, by those that were asked for.
func (m *Modem) sayRegistration() {
	for _, name := range []string{"+CREG", "+CGREG", "+CEREG"} {
		if m.setting(name) > 0 {
			m.say(name + ": " + m.registrationText(name))
		}
	}
}

// cops tells the operator in the form that AT+COPS=3 chose: long name, short name or numbers.
func cops(c *call) error {
	if err := c.simError(); err != nil {
		return err
	}
	o := c.sim.Operator
	state := c.service()
	served := state == Home || state == Roaming
	switch c.form {
	case test:
		if served {
			long, short := c.encode(o.Name), c.encode(o.Short)
			c.say(fmt.Sprintf("+COPS: (2,\"%s\",\"%s\",%q,%d),,(0-4),(0-2)", long, short, o.PLMN, c.access))
		}
	case read:
		if !served {
			c.say("+COPS: 0")
			return nil
		}
		name := [...]string{c.encode(o.Name), c.encode(o.Short), o.PLMN}[c.selectMode]
		c.say(fmt.Sprintf("+COPS: 0,%d,\"%s\",%d", c.selectMode, name, c.access))
	case set:
		values := fields(c.args)
		mode, ok := number(values[0])
		if !ok || mode > 4 {
			return cme(cmeParameters)
		}
		if len(values) > 1 && values[1] != "" {
			format, ok := number(values[1])
			if !ok || format > 2 {
				return cme(cmeParameters)
			}
			c.selectMode = format
		}
	}
	return nil
}

func radioCommands() map[string]handler {
	return map[string]handler{
		"+CSQ": testOr(`+CSQ: (0-31,99),(0-7,99)`, func(m *Modem) string { return fmt.Sprintf("+CSQ: %d,99", m.rssi) }),
		"+CESQ": testOr("+CESQ: (0-63,99),(0-7,99),(0-96,255),(0-255),(0-34,255),(0-97,255)", func(m *Modem) string {
			return fmt.Sprintf("+CESQ: %d,99,255,255,255,255", min(2*m.rssi, 63))
		}),
		"+CPAS": testOr("+CPAS: (0,2,3,4)", func(*Modem) string { return "+CPAS: 0" }),
		"+CBC":  testOr("+CBC: (0-3),(0-100)", func(*Modem) string { return "+CBC: 0,100,4100" }),
		"+CEER": testOr("", func(*Modem) string { return "+CEER: No report available" }),
		"+CCLK": func(c *call) error {
			if c.form == read {
				c.say(fmt.Sprintf("+CCLK: %q", clock()))
			}
			return nil
		},
		"+CIND": func(c *call) error {
			switch c.form {
			case test:
				c.say(`+CIND: ("battchg",(0-5)),("signal",(0-5)),("service",(0,1)),("message",(0,1)),("call",(0,1)),` +
					`("roam",(0,1)),("smsfull",(0,1))`)
			case read:
				c.say(c.indicators())
			}
			return nil
		},
		"+CFUN": cfun,
	}
}

// testOr answers the test form with a line of its own, "" being a bare OK, and the others with what there is to tell.
func testOr(offer string, tell func(*Modem) string) handler {
	return func(c *call) error {
		switch {
		case c.form != test:
			c.say(tell(c.Modem))
		case offer != "":
			c.say(offer)
		}
		return nil
	}
}

func (m *Modem) indicators() string {
	flag := map[bool]int{true: 1}
	s := m.service()
	full := m.full || m.sim != nil && m.sim.sm.used() == len(m.sim.sm.slots)
	bars := 0
	if m.rssi <= 31 {
		bars = m.rssi / 6
	}
	return fmt.Sprintf("+CIND: 5,%d,%d,0,0,%d,%d", bars, flag[s == Home || s == Roaming], flag[s == Roaming], flag[full])
}

// resetDelay is how long after AT+CFUN=1,1 the modem resets: its OK is out by then.
const resetDelay = 50 * time.Millisecond

// cfun: 0 and 4 turn the radio off, 1 turns it on, and with ",1" the modem boots.
func cfun(c *call) error {
	switch c.form {
	case test:
		c.say("+CFUN: (0,1,4),(0,1)")
	case read:
		c.say(fmt.Sprintf("+CFUN: %d", c.functions))
	case set:
		level, boot, _ := strings.Cut(c.args, ",")
		n, ok := number(strings.TrimSpace(level))
		if !ok || n != 0 && n != 1 && n != 4 {
			return cme(cmeParameters)
		}
		if strings.TrimSpace(boot) == "1" {
			m, d := c.Modem, c.bank.config.BootTime
			m.network.agenda.after(resetDelay, func() { m.Reboot(d) })
			return nil
		}
		changed := c.functions != n
		c.functions = n
		if changed {
			c.sayRegistration()
			c.tellPresent()
		}
	}
	return nil
}

// tellPresent lets the network try again what waits for the modem.
func (m *Modem) tellPresent() {
	if m.sim != nil {
		m.network.present(m.sim.MSISDN)
	}
}
