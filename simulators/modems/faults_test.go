package modems

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

// faultCases show each fault: the rules that the modem gets, and what is seen then.
func faultCases() map[Fault]struct {
	rules string
	see   func(*testing.T, *Bank, *client)
} {
	type seen = struct {
		rules string
		see   func(*testing.T, *Bank, *client)
	}
	next := func(c *client, want string) { c.t.Helper(); c.expect("AT+CGMI", want) }
	well := "\r\nDrover\r\n" + ok
	return map[Fault]seen{
		FaultLateAnswer: {"when AT+CSQ nth 1 do late-answer 30ms", func(t *testing.T, _ *Bank, c *client) {
			start := time.Now()
			c.ask("AT+CSQ")
			if late := time.Since(start); late < 30*time.Millisecond {
				t.Errorf("it came after %s", late)
			}
		}},
		FaultNoAnswer: {"when AT+CSQ do no-answer", func(_ *testing.T, _ *Bank, c *client) {
			c.write("AT+CSQ\r")
			next(c, well)
		}},
		FaultHalfLine: {"when AT+CSQ do half-line", func(_ *testing.T, _ *Bank, c *client) {
			c.write("AT+CSQ\r")
			next(c, "\r\n+CSQ: 21"+well)
		}},
		FaultURCInside: {"when AT+CSQ do urc-inside ^RSSI: 9", func(_ *testing.T, _ *Bank, c *client) {
			c.expect("AT+CSQ", "\r\n+CSQ: 21,99\r\n\r\n^RSSI: 9\r\n"+ok)
		}},
		FaultCRCRLF: {"when command do cr-cr-lf", func(_ *testing.T, _ *Bank, c *client) {
			c.write("AT\r")
			c.until("\r\r\nOK\r\r\n")
		}},
		FaultNoEcho: {"when AT+CSQ do no-echo", func(_ *testing.T, _ *Bank, c *client) {
			c.ask("ATE1")
			c.expect("AT", "AT\r"+ok)
			c.ask("AT+CSQ")
			c.expect("AT", ok)
		}},
		FaultCMS: {"when AT+CMGS nth 2 do cms 512", func(t *testing.T, b *Bank, c *client) {
			c.send(phoneNumber, "first")
			if got := c.send(phoneNumber, "second"); got != "\r\n+CMS ERROR: 512\r\n" {
				t.Errorf("%q", got)
			}
			c.send(phoneNumber, "third")
			entries(t, b, Delivered, 2)
		}},
		FaultCME: {"when AT+CSQ do cme 100", func(_ *testing.T, _ *Bank, c *client) {
			c.ask("AT+CMEE=1")
			c.expect("AT+CSQ", "\r\n+CME ERROR: 100\r\n")
		}},
		FaultNoCMGS: {"when AT+CMGS nth 1 do no-cmgs\nwhen AT+CMGS nth 2 do no-cmgs ok", func(t *testing.T, b *Bank, c *client) {
			c.ask("AT+CMGF=1")
			c.ask("AT+CMGS=\"" + phoneNumber + "\"")
			c.write("lost\x1a")
			next(c, well)
			c.ask("AT+CMGS=\"" + phoneNumber + "\"")
			c.expect("bare\x1a", ok)
			entries(t, b, Delivered, 2)
		}},
		FaultNoPrompt: {"when AT+CMGS do no-prompt", func(t *testing.T, b *Bank, c *client) {
			c.write("AT+CMGS=20\r")
			next(c, well)
			entries(t, b, Submitted, 0)
		}},
		FaultUndecodable: {"when deliver nth 1 do undecodable", func(t *testing.T, b *Bank, c *client) {
			arrives(t, b, c, "spoilt", 1)
			lines := strings.Split(c.ask("AT+CMGR=1"), "\r\n")
			pdu, err := pduOf([]byte(lines[2]))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := receivedOf(pdu); err == nil {
				t.Errorf("it was decoded: %+v", got)
			}
		}},
		FaultMemoryFull: {"when now do memory-full", func(t *testing.T, b *Bank, c *client) {
			if err := b.Modem(0).Text("1", "x"); err != nil {
				t.Fatal(err)
			}
			entries(t, b, Submitted, 1)
			c.expect("AT+CPMS?", "\r\n+CPMS: \"SM\",40,40,\"SM\",40,40,\"SM\",40,40\r\n"+ok)
			entries(t, b, Delivered, 0)
			b.Modem(0).Clear()
			entries(t, b, Delivered, 1)
		}},
		FaultSRQuirk: {"when now do sr-quirk", func(_ *testing.T, _ *Bank, c *client) {
			reported(c, "2,1,0,2,0", "x")
			c.until("+CDSI: \"SM\",1\r\n")
			c.expect(`AT+CPMS="SR"`, "\r\n+CPMS: 1,50,0,40,0,40\r\n"+ok)
		}},
		FaultSRLost: {"when report nth 1 do sr-lost", func(_ *testing.T, _ *Bank, c *client) {
			reported(c, "2,1,0,1,0", "one", "two")
			c.until(",0\r\n")
			if strings.Contains(c.said(), "+CDS: 6,1,") {
				c.t.Error("the first report came")
			}
		}},
		FaultSRLate: {"when report do sr-late 20ms", func(t *testing.T, _ *Bank, c *client) {
			start := time.Now()
			reported(c, "2,1,0,1,0", "one")
			c.until(",0\r\n")
			if time.Since(start) < 20*time.Millisecond {
				t.Error("it was not late")
			}
		}},
		FaultSROutOfOrder: {"when report nth 1 do sr-out-of-order", func(_ *testing.T, _ *Bank, c *client) {
			reported(c, "2,1,0,1,0", "one", "two")
			c.contains("+CDS: 6,1,")
			if said := c.said(); strings.Index(said, "+CDS: 6,2,") > strings.Index(said, "+CDS: 6,1,") {
				c.t.Errorf("%q", said)
			}
		}},
		FaultSRTemporaryThenFinal: {"when report do sr-temporary-then-final 5ms", func(_ *testing.T, _ *Bank, c *client) {
			reported(c, "2,1,0,1,0", "one")
			c.until(fmt.Sprintf(",%d\r\n", StatusTrying))
			c.until(",0\r\n")
		}},
		FaultMRWrap: {"when now do mr-wrap", func(_ *testing.T, _ *Bank, c *client) {
			for _, want := range []string{"255", "0", "1"} {
				if got := c.send(phoneNumber, "x"); got != "\r\n+CMGS: "+want+"\r\n"+ok {
					c.t.Errorf("%q, want %s", got, want)
				}
			}
		}},
		FaultUnregister: {"when AT+CREG=1 do unregister", func(t *testing.T, b *Bank, c *client) {
			c.ask("AT+CREG=1")
			c.expect("AT+CREG?", "\r\n+CREG: 1,2\r\n"+ok)
			if got := c.send(phoneNumber, "x"); got != "\r\n+CMS ERROR: 331\r\n" {
				t.Errorf("%q", got)
			}
			b.Modem(0).Clear()
			c.until("\r\n+CREG: 1\r\n")
		}},
		FaultRoaming: {"when now do roaming", func(_ *testing.T, _ *Bank, c *client) {
			c.expect("AT+CREG?", "\r\n+CREG: 0,5\r\n"+ok)
		}},
		FaultDenied: {"when now do denied", func(_ *testing.T, _ *Bank, c *client) {
			c.expect("AT+CREG?", "\r\n+CREG: 0,3\r\n"+ok)
		}},
		FaultSIMRemoved: {"when AT+CSQ do sim-removed", func(_ *testing.T, b *Bank, c *client) {
			c.ask("AT+CMEE=1")
			c.expect("AT+CSQ", "\r\n+CPIN: NOT INSERTED\r\n\r\n+CSQ: 21,99\r\n"+ok)
			c.expect("AT+CPIN?", "\r\n+CME ERROR: 10\r\n")
			c.expect("AT+CMGS=20", "\r\n+CMS ERROR: 310\r\n")
			b.Modem(0).Clear()
			c.until("\r\n+CPIN: READY\r\n")
		}},
		FaultPUK: {"when now do puk", func(_ *testing.T, _ *Bank, c *client) {
			c.until("\r\n+CPIN: SIM PUK\r\n")
			c.expect("AT+CPIN?", "\r\n+CPIN: SIM PUK\r\n"+ok)
			c.expect("AT+CMGS=20", "\r\n+CMS ERROR: 316\r\n")
			c.expect(`AT+CPIN="12345678","4321"`, ok)
			c.expect("AT+CPIN?", "\r\n+CPIN: READY\r\n"+ok)
		}},
		FaultVanish: {"when AT+CSQ nth 1 do vanish 10ms", func(t *testing.T, b *Bank, c *client) {
			before := b.URL(0)
			c.write("AT+CSQ\r")
			if !eventually(func() bool { return c.closed() && b.URL(0) != "" && b.URL(0) != before }) {
				t.Fatalf("closed %v, it is at %q, and was at %q", c.closed(), b.URL(0), before)
			}
			dial(t, b, 0).expect("AT+CGSN", "\r\n"+IMEI(0)+"\r\n"+ok)
		}},
		FaultReboot: {"when AT+CSQ do reboot 20ms", func(t *testing.T, b *Bank, c *client) {
			c.ask("AT+CMEE=1")
			c.write("AT+CSQ\rAT\r")
			if !eventually(func() bool { return b.Modem(0).State().Booting }) {
				t.Fatal("it does not boot")
			}
			if !eventually(func() bool { return !b.Modem(0).State().Booting }) {
				t.Fatal("it boots for ever")
			}
			c.expect("AT+CMEE?", "\r\n+CMEE: 0\r\n"+ok)
		}},
		FaultHang: {"when AT+CSQ nth 1 do hang 30ms", func(t *testing.T, _ *Bank, c *client) {
			start := time.Now()
			c.write("AT+CSQ\r")
			next(c, well)
			if time.Since(start) < 30*time.Millisecond {
				t.Error("it did not hang")
			}
		}},
		FaultSlow: {"when now do slow", func(t *testing.T, _ *Bank, c *client) {
			start := time.Now()
			c.ask("AT+CIND=?")
			if took := time.Since(start); took < 100*time.Millisecond {
				t.Errorf("more than 100 bytes took %s at 9600 baud", took)
			}
		}},
		FaultBarred: {"when now do barred 1", func(t *testing.T, _ *Bank, c *client) {
			c.send(phoneNumber, "x")
			if got := c.send(phoneNumber, "x"); got != "\r\n+CMS ERROR: 8\r\n" {
				t.Errorf("%q", got)
			}
		}},
		FaultBalanceZero: {"when submit nth 1 do balance-zero", func(t *testing.T, b *Bank, c *client) {
			c.ask("AT+CNMI=2,2,0,0,0")
			if got := c.send(phoneNumber, "x"); got != "\r\n+CMS ERROR: 38\r\n" {
				t.Errorf("%q", got)
			}
			c.until("Your balance is 0.00 EUR. Valid until 31.12.2030\r\n")
		}},
		FaultFlood: {"when now do flood 45", func(t *testing.T, b *Bank, c *client) {
			entries(t, b, Delivered, 40) // the SIM is full then
			c.expect("AT+CPMS?", "\r\n+CPMS: \"SM\",40,40,\"SM\",40,40,\"SM\",40,40\r\n"+ok)
			c.expect("AT+CMGD=1,4", ok)
			entries(t, b, Delivered, 45)
		}},
	}
}

// arrives sends the modem a message, and waits until it has as many.
func arrives(t *testing.T, b *Bank, c *client, text string, count int) {
	t.Helper()
	c.ask("AT+CNMI=2,1,0,0,0")
	if err := b.Modem(0).Text("+33600000000", text); err != nil {
		t.Fatal(err)
	}
	c.until(fmt.Sprintf("+CMTI: \"SM\",%d\r\n", count))
}

// reported sends texts that are reported.
func reported(c *client, cnmi string, texts ...string) {
	c.ask("AT+CMGF=1;+CSMP=49,167,0,0;+CNMI=" + cnmi)
	for _, text := range texts {
		c.ask("AT+CMGS=\"" + phoneNumber + "\"")
		c.ask(text + "\x1a")
	}
}

// TestEachFault: every fault that is listed is shown.
func TestEachFault(t *testing.T) {
	cases := faultCases()
	for _, f := range Faults() {
		t.Run(string(f.Name), func(t *testing.T) {
			t.Parallel()
			shown, ok := cases[f.Name]
			if !ok || f.Effect == "" {
				t.Fatal("it is not shown, or its effect is not told")
			}
			b := startBank(t, Config{Network: NetworkConfig{ReportDelay: time.Millisecond}})
			b.Network().Attach(phoneNumber, PhoneFunc(func(string, string) []Reply { return nil }))
			c := dial(t, b, 0)
			c.ask("AT")
			rules, err := ParseRules(shown.rules)
			if err != nil {
				t.Fatal(err)
			}
			if err := b.Modem(0).Fault(rules...); err != nil {
				t.Fatal(err)
			}
			shown.see(t, b, c)
			if b.Happened()[f.Name] == 0 {
				t.Error("it is not counted")
			}
		})
	}
	if len(cases) != len(Faults()) {
		t.Errorf("%d cases for %d faults", len(cases), len(Faults()))
	}
}

func TestRulesThatCannotBe(t *testing.T) {
	for script, want := range map[string]string{
		"\nwhen AT+CSQ do nothing":                "line 2: fault \"nothing\" is not one of late-answer, ",
		"if AT+CSQ do slow":                       "is not: when COMMAND|EVENT",
		"when AT nth 0 do slow":                   "nth is \"0\"",
		"when AT nth":                             "is not: when",
		"when AT nth 1 probability 2 do slow":     "probability at most 1",
		"when AT probability x do slow":           "probability is \"x\"",
		"when AT often 1 do slow":                 "\"often\" is not one of nth, probability, do",
		"when AT nth 1 probability 1":             "does nothing",
		"when report do no-answer":                "no-answer cannot happen when \"report\"",
		"when AT do sr-lost":                      "its rules name a report",
		"when AT do undecodable":                  "its rules name a deliver",
		"when AT do late-answer soon":             "late-answer \"soon\": it takes a duration",
		"when AT do cms many":                     "it takes a number",
		"when AT do slow very":                    "nothing follows this fault",
		"when now do cms 500":                     "cannot happen when \"now\"",
		"# a comment\n\nwhen AT do flood 1000000": "line 3: flood",
	} {
		if _, err := ParseRules(script); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", script, err, want)
		}
	}
	b := startBank(t, Config{})
	if err := b.Modem(0).Fault(Rule{Do: FaultSlow}); err == nil || !strings.Contains(err.Error(), "when is empty") {
		t.Error(err)
	}
	if err := b.Modem(0).Fault(make([]Rule, rulesLimit+1)...); err == nil {
		t.Error("too many rules are taken")
	}
}

// TestProbability: half of the answers are late, more or less, and the same ones with the same seed.
func TestProbability(t *testing.T) {
	var runs []string
	for range 2 {
		rules, err := ParseRules("when AT+CSQ probability 0.5 do cme 1")
		if err != nil {
			t.Fatal(err)
		}
		c := dial(t, startBank(t, Config{Seed: 7, Faults: rules}), 0)
		var run bytes.Buffer
		for range 100 {
			run.WriteString(map[bool]string{true: "x", false: "."}[strings.Contains(c.ask("AT+CSQ"), "ERROR")])
		}
		runs = append(runs, run.String())
	}
	if n := strings.Count(runs[0], "x"); n < 25 || n > 75 || runs[0] != runs[1] {
		t.Errorf("%q", runs)
	}
}

// TestHungModemReadsNothing: what a client writes to one that hangs piles up until its writes do not return.
func TestHungModemReadsNothing(t *testing.T) {
	b := startBank(t, Config{})
	c := dial(t, b, 0)
	c.expect("AT", ok)
	b.Modem(0).Hang()
	if err := c.conn.SetWriteDeadline(time.Now().Add(300 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	junk := make([]byte, 64<<10)
	written := 0
	for range 2000 {
		n, err := c.conn.Write(junk)
		if written += n; err != nil {
			b.Modem(0).Unhang()
			return
		}
	}
	t.Errorf("%d bytes were taken", written)
}
