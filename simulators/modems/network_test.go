package modems

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const phoneNumber = "+88299900000042"

// TestLongTexts: parts that a modem sends reach a Phone as one text, and its long answer comes in parts.
func TestLongTexts(t *testing.T) {
	b := startBank(t, Config{})
	long := strings.Repeat("0123456789", 20)
	heard := make(chan string, 1)
	b.Network().Attach(phoneNumber, PhoneFunc(func(_, text string) []Reply {
		heard <- text
		return []Reply{{Text: long}, {After: time.Millisecond, Text: "done"}}
	}))
	if err := b.Network().Send(MSISDN(0), phoneNumber, long); err != nil {
		t.Fatal(err)
	}
	if got := <-heard; got != long {
		t.Errorf("the phone heard %q", got)
	}
	var parts []Entry
	for _, e := range entries(t, b, Delivered, 5) {
		if e.To == MSISDN(0) {
			parts = append(parts, e)
		}
	}
	if len(parts) != 3 || parts[0].Part != 1 || parts[1].Part != 2 || parts[1].Parts != 2 ||
		parts[0].Text+parts[1].Text != long || parts[2].Text != "done" || parts[2].Parts != 0 {
		t.Errorf("%+v", parts)
	}
}

// TestPower: what comes for a phone that is off waits; what is no longer valid is lost, and its sender is told so.
func TestPower(t *testing.T) {
	b, c := reportBank(t, Config{Network: NetworkConfig{Validity: time.Hour}}, "2,1,0,1,0")
	b.Network().Power(phoneNumber, false)
	c.send(phoneNumber, "waits")
	entries(t, b, Submitted, 1)
	entries(t, b, Delivered, 0)
	b.Network().Power(phoneNumber, true)
	c.until(",0\r\n")
	entries(t, b, Delivered, 1)

	b, c = reportBank(t, Config{Network: NetworkConfig{Validity: time.Millisecond}}, "2,1,0,1,0")
	b.Network().Power(phoneNumber, false)
	c.ask("AT+CSMP=33,0,0,0") // a report, no validity of its own
	c.send(phoneNumber, "expires")
	c.until(fmt.Sprintf(",%d\r\n", StatusExpired))
	b.Network().Power(phoneNumber, true)
	entries(t, b, Expired, 1)
	entries(t, b, Delivered, 0)
}

// TestNobody: a number that nobody has is reported as such.
func TestNobody(t *testing.T) {
	b, c := reportBank(t, Config{}, "2,1,0,1,0")
	c.send("+33600000000", "hello?")
	c.until(fmt.Sprintf(",%d\r\n", StatusNotObtainable))
	entries(t, b, Failed, 1)
}

// TestLoopBreaker: two that answer each other are stopped.
func TestLoopBreaker(t *testing.T) {
	b := startBank(t, Config{Network: NetworkConfig{LoopLimit: 3}})
	echo := PhoneFunc(func(_, text string) []Reply { return []Reply{{Text: text}} })
	b.Network().Attach("+8829991", echo)
	b.Network().Attach("+8829992", echo)
	if err := b.Network().Send("+8829991", "+8829992", "ping"); err != nil {
		t.Fatal(err)
	}
	entries(t, b, Silenced, 1)
	entries(t, b, Submitted, 1+2*3)
}

// TestLedgerLimit: a full ledger makes the network refuse, so that what it has stays exact.
func TestLedgerLimit(t *testing.T) {
	b, c := reportBank(t, Config{Network: NetworkConfig{LedgerLimit: 1}}, "0,0,0,0,0")
	c.send(phoneNumber, "one")
	if got := c.send(phoneNumber, "two"); got != "\r\n+CMS ERROR: 42\r\n" {
		t.Errorf("%q", got)
	}
	if err := b.Network().Send("1", "2", "x"); !errors.Is(err, ErrLedgerFull) {
		t.Error(err)
	}
	entries(t, b, Delivered, 1)
	if err := b.Network().Send("", "2", "x"); err == nil || !strings.Contains(err.Error(), "from and to") {
		t.Error(err)
	}
	if got := b.Network().Ledger(-5, 1); len(got) != 1 || got[0].Seq != 1 {
		t.Errorf("%+v", got)
	}
	if got := b.Network().Ledger(99, 1); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestDetach: what waits for a number that is given up fails.
func TestDetach(t *testing.T) {
	b, c := reportBank(t, Config{}, "2,1,0,1,0")
	b.Network().Power(phoneNumber, false)
	c.send(phoneNumber, "x")
	entries(t, b, Submitted, 1)
	b.Network().Detach(phoneNumber)
	c.until(fmt.Sprintf(",%d\r\n", StatusNotObtainable))
}

// TestBalance: the operator tells it by SMS, and each message costs.
func TestBalance(t *testing.T) {
	b := startBank(t, Config{Price: 0.5})
	c := dial(t, b, 0)
	c.ask("AT+CNMI=2,2,0,0,0")
	c.send(ShortCode, "balance?")
	c.until("Your balance is 19.50 EUR. Valid until 31.12.2030\r\n")
}

// TestManyPhones: messages to many phones are each answered once, in any order.
func TestManyPhones(t *testing.T) {
	b := startBank(t, Config{})
	var heard atomic.Int64
	const phones = 500
	for i := range phones {
		b.Network().Attach(fmt.Sprintf("+88299%08d", i), PhoneFunc(func(_, text string) []Reply {
			heard.Add(1)
			return []Reply{{Text: "ack " + text}}
		}))
	}
	b.Network().Attach("+8829990", PhoneFunc(func(string, string) []Reply { return nil }))
	for i := range phones {
		if err := b.Network().Send("+8829990", fmt.Sprintf("+88299%08d", i), "x"); err != nil {
			t.Fatal(err)
		}
	}
	entries(t, b, Delivered, 2*phones)
	if heard.Load() != phones {
		t.Errorf("%d were heard", heard.Load())
	}
}
