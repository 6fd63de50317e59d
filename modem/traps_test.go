package modem_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"drover/modem"
	"drover/modem/modemtest"
)

// Trap 1: what the modem says unasked lands in the answer to whatever command runs.
func TestTrapUnaskedInAnswer(t *testing.T) {
	m := modemtest.New()
	m.Answer("+CSQ", "+CMTI: \"SM\",3\n\n^RSSI: 12\n\n+CSQ: 10,99\n\nRING\n\nOK")
	m.Answer("+CREG?", "+CREG: 3,\"FFFF\",\"FFFFFFFF\",7\n\n+CREG: 0\n\n+CREG: 2,5,\"00A1\",\"0001B2C3\",2\n\nOK")
	m.Answer("+CGSN", "^HCSQ: \"LTE\",30\n\n"+modemtest.IMEI+"\n\nOK")
	m.Answer("+CGMM", "RING\n\n+CMTI: \"SM\",1\n\nM2\n\nOK")
	b := start(t, m, nil).ready()
	s := b.state()
	if *s.SignalDBM != -93 || s.Registration != modem.Roaming || s.CID != "0001B2C3" || s.IMEI != modemtest.IMEI || s.Model != "M2" {
		t.Errorf("%+v", s)
	}
}

// Trap 1, in a list: a report comes between a header and its PDU, with a PDU of its own.
func TestTrapUnaskedInList(t *testing.T) {
	m := modemtest.New()
	mine, foreign := deliver(t, "+8829900000002", "mine"), report(9, 0)
	first := true
	m.Script("+CMGL=", func(string) []modemtest.Step {
		text := "OK"
		if first {
			text = fmt.Sprintf("+CMGL: 1,0,,%d\n+CDS: %d\n%s\n%s\nOK", tpduOctets(mine), tpduOctets(foreign), foreign, mine)
		}
		first = false
		return []modemtest.Step{{Text: text}}
	})
	b := start(t, m, nil)
	b.until("both", func() bool { return len(b.keeper.kept()) == 1 && len(b.keeper.reported()) == 1 })
	if got := b.keeper.kept()[0]; got.Text != "mine" || got.Err != "" || b.keeper.reported()[0].Reference != 9 {
		t.Errorf("%+v, %+v", got, b.keeper.reported())
	}
}

// Trap 2: the late answer to a command that was given up must not be that of the next.
func TestTrapLateAnswer(t *testing.T) {
	m := modemtest.New()
	late := make(chan struct{}, 1)
	late <- struct{}{}
	m.Script("+CSQ", func(string) []modemtest.Step {
		select {
		case <-late:
			return []modemtest.Step{{After: fast.Command + 20*time.Millisecond, Text: "+CSQ: 1,99\n\nERROR"}}
		default:
			return []modemtest.Step{{Text: "+CSQ: 20,99\n\nOK"}}
		}
	})
	b := start(t, m, nil).ready()
	for range 3 {
		b.send(modem.Sent)
	}
	b.until("signal", func() bool { s := b.state().SignalDBM; return s != nil && *s == -73 })
	if n := m.Opened(); n != 1 || b.state().PLMN != "90199" {
		t.Errorf("opened %d times, PLMN %q", n, b.state().PLMN)
	}
}

// Trap 2: after a lost answer, a bare ERROR to a message may be that of another command.
func TestTrapErrorInDoubt(t *testing.T) {
	m := modemtest.New()
	m.OnSend(func(string) []modemtest.Step { return []modemtest.Step{{Text: "\nERROR\n"}} })
	b := start(t, m, nil).ready()
	b.send(modem.Failed)
	m.Answer("+CSQ", "")
	asked := m.Asked("+CREG?")
	b.until("a lost answer", func() bool { return m.Asked("+CREG?") > asked+1 })
	b.send(modem.Unknown)
}

// Trap 3: a modem that reads nothing.
func TestTrapHung(t *testing.T) {
	m := modemtest.New()
	b := start(t, m, func(c *modem.Config) { c.Timing.Write = 200 * time.Millisecond }).ready()
	m.Hang(true)
	r, err := b.pool.Send(t.Context(), "m", pdu(t, "+8829900000002", "x"))
	if err == nil && r.Outcome != modem.Failed {
		t.Errorf("%+v: no byte of it was read", r)
	}
	b.phase(modem.Hung)
	m.Hang(false)
	b.ready()
}

// Trap 4: what comes in a burst stays in order; parts are sorted by time and number, not by place.
func TestTrapOrder(t *testing.T) {
	m := modemtest.New()
	m.Store("SM", deliver(t, "+8829900000002", "later", at(noon.Add(time.Minute))))
	m.Store("SM", deliver(t, "+8829900000002", "two", part(5, 2, 3)))
	m.Store("SM", deliver(t, "+8829900000002", "three", part(5, 3, 3)))
	m.Store("SM", deliver(t, "+8829900000002", "one", part(5, 1, 3)))
	b := start(t, m, nil).ready()
	var texts []string
	for _, k := range b.keeper.kept() {
		texts = append(texts, k.Text)
	}
	if !slices.Equal(texts, []string{"one", "two", "three", "later"}) {
		t.Errorf("%q", texts)
	}
	if p := b.keeper.kept()[1].Part; p != (modem.Part{Reference: 5, Number: 2, Total: 3}) {
		t.Errorf("%+v", p)
	}
	for i := range 40 {
		m.Say(fmt.Sprintf("+CDS: %d\n%s", tpduOctets(report(0, 0)), report(byte(i), 0)))
	}
	b.until("reports", func() bool { return len(b.keeper.reported()) == 40 })
	for i, r := range b.keeper.reported() {
		if int(r.Reference) != i {
			t.Fatalf("report %d has reference %d", i, r.Reference)
		}
	}
}

// Trap 5: nothing leaves the SIM before it is kept, and what cannot be kept stays.
func TestTrapKeptBeforeDeleted(t *testing.T) {
	m := modemtest.New()
	broken := errors.New("the disk is full")
	b := start(t, m, func(c *modem.Config) { c.Keeper.(*keeper).broken = broken })
	m.Store("SM", deliver(t, "+8829900000002", "hello"))
	m.Say(`+CMTI: "SM",1`)
	b.phase(modem.Degraded)
	if m.Stored("SM") != 1 || m.Asked("+CMGD") != 0 || !strings.Contains(b.state().Reason, "disk is full") {
		t.Errorf("%d on the SIM, deleted %d times, %q", m.Stored("SM"), m.Asked("+CMGD"), b.state().Reason)
	}
	b.send(modem.Sent) // it still sends
	b.keeper.breakWith(nil)
	b.ready()
	got := b.keeper.kept()
	if len(got) != 1 || got[0].Text != "hello" || got[0].From != "+8829900000002" || got[0].ICCID != modemtest.ICCID ||
		got[0].Modem != "m" || got[0].Key == "" || !got[0].Sent.Equal(noon) || got[0].Arrived.IsZero() {
		t.Errorf("%+v", got)
	}
	if m.Stored("SM") != 0 || b.state().Received != 1 {
		t.Errorf("%d on the SIM, %d received", m.Stored("SM"), b.state().Received)
	}
}

// Trap 5: a report is acknowledged after it was kept, and only then; too late an acknowledgement sets the routing
// again.
func TestTrapAcknowledgedAfterKept(t *testing.T) {
	m := modemtest.New()
	m.Answer("+CNMA", "+CMS ERROR: 340")
	b := start(t, m, nil).ready()
	if !slices.Contains(m.Commands(), "+CNMI=2,1,0,1,0") || m.Asked("+CSMS=1") != 1 {
		t.Errorf("%q", m.Commands())
	}
	b.keeper.breakWith(errors.New("no"))
	before := b.keeper.called()
	m.Say(fmt.Sprintf("+CDS: %d\n%s", tpduOctets(report(7, 0)), report(7, 0)))
	b.until("refused", func() bool { return b.keeper.called() > before })
	if m.Asked("+CNMA") != 0 {
		t.Error("acknowledged what was not kept")
	}
	b.keeper.breakWith(nil)
	routed := m.Asked("+CNMI=2")
	m.Say(fmt.Sprintf("+CDS: %d\n%s", tpduOctets(report(7, 0)), report(7, 0)))
	b.until("routing again", func() bool { return m.Asked("+CNMA") == 1 && m.Asked("+CNMI=2") == routed+1 })
	if r := b.keeper.reported()[0]; r.Reference != 7 || r.To != "+8829900000002" || r.State != modem.Delivered || r.ICCID != modemtest.ICCID {
		t.Errorf("%+v", r)
	}
}

// Trap 6: a modem without +CSMS=1 is not asked for it, and its reports are not acknowledged.
func TestTrapNoPhase2Plus(t *testing.T) {
	m := modemtest.New()
	m.Answer("+CSMS=?", "+CSMS: (0,128)\n\nOK")
	m.Answer("+CSMS=1", "+CMS ERROR: unknown")
	b := start(t, m, nil).ready()
	m.Say(fmt.Sprintf("+CDS: %d\n%s", tpduOctets(report(7, 0)), report(7, 0)))
	b.until("report", func() bool { return len(b.keeper.reported()) == 1 })
	b.send(modem.Sent)
	if m.Asked("+CSMS=1") != 0 || m.Asked("+CNMA") != 0 {
		t.Errorf("%q", m.Commands())
	}
}

// Traps 7 and 8: +GCAP and ATZ are never asked; settings are given again after the modem started anew, echo and all.
func TestTrapSettingsAfterReset(t *testing.T) {
	m := modemtest.New()
	b := start(t, m, nil).ready()
	m.Say("RDY")
	b.until("settings again", func() bool {
		return m.Asked("E0") >= 4 && m.Asked("+CNMI=2") == 2 && m.Asked("+CMGF=0") == 2
	})
	b.ready()
	b.send(modem.Sent)
	if m.Asked("+GCAP") != 0 || m.Asked("Z") != 0 {
		t.Errorf("%q", m.Commands())
	}
}

// Trap 16: what cannot be decoded is kept as it is and does not stay on the SIM, nor keep others there.
func TestTrapUndecodableIsTakenOff(t *testing.T) {
	m := modemtest.New()
	m.Store("SM", smsc+"040481555500"+"84"+"62111221000040"+"02E834")
	m.Store("SM", "0011")
	m.Store("SM", "not hexadecimal")
	m.Store("SM", deliver(t, "+8829900000002", "good"))
	b := start(t, m, nil).ready()
	good := 0
	for _, k := range b.keeper.kept() {
		switch {
		case k.Err == "" && k.Text == "good":
			good++
		case k.Err == "" || len(k.Raw) == 0 || k.Key == "":
			t.Errorf("%+v", k)
		}
	}
	if good != 1 || len(b.keeper.kept()) != 4 || m.Stored("SM") != 0 {
		t.Errorf("%d good of %d; %d on the SIM", good, len(b.keeper.kept()), m.Stored("SM"))
	}
}

// A line that lost bytes on its way is read again.
func TestDamagedLineIsReadAgain(t *testing.T) {
	m := modemtest.New()
	whole := deliver(t, "+8829900000002", "whole")
	m.Store("SM", whole)
	first := true
	m.Script("+CMGL=", func(string) []modemtest.Step {
		text := "OK"
		if first {
			text = fmt.Sprintf("+CMGL: 1,0,,%d\n%s\nOK", tpduOctets(whole), whole[:len(whole)-4])
		}
		first = false
		return []modemtest.Step{{Text: text}}
	})
	b := start(t, m, nil).ready()
	if k := b.keeper.kept(); len(k) != 1 || k[0].Text != "whole" || m.Stored("SM") != 0 {
		t.Errorf("%+v", k)
	}
}

// Trap 18, and \r\r\n: a shower of NULs and odd ends of lines close nothing.
func TestTrapNoise(t *testing.T) {
	m := modemtest.New()
	m.Answer("+CSQ", "\x00+CSQ: 10,99\r\n\nOK\r")
	b := start(t, m, nil).ready()
	for range 300 {
		m.Say("\x00\x00")
	}
	b.send(modem.Sent)
	if n := m.Opened(); n != 1 || *b.state().SignalDBM != -93 {
		t.Errorf("opened %d times, %+v", n, b.state())
	}
}

// Trap 23: time that runs out after the message was given says nothing about it.
func TestTrapUnknownOutcome(t *testing.T) {
	m := modemtest.New()
	m.OnSend(func(string) []modemtest.Step { return nil })
	b := start(t, m, nil).ready()
	r := b.send(modem.Unknown)
	if r.Reason == "" || len(m.Sent()) != 1 {
		t.Errorf("%+v", r)
	}
	m.OnSend(func(string) []modemtest.Step { m.Plug(false); return nil })
	b.ready()
	b.send(modem.Unknown)
	m.Plug(true)
	m.OnSend(nil)
	b.until("back", func() bool { return b.state().Restarts == 1 })
	b.ready()
	b.send(modem.Sent)
	if s := b.state(); s.Unknown != 2 || s.Sent != 1 {
		t.Errorf("%+v", s)
	}
}

// Trap 24: a prompt that never comes costs the time of a prompt, and then the message is certainly not sent, even if
// the prompt comes after all.
func TestTrapNoPrompt(t *testing.T) {
	m := modemtest.New()
	b := start(t, m, func(c *modem.Config) { c.Timing.Send = time.Minute }).ready()
	m.Script("+CMGS=", func(string) []modemtest.Step {
		return []modemtest.Step{{After: fast.Prompt + 50*time.Millisecond, Text: "> "}}
	})
	b.send(modem.Failed)
	m.Answer("+CMGS=", "")
	b.ready()
	b.send(modem.Failed)
	b.ready()
	m.Answer("+CMGS=", "+CMS ERROR: 331")
	if r := b.send(modem.Failed); r.Code != 331 || !strings.Contains(r.Reason, "no network") {
		t.Errorf("%+v", r)
	}
	if len(m.Sent()) != 0 {
		t.Errorf("sent %q", m.Sent())
	}
}

// Trap 26: an AT that was closed stays closed; the modem that comes back has a new one.
func TestTrapVanishAndReturn(t *testing.T) {
	m := modemtest.New()
	b := start(t, m, nil).ready()
	m.Plug(false)
	b.phase(modem.Absent)
	m.Plug(true)
	b.ready()
	b.send(modem.Sent)
	if s := b.state(); s.Restarts != 1 || m.Opened() < 2 || s.IMEI != modemtest.IMEI {
		t.Errorf("%+v", s)
	}
}
