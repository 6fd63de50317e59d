package modems

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/rs/zerolog"
)

// Flags are a Config as the command line has it. The tags are kong's, but for the type place, which the program gives
// it: a text, or what is usual where the flag has no value.
type Flags struct {
	Count    int           `short:"n" help:"Modems." default:"2"`
	First    int           `help:"Number of the first modem; IMEI, ICCID and MSISDN follow from it." default:"0"`
	Profiles []string      `help:"Vendors' profiles, shared out among the modems; generic if empty."`
	PTY      string        `name:"pty" help:"Folder for links to pseudo terminals: DIR/modem0…" placeholder:"DIR" type:"place" usual:"/tmp/drover-modems" xor:"where"`
	TCP      string        `name:"tcp" help:"Address of the first; the others have the ports after it, or with port 0 any." placeholder:"HOST:PORT" type:"place" usual:"127.0.0.1:7101" xor:"where"`
	Unix     string        `help:"Folder for sockets DIR/modem0.sock…, or @NAME for abstract ones." placeholder:"DIR" type:"place" usual:"@drover-modem" xor:"where"`
	Control  string        `help:"Loopback address of the control API." placeholder:"127.0.0.1:PORT"`
	Faults   string        `help:"File of fault rules." type:"existingfile"`
	Pace     bool          `help:"Take 3s to send a message, 500ms to deliver it, and 5s to boot, as real ones do."`
	PIN      string        `name:"pin" help:"PIN of all SIMs."`
	Price    float64       `help:"Of a message, off the SIM's balance." default:"0"`
	Ledger   int           `help:"Messages noted before the network refuses more." default:"1000000"`
	Seed     uint64        `help:"Of the chance in fault rules." default:"1"`
	Boot     time.Duration `help:"Time that a modem takes to boot." default:"1s"`
}

// Config reads the fault script and gives the settings; the log goes to where it is told. Its errors are settings that
// are missing, and a script that cannot be read.
func (c *Flags) Config(log io.Writer) (Config, error) {
	config := Config{
		Count: c.Count, First: c.First, Profiles: c.Profiles, PIN: c.PIN, Price: c.Price, Seed: c.Seed, BootTime: c.Boot,
		Network: NetworkConfig{LedgerLimit: c.Ledger}, Log: zerolog.New(log).With().Timestamp().Logger(),
	}
	switch {
	case c.PTY != "":
		dir, err := filepath.Abs(c.PTY)
		if err != nil {
			return config, fmt.Errorf("pty: %w", err)
		}
		config.Listen = "pty:" + dir
	case c.TCP != "":
		config.Listen = "tcp:" + c.TCP
	case c.Unix != "":
		config.Listen = "unix:" + c.Unix
	default:
		return config, errors.New("where shall the modems be: one of --pty DIR, --tcp HOST:PORT and --unix DIR is needed")
	}
	if c.Pace {
		config.Pace()
	}
	if c.Faults == "" {
		return config, nil
	}
	script, err := os.ReadFile(filepath.Clean(c.Faults))
	if err != nil {
		return config, fmt.Errorf("faults: %w", err)
	}
	config.Faults, err = ParseRules(string(script))
	return config, err
}
