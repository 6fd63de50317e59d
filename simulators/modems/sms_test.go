package modems

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestModemToModem: a text goes from one modem to another, which tells of it, lists it and deletes it.
func TestModemToModem(t *testing.T) {
	b := startBank(t, Config{Count: 2})
	from, to := dial(t, b, 0), dial(t, b, 1)
	to.expect("AT+CNMI=2,1,0,0,0", ok)
	if got := from.send(MSISDN(1), "Hello, modem"); got != "\r\n+CMGS: 1\r\n"+ok {
		t.Fatalf("sending: %q", got)
	}
	to.until("\r\n+CMTI: \"SM\",1\r\n")
	to.expect("AT+CMGF=1", ok)
	got := to.ask("AT+CMGL=\"REC UNREAD\"")
	if !strings.HasPrefix(got, "\r\n+CMGL: 1,\"REC UNREAD\",\""+MSISDN(0)+"\",,\"") ||
		!strings.Contains(got, "+08\"\r\nHello, modem\r\n") {
		t.Errorf("%q", got)
	}
	to.expect("AT+CMGL=\"REC UNREAD\"", ok) // it is read now
	if got := to.ask("AT+CMGR=1"); !strings.Contains(got, `+CMGR: "REC READ"`) {
		t.Errorf("%q", got)
	}
	to.expect("AT+CMGD=1", ok)
	to.expect("AT+CPMS?", "\r\n+CPMS: \"SM\",0,40,\"SM\",0,40,\"SM\",0,40\r\n"+ok)
	e := entries(t, b, Delivered, 1)[0]
	if e.From != MSISDN(0) || e.To != MSISDN(1) || e.Text != "Hello, modem" || e.Modem != "modem1" || e.Reference != 1 {
		t.Errorf("%+v", e)
	}
}

// TestPDUMode: what is listed is a PDU that says what was sent, whatever its letters.
func TestPDUMode(t *testing.T) {
	b := startBank(t, Config{})
	c := dial(t, b, 0)
	c.ask("AT+CNMI=2,1,0,0,0")
	for i, text := range []string{"plain", "Баланс", "{[^]}~|€", "  leading", "😀"} {
		if err := b.Modem(0).Text("+88299900000077", text); err != nil {
			t.Fatal(err)
		}
		c.until(fmt.Sprintf("+CMTI: \"SM\",%d\r\n", i+1))
		lines := strings.Split(c.ask(fmt.Sprintf("AT+CMGR=%d", i+1)), "\r\n")
		pdu, err := pduOf([]byte(lines[2]))
		if err != nil {
			t.Fatal(err)
		}
		got, err := receivedOf(pdu)
		if err != nil || textOf(got) != text || got.OA.Number() != "+88299900000077" {
			t.Errorf("%q: %q from %q, %v", text, textOf(got), got.OA.Number(), err)
		}
		if want := fmt.Sprintf("+CMGR: 0,,%d", len(pdu)-8); lines[1] != want {
			t.Errorf("%q is not %q", lines[1], want)
		}
	}
}

// TestDirect: with mt=2 a message is given at once; with CSMS=1 the next one waits until it is acknowledged.
func TestDirect(t *testing.T) {
	b := startBank(t, Config{})
	c := dial(t, b, 0)
	c.ask("AT+CSMS=1;+CMGF=1;+CNMI=2,2,0,1,0")
	for _, text := range []string{"first", "second"} {
		if err := b.Modem(0).Text("5555", text); err != nil {
			t.Fatal(err)
		}
	}
	c.contains("+CMT: \"5555\",,\"")
	c.until("\r\nfirst\r\n")
	entries(t, b, Submitted, 2)
	if c.expect("AT+CNMI?", "\r\n+CNMI: 2,2,0,1,0\r\n"+ok); c.said() != "" {
		t.Errorf("the second came before the first was acknowledged: %q", c.said())
	}
	c.expect("AT+CNMA", ok)
	c.until("\r\nsecond\r\n")
	c.expect("AT+CNMA=1", ok)
	c.expect("AT+CNMA", "\r\n+CMS ERROR: 340\r\n")
}

// TestUnacknowledged: without AT+CNMA the modem stores the message and gives no more at once.
func TestUnacknowledged(t *testing.T) {
	b := startBank(t, Config{Network: NetworkConfig{AckTimeout: 20 * time.Millisecond}})
	c := dial(t, b, 0)
	c.ask("AT+CSMS=1;+CMGF=1;+CNMI=2,2,0,1,0")
	if err := b.Modem(0).Text("5555", "nobody heard"); err != nil {
		t.Fatal(err)
	}
	c.until("\r\nnobody heard\r\n")
	if !eventually(func() bool { return b.Modem(0).State().Stored == 1 }) {
		t.Error("it was not stored")
	}
	c.expect("AT+CNMI?", "\r\n+CNMI: 0,0,0,0,0\r\n"+ok)
}

// reportBank has a client on modem 0 that asks for reports.
func reportBank(t *testing.T, c Config, cnmi string) (*Bank, *client) {
	b := startBank(t, c)
	b.Network().Attach("+88299900000042", PhoneFunc(func(string, string) []Reply { return nil }))
	line := dial(t, b, 0)
	line.ask("AT+CMGF=1;+CSMP=49,167,0,0;+CNMI=" + cnmi)
	return b, line
}

// TestReports: a report comes at once, or is stored and told; vendors differ in where.
func TestReports(t *testing.T) {
	_, c := reportBank(t, Config{}, "2,1,0,1,0")
	c.send("+88299900000042", "x")
	c.until(",0\r\n")
	_, c = reportBank(t, Config{Profiles: []string{"ublox"}}, "2,1,0,2,0")
	c.send("+88299900000042", "x")
	c.until("+CDSI: \"SR\",1\r\n")
	c.ask("AT+CPMS=\"SR\"")
	if got := c.ask("AT+CMGR=1"); !strings.Contains(got, "\r\n+CMGR: \"REC UNREAD\",6,1,\"+88299900000042\",145,\"") {
		t.Errorf("%q", got)
	}
	_, c = reportBank(t, Config{Profiles: []string{"quectel-ec25"}}, "2,1,0,2,0")
	c.send("+88299900000042", "x")
	c.until("+CDSI: \"SM\",1\r\n")
	c.ask("AT+CPMS=\"SR\"")
	if got := c.ask("AT+CMGR=1"); !strings.Contains(got, "+CMGR:") {
		t.Errorf("EC25 keeps reports in SR: %q", got)
	}
}

// TestNoReport: who does not ask gets none.
func TestNoReport(t *testing.T) {
	b, c := reportBank(t, Config{}, "2,1,0,1,0")
	c.ask("AT+CSMP=17,167,0,0")
	c.send("+88299900000042", "x")
	entries(t, b, Delivered, 1)
	entries(t, b, Reported, 0)
}

// TestKeptDrafts: AT+CMGW keeps a message that AT+CMSS sends.
func TestKeptDrafts(t *testing.T) {
	b, c := reportBank(t, Config{}, "2,1,0,0,0")
	c.ask(`AT+CMGW="+88299900000042"`)
	if got := c.ask("draft\x1a"); got != "\r\n+CMGW: 1\r\n"+ok {
		t.Fatalf("%q", got)
	}
	if got := c.ask(`AT+CMGL="STO UNSENT"`); !strings.Contains(got, "+CMGL: 1,\"STO UNSENT\",\"+88299900000042\",\r\ndraft\r\n") {
		t.Errorf("%q", got)
	}
	c.expect("AT+CMSS=1", "\r\n+CMSS: 1\r\n"+ok)
	c.expect("AT+CMSS=2", "\r\n+CMS ERROR: 321\r\n")
	if e := entries(t, b, Delivered, 1)[0]; e.Text != "draft" {
		t.Errorf("%+v", e)
	}
}

// TestTextAlphabets: in text mode the text and the names travel in the alphabet of AT+CSCS.
func TestTextAlphabets(t *testing.T) {
	b, c := reportBank(t, Config{}, "0,0,0,0,0")
	c.ask(`AT+CSCS="UCS2"`)
	c.expect(`AT+CMGS="+88299"`, "\r\n> ") // digits that are no UCS2 are taken for the number itself
	c.write("\x1b")
	c.until(ok)
	if got := c.ask(fmt.Sprintf("AT+CMGS=%q", encodeIn("UCS2", phoneNumber))); got != "\r\n> " {
		t.Fatalf("%q", got)
	}
	c.ask("041F04400438043204350442\x1a")
	if e := entries(t, b, Delivered, 1)[0]; e.Text != "Привет" {
		t.Errorf("%+v", e)
	}
	c.ask(`AT+CSCS="HEX"`)
	c.ask(`AT+CMGS="+88299900000042"`)
	c.ask("48690D0A\x1a")
	if e := entries(t, b, Delivered, 2)[1]; e.Text != "Hi\r\n" {
		t.Errorf("%+v", e)
	}
}

// TestEscape: a message that is given up is not sent.
func TestEscape(t *testing.T) {
	b, c := reportBank(t, Config{}, "0,0,0,0,0")
	c.ask(`AT+CMGS="+88299900000042"`)
	c.write("half\x1b")
	c.until(ok)
	entries(t, b, Submitted, 0)
}

// TestThroughput: a fast modem takes far more than 50 messages a second; here 200 within the test's patience.
func TestThroughput(t *testing.T) {
	b, c := reportBank(t, Config{}, "0,0,0,0,0")
	start := time.Now()
	for i := range 200 {
		c.ask(`AT+CMGS="+88299900000042"`)
		c.ask(fmt.Sprintf("number %d\x1a", i))
	}
	t.Logf("200 messages in %s", time.Since(start))
	for i, e := range entries(t, b, Delivered, 200) {
		if e.Text != fmt.Sprintf("number %d", i) || e.Reference != byte(i+1) {
			t.Fatalf("%d: %+v", i, e)
		}
	}
}
