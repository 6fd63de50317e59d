package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"time"

	"github.com/rs/zerolog"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/live"
)

// liveFeed is the live layer as a process of its own: vehicles that all report once an interval, in memory, to whoever
// reads. It prints its address first.
type liveFeed struct {
	Vehicles int           `help:"So many report." default:"10000"`
	Interval time.Duration `help:"How often." default:"1s"`
	Readers  int           `help:"At most so many." default:"2000"`
}

// Run feeds until ctx ends.
func (c *liveFeed) Run(ctx context.Context, out io.Writer) error {
	registry := fleet.NewRegistry()
	registry.Replace(syntheticFleet(c.Vehicles))
	l, err := live.New(live.Config{Registry: registry, Interval: c.Interval, Readers: c.Readers, Log: zerolog.Nop()})
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: l.Handler(
		func(*http.Request) (fleet.Scope, error) { return fleet.Scope{Organization: 1}, nil })}
	context.AfterFunc(ctx, func() { server.Close() })
	go c.feed(ctx, l)
	go func() { _ = l.Run(ctx) }() // it ends with ctx, as the server does
	fmt.Fprintf(out, "ws://%s/\n", listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// feed lets every vehicle report once an interval.
func (c *liveFeed) feed(ctx context.Context, l *live.Live) {
	fixes := make([]fleet.Fix, c.Vehicles)
	tick := time.NewTicker(c.Interval)
	defer tick.Stop()
	for {
		now := time.Now().UTC()
		for i := range fixes {
			fixes[i] = syntheticFix(i, now)
		}
		l.Update(fixes)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// syntheticFleet is vehicles 1 to n of organization 1, each with a device of the same number.
func syntheticFleet(n int) *fleet.Snapshot {
	devices, vehicles := make([]fleet.Device, n), make([]fleet.Vehicle, n)
	for i := range n {
		id := i + 1
		vehicles[i] = fleet.Vehicle{ID: fleet.VehicleID(id), Organization: 1, Name: fmt.Sprintf("Vehicle %d", id)}
		devices[i] = fleet.Device{
			ID: fleet.DeviceID(id), Organization: 1, Vehicle: fleet.VehicleID(id), Identity: fmt.Sprintf("%015d", id),
		}
	}
	return fleet.NewSnapshot(devices, vehicles)
}

// syntheticFix is where vehicle i is: on a circle of its own, round which it drives once in some minutes.
func syntheticFix(i int, now time.Time) fleet.Fix {
	angle := float64(now.UnixMilli()%600_000)/600_000*2*math.Pi + float64(i)
	return fleet.Fix{Device: fleet.DeviceID(i + 1), Received: now, Position: protocols.Position{
		Time: now, Located: true, Valid: true,
		Latitude:  48 + float64(i%100)/50 + math.Sin(angle)/100,
		Longitude: 2 + float64(i/100%100)/50 + math.Cos(angle)/100,
		Speed:     protocols.Some(30 + float64(i%60)), Course: protocols.Some(math.Mod(angle*180/math.Pi, 360)),
	}}
}
