package modem

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/rs/zerolog"
)

// Line is one attached modem as the operator names it.
type Line struct {
	// Name is unique and shown to people: "north". Empty: modem and the line's place in the list, from 0.
	Name string
	// URL is where it is: serial:/dev/serial/by-id/usb-…?baud=115200 (the path may be a glob, and ?imei=… says which of
	// several devices is meant), tcp://host:port or unix:path.
	URL string
	// PIN is that of its SIM, 4 to 8 digits; "" if it has none.
	PIN string
	// PINAnyway lets the PIN be entered although it was refused before or fewer than 3 tries are left. For one start,
	// after the operator corrected the PIN.
	PINAnyway bool
	// Limits are those of its SIM. They are kept by whoever queues messages, not here.
	Limits Limits
	// Prefixes are the beginnings of recipients' numbers that its SIM is meant for: "+33". None: for all.
	Prefixes []string
	// Balance is the USSD code that tells the SIM's balance: "*100#"; "" if there is none.
	Balance string
	// MSISDN is the SIM's number, for SIMs that do not tell it (+CNUM).
	MSISDN string
}

// Limits bound what one SIM sends: messages (parts count), and distinct recipients within 24 hours. 0: no limit.
type Limits struct {
	Minute     int `json:"minute"`
	Hour       int `json:"hour"`
	Day        int `json:"day"`
	Month      int `json:"month"`
	Recipients int `json:"recipients"`
}

// Config is what NewPool needs.
type Config struct {
	Lines  []Line
	Keeper Keeper
	// PINs remembers refused PINs beyond this process; nil: only in memory.
	PINs PINs
	Log  zerolog.Logger
	// Changed is called after each change of a modem's state, from that modem's goroutine: it must not block. May be nil.
	Changed func(State)
	// Recover is the last rung of recovery: a hook that cuts a modem's power for a moment. nil if there is none.
	Recover func(context.Context, Line) error
	// Open opens a URL in place of the package's Open; for tests.
	Open   func(ctx context.Context, url string) (io.ReadWriteCloser, error)
	Timing Timing
	// LockDir holds one lock file for each serial device, so that two processes do not share one. "": a folder of
	// the system's temporary ones.
	LockDir string
}

// Keeper is told what arrived. A message is deleted from the SIM, and a report acknowledged, only after it returned
// nil; what it refused is offered again with the next sweep.
type Keeper interface {
	// Keep is durable when it returns nil. It is called again with the same message after a crash: it must be
	// idempotent on Incoming.Key.
	Keep(ctx context.Context, m Incoming) error
	// Report is the same for delivery reports; it is idempotent on the report's bytes and ICCID.
	Report(ctx context.Context, r Report) error
}

// PINs knows SIMs' PINs, and remembers for which SIMs a PIN was tried and not accepted, so that a wrong one is tried
// once, ever, and not once for each start. A key is a SIM's ICCID, or "imei:" and the modem's IMEI where a locked SIM
// does not tell it.
type PINs interface {
	// PIN is that of a SIM in a modem whose Line has none; "" if it is not known. 4 to 8 digits, as on Line.
	PIN(ctx context.Context, key string) (string, error)
	// Tried reports whether Note was called for key, and not Forget after that.
	Tried(ctx context.Context, key string) (bool, error)
	// Note is called before the PIN is entered, and must be durable when it returns nil.
	Note(ctx context.Context, key string) error
	// Forget is called after the PIN was accepted.
	Forget(ctx context.Context, key string) error
}

// Timing are the limits on what a modem may take. A zero field takes its default.
type Timing struct {
	Command  time.Duration // any command without a time of its own: 5 s
	Slow     time.Duration // those that ask the SIM or list its messages (a slow line has 1 kB/s): 30 s
	Prompt   time.Duration // AT+CMGS until ">": 10 s
	Send     time.Duration // AT+CMGS until "+CMGS: n": 120 s
	USSD     time.Duration // until the network's answer: 30 s
	Write    time.Duration // until the port took what was written, else it is closed: 10 s
	Quiet    time.Duration // silence that ends late answers: 300 ms
	Keep     time.Duration // one call of the Keeper: 30 s
	Ping     time.Duration // idle time until an AT: 15 s
	Sweep    time.Duration // between looks at the stored messages, signal and network: 60 s
	Register time.Duration // between those looks while no network is found: 5 s
	Retry    time.Duration // until a lost port is opened again, doubled up to RetryMax: 1 s
	RetryMax time.Duration // 30 s
	Boot     time.Duration // after a reset until the port is opened again: 5 s
	Blocked  time.Duration // until a SIM with a fault is looked at again: 60 s
	Barred   time.Duration // until sending is tried again after the operator refused: 1 h
	Balance  time.Duration // between questions for the balance: 6 h
	Hang     int           // unanswered commands in a row that mean hung: 3
}

func (t Timing) withDefaults() Timing {
	fill := func(d *time.Duration, v time.Duration) {
		if *d <= 0 {
			*d = v
		}
	}
	fill(&t.Command, 5*time.Second)
	fill(&t.Slow, 30*time.Second)
	fill(&t.Prompt, 10*time.Second)
	fill(&t.Send, 2*time.Minute)
	fill(&t.USSD, 30*time.Second)
	fill(&t.Write, 10*time.Second)
	fill(&t.Quiet, 300*time.Millisecond)
	fill(&t.Keep, 30*time.Second)
	fill(&t.Ping, 15*time.Second)
	fill(&t.Sweep, time.Minute)
	fill(&t.Register, 5*time.Second)
	fill(&t.Retry, time.Second)
	fill(&t.RetryMax, 30*time.Second)
	fill(&t.Boot, 5*time.Second)
	fill(&t.Blocked, time.Minute)
	fill(&t.Barred, time.Hour)
	fill(&t.Balance, 6*time.Hour)
	if t.Hang <= 0 {
		t.Hang = 3
	}
	return t
}

// withDefaults checks c and fills in what may be left out.
func (c Config) withDefaults() (Config, error) {
	if c.Keeper == nil {
		return c, errors.New("modem: no Keeper")
	}
	lines := make([]Line, len(c.Lines))
	names, urls := map[string]bool{}, map[string]bool{}
	for i, l := range c.Lines {
		if l.Name == "" {
			l.Name = fmt.Sprintf("modem%d", i)
		}
		if err := l.check(); err != nil {
			return c, err
		}
		if names[l.Name] || urls[l.URL] {
			return c, fmt.Errorf("modem %s (%s): its name or its URL is used twice", l.Name, l.URL)
		}
		names[l.Name], urls[l.URL] = true, true
		lines[i] = l
	}
	c.Lines, c.Timing = lines, c.Timing.withDefaults()
	if c.LockDir == "" {
		c.LockDir = filepath.Join(os.TempDir(), "drover-modems")
	}
	if c.Changed == nil {
		c.Changed = func(State) {}
	}
	if c.PINs == nil {
		c.PINs = newPINMemory()
	}
	return c, nil
}

func (l Line) check() error {
	if _, err := parseURL(l.URL); err != nil {
		return fmt.Errorf("modem %s: %w", l.Name, err)
	}
	if l.PIN != "" && !isPIN(l.PIN) {
		return fmt.Errorf("modem %s: a PIN has 4 to 8 digits", l.Name)
	}
	for _, c := range l.Balance {
		if !(c >= '0' && c <= '9') && c != '*' && c != '#' {
			return fmt.Errorf("modem %s: the balance code %q may have digits, * and # only", l.Name, l.Balance)
		}
	}
	return nil
}

// digits reports whether s is nothing but decimal digits, and at least one.
func isPIN(s string) bool { return len(s) >= 4 && len(s) <= 8 && digits(s) }

func digits(s string) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}
