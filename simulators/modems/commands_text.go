package modems

import (
	"fmt"
	"strings"
	"time"

	"github.com/warthog618/sms/encoding/pdumode"
	"github.com/warthog618/sms/encoding/tpdu"
)

// relativeValidity is the first octet with a validity of one octet (3GPP TS 23.040, clause 9.2.3.3).
const relativeValidity = 0x10

// composeText asks for a text (text mode): its recipient is in the command, AT+CSMP has the rest.
func (c *call) composeText(values []string, do func(*call, tpdu.TPDU, stored) error) error {
	to, ok := c.decodeNumber(values[0])
	if !ok {
		return cms(cmsNotAllowed)
	}
	c.body = func(c *call, body []byte) error {
		text, ok := c.decode(string(body))
		if !ok {
			return cms(cmsText)
		}
		t, err := c.submitText(to, text)
		if err != nil {
			return cms(cmsText)
		}
		octets, err := t.MarshalBinary()
		if err != nil {
			return cms(cmsText)
		}
		pdu := append([]byte{0}, octets...) // no message centre: the SIM's
		return do(c, t, stored{state: stoUnsent, pdu: pdu, tpdu: len(octets)})
	}
	return nil
}

// submitText makes the TPDU of a text that fits into one.
func (m *Modem) submitText(to, text string) (t tpdu.TPDU, err error) {
	var unused counter
	bodies, err := bodiesOf(text, &unused)
	if err != nil || len(bodies) != 1 {
		return t, fmt.Errorf("the text takes %d messages", len(bodies))
	}
	parameters := append(fields(m.settings["+CSMP"]), "", "", "")
	first, _ := number(parameters[0])
	validity, _ := number(parameters[1])
	t = bodies[0]
	if err := t.SetSmsType(tpdu.SmsSubmit); err != nil {
		return t, err
	}
	t.FirstOctet |= tpdu.FirstOctet(first & tpdu.FoSRR)
	t.DA = addressOf(to)
	if first&tpdu.FoVPFMask == relativeValidity {
		var v tpdu.ValidityPeriod
		if _, err := v.UnmarshalBinary([]byte{byte(validity)}, tpdu.VpfRelative); err == nil {
			t.SetVP(v)
		}
	}
	return t, nil
}

// textForm is a message as text mode shows it after the command's name (3GPP TS 27.005, clause 3.4.2 and on).
func (m *Modem) textForm(s stored, command string) string {
	states := stateNames()
	status := quoted(states[s.state]) + ","
	if command == "+CMT" || command == "+CDS" {
		status = ""
	}
	if s.state >= stoUnsent {
		t, _, err := submitOf(s.pdu)
		if err != nil {
			return status + "\"\",\r\n"
		}
		return fmt.Sprintf("%s%q,\r\n%s", status, m.encodeNumber(t.DA.Number()), m.encode(textOf(t)))
	}
	t, err := receivedOf(s.pdu)
	if err != nil {
		return fmt.Sprintf("%s\"\",,\"\"\r\n%X", status, s.pdu) // a text mode modem shows what it has
	}
	if t.SmsType() == tpdu.SmsStatusReport {
		if command == "+CMGL" || command == "+CMGR" {
			status = quoted(states[s.state]) + ","
		}
		return fmt.Sprintf("%s%d,%d,%q,%d,%q,%q,%d", status, t.FirstOctet, t.MR, m.encodeNumber(t.RA.Number()), t.RA.TOA,
			networkClock(t.SCTS.Time), networkClock(t.DT.Time), t.ST)
	}
	header := fmt.Sprintf("%s%q,,%q", status, m.encodeNumber(t.OA.Number()), networkClock(t.SCTS.Time))
	text := textOf(t)
	if m.setting("+CSDH") == 1 {
		smsc := centreOf(s.pdu)
		header += fmt.Sprintf(",%d,%d,%d,%d,%q,%d,%d",
			t.OA.TOA, t.FirstOctet, t.PID, t.DCS, smsc, addressOf(smsc).TOA, len(t.UD))
	}
	return header + "\r\n" + strings.ReplaceAll(m.encode(text), "\n", "\r\n")
}

func centreOf(pdu []byte) string {
	p, err := pdumode.UnmarshalBinary(pdu)
	if err != nil {
		return ""
	}
	return p.SMSC.Number()
}

// clock is AT+CCLK's time.
func clock() string { return networkClock(networkTime(time.Now()).Time) }
