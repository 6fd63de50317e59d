// Command run gives a command one private PostGIS for all its tests:
//
//	go run ./server/internal/postgres/postgrestest/run go test ./...
//
// It starts a server in a temporary folder, runs the command with DROVER_TEST_DATABASE_URL set to the server's URL,
// stops the server, and exits as the command did. If the variable is set already, that server is used. Each package
// could start a server of its own; one for all saves about two seconds each.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/rs/zerolog"

	"drover/server/internal/postgres"
	"drover/server/internal/postgres/postgrestest"
)

const stopLimit = 20 * time.Second

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "run:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

func run(args []string) (code int, err error) {
	if len(args) == 0 {
		return 2, errors.New("no command given")
	}
	// The command gets the terminal's Ctrl-C, too; this process outlives it to stop the server.
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	if os.Getenv(postgrestest.Variable) != "" {
		return execute(ctx, args)
	}
	dir, err := os.MkdirTemp("", "drover-test-")
	if err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := os.Chmod(dir, 0o711); err != nil { // the user postgres must pass when this runs as root
		return 1, err
	}
	cluster, err := postgres.Start(ctx, postgres.Config{Dir: filepath.Join(dir, "postgres"), Log: zerolog.Nop()})
	if err != nil {
		return 1, err
	}
	defer func() {
		stop, done := context.WithTimeout(context.Background(), stopLimit)
		defer done()
		err = errors.Join(err, cluster.Stop(stop))
	}()
	if err := postgrestest.Relax(cluster.URL()); err != nil {
		return 1, err
	}
	if err := os.Setenv(postgrestest.Variable, cluster.URL()); err != nil {
		return 1, err
	}
	return execute(ctx, args)
}

// execute runs the command; when ctx ends it is asked to end and waited for.
func execute(ctx context.Context, args []string) (int, error) {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = stopLimit
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return max(exit.ExitCode(), 1), nil
	}
	return 0, err
}
