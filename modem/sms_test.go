package modem_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"drover/modem"
	"drover/modem/modemtest"
)

// Codes of errors and what they say of the message.
func TestOutcomes(t *testing.T) {
	m := modemtest.New()
	b := start(t, m, nil).ready()
	for answer, want := range map[string]struct {
		outcome modem.Outcome
		code    int
	}{
		"+CMS ERROR: 38": {modem.Failed, 38}, "+CMS ERROR: 42": {modem.Failed, 42}, "+CMS ERROR: 69": {modem.Failed, 69},
		"+CMS ERROR: 304": {modem.Failed, 304}, "+CMS ERROR: 330": {modem.Failed, 330}, "+CMS ERROR: 512": {modem.Failed, 512},
		"+CME ERROR: 30": {modem.Failed, 30}, "+CMS ERROR: no network": {modem.Failed, 0},
		"+CMS ERROR: network timeout": {modem.Unknown, 0}, "+CMS ERROR: 332": {modem.Unknown, 332}, "+CMS ERROR: 500": {modem.Unknown, 500}, "OK": {modem.Unknown, 0},
		"+CMGS: 255\n\nOK": {modem.Sent, 0}, "+CMGS: 0,\"26/11/21,12:00:00+04\"\n\nOK": {modem.Sent, 0},
		"+CMTI: \"SM\",1\n+CMGS: 7\n\nOK": {modem.Sent, 0},
	} {
		m.OnSend(func(string) []modemtest.Step { return []modemtest.Step{{Text: "\n" + answer + "\n"}} })
		if r := b.send(want.outcome); r.Code != want.code || (r.Reason == "") != (want.outcome == modem.Sent) {
			t.Errorf("%s: %+v", answer, r)
		}
	}
}

// An operator that bars the SIM is not asked again for a while; what arrives is still taken.
func TestBarred(t *testing.T) {
	m := modemtest.New()
	m.OnSend(func(string) []modemtest.Step { return []modemtest.Step{{Text: "\n+CMS ERROR: 8\n"}} })
	b := start(t, m, nil).ready()
	b.send(modem.Failed)
	if b.state().Phase != modem.Barred {
		t.Errorf("%+v", b.state())
	}
	m.Store("SM", deliver(t, "+8829900000002", "hello"))
	m.Say(`+CMTI: "SM",1`)
	b.until("a message", func() bool { return len(b.keeper.kept()) == 1 })
	b.ready()
}

// A modem that gives reports only into a memory says +CDSI. One says SM, and has it in SR.
func TestStoredReports(t *testing.T) {
	for _, memory := range []string{"SM", "SR"} {
		t.Run(memory, func(t *testing.T) {
			m := modemtest.New()
			m.Answer("+CNMI=?", "+CNMI: (1,2),(0,1),(0),(0,2),(1)\n\nOK")
			b := start(t, m, nil).ready()
			if !slices.Contains(m.Commands(), "+CNMI=2,1,0,2,1") {
				t.Errorf("%q", m.Commands())
			}
			m.Store(memory, report(200, 0x30))
			m.Say(`+CDSI: "SM",0`)
			b.until("report", func() bool { return len(b.keeper.reported()) == 1 && m.Stored(memory) == 0 })
			r := b.keeper.reported()[0]
			if r.Reference != 200 || r.State != modem.Trying || r.Status != 0x30 || r.To != "+8829900000002" {
				t.Errorf("%+v", r)
			}
			if m.Asked("+CNMA") != 0 {
				t.Error("acknowledged what was stored")
			}
		})
	}
}

func TestRoutingFallsBack(t *testing.T) {
	m := modemtest.New()
	m.Answer("+CNMI=?", "ERROR")
	m.Answer("+CNMI=2", "+CMS ERROR: 302")
	m.Answer("+CSMS=?", "ERROR")
	b := start(t, m, nil).ready()
	if !slices.Contains(m.Commands(), "+CNMI=1,1,0,1,0") {
		t.Errorf("%q", m.Commands())
	}
	b.send(modem.Sent)
}

// A message given directly, against the settings, is kept before it is acknowledged too.
func TestDirectMessage(t *testing.T) {
	m := modemtest.New()
	b := start(t, m, nil).ready()
	hello := deliver(t, "5555", "hello")
	m.Say(fmt.Sprintf("+CMT: ,%d\n%s", tpduOctets(hello), hello))
	b.until("acknowledged", func() bool { return len(b.keeper.kept()) == 1 && m.Asked("+CNMA") == 1 })
}

// A modem that cannot list its memory is read place by place.
func TestReadEachPlace(t *testing.T) {
	m := modemtest.New()
	m.Answer("+CMGL=", "+CMS ERROR: 303")
	m.Store("SM", deliver(t, "+8829900000002", "one"))
	m.Store("ME", deliver(t, "+8829900000002", "two"))
	b := start(t, m, nil).ready()
	if len(b.keeper.kept()) != 2 || m.Stored("SM")+m.Stored("ME") != 0 {
		t.Errorf("%+v", b.keeper.kept())
	}
}

// Another program may have left messages elsewhere; our own drafts are left alone.
func TestAllMemoriesAreSwept(t *testing.T) {
	m := modemtest.New()
	m.Store("ME", deliver(t, "+8829900000002", "elsewhere"))
	b := start(t, m, nil).ready()
	if k := b.keeper.kept(); len(k) != 1 || k[0].Text != "elsewhere" {
		t.Errorf("%+v", k)
	}
	m.Answer("+CMGL=", "+CMGL: 1,2,,10\n0011000481555500000000\n\nOK")
	asked := m.Asked("+CMGL=")
	b.until("a sweep", func() bool { return m.Asked("+CMGL=") > asked+3 })
	if m.Asked("+CMGD=1") != 1 || len(b.keeper.kept()) != 1 {
		t.Error("our own message was taken")
	}
}

func TestMemoryFull(t *testing.T) {
	m := modemtest.New()
	b := start(t, m, nil).ready()
	m.Script("+CPMS=", func(string) []modemtest.Step {
		return []modemtest.Step{{Text: "+CPMS: 10,10,10,10,10,10\n\nOK"}}
	})
	b.phase(modem.Degraded)
	if s := b.state(); s.StorageUsed != 10 || s.StorageSize != 10 || !strings.Contains(s.Reason, "full") {
		t.Errorf("%+v", s)
	}
	b.send(modem.Sent)
}

// A flood: three hundred messages through a memory of ten.
func TestFlood(t *testing.T) {
	m := modemtest.New()
	b := start(t, m, nil).ready()
	for i := range 300 {
		p := deliver(t, "+8829900000002", fmt.Sprintf("message %d", i))
		b.until("room", func() bool { return m.Store("SM", p) > 0 })
		m.Say(`+CMTI: "SM",1`)
	}
	b.until("all", func() bool { return len(b.keeper.kept()) == 300 && m.Stored("SM") == 0 })
}

// A message seen again after a crash between keeping and deleting has the same key.
func TestSeenAgain(t *testing.T) {
	m := modemtest.New()
	m.Store("SM", deliver(t, "+8829900000002", "hello"))
	m.Answer("+CMGD=", "+CMS ERROR: 320")
	b := start(t, m, nil)
	b.until("seen twice", func() bool { return b.keeper.called() > 1 })
	if len(b.keeper.kept()) != 1 {
		t.Errorf("%+v", b.keeper.kept())
	}
}

// A message that cannot be deleted does not keep the others on the SIM.
func TestUndeletable(t *testing.T) {
	m := modemtest.New()
	m.Store("SM", deliver(t, "+8829900000002", "stuck"))
	m.Store("SM", deliver(t, "+8829900000002", "other"))
	m.Answer("+CMGD=1", "+CMS ERROR: 320")
	b := start(t, m, nil)
	b.phase(modem.Degraded)
	if m.Stored("SM") != 1 || len(b.keeper.kept()) != 2 {
		t.Errorf("%d left, %+v", m.Stored("SM"), b.keeper.kept())
	}
}
