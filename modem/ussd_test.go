package modem_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"drover/modem"
	"drover/modem/modemtest"
)

func touch(t *testing.T, paths ...string) {
	t.Helper()
	for _, p := range paths {
		if err := os.WriteFile(p, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func ucs2(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

const balance = "Balance: 12.34 EUR"

func TestUSSD(t *testing.T) {
	ok := modemtest.Step{Text: "OK"}
	for name, c := range map[string]struct {
		steps []modemtest.Step
		want  string
	}{
		"UCS-2":          {[]modemtest.Step{ok, {Text: `+CUSD: 0,"` + ucs2(balance) + `",72`}}, balance},
		"plain":          {[]modemtest.Step{ok, {Text: `+CUSD: 0,"` + balance + `",15`}}, balance},
		"packed":         {[]modemtest.Step{ok, {Text: `+CUSD: 0,"C2303BEC1E9775A098CC35A3818A5529",15`}}, balance},
		"before OK":      {[]modemtest.Step{{Text: `+CUSD: 0,"` + ucs2(balance) + `",72`}, ok}, balance},
		"late":           {[]modemtest.Step{ok, {After: 300 * time.Millisecond, Text: "\n+CUSD: 0,\"" + balance + "\"\n"}}, balance},
		"2 and then 0":   {[]modemtest.Step{ok, {Text: `+CUSD: 2,"Initiating Release"`}, {Text: `+CUSD: 0,"` + balance + `"`}}, balance},
		"2 alone":        {[]modemtest.Step{ok, {Text: `+CUSD: 2,"` + balance + `"`}}, balance},
		"several lines":  {[]modemtest.Step{ok, {Text: "+CUSD: 0,\"Menu\n> 1 credit\nERROR-free\",15"}}, "Menu\n> 1 credit\nERROR-free"},
		"other scripts":  {[]modemtest.Step{ok, {Text: `+CUSD: 0,"` + ucs2("Баланс: 5,00р") + `",72`}}, "Баланс: 5,00р"},
		"wants a choice": {[]modemtest.Step{ok, {Text: `+CUSD: 1,"1 credit 2 data"`}}, "1 credit 2 data"},
	} {
		t.Run(name, func(t *testing.T) {
			m := modemtest.New()
			m.Answer("+CUSD=2", "OK")
			m.Script("+CUSD=1", func(string) []modemtest.Step { return c.steps })
			b := start(t, m, nil).ready()
			got, err := b.pool.USSD(t.Context(), "m", "*100#")
			if err != nil || got != c.want {
				t.Errorf("%q, %v", got, err)
			}
			if m.Asked(`+CUSD=1,"`+ucs2("*100#")+`",15`) != 1 {
				t.Errorf("%q", m.Commands())
			}
			if ended := m.Asked("+CUSD=2") > 0; ended != (name == "wants a choice") {
				t.Errorf("dialogue ended: %v", ended)
			}
			b.send(modem.Sent)
		})
	}
}

func TestUSSDFails(t *testing.T) {
	for name, steps := range map[string][]modemtest.Step{
		"not supported": {{Text: "OK"}, {Text: "+CUSD: 4"}},
		"timeout":       {{Text: "OK"}, {Text: "+CUSD: 5"}},
		"ended":         {{Text: "OK"}, {Text: "+CUSD: 2"}},
		"no answer":     {{Text: "OK"}},
		"refused":       {{Text: "+CME ERROR: 258"}},
	} {
		t.Run(name, func(t *testing.T) {
			m := modemtest.New()
			m.Answer("+CUSD=2", "OK")
			m.Script("+CUSD=1", func(string) []modemtest.Step { return steps })
			b := start(t, m, nil).ready()
			if got, err := b.pool.USSD(t.Context(), "m", "*100#"); !errors.Is(err, modem.ErrUSSD) {
				t.Errorf("%q, %v", got, err)
			}
			b.send(modem.Sent)
		})
	}
}

// Modems that refuse one form of the code are given the next, and remembered.
func TestUSSDForms(t *testing.T) {
	m := modemtest.New()
	m.Answer("+CUSD=1", "+CME ERROR: 258")
	m.Script(`+CUSD=1,"AA180C3602"`, func(string) []modemtest.Step {
		return []modemtest.Step{{Text: "OK"}, {Text: `+CUSD: 0,"` + balance + `"`}}
	})
	b := start(t, m, nil).ready()
	for range 2 {
		if got, err := b.pool.USSD(t.Context(), "m", "*100#"); got != balance || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	}
	if n := m.Asked("+CUSD=1"); n != 4 {
		t.Errorf("asked %d times", n)
	}
}

// What arrives while an answer is awaited is not lost, and the balance is noted.
func TestBalance(t *testing.T) {
	m := modemtest.New()
	m.Script("+CUSD=1", func(string) []modemtest.Step {
		return []modemtest.Step{{Text: "OK"}, {Text: fmt.Sprintf("+CDS: %d\n%s", tpduOctets(report(3, 0)), report(3, 0))},
			{Text: `+CUSD: 0,"` + ucs2(balance) + `",72`}}
	})
	b := start(t, m, func(c *modem.Config) { c.Lines[0].Balance = "*100#" })
	b.until("balance", func() bool { return b.state().Balance != nil })
	s := b.state()
	if *s.Balance != 12.34 || s.Currency != "EUR" || s.BalanceText != balance || s.BalanceAt.IsZero() {
		t.Errorf("%+v", s)
	}
	b.until("report", func() bool { return len(b.keeper.reported()) == 1 })
	if _, err := b.pool.USSD(t.Context(), "m", "AT+CFUN=0"); !errors.Is(err, modem.ErrUSSD) {
		t.Errorf("%v", err)
	}
}
