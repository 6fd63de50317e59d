package main

import (
	"context"
	"fmt"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
	"drover/simulators/trackers"
)

// pastFleet is a fleet with a past: yesterday each vehicle was on the road for ten hours and reported every ten
// minutes else; the first one drove day and night for days.
type pastFleet struct {
	store *store.Store
	every time.Duration
	days  int
	batch store.Batch
}

const (
	roadHours  = 10 * time.Hour
	roadFrom   = 6 * time.Hour // the first leave, the others in the two hours after
	parkedEach = 10 * time.Minute
	nightEach  = 10 * time.Second // of the first vehicle
	pastBatch  = 10_000           // fixes in a transaction
)

// write stores it all, and says how many fixes there are.
func (p *pastFleet) write(ctx context.Context, vehicles int) (stored int, err error) {
	snapshot, err := p.store.LoadRegistry(ctx, nil)
	if err != nil {
		return 0, err
	}
	p.batch.Journal = "history trial"
	if _, err := p.store.Position(ctx, 0, p.batch.Journal); err != nil {
		return 0, err
	}
	yesterday := time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, -1)
	for number := 1; number <= vehicles; number++ {
		device, ok := snapshot.Device(trackers.Identity(number))
		if !ok {
			return 0, fmt.Errorf("device %d was not registered", number)
		}
		n, err := p.drive(ctx, number, device.ID, yesterday)
		if stored += n; err != nil {
			return stored, err
		}
	}
	n, err := p.flush(ctx)
	return stored + n, err
}

// drive is one vehicle's past.
func (p *pastFleet) drive(ctx context.Context, number int, id fleet.DeviceID, yesterday time.Time) (
	stored int, err error,
) {
	drive, state := trackers.NewDrive(number), store.DeviceState{}
	on := roadFrom + time.Duration(number%7200)*time.Second
	days, off, step := 1, on+roadHours, p.every
	if number == 1 {
		days, on, off, step = p.days, 0, 24*time.Hour, nightEach
	}
	for day := days - 1; day >= 0; day-- {
		last := p.live(id, drive, yesterday.AddDate(0, 0, -day), on, off, step)
		state.Device, state.Last, state.Newest = id, last, last.Time
		p.batch.States = append(p.batch.States, state)
		if days == 1 && len(p.batch.Fixes) < pastBatch {
			continue
		}
		n, err := p.flush(ctx)
		if stored += n; err != nil {
			return stored, err
		}
		state.Revision++
	}
	return stored, nil
}

// live is a day of a vehicle; it gives the last fix.
func (p *pastFleet) live(
	id fleet.DeviceID, drive *trackers.Drive, day time.Time, on, off, step time.Duration,
) fleet.Fix {
	for at := time.Duration(0); at < 24*time.Hour; {
		position := drive.Position(day.Add(at))
		p.batch.Fixes = append(p.batch.Fixes, fleet.Fix{Device: id, Received: position.Time.Add(time.Second),
			Position: protocols.Position{Time: position.Time, Located: true, Valid: true, Latitude: position.Latitude,
				Longitude: position.Longitude, Altitude: position.Altitude, Speed: position.Speed, Course: position.Course,
				Satellites: position.Satellites, Ignition: position.Ignition, ExternalVolts: position.ExternalVolts}})
		if at < on || at >= off {
			at += parkedEach
			continue
		}
		drive.Advance(step.Seconds())
		at += step
	}
	return p.batch.Fixes[len(p.batch.Fixes)-1]
}

func (p *pastFleet) flush(ctx context.Context) (int, error) {
	p.batch.From = p.batch.To
	p.batch.To++
	n, err := p.store.Write(ctx, &p.batch)
	p.batch.Fixes, p.batch.States = p.batch.Fixes[:0], p.batch.States[:0]
	return n, err
}
