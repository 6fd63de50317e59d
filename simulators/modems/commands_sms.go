package modems

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// smsCommands are those of 3GPP TS 27.005 but for sending.
func smsCommands() map[string]handler {
	return map[string]handler{
		"+CSMS": csms, "+CNMI": cnmi, "+CNMA": cnma, "+CPMS": cpms,
		"+CMGL": cmgl, "+CMGR": cmgr, "+CMGD": cmgd, "+CSCA": csca,
	}
}

// smsError is simError in the codes of messages.
func (m *Modem) smsError() error {
	switch err := m.simError(); {
	case err == nil:
		return nil
	case errors.Is(err, cme(cmeNoSIM)):
		return cms(cmsNoSIM)
	case errors.Is(err, cme(cmePUK)):
		return cms(cmsPUK)
	}
	return cms(cmsPIN)
}

func csms(c *call) error {
	switch c.form {
	case test:
		c.say("+CSMS: " + c.profile.CSMS)
	case read:
		c.say("+CSMS: " + c.settings["+CSMS"] + ",1,1,1")
	case set:
		if !offered(c.profile.CSMS, []string{c.args}) {
			return cms(cmsUnsupported)
		}
		c.settings["+CSMS"] = c.args
		c.say("+CSMS: 1,1,1")
	}
	return nil
}

// cnmi keeps what is left out as it was.
func cnmi(c *call) error {
	switch c.form {
	case test:
		c.say("+CNMI: " + c.profile.CNMI)
	case read:
		c.say("+CNMI: " + c.settings["+CNMI"])
	case set:
		values := fields(c.args)
		if !offered(c.profile.CNMI, values) {
			return cms(cmsUnsupported)
		}
		all := fields(c.settings["+CNMI"])
		for i, v := range values {
			if v != "" {
				all[i] = v
			}
		}
		c.settings["+CNMI"] = strings.Join(all, ",")
	}
	return nil
}

// cnma acknowledges a +CMT or +CDS: AT+CNMA, and in PDU mode AT+CNMA=0, =1 well, =2 not; with a length a PDU follows.
func cnma(c *call) error {
	if c.form == test {
		c.say("+CNMA: (0-2)")
		return nil
	}
	values := fields(c.args)
	well := values[0] != "2"
	if !c.unacked {
		return cms(cmsNoAckWanted)
	}
	acknowledge := func(c *call, _ []byte) error {
		if c.unacked {
			c.acknowledged(well)
			c.after = append(c.after, func() { c.locked(c.tellPresent) }) // the answer comes before the next message
		}
		return nil
	}
	if len(values) > 1 {
		c.body = acknowledge
		return nil
	}
	return acknowledge(c, nil)
}

// cpms chooses the memories: to read and delete, to write, and for arrivals.
func cpms(c *call) error {
	if c.form == test {
		c.say("+CPMS: " + c.profile.Memories)
		return nil
	}
	if err := c.smsError(); err != nil {
		return err
	}
	if c.form == read {
		var all []string
		for _, name := range c.memories {
			all = append(all, fmt.Sprintf("%q,%s", name, c.counts(name)))
		}
		c.say("+CPMS: " + strings.Join(all, ","))
		return nil
	}
	values := fields(strings.ToUpper(c.args))
	if c.form != set || len(values) > len(c.memories) || !offered(c.profile.Memories, values) {
		return cms(cmsNotAllowed)
	}
	var all []string
	for i := range c.memories {
		if i < len(values) && values[i] != "" {
			c.memories[i] = values[i]
		}
		all = append(all, c.counts(c.memories[i]))
	}
	c.say("+CPMS: " + strings.Join(all, ","))
	return nil
}

func (m *Modem) counts(name string) string {
	s := m.memory(name)
	used := s.used()
	if m.full {
		used = len(s.slots)
	}
	return fmt.Sprintf("%d,%d", used, len(s.slots))
}

// cmgl lists a memory's messages of one state or all; those unread are read afterwards.
func cmgl(c *call) error {
	if err := c.smsError(); err != nil {
		return err
	}
	wanted, text := recUnread, c.setting("+CMGF") == 1
	switch c.form {
	case test:
		c.say("+CMGL: " + states(text))
		return nil
	case set:
		var ok bool
		if wanted, ok = stateOf(c.args, text); !ok {
			return cms(cmsNotAllowed)
		}
	}
	for i, s := range c.memory(c.memories[0]).slots {
		if s == nil || wanted != allStates && s.state != wanted {
			continue
		}
		if text {
			c.say(fmt.Sprintf("+CMGL: %d,%s", i+1, c.textForm(*s, "+CMGL")))
		} else {
			c.say(fmt.Sprintf("+CMGL: %d,%d,,%d\r\n%X", i+1, s.state, s.tpdu, s.pdu))
		}
		s.state = readState(s.state)
	}
	return nil
}

func readState(state int) int {
	if state == recUnread {
		return recRead
	}
	return state
}

func states(text bool) string {
	if !text {
		return "(0-4)"
	}
	names := stateNames()
	return `("` + strings.Join(names[:], `","`) + `")`
}

func stateOf(arg string, text bool) (int, bool) {
	value, _, _ := strings.Cut(arg, ",")
	value = unquote(value)
	for i, name := range stateNames() {
		if text && strings.EqualFold(name, value) || !text && value == strconv.Itoa(i) {
			return i, true
		}
	}
	return 0, false
}

// cmgr reads one message.
func cmgr(c *call) error {
	if err := c.smsError(); err != nil {
		return err
	}
	if c.form == test {
		return nil
	}
	index, ok := number(fields(c.args)[0])
	s, exists := c.memory(c.memories[0]).get(index)
	switch {
	case c.form != set || !ok || !exists:
		return cms(cmsIndex)
	case s == nil && c.profile.EmptySlot:
		return nil
	case s == nil:
		return cms(cmsIndex)
	case c.setting("+CMGF") == 1:
		c.say("+CMGR: " + c.textForm(*s, "+CMGR"))
	default:
		c.say(fmt.Sprintf("+CMGR: %d,,%d\r\n%X", s.state, s.tpdu, s.pdu))
	}
	s.state = readState(s.state)
	return nil
}

// cmgd deletes one message, or with a flag many.
func cmgd(c *call) error {
	if err := c.smsError(); err != nil {
		return err
	}
	memory := c.memory(c.memories[0])
	if c.form == test {
		var taken []string
		for i, s := range memory.slots {
			if s != nil {
				taken = append(taken, strconv.Itoa(i+1))
			}
		}
		c.say("+CMGD: (" + strings.Join(taken, ",") + "),(0-4)")
		return nil
	}
	values := append(fields(c.args), "")
	index, ok := number(values[0])
	flag, _ := number(values[1])
	if _, exists := memory.get(index); c.form != set || !ok || flag > 4 || flag == 0 && !exists {
		return cms(cmsIndex)
	}
	memory.remove(index, flag)
	c.network.present(c.sim.MSISDN)
	return nil
}

// csca is the number of the message centre.
func csca(c *call) error {
	if err := c.smsError(); err != nil {
		return err
	}
	switch c.form {
	case read:
		c.say(fmt.Sprintf("+CSCA: %q,%d", c.encodeNumber(c.sim.SMSC), addressOf(c.sim.SMSC).TOA))
	case set:
		number, ok := c.decodeNumber(fields(c.args)[0])
		if !ok {
			return cms(cmsNotAllowed)
		}
		c.sim.SMSC = number
	}
	return nil
}

// encodeNumber: with UCS2 numbers are in that too, in the other alphabets they are digits.
func (m *Modem) encodeNumber(n string) string {
	if m.alphabet() == "UCS2" {
		return m.encode(n)
	}
	return n
}

// decodeNumber reads a number of at most 20 digits, in the alphabet or plain.
func (m *Modem) decodeNumber(said string) (string, bool) {
	if text, ok := m.decode(said); m.alphabet() == "UCS2" && ok {
		said = text
	}
	digits := strings.TrimPrefix(said, "+")
	return said, digits != "" && len(digits) <= 20 && strings.Trim(digits, "0123456789*#") == ""
}

// pduOf reads the hexadecimal digits of a message's body.
func pduOf(body []byte) ([]byte, error) {
	pdu, err := hex.DecodeString(strings.TrimSpace(string(body)))
	if err != nil || len(pdu) == 0 {
		return nil, cms(cmsPDU)
	}
	return pdu, nil
}
