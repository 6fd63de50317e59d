// Command server is Drover: it lets trackers dial in, keeps every fix, and shows the fleet live.
//
// main only collects what the process was given; run is the program, and what the tests call.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/alecthomas/kong"

	"drover/protocols/all"
	"drover/server/internal/config"
)

// version is set by the linker (see the Makefile).
var version = "development"

// commands is the command line. The tags are kong's.
type commands struct {
	Config kong.ConfigFlag `help:"JSON file of settings; a key is a flag's name."`

	Serve       serveCommand       `cmd:"" help:"Run the server."`
	Decode      decodeCommand      `cmd:"" help:"Show what captured bytes mean, as JSON lines."`
	Replay      replayCommand      `cmd:"" help:"Try what nobody understood with this version's decoders, as JSON lines."`
	Protocols   protocolsCommand   `cmd:"" help:"List the protocols that trackers can speak."`
	Migrate     migrateCommand     `cmd:"" help:"Bring the database's tables up to this version."`
	CheckConfig checkConfigCommand `cmd:"" help:"Check the settings of serve, and say what they are."`
	User        userCommand        `cmd:"" help:"Add users and set passwords."`
	Device      deviceCommand      `cmd:"" help:"Add or import devices."`
	SIM         simCommand         `cmd:"" name:"sim" help:"Import SIMs."`
	Health      healthCommand      `cmd:"" help:"Ask a running server whether it is ready; for containers."`
	Version     versionCommand     `cmd:"" help:"Print the version."`
}

// streams are the process's ends.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}); err != nil {
		fmt.Fprintln(os.Stderr, "drover:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, s streams) error {
	var c commands
	parser, err := kong.New(&c, kong.Name("drover"),
		kong.Description("A fleet telematics server for trackers with SIM cards."),
		kong.Writers(s.out, s.err), kong.Configuration(kong.JSON, configFiles()...),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(s), kong.UsageOnError())
	if err != nil {
		return fmt.Errorf("command line: %w", err)
	}
	command, err := parser.Parse(args)
	if err != nil {
		return err
	}
	return command.Run()
}

// configFiles are looked for when --config is not given.
func configFiles() []string {
	return []string{"drover.json", filepath.Join("/etc", "drover", "drover.json")}
}

func protocolNames() []string {
	var names []string
	for _, p := range all.Protocols() {
		names = append(names, p.Name)
	}
	return names
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(s streams) error {
	_, err := fmt.Fprintln(s.out, "drover", version)
	return err
}

type checkConfigCommand struct {
	config.Server `embed:""`
}

// Run checks the settings as serve would, and prints them.
func (c *checkConfigCommand) Run(s streams) error {
	if err := c.Check(protocolNames()); err != nil {
		return err
	}
	return c.Server.Print(s.out)
}
