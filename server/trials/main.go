// Command trials measures the server, and breaks it on purpose: each trial is one `make` target that prints its figure
// last and fails under its floor.
//
// A trial works with real parts on this machine only: the server as a process of its own, a private PostGIS in a
// temporary folder, simulated trackers over real sockets. Figures are ratios within one run or sizes wherever they can
// be, because machines are shared.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands is the command line. The tags are kong's.
type commands struct {
	Ingest      ingestTrial      `cmd:"" help:"Records stored and acknowledged a second, beside plain COPY."`
	Decode      decodeTrial      `cmd:"" help:"ns and allocations a record, each protocol."`
	Detect      detectTrial      `cmd:"" help:"Which family captured messages are told to be, and what a decision costs."`
	Storage     storageTrial     `cmd:"" help:"Bytes a fix, and three queries."`
	Connections connectionsTrial `cmd:"" help:"Memory an idle tracker."`
	Latency     latencyTrial     `cmd:"" help:"From a tracker's write to the WebSocket's frame."`
	Chaos       chaosTrial       `cmd:"" help:"Kills and outages under load."`
	SMS         smsTrial         `cmd:"" name:"sms" help:"SMS over modems that go wrong."`
	ChaosSMS    chaosSMSTrial    `cmd:"" name:"chaos-sms" help:"Kills in the middle of sending and receiving SMS."`
	Live        liveTrial        `cmd:"" help:"What readers of the live line cost."`
	History     historyTrial     `cmd:"" help:"Opening the tracks of a year of one vehicle, of a day of many."`
	LiveFeed    liveFeed         `cmd:"" hidden:"" help:"The live layer alone, for the trial live."`
	MapFeed     mapFeed          `cmd:"" hidden:"" help:"The page with a large fleet and without a database, for web/bench."`
	Vectors     vectorsTrial     `cmd:"" help:"Captured messages against what they mean."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c commands
	command := kong.Parse(&c, kong.Name("trials"), kong.BindTo(ctx, (*context.Context)(nil)),
		kong.BindTo(os.Stdout, (*io.Writer)(nil)))
	if err := command.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "trials:", err)
		stop()
		os.Exit(1)
	}
}
