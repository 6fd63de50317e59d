package modems

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/warthog618/sms/encoding/gsm7"
)

// The codes that every operator of the simulation answers.
const (
	CodeBalance  = "*100#" // the balance, in one line
	CodeReleased = "*101#" // +CUSD: 2 without an answer, and then the answer
	CodeLines    = "*102#" // an answer of three lines, the second beginning with ">"
	CodeMenu     = "*103#" // a menu that wants an answer: 1 is the balance
	CodeEmpty    = "*104#" // status 4 (not supported) without a text
	CodeTimeout  = "*105#" // status 5 (no answer of the network)
	CodeBeforeOK = "*106#" // the answer comes before the OK
)

// ShortCode answers any SMS with the balance.
const ShortCode = "5555"

// ussdLimit is how many letters a USSD string has (3GPP TS 23.038, clause 5).
const ussdLimit = 182

// Status of +CUSD (3GPP TS 27.007, clause 7.15).
const (
	ussdDone         = 0
	ussdWants        = 1
	ussdReleased     = 2
	ussdNotSupported = 4
	ussdTimeout      = 5
)

// ussdMenu is a dialogue that waits for an answer.
type ussdMenu struct{}

func ussdCommands() map[string]handler { return map[string]handler{"+CUSD": cusd} }

func cusd(c *call) error {
	switch c.form {
	case test:
		c.say("+CUSD: (0-2)")
		return nil
	case read:
		c.say("+CUSD: " + c.settings["+CUSD"])
		return nil
	}
	values := fields(c.args)
	if !offered("(0-2)", values[:1]) || c.form != set {
		return cme(cmeParameters)
	}
	if values[0] == "2" {
		c.ussd = nil
		return nil
	}
	c.settings["+CUSD"] = values[0]
	if len(values) == 1 {
		return nil
	}
	if err := c.simError(); err != nil {
		return err
	}
	if s := c.service(); s != Home && s != Roaming {
		return cme(cmeNoNetwork)
	}
	code, packed, ok := c.ussdCode(values[1])
	if !ok {
		return cme(cmeParameters)
	}
	answers := c.dial(code)
	for i, a := range answers {
		answers[i] = c.ussdURC(a, packed)
	}
	if code == CodeBeforeOK {
		c.info = append(c.info, answers...)
		return nil
	}
	c.after = append(c.after, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, a := range answers {
			c.Modem.say(a)
		}
	})
	return nil
}

// dial is what the operator answers, each as status, a comma and the text.
func (m *Modem) dial(code string) []string {
	o := m.sim.Operator
	balance := o.balanceText(m.sim.Balance)
	menu := m.ussd
	m.ussd = nil
	switch {
	case menu != nil && code == "1", code == CodeBalance, code == CodeBeforeOK:
		return []string{ussd(ussdDone, balance)}
	case menu != nil:
		return []string{ussd(ussdDone, "Unknown choice")}
	case code == CodeReleased:
		return []string{ussd(ussdReleased, ""), ussd(ussdDone, balance)}
	case code == CodeLines:
		return []string{ussd(ussdDone, o.Name+"\n> "+balance+"\nThank you")}
	case code == CodeMenu:
		m.ussd = &ussdMenu{}
		return []string{ussd(ussdWants, "1: Balance\n2: Tariff")}
	case code == CodeTimeout:
		return []string{ussd(ussdTimeout, "")}
	}
	return []string{ussd(ussdNotSupported, "")}
}

func ussd(status int, text string) string { return fmt.Sprintf("%d,%s", status, text) }

// ussdURC is an answer as the line gives it: with the alphabet's digits, or packed if the code came so.
func (m *Modem) ussdURC(answer string, packed bool) string {
	status, text, _ := strings.Cut(answer, ",")
	if text == "" {
		return "+CUSD: " + status
	}
	dcs := 15 // the default alphabet
	for _, r := range text {
		if _, err := gsm7.Encode([]byte(string(r))); err != nil {
			dcs = 72 // UCS2
		}
	}
	switch {
	case packed && dcs == 15:
		text = strings.ToUpper(hex.EncodeToString(gsm7.Pack7BitUSSD(septets(text), 0)))
	case dcs == 72 && m.alphabet() != "UCS2":
		text = encodeIn("UCS2", text)
	default:
		text = m.encode(text)
	}
	return fmt.Sprintf("+CUSD: %s,\"%s\",%d", status, text, dcs)
}

// ussdCode reads a code in the alphabet, or as packed septets in hexadecimal digits: what Huawei's modems want.
func (m *Modem) ussdCode(said string) (code string, packed, ok bool) {
	if len(said) > 4*ussdLimit {
		return "", false, false
	}
	code, ok = m.decode(said)
	if ok && strings.Trim(code, "0123456789*#") == "" && (code != said || !looksPacked(said)) {
		return code, false, code != ""
	}
	octets, err := hex.DecodeString(said)
	if err != nil {
		return "", false, false
	}
	code, ok = fromSeptets(gsm7.Unpack7BitUSSD(octets, 0))
	return code, true, ok && code != "" && strings.Trim(code, "0123456789*#") == ""
}

// looksPacked: digits alone may be a packed code, if what comes out is one that begins as codes do.
func looksPacked(said string) bool {
	octets, err := hex.DecodeString(said)
	if err != nil || len(octets) < 3 {
		return false
	}
	code, ok := fromSeptets(gsm7.Unpack7BitUSSD(octets, 0))
	return ok && strings.HasPrefix(code, "*") && strings.HasSuffix(code, "#")
}
