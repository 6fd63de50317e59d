package modem_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"drover/modem"
	"drover/modem/modemtest"
)

// A modem that falls silent goes up the whole ladder: settings, reset, new start, power, people; and comes back.
func TestLadder(t *testing.T) {
	m := modemtest.New()
	var powered atomic.Int32
	b := start(t, m, func(c *modem.Config) {
		c.Timing.Command, c.Timing.Prompt = 200*time.Millisecond, 200*time.Millisecond
		c.Recover = func(_ context.Context, l modem.Line) error {
			powered.Add(1)
			if l.Name != "m" {
				t.Errorf("power for %q", l.Name)
			}
			return errors.New("no relay")
		}
	})
	b.ready()
	m.Mute(true)
	b.phase(modem.Hung)
	if m.Asked("+CFUN=1,1") == 0 || m.Opened() < 4 || powered.Load() != 1 {
		t.Errorf("reset %d times, opened %d times, power %d times", m.Asked("+CFUN=1,1"), m.Opened(), powered.Load())
	}
	if _, err := b.pool.Send(t.Context(), "m", pdu(t, "5555", "x")); !errors.Is(err, modem.ErrNotReady) {
		t.Errorf("%v", err)
	}
	m.Mute(false)
	b.ready()
	b.send(modem.Sent)
}

// A lost answer alone moves nothing up the ladder.
func TestOneLostAnswer(t *testing.T) {
	m := modemtest.New()
	b := start(t, m, nil).ready()
	m.Answer("+CSQ", "")
	asked := m.Asked("+CREG?")
	b.until("two rounds", func() bool { return m.Asked("+CREG?") > asked+1 })
	if b.send(modem.Sent); m.Opened() != 1 || m.Asked("+CFUN=1,1") != 0 {
		t.Errorf("opened %d times", m.Opened())
	}
}

// sim scripts a SIM that wants a PIN.
type sim struct {
	mu   sync.Mutex
	left int
	open bool
}

func locked(m *modemtest.Modem, pin string, left int) *sim {
	s := &sim{left: left}
	m.Script("+CPIN?", func(string) []modemtest.Step {
		s.mu.Lock()
		defer s.mu.Unlock()
		switch {
		case s.open:
			return []modemtest.Step{{Text: "+CPIN: READY\n\nOK"}}
		case s.left == 0:
			return []modemtest.Step{{Text: "+CPIN: SIM PUK\n\nOK"}}
		}
		return []modemtest.Step{{Text: "+CPIN: SIM PIN\n\nOK"}}
	})
	m.Script("+CPINR", func(string) []modemtest.Step {
		s.mu.Lock()
		defer s.mu.Unlock()
		return []modemtest.Step{{Text: "+CPINR: SIM PIN," + string(rune('0'+s.left)) + ",3\n+CPINR: SIM PUK,9,10\n\nOK"}}
	})
	m.Script("+CPIN=", func(cmd string) []modemtest.Step {
		s.mu.Lock()
		defer s.mu.Unlock()
		if cmd == `+CPIN="`+pin+`"` {
			s.open, s.left = true, 3
			return []modemtest.Step{{Text: "OK"}}
		}
		s.left--
		return []modemtest.Step{{Text: "+CME ERROR: 16"}}
	})
	return s
}

func withPIN(pin string) func(*modem.Config) { return func(c *modem.Config) { c.Lines[0].PIN = pin } }

func TestPIN(t *testing.T) {
	m := modemtest.New()
	locked(m, "1234", 3)
	b := start(t, m, withPIN("1234")).ready()
	if m.Asked("+CPIN=") != 1 || !b.been(modem.PIN) {
		t.Errorf("entered %d times", m.Asked("+CPIN="))
	}
	m.Plug(false)
	b.phase(modem.Absent)
	m.Plug(true)
	b.ready()
}

// A wrong PIN is entered once, ever: not again after a while, nor by the next process that shares the memory of it.
func TestWrongPINOnce(t *testing.T) {
	m := modemtest.New()
	s := locked(m, "1234", 3)
	b := start(t, m, withPIN("9999"))
	b.phase(modem.Blocked)
	if r := b.state().PINRetries; r == nil || *r != 2 || !strings.Contains(b.state().Reason, "PIN") {
		t.Errorf("%+v", b.state())
	}
	opened := m.Opened()
	b.until("other looks", func() bool { return m.Opened() > opened+3 })
	if err := b.pool.Reset("m"); err != nil {
		t.Fatal(err)
	}
	b.until("other looks", func() bool { return m.Opened() > opened+6 })
	if n := m.Asked("+CPIN="); n != 1 {
		t.Errorf("entered %d times", n)
	}
	s.mu.Lock()
	s.open = true // a person did it
	s.mu.Unlock()
	b.ready()
}

func TestWrongPINAcrossRestarts(t *testing.T) {
	m := modemtest.New()
	locked(m, "1234", 3)
	m.Answer("+CPINR", "ERROR")
	m.Answer("+CSIM=", "ERROR")
	m.Answer("+CCID", "+CME ERROR: 11") // a locked SIM that tells nothing: the modem stands for it
	pins := &pins{tried: map[string]bool{}}
	keep := func(c *modem.Config) { c.Lines[0].PIN, c.PINs = "9999", pins }
	t.Parallel()
	t.Run("first", func(t *testing.T) { run(t, m, keep).phase(modem.Blocked) })
	t.Run("second", func(t *testing.T) { run(t, m, keep).phase(modem.Blocked) })
	if n := m.Asked("+CPIN="); n != 1 || !pins.has("imei:"+modemtest.IMEI) {
		t.Errorf("entered %d times, %v", n, pins.tried)
	}
}

// TestPINOfTheInventory: a SIM that tells its ICCID although it is locked is opened with the PIN that is known for it.
func TestPINOfTheInventory(t *testing.T) {
	m := modemtest.New()
	locked(m, "1234", 3)
	known := &pins{tried: map[string]bool{}, of: map[string]string{modemtest.ICCID: "1234"}}
	start(t, m, func(c *modem.Config) { c.PINs = known }).ready()
	if n := m.Asked("+CPIN="); n != 1 || known.has(modemtest.ICCID) {
		t.Errorf("entered %d times; noted as tried: %v", n, known.tried)
	}
}

type pins struct {
	mu    sync.Mutex
	tried map[string]bool
	of    map[string]string // known, by ICCID
}

func (p *pins) PIN(_ context.Context, key string) (string, error) { return p.of[key], nil }

func (p *pins) has(key string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.tried[key]
}

func (p *pins) Tried(_ context.Context, key string) (bool, error) { return p.has(key), nil }

func (p *pins) Note(_ context.Context, key string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tried[key] = true
	return nil
}

func (p *pins) Forget(_ context.Context, key string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.tried, key)
	return nil
}

// Fewer than three tries are not touched, unless the operator says so, and then once.
func TestPINIsNotRisked(t *testing.T) {
	m := modemtest.New()
	locked(m, "1234", 2)
	m.Answer("+CPINR", "ERROR")
	m.Answer("+CSIM=", "+CSIM: 4,\"63C2\"\n\nOK")
	b := start(t, m, withPIN("1234"))
	b.phase(modem.Blocked)
	if m.Asked("+CPIN=") != 0 || *b.state().PINRetries != 2 {
		t.Errorf("%+v", b.state())
	}
	n := modemtest.New()
	locked(n, "1234", 2)
	c := run(t, n, func(c *modem.Config) { c.Lines[0].PIN, c.Lines[0].PINAnyway = "9999", true })
	c.phase(modem.Blocked)
	opened := n.Opened()
	c.until("other looks", func() bool { return n.Opened() > opened+2 })
	if n.Asked("+CPIN=") != 1 {
		t.Errorf("entered %d times", n.Asked("+CPIN="))
	}
}

func TestNoPINSet(t *testing.T) {
	m := modemtest.New()
	locked(m, "1234", 3)
	b := start(t, m, nil)
	b.phase(modem.Blocked)
	if m.Asked("+CPIN=") != 0 || b.state().PINState != "SIM PIN" {
		t.Errorf("%+v", b.state())
	}
}

func TestPUK(t *testing.T) {
	m := modemtest.New()
	locked(m, "1234", 0)
	b := start(t, m, withPIN("1234"))
	b.phase(modem.PUK)
	if m.Asked("+CPIN=") != 0 {
		t.Error("entered")
	}
	m.Answer("+CPIN?", "+CME ERROR: 12")
	b.phase(modem.PUK)
}

func TestSIMErrors(t *testing.T) {
	m := modemtest.New()
	m.Answer("+CPIN?", "+CME ERROR: 10")
	b := start(t, m, nil)
	b.phase(modem.SIMError)
	m.Answer("+CPIN?", "+CPIN: PH-SIM PIN\n\nOK")
	b.phase(modem.Blocked)
	m.Answer("+CPIN?", "+CME ERROR: 14") // busy: it is waited for
	asked := m.Asked("+CPIN?")
	b.until("another look", func() bool { return m.Asked("+CPIN?") > asked })
	m.Answer("+CPIN?", "+CPIN: READY\n\nOK")
	b.ready()
	m.Answer("+CPIN?", "+CME ERROR: 10")
	m.Say("+CPIN: NOT INSERTED")
	b.phase(modem.SIMError)
}

// TestSilentStart: a modem that started anew without RDY, and answered again before it counted as silent, kept the
// settings of its maker: reports were lost, and each one that came was acknowledged in vain.
func TestSilentStart(t *testing.T) {
	m := modemtest.New()
	b := start(t, m, nil).ready()
	given := m.Asked("+CSMS=1")
	m.Answer("+CREG?", "+CREG: 0,1\n\nOK")
	b.until("the settings anew", func() bool { return m.Asked("+CSMS=1") > given })
	b.ready()
	opened := m.Opened()
	asked := m.Asked("+CREG?")
	b.until("two rounds", func() bool { return m.Asked("+CREG?") > asked+4 })
	if m.Opened() != opened {
		t.Error("a modem that does not take +CREG=2 is started again and again")
	}
}

func TestSIMSwapped(t *testing.T) {
	m := modemtest.New()
	b := start(t, m, nil).ready()
	m.Answer("+CCID", "+CCID: 8988299900000000001\n\nOK")
	b.until("the new SIM", func() bool { return b.state().ICCID == "8988299900000000001" && b.state().Phase == modem.Ready })
	if r := b.send(modem.Sent); r.ICCID != "8988299900000000001" {
		t.Errorf("%+v", r)
	}
}

func TestICCIDs(t *testing.T) {
	for cmd, answer := range map[string]string{
		"+CCID":                  "8988299000000000017\n\nOK",
		"^ICCID?":                "^ICCID: 8988299000000000017F\n\nOK",
		"+QCCID":                 "+QCCID: 8988299000000000017F\n\nOK",
		"+CICCID":                "+ICCID: \"8988299000000000017\"\n\nOK",
		"+CRSM=176,12258,0,0,10": "+CRSM: 144,0,\"988892090000000010F7\"\n\nOK",
	} {
		t.Run(cmd, func(t *testing.T) {
			m := modemtest.New()
			m.Answer("+CCID", "ERROR")
			m.Answer(cmd, answer)
			m.Answer("+CNUM", "ERROR") // many SIMs do
			b := start(t, m, func(c *modem.Config) { c.Lines[0].MSISDN = "+33600000001" }).ready()
			if s := b.state(); s.ICCID != modemtest.ICCID || s.MSISDN != "+33600000001" {
				t.Errorf("%+v", s)
			}
		})
	}
}

func TestRegistrationOnLTEAlone(t *testing.T) {
	m := modemtest.New()
	m.Answer("+CREG?", "+CREG: 2,0\n\nOK")
	m.Answer("+CEREG?", "+CEREG: 2,5,\"00A1\",\"0001B2C3\",7\n\nOK")
	if b := start(t, m, nil).ready(); b.state().Registration != modem.Roaming {
		t.Errorf("%+v", b.state())
	}
}

func TestDenied(t *testing.T) {
	m := modemtest.New()
	m.Answer("+CREG?", "+CREG: 2,3\n\nOK")
	b := start(t, m, nil)
	b.until("denied", func() bool {
		return b.state().Registration == modem.Denied && strings.Contains(b.state().Reason, "denies")
	})
	m.Answer("+CREG?", "+CREG: 2,1\n\nOK")
	b.ready()
}

// The modem meant is found by its IMEI among those of a pattern, whatever it is called today.
func TestIMEIChoosesThePort(t *testing.T) {
	other, meant := modemtest.New(), modemtest.New()
	other.Answer("+CGSN", "356938035643808\n\nOK")
	dir := t.TempDir()
	touch(t, dir+"/ttyUSB0", dir+"/ttyUSB1")
	var swapped atomic.Bool
	open := func(ctx context.Context, url string) (io.ReadWriteCloser, error) {
		if strings.Contains(url, "ttyUSB0") != swapped.Load() {
			return other.Open(ctx, url)
		}
		return meant.Open(ctx, url)
	}
	b := start(t, meant, func(c *modem.Config) {
		c.Lines[0].URL, c.Open = "serial:"+dir+"/ttyUSB*?imei="+modemtest.IMEI, open
	}).ready()
	meant.Plug(false)
	b.phase(modem.Absent)
	swapped.Store(true)
	meant.Plug(true)
	b.ready()
	b.send(modem.Sent)
	if len(meant.Sent()) != 1 || len(other.Sent()) != 0 {
		t.Error("the other modem has sent it")
	}
}

// A SIM that waits for a person keeps saying so, and since when, while it is looked at again and again.
func TestBlockedHolds(t *testing.T) {
	m := modemtest.New()
	locked(m, "1234", 0)
	b := start(t, m, nil)
	b.phase(modem.PUK)
	since, opened := b.state().Since, m.Opened()
	b.until("more looks", func() bool { return m.Opened() > opened+3 })
	if s := b.state(); s.Phase != modem.PUK || !s.Since.Equal(since) {
		t.Errorf("%+v, was since %v", s, since)
	}
}
