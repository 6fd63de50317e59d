// Command simulators drives simulated trackers against a server, serves simulated modems, and proves that what the
// server acknowledged was kept.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"reflect"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"drover/simulators/trackers"
)

// commands is the command line. The tags are kong's.
type commands struct {
	Trackers trackersCommand `cmd:"" help:"Drive simulated trackers."`
	Devices  devicesCommand  `cmd:"" help:"Print the simulated vehicles as CSV for 'drover device import'."`
	SIMs     simsCommand     `cmd:"" name:"sims" help:"Print the simulated vehicles' SIMs as CSV for 'drover sim import'."`
	Modems   modemsCommand   `cmd:"" help:"Serve simulated GSM modems on a network of their own."`
	Verify   verifyCommand   `cmd:"" help:"Prove that every acknowledged record is in the database exactly once."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "simulators:", strings.TrimPrefix(err.Error(), "simulators: "))
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	var c commands
	command, err := parse(ctx, &c, args, out)
	if err != nil {
		return err
	}
	return command.Run()
}

func parse(ctx context.Context, c *commands, args []string, out io.Writer) (*kong.Context, error) {
	parser, err := kong.New(c, kong.Name("simulators"), kong.Description("Simulated trackers and modems for Drover."),
		kong.Writers(out, os.Stderr), kong.BindTo(ctx, (*context.Context)(nil)), kong.BindTo(out, (*io.Writer)(nil)),
		kong.NamedMapper("place", kong.MapperFunc(place)))
	if err != nil {
		return nil, fmt.Errorf("command line: %w", err)
	}
	return parser.Parse(args)
}

// place reads the value of a flag, which may have none: then it is what is usual (see modems.Flags).
func place(c *kong.DecodeContext, target reflect.Value) error {
	if next := c.Scan.Peek(); !next.IsValue() {
		target.SetString(c.Value.Tag.Get("usual"))
		return nil
	}
	return c.Scan.PopValueInto("place", target.Addr().Interface())
}

type trackersCommand struct {
	trackers.Config `embed:""`
	towers          `embed:""`
	LedgerFile      string `name:"ledger" help:"File that gets a line for each acknowledged record." type:"path"`
	JSON            bool   `name:"json" help:"Print the summary as JSON."`
	Quiet           bool   `help:"No progress, only the summary."`
}

// Run drives the vehicles and prints the summary last.
func (c *trackersCommand) Run(ctx context.Context, out io.Writer) error {
	if c.Chatter > 0 && c.Modems == 0 {
		return fmt.Errorf("chatter is %s: it must be 0 without --modems, where nobody hears it", c.Chatter)
	}
	if c.LedgerFile != "" {
		file, err := os.OpenFile(c.LedgerFile, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
		if err != nil {
			return fmt.Errorf("ledger: %w", err)
		}
		defer file.Close()
		c.Ledger = file
	}
	bank, err := c.erect(ctx, os.Stderr, out)
	if err != nil {
		return err
	}
	if bank != nil {
		defer bank.Close()
		c.Phones, c.Desk = phonesOn(bank.Network()), bank.Modem(0).State().MSISDN
	}
	onTerminal := !c.Quiet && term.IsTerminal(int(os.Stderr.Fd()))
	summary, err := trackers.Run(ctx, c.Config, c.progress(onTerminal))
	if onTerminal {
		fmt.Fprint(os.Stderr, clearLine)
	}
	if summary.Vehicles == 0 {
		return err // they never drove
	}
	if c.JSON {
		return errors.Join(json.NewEncoder(out).Encode(summary), err)
	}
	_, printed := fmt.Fprintln(out, summary)
	return errors.Join(printed, err)
}

// clearLine puts a terminal's cursor at the start of its line, emptied.
const clearLine = "\r\x1b[K"

// progress gives what is called each second: on a terminal one line that is written over, elsewhere a line each 10 s.
func (c *trackersCommand) progress(onTerminal bool) func(trackers.Summary) {
	if c.Quiet {
		return func(trackers.Summary) {}
	}
	if onTerminal {
		return func(s trackers.Summary) { fmt.Fprint(os.Stderr, clearLine, cutToTerminal(s.String())) }
	}
	last := time.Duration(0)
	return func(s trackers.Summary) {
		if s.Elapsed-last >= 10*time.Second {
			last = s.Elapsed
			fmt.Fprintln(os.Stderr, s)
		}
	}
}

// cutToTerminal keeps what fits on a line of the terminal: a longer one could not be written over.
func cutToTerminal(text string) string {
	width, _, err := term.GetSize(int(os.Stderr.Fd()))
	letters := []rune(text)
	if err != nil || len(letters) < width {
		return text
	}
	return string(letters[:max(0, width-1)])
}

type devicesCommand struct {
	trackers.Config `embed:""`
}

// Run prints the CSV.
func (c *devicesCommand) Run(out io.Writer) error { return trackers.WriteDevices(out, c.Config) }

type simsCommand struct {
	trackers.Config `embed:""`
}

// Run prints the CSV.
func (c *simsCommand) Run(out io.Writer) error { return trackers.WriteSIMs(out, c.Config) }

type verifyCommand struct {
	Ledger   string        `help:"The ledger's file." required:"" type:"path"`
	Database string        `help:"postgres://… of the server's database." required:"" env:"DATABASE_URL"`
	Wait     time.Duration `help:"How long the server may still be storing." default:"60s"`
}

// Run prints what the ledger and the database say; it fails unless they agree.
func (c *verifyCommand) Run(ctx context.Context, out io.Writer) error {
	verdict, err := trackers.Verify(ctx, c.Ledger, c.Database, c.Wait)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, verdict)
	return verdict.Err()
}
