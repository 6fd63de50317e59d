// Command clients proves the simulated modems on programs that others wrote: gammu, gammu-smsd and smstools, and, where
// they are installed, ModemManager and oFono, on a message bus of their own. Each tells who the modem is, sends,
// receives, gets a delivery report and asks for the balance, and the network's ledger or the program's own words must
// agree. It prints a line for each client and step, and fails if one of them did.
//
// The programs run one after the other, the daemons in a temporary folder and for a bounded time; nothing is installed
// and no service is touched.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"drover/simulators/modems"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "clients:", err)
		os.Exit(1)
	}
}

// peer is who the clients write to and hear from.
const peer = "+88299900000042"

// What they receive: a short text, one of two parts, and one that takes UCS-2.
const short, wide = "Hello from the network", "Скорость 42 км/ч"

func long() string { return strings.TrimSpace(strings.Repeat("part of a long message, ", 10)) }

// trial is one client with a modem of its own.
type trial struct {
	name   string
	modem  *modems.Modem
	device string // its pseudo terminal, or where else it is
	folder string // for the client's files
	env    []string
	bank   *modems.Bank
	steps  int
	failed int
}

func run(ctx context.Context) error {
	folder, err := os.MkdirTemp("", "modem-clients")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // what stays is in the system's folder for such
	failed := 0
	for i, c := range clients(folder) {
		if _, err := exec.LookPath(c.program); err != nil && c.optional {
			fmt.Printf("%-12s is not installed: not tried\n", c.name)
			continue
		} else if err != nil {
			return fmt.Errorf("%w: scripts/install-deps.sh modem installs it", err)
		}
		n, err := c.try(ctx, i, filepath.Join(folder, c.name))
		if failed += n; err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d steps failed", failed)
	}
	return nil
}

// client is a program that is tried.
type client struct {
	name, program string
	listen        string // where its modem is, as modems.Config has it
	play          func(context.Context, *trial)
	optional      bool
}

func clients(folder string) []client {
	ptys := "pty:" + folder
	return []client{
		{"gammu", "gammu", ptys, playGammu, false},
		{"gammu-smsd", "gammu-smsd", ptys, playGammuSMSD, false},
		{"smsd", "/usr/sbin/smsd", ptys, playSMSD, false},
		{"ModemManager", "ModemManager", fmt.Sprintf("unix:@abstract:drover%d-", os.Getpid()), playModemManager, true},
		{"oFono", "ofonod", "tcp:127.0.0.1:0", playOfono, true},
	}
}

// try lets a client use a modem of its own, number i (and so with one of several operators), and tells how many steps
// failed.
func (c client) try(ctx context.Context, i int, folder string) (failed int, err error) {
	bank, err := modems.Start(ctx, modems.Config{
		Count: i + 1, Listen: c.listen, Log: zerolog.New(os.Stderr).Level(zerolog.WarnLevel),
	})
	if err != nil {
		return 0, err
	}
	defer bank.Close()
	bank.Network().Attach(peer, modems.PhoneFunc(func(string, string) []modems.Reply { return nil }))
	t := &trial{name: c.name, modem: bank.Modem(i), bank: bank, folder: folder}
	_, t.device, _ = strings.Cut(bank.URL(i), ":")
	if err := os.Mkdir(t.folder, 0o755); err != nil {
		return 0, err
	}
	c.play(ctx, t)
	if t.steps == 0 {
		err = errors.New("no step was tried")
	}
	return t.failed, err
}

// step prints how a step went; words are what was seen instead of what should be.
func (t *trial) step(name string, well bool, words string) {
	t.steps++
	if well {
		fmt.Printf("%-12s %-18s ok\n", t.name, name)
		return
	}
	t.failed++
	const most = 3000 // of a log its end is enough
	words = strings.TrimSpace(words)
	fmt.Printf("%-12s %-18s FAILED: %s\n", t.name, name, words[max(0, len(words)-most):])
}

// sees is a step whose words must contain all of what is wanted.
func (t *trial) sees(name, words string, wanted ...string) {
	for _, w := range wanted {
		if !strings.Contains(words, w) {
			t.step(name, false, fmt.Sprintf("%s\n%q is not there", words, w))
			return
		}
	}
	t.step(name, true, "")
}

// program runs a client to its end, half a minute at most, and gives what it printed.
func (t *trial) program(ctx context.Context, name string, args ...string) string {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, name, args...)
	command.Env = append(append(os.Environ(), "LC_ALL=C.UTF-8"), t.env...)
	out, err := command.CombinedOutput()
	if err != nil {
		return string(out) + "\n" + err.Error()
	}
	return string(out)
}

// daemon starts a client that runs until stop, which waits for its end.
func (t *trial) daemon(ctx context.Context, name string, args ...string) (stop func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	log, err := os.Create(filepath.Join(t.folder, filepath.Base(name)+".output"))
	if err != nil {
		cancel()
		return nil, err
	}
	command := exec.CommandContext(ctx, name, args...)
	command.Stdout, command.Stderr = log, log
	command.Env = append(os.Environ(), t.env...)
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 10 * time.Second
	if err := command.Start(); err != nil {
		cancel()
		return nil, errors.Join(err, log.Close())
	}
	return func() {
		cancel()
		_ = command.Wait() // it was told to end: how it does tells nothing
		log.Close()
	}, nil
}

// eventually polls for at most 20 seconds.
func eventually(holds func() bool) bool {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if holds() {
			return true
		}
	}
	return false
}

// ledger looks for an entry of the trial's modem, for as long as eventually does.
func (t *trial) ledger(k modems.Kind, text string) bool {
	me := t.modem.State().MSISDN
	return eventually(func() bool {
		for _, e := range t.bank.Network().Ledger(0, 10_000) {
			if e.Kind == k && e.From == me && e.Text == text {
				return true
			}
		}
		return false
	})
}

// inject sends the modem what it shall receive, and waits until it has all parts.
func (t *trial) inject() error {
	before := t.arrived()
	for _, text := range []string{short, long(), wide} {
		if err := t.bank.Network().Send(peer, t.modem.State().MSISDN, text); err != nil {
			return err
		}
	}
	if !eventually(func() bool { return t.arrived() == before+4 }) {
		return errors.New("the modem did not get the messages")
	}
	return nil
}

func (t *trial) arrived() int {
	me, count := t.modem.State().MSISDN, 0
	for _, e := range t.bank.Network().Ledger(0, 10_000) {
		if e.Kind == modems.Delivered && e.To == me {
			count++
		}
	}
	return count
}

// files gives the content of all files below a folder of the client's, and their names.
func (t *trial) files(folder string) string {
	var all strings.Builder
	paths, err := filepath.Glob(filepath.Join(t.folder, folder, "*"))
	if err != nil {
		return err.Error()
	}
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err == nil { // else it was moved meanwhile
			fmt.Fprintf(&all, "%s:\n%s\n", filepath.Base(p), text)
		}
	}
	return all.String()
}

// seesFiles waits until files say what is wanted.
func (t *trial) seesFiles(step, folder string, wanted ...string) {
	eventually(func() bool {
		words := t.files(folder)
		for _, w := range wanted {
			if !strings.Contains(words, w) {
				return false
			}
		}
		return true
	})
	t.sees(step, t.files(folder), wanted...)
}
