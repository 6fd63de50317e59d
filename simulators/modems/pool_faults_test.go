package modems_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"drover/modem"
	"drover/simulators/modems"
)

// ordeal is how a fault is tried on the pool.
type ordeal struct {
	profile string   // of the modem; "": generic
	before  string   // rules that it has from the start
	rules   []string // one after the other, each while the modem works
	healed  bool     // it gets well by itself, or through the pool; else it is cleared
	power   bool     // somebody can turn the modem off and on
	spoilt  int      // messages that cannot be decoded
	lost    int      // reports that never come

	phase modem.Phase             // the pool must see each; "" if the modem stays at work
	first func(*bench, attempt)   // looks at the first message sent after a rule; nil: it may fare as it likes
	seen  func(*bench, seen) bool // shows that it happened; nil: the command of the rule was given
}

// seen is how far things were when a rule was given.
type seen struct{ said int }

// commands are those whose answers are spoilt: of a round over signal, SIM and memories, and the one that sends.
func commands(format string) (rules []string) {
	for _, c := range []string{"AT+CSQ", "AT+CPIN?", "AT+CREG?", "AT+CPMS", "AT+CMGL", "AT+CMGS"} {
		rules = append(rules, fmt.Sprintf(format, c))
	}
	return rules
}

// refusals are the codes with which AT+CMGS fails.
func refusals() (rules []string) {
	for _, code := range []int{38, 42, 50, 69, 304, 310, 322, 330, 331, 500, 512} {
		rules = append(rules, fmt.Sprintf("when AT+CMGS nth 1 do cms %d", code))
	}
	return append(rules, "when AT+CMGL nth 1 do cms 500", "when AT+CPMS nth 1 do cms 320")
}

func outcome(want modem.Outcome) func(*bench, attempt) {
	return func(b *bench, a attempt) {
		b.Helper()
		if a.Outcome != want {
			b.Errorf("%s: %s (%s), want %s", a.text, a.Outcome, a.Reason, want)
		}
	}
}

// refused: it failed with the code in its text; 500 says nothing of whether it went.
func refused(b *bench, a attempt) {
	b.Helper()
	code, want := 0, modem.Sent
	if _, rule, sends := strings.Cut(a.text, "AT+CMGS nth 1 do "); sends {
		want = modem.Failed
		if _, err := fmt.Sscanf(rule[strings.IndexByte(rule, ' '):], "%d", &code); err != nil {
			b.Fatal(err)
		}
	}
	if code == 500 {
		want = modem.Unknown
	}
	if a.Outcome != want || a.Code != code {
		b.Errorf("%s: %s %d (%s), want %s %d", a.text, a.Outcome, a.Code, a.Reason, want, code)
	}
}

func said(text string) func(*bench, seen) bool {
	return func(b *bench, s seen) bool { return b.heard(text, s.said) }
}

func registered(r modem.Registration) func(*bench, seen) bool {
	return func(b *bench, _ seen) bool { return b.pool.States()[0].Registration == r }
}

// happens is for faults that show in the accounts.
func happens(*bench, seen) bool { return true }

func ordeals() map[modems.Fault]ordeal {
	return map[modems.Fault]ordeal{
		modems.FaultLateAnswer: {rules: commands("when %s nth 1 do late-answer 1500ms")},
		modems.FaultNoAnswer:   {rules: commands("when %s nth 1 do no-answer")},
		modems.FaultHalfLine:   {rules: commands("when %s nth 1 do half-line")},
		modems.FaultURCInside: {rules: append(commands("when %s nth 1 do urc-inside ^RSSI:7"),
			`when AT+CMGL nth 1 do urc-inside +CMTI: "SM",1`, "when AT+CSQ nth 1 do urc-inside +CREG: 1",
			"when AT+CREG? nth 1 do urc-inside +CREG: 2"), first: outcome(modem.Sent)},
		modems.FaultCRCRLF: {rules: commands("when %s nth 1 do cr-cr-lf"), first: outcome(modem.Sent), seen: said("\r\r\n")},
		modems.FaultNoEcho: {rules: []string{"when now do no-echo"}, seen: happens},
		modems.FaultCMS:    {rules: refusals(), first: refused},
		modems.FaultCME:    {rules: commands("when %s nth 1 do cme 100")},
		modems.FaultNoCMGS: {rules: []string{"when AT+CMGS nth 1 do no-cmgs", "when AT+CMGS nth 1 do no-cmgs ok"},
			first: outcome(modem.Unknown)},
		modems.FaultNoPrompt: {rules: []string{"when AT+CMGS nth 1 do no-prompt"}, first: outcome(modem.Failed)},

		modems.FaultUndecodable: {rules: []string{"when deliver nth 1 do undecodable"}, spoilt: 1, seen: happens},
		modems.FaultMemoryFull:  {rules: []string{"when now do memory-full"}, phase: modem.Degraded},
		modems.FaultFlood: {rules: []string{"when now do flood 300"}, healed: true,
			seen: func(b *bench, _ seen) bool { return b.kept()["Flood 300 of 300"] == 1 }},

		modems.FaultSRQuirk: {rules: []string{"when now do sr-quirk"}, seen: said("+CDSI: \"SM\""),
			before: "when AT+CNMI=2,1,0,1 do cms 303\nwhen AT+CNMI=1,1,0,1 do cms 303"},
		modems.FaultSRLost: {rules: []string{"when report nth 1 do sr-lost"}, lost: 1, seen: happens},
		modems.FaultSRLate: {rules: []string{"when report nth 1 do sr-late 700ms"}, seen: happens},
		modems.FaultSROutOfOrder: {rules: []string{"when report nth 1 do sr-out-of-order"},
			seen: func(b *bench, _ seen) bool { return swapped(b.allReports()) }},
		modems.FaultSRTemporaryThenFinal: {rules: []string{"when report nth 1 do sr-temporary-then-final 700ms"},
			seen: func(b *bench, _ seen) bool { return b.state(modem.Trying) }},
		modems.FaultMRWrap: {rules: []string{"when now do mr-wrap"}, first: func(b *bench, a attempt) {
			if a.Reference != 255 {
				b.Errorf("the reference is %d, want 255", a.Reference)
			}
		}, seen: happens},

		modems.FaultUnregister: {rules: []string{"when now do unregister"}, phase: modem.Registering},
		modems.FaultRoaming:    {rules: []string{"when now do roaming"}, seen: registered(modem.Roaming)},
		modems.FaultDenied:     {rules: []string{"when now do denied"}, phase: modem.Registering, seen: registered(modem.Denied)},
		modems.FaultSIMRemoved: {rules: []string{"when now do sim-removed"}, phase: modem.SIMError},
		modems.FaultPUK:        {rules: []string{"when now do puk"}, phase: modem.PUK},

		modems.FaultVanish: {rules: []string{"when now do vanish 500ms", "when AT+CMGS nth 1 do vanish 500ms"}, healed: true,
			phase: modem.Absent},
		modems.FaultReboot: {profile: "quectel-m26", healed: true, phase: modem.Opening, seen: said("RDY"),
			rules: []string{"when now do reboot 500ms", "when AT+CMGL nth 1 do reboot 500ms"}},
		modems.FaultHang: {rules: []string{"when now do hang 1500ms", "when now do hang", "when AT+CMGS nth 1 do hang"},
			healed: true, power: true, seen: happens},
		modems.FaultSlow: {rules: []string{"when now do slow"}, seen: happens},

		modems.FaultBarred:      {rules: []string{"when now do barred 0"}, phase: modem.Barred, first: outcome(modem.Failed)},
		modems.FaultBalanceZero: {rules: []string{"when now do balance-zero"}, first: outcome(modem.Failed), seen: happens},
	}
}

// swapped reports whether a report came before that of an earlier message.
func swapped(all []modem.Report) bool {
	for i := 1; i < len(all); i++ {
		if all[i].Reference < all[i-1].Reference {
			return true
		}
	}
	return false
}

// state reports whether a report with this state came.
func (b *bench) state(s modem.DeliveryState) bool {
	for _, r := range b.allReports() {
		if r.State == s {
			return true
		}
	}
	return false
}

// TestPoolSurvives: after each fault that there is, and each way in which it is tried, the pool has its modem back by
// itself; it sends and receives, and nothing was lost or doubled meanwhile.
func TestPoolSurvives(t *testing.T) {
	all := ordeals()
	if len(all) != len(modems.Faults()) {
		t.Errorf("%d are tried of %d faults", len(all), len(modems.Faults()))
	}
	const atOnce = 8 // whatever the number of processors: they mostly wait
	slots := make(chan struct{}, atOnce)
	var done sync.WaitGroup
	for _, f := range modems.Faults() {
		slots <- struct{}{}
		done.Go(func() {
			defer func() { <-slots }()
			t.Run(string(f.Name), func(t *testing.T) {
				o, ok := all[f.Name]
				if !ok {
					t.Fatal("nobody tries it on the pool")
				}
				suffer(t, o)
			})
		})
	}
	done.Wait()
}

func suffer(t *testing.T, o ordeal) {
	before, err := modems.ParseRules(o.before)
	if err != nil {
		t.Fatal(err)
	}
	c := modems.Config{Listen: "pty:" + t.TempDir(), Faults: before}
	if o.profile != "" {
		c.Profiles = []string{o.profile}
	}
	b := start(t, c, func(b *modems.Bank, i int) string { // a modem that comes back has another name
		return fmt.Sprintf("%s*?imei=%s", b.URL(i), b.Modem(i).State().IMEI)
	})
	b.power.Store(o.power)
	b.ready()
	b.exchange("m0", "before")
	for _, rule := range o.rules {
		b.strike(rule, o)
		b.ready()
		b.exchange("m0", "after "+rule)
	}
	b.accounts(o.spoilt, o.lost)
}

// strike lets a rule happen while messages go and come.
func (b *bench) strike(rule string, o ordeal) {
	b.Helper()
	rules, err := modems.ParseRules(rule)
	if err != nil {
		b.Fatal(err)
	}
	s, changes := seen{len(b.wire.since(0))}, b.changes()
	m := b.bank.Modem(0)
	me := m.State().MSISDN
	if err := m.Fault(rules...); err != nil {
		b.Fatal(err)
	}
	for i, text := range []string{"first, ", "second, "} {
		if err := b.bank.Network().Send("+33600000000", me, text+rule); err != nil {
			b.Fatal(err)
		}
		if a := b.send("m0", text+rule); i == 0 && o.first != nil {
			o.first(b, a)
		}
	}
	b.until(rule+": it happened", func() bool {
		happened := o.phase == "" || b.been(o.phase, changes)
		if o.seen != nil {
			return happened && o.seen(b, s)
		}
		return happened && (!strings.HasPrefix(rules[0].When, "AT") || b.asked(rules[0].When, s.said))
	})
	if !o.healed {
		m.Clear()
	}
}
