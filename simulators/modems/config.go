package modems

import (
	"fmt"
	"strings"
	"time"

	"github.com/rs/zerolog"
)

// Config says which modems there are. Zero values are the defaults.
type Config struct {
	Count    int      // modems, 1 to 1000; 0: 1
	First    int      // number of the first: IMEI, ICCID and MSISDN follow from it
	Profiles []string // names of Profiles, shared out in turn; none: generic

	// Listen is where they are: tcp:HOST:PORT (the modems have consecutive ports, or with port 0 any), unix:DIR (sockets
	// DIR/modem0.sock…; unix:@NAME are abstract ones, @NAME0…), or pty:DIR (links DIR/modem0… to pseudo terminals).
	// "": tcp:127.0.0.1:0.
	Listen string

	SubmitTime time.Duration // that sending a message takes
	BootTime   time.Duration // of AT+CFUN=1,1
	Price      float64       // of a message, off the SIM's balance
	PIN        string        // of all SIMs, 4 to 8 digits; "": none
	Network    NetworkConfig
	Faults     []Rule // that all modems begin with
	Seed       uint64 // of the chance in rules
	Log        zerolog.Logger
}

const mostModems = 1000

// Pace has modems and network take as long as real ones do: 3 s to send a message, 500 ms to deliver it, 5 s to boot.
func (c *Config) Pace() {
	c.SubmitTime, c.BootTime = 3*time.Second, 5*time.Second
	c.Network.Transit, c.Network.ReportDelay = 500*time.Millisecond, 2*time.Second
}

// check fills in defaults and finds the first setting that cannot be.
func (c *Config) check() error {
	if c.Count == 0 {
		c.Count = 1
	}
	if c.Listen == "" {
		c.Listen = "tcp:127.0.0.1:0"
	}
	if len(c.Profiles) == 0 {
		c.Profiles = []string{"generic"}
	}
	const maxNumber = 99_999_999
	kind, where, _ := strings.Cut(c.Listen, ":")
	switch {
	case c.Count < 1 || c.Count > mostModems:
		return fmt.Errorf("modems: count is %d: it must be 1 to %d", c.Count, mostModems)
	case c.First < 0 || c.First > maxNumber-c.Count+1:
		return fmt.Errorf("modems: first is %d: it must be 0 or more, and no modem's number over %d", c.First, maxNumber)
	case c.PIN != "" && (len(c.PIN) < 4 || len(c.PIN) > 8 || strings.Trim(c.PIN, "0123456789") != ""):
		return fmt.Errorf("modems: pin is %q: it must be 4 to 8 digits", c.PIN)
	case where == "" || kind != "tcp" && kind != "unix" && kind != "pty":
		return fmt.Errorf("modems: listen is %q: it must be tcp:HOST:PORT, unix:DIR or pty:DIR", c.Listen)
	case c.SubmitTime < 0 || c.BootTime < 0 || c.Price < 0:
		return fmt.Errorf("modems: submit time %s, boot time %s and price %v must be 0 or more",
			c.SubmitTime, c.BootTime, c.Price)
	}
	for _, name := range c.Profiles {
		if _, err := profileNamed(name); err != nil {
			return err
		}
	}
	return nil
}
