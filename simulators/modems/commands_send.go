package modems

import (
	"errors"
	"fmt"
	"time"

	"github.com/warthog618/sms/encoding/tpdu"
)

// sendCommands send messages and write them into memories.
func sendCommands() map[string]handler {
	return map[string]handler{"+CMGS": cmgs, "+CMGW": cmgw, "+CMSS": cmss}
}

// cmgs sends what is typed after its prompt.
func cmgs(c *call) error {
	return c.compose(func(c *call, t tpdu.TPDU, _ stored) error {
		reference, err := c.submit(t)
		if err == nil {
			c.say(fmt.Sprintf("+CMGS: %d", reference))
		}
		return c.verdict.sent(c, err)
	})
}

// cmgw keeps what is typed in the second memory.
func cmgw(c *call) error {
	return c.compose(func(c *call, _ tpdu.TPDU, s stored) error {
		if err := c.smsError(); err != nil {
			return err // the SIM was pulled while the message was typed
		}
		index, ok := c.memory(c.memories[1]).put(s)
		if !ok || c.full {
			return cms(cmsFull)
		}
		c.say(fmt.Sprintf("+CMGW: %d", index))
		return nil
	})
}

// cmss sends what was kept, to its recipient or another.
func cmss(c *call) error {
	if c.form == test {
		return nil
	}
	if err := c.smsError(); err != nil {
		return err
	}
	values := fields(c.args)
	index, ok := number(values[0])
	s, _ := c.memory(c.memories[1]).get(index)
	if c.form != set || !ok || s == nil || s.state < stoUnsent {
		return cms(cmsIndex)
	}
	t, _, err := submitOf(s.pdu)
	if err != nil {
		return cms(cmsPDU)
	}
	if len(values) > 1 {
		to, ok := c.decodeNumber(values[1])
		if !ok {
			return cms(cmsNotAllowed)
		}
		t.DA = addressOf(to)
	}
	reference, err := c.submit(t)
	if err != nil {
		return err
	}
	s.state = stoSent
	c.say(fmt.Sprintf("+CMSS: %d", reference))
	return nil
}

// compose asks for a message, and does with it what is to be done. A PDU's length must be the one that was said.
func (c *call) compose(do func(*call, tpdu.TPDU, stored) error) error {
	if c.form == test {
		return nil
	}
	if err := c.smsError(); err != nil {
		return err
	}
	values := fields(c.args)
	if c.form != set {
		return cms(cmsNotAllowed)
	}
	if c.setting("+CMGF") == 1 {
		return c.composeText(values, do)
	}
	length, ok := number(values[0])
	if !ok {
		return cms(cmsPDU)
	}
	c.body = func(c *call, body []byte) error {
		pdu, err := pduOf(body)
		if err != nil {
			return err
		}
		t, octets, err := submitOf(pdu)
		if err != nil || octets != length {
			return cms(cmsPDU)
		}
		return do(c, t, stored{state: stoUnsent, pdu: pdu, tpdu: octets})
	}
	return nil
}

// submit gives a message to the network: its reference, or why not.
func (c *call) submit(t tpdu.TPDU) (byte, error) {
	c.judgeEvent(eventSubmit)
	if err := c.smsError(); err != nil {
		return 0, err
	}
	if c.barAfter == 0 {
		return 0, cms(cmsBarred)
	}
	if c.broke {
		c.warnOfBalance()
		return 0, cms(cmsOutOfOrder)
	}
	c.wait(c.bank.config.SubmitTime)
	if !c.reachable() {
		return 0, cms(cmsNoNetwork)
	}
	reference := c.reference + 1
	m := &message{
		from: c.sim.MSISDN, to: t.DA.Number(), sender: c.Modem, text: textOf(t), reference: reference,
		report: t.FirstOctet.SRR(), expires: expiryOf(t.VP), body: tpdu.TPDU{PID: t.PID, DCS: t.DCS, UD: t.UD},
	}
	if len(t.UDH) > 0 {
		m.body.SetUDH(t.UDH)
	}
	if m.to == "" {
		return 0, cms(cmsUnassigned)
	}
	if err := c.network.submit(m); err != nil {
		if !errors.Is(err, ErrLedgerFull) && !errors.Is(err, errBusy) {
			c.log.Error().Err(err).Msg("a message was not taken")
		}
		return 0, cms(cmsCongestion)
	}
	c.reference = reference
	c.barAfter = max(c.barAfter-1, -1)
	c.sim.Balance = max(0, c.sim.Balance-c.bank.config.Price)
	return reference, nil
}

// expiryOf is when a message is no longer valid; zero if it does not say.
func expiryOf(v tpdu.ValidityPeriod) time.Time {
	switch v.Format {
	case tpdu.VpfAbsolute:
		return v.Time.Time
	case tpdu.VpfRelative, tpdu.VpfEnhanced:
		if v.Duration > 0 {
			return time.Now().Add(v.Duration)
		}
	}
	return time.Time{}
}

// warnOfBalance is the operator's message to one whose money is used up.
func (m *Modem) warnOfBalance() {
	text := m.sim.Operator.balanceText(0)
	to := m.sim.MSISDN
	m.network.agenda.after(0, func() {
		if err := m.network.Send(ShortCode, to, text); err != nil {
			m.log.Warn().Err(err).Msg("the operator's warning was not sent")
		}
	})
}
