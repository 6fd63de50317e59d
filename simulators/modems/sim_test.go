package modems

import (
	"strings"
	"testing"
)

func TestIdentities(t *testing.T) {
	for _, digits := range []string{IMEI(0), IMEI(99_999_999), NewSIM(7, Operators()[0]).ICCID} {
		last := len(digits) - 1
		if luhn(digits[:last]) != digits[last] {
			t.Errorf("%s has the wrong check digit", digits)
		}
	}
	if got := luhn("7992739871"); got != '3' { // a well-known example of the algorithm
		t.Errorf("luhn: %c", got)
	}
	if s := NewSIM(7, Operators()[1]); len(IMEI(7)) != 15 || len(s.ICCID) != 20 || len(s.IMSI) != 15 || s.IMSI[:5] != "00102" {
		t.Errorf("%s, %+v", IMEI(7), s)
	}
}

// TestPIN: a wrong PIN counts down to the PUK, which makes a new one.
func TestPIN(t *testing.T) {
	b := startBank(t, Config{PIN: "1234"})
	c := dial(t, b, 0)
	c.ask("AT+CMEE=1")
	c.expect("AT+CPIN?", "\r\n+CPIN: SIM PIN\r\n"+ok)
	c.expect("AT+CIMI", "\r\n+CME ERROR: 11\r\n")
	c.expect("AT+CMGL=4", "\r\n+CMS ERROR: 311\r\n")
	c.expect(`AT+CPIN="0000"`, "\r\n+CME ERROR: 16\r\n")
	c.expect("AT+CPINR", "\r\n+CPINR: SIM PIN,2,3\r\n\r\n+CPINR: SIM PUK,10,10\r\n"+ok)
	c.expect(`AT+CPIN="1234"`, ok)
	c.expect(`AT+CPIN="1234"`, "\r\n+CME ERROR: 3\r\n")
	c.expect("AT+CIMI", "\r\n001010000000000\r\n"+ok)
	b.Modem(0).Pull()
	b.Modem(0).Insert(nil)
	for range 3 {
		c.ask("AT+CPIN=9999")
	}
	c.expect("AT+CPIN?", "\r\n+CPIN: SIM PUK\r\n"+ok)
	c.expect(`AT+CSIM=10,"0020000100"`, "\r\n+CSIM: 4,\"63C0\"\r\n"+ok)
	c.expect(`AT+CPIN="00000000","1111"`, "\r\n+CME ERROR: 16\r\n")
	c.expect(`AT+CPIN="12345678","1111"`, ok)
	c.expect(`AT+CLCK="SC",2`, "\r\n+CLCK: 1\r\n"+ok)
}

// TestSwap: a SIM that is swapped takes its number and its messages with it.
func TestSwap(t *testing.T) {
	b := startBank(t, Config{})
	c := dial(t, b, 0)
	arrives(t, b, c, "for the first", 1)
	other := NewSIM(50, Operators()[1])
	b.Modem(0).Insert(other)
	c.contains("+CPIN: READY")
	c.until("\r\n+CPIN: READY\r\n")
	c.expect("AT+CCID", "\r\n+CCID: "+other.ICCID+"\r\n"+ok)
	c.expect("AT+CPMS?", "\r\n+CPMS: \"SM\",0,40,\"SM\",0,40,\"SM\",0,40\r\n"+ok)
	if err := b.Network().Send("1", MSISDN(50), "for the other"); err != nil {
		t.Fatal(err)
	}
	c.until("+CMTI: \"SM\",1\r\n")
}

// TestICCIDByVendor: each vendor's command gives the ICCID, and only its own.
func TestICCIDByVendor(t *testing.T) {
	for _, p := range Profiles() {
		b := startBank(t, Config{Profiles: []string{p.Name}})
		c := dial(t, b, 0)
		iccid := b.Modem(0).State().ICCID
		for _, command := range []string{"+QCCID", "+CICCID", "^ICCID?", "!ICCID?", "#CCID"} {
			got := c.ask("AT" + command)
			if want := command == p.ICCID; want != strings.Contains(got, iccid) {
				t.Errorf("%s: AT%s: %q", p.Name, command, got)
			}
		}
		if got := c.ask("AT" + p.Thermometer); p.Thermometer != "" && !strings.Contains(got, "38") {
			t.Errorf("%s: AT%s: %q", p.Name, p.Thermometer, got)
		}
	}
}

func TestPhoneBook(t *testing.T) {
	c := dial(t, startBank(t, Config{}), 0)
	c.expect(`AT+CPBW=3,"+33600000000",145,"Depot"`, ok)
	c.expect("AT+CPBR=1,250", "\r\n+CPBR: 3,\"+33600000000\",145,\"Depot\"\r\n"+ok)
	c.expect("AT+CPBS?", "\r\n+CPBS: \"SM\",1,250\r\n"+ok)
	c.expect("AT+CPBW=3", ok)
	c.expect("AT+CPBR=3", ok)
	c.ask("AT+CMEE=1")
	c.expect("AT+CPBR=0", "\r\n+CME ERROR: 50\r\n")
	c.expect("AT+CPBW=251", "\r\n+CME ERROR: 22\r\n")
}
