package modems

import (
	"strings"
	"testing"
)

// TestUSSD: the codes, in the ways that operators and vendors differ.
func TestUSSD(t *testing.T) {
	const balance = "Your balance is 20.00 EUR. Valid until 31.12.2030"
	c := dial(t, startBank(t, Config{}), 0)
	for _, dialogue := range []struct{ typed, want string }{
		{`AT+CUSD=1,"*100#",15`, ok + "\r\n+CUSD: 0,\"" + balance + "\",15\r\n"},
		{`AT+CUSD=1,"AA180C3602",15`, ok + "\r\n+CUSD: 0,\"" + packedUSSD(balance) + "\",15\r\n"},
		{`AT+CUSD=1,"` + CodeReleased + `",15`, ok + "\r\n+CUSD: 2\r\n\r\n+CUSD: 0,\"" + balance + "\",15\r\n"},
		{`AT+CUSD=1,"` + CodeLines + `"`, ok + "\r\n+CUSD: 0,\"Null Island Mobile\n> " + balance + "\nThank you\",15\r\n"},
		{`AT+CUSD=1,"` + CodeMenu + `"`, ok + "\r\n+CUSD: 1,\"1: Balance\n2: Tariff\",15\r\n"},
		{`AT+CUSD=1,"1"`, ok + "\r\n+CUSD: 0,\"" + balance + "\",15\r\n"},
		{`AT+CUSD=1,"` + CodeEmpty + `"`, ok + "\r\n+CUSD: 4\r\n"},
		{`AT+CUSD=1,"` + CodeTimeout + `"`, ok + "\r\n+CUSD: 5\r\n"},
		{`AT+CUSD=1,"` + CodeBeforeOK + `"`, "\r\n+CUSD: 0,\"" + balance + "\",15\r\n" + ok},
		{`AT+CUSD=1,"*999#"`, ok + "\r\n+CUSD: 4\r\n"},
		{`AT+CUSD=2`, ok},
		{`AT+CUSD=3`, "\r\nERROR\r\n"},
		{`AT+CUSD=1,"hello"`, "\r\nERROR\r\n"},
		{`AT+CSCS="UCS2"`, ok},
		{`AT+CUSD=1,"002A0031003000300023",15`, ok + "\r\n+CUSD: 0,\"" + encodeIn("UCS2", balance) + "\",15\r\n"},
		{`AT+CSCS="HEX"`, ok},
		{`AT+CUSD=1,"2A31303023",15`, ok + "\r\n+CUSD: 0,\"" + encodeIn("HEX", balance) + "\",15\r\n"},
	} {
		c.write(dialogue.typed + "\r")
		if got := c.until(dialogue.want); got != dialogue.want {
			t.Errorf("%s\ngot  %q\nwant %q", dialogue.typed, got, dialogue.want)
		}
	}
}

// packedUSSD is a text as a modem gives it that was asked in packed septets.
func packedUSSD(text string) string {
	m := &Modem{settings: map[string]string{}}
	urc := m.ussdURC(ussd(ussdDone, text), true)
	return strings.Split(urc, "\"")[1]
}

// TestForeignLetters: what GSM 7 bit has not comes as UCS-2, whatever the alphabet.
func TestForeignLetters(t *testing.T) {
	b := startBank(t, Config{Count: 3})
	c := dial(t, b, 2)
	b.Modem(2).SetBalance(5)
	c.write("AT+CUSD=1,\"*100#\"\r")
	c.until(ok + "\r\n+CUSD: 0,\"" + encodeIn("UCS2", "Баланс: 5.00 р.") + "\",72\r\n")
	if got := Operators()[1].balanceText(1.5); got != "Guthaben: 1,50 EUR" {
		t.Errorf("%q", got)
	}
}
