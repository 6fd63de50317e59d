package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// LastFix is where a device was last.
type LastFix struct {
	Vehicle fleet.VehicleID // it is in; 0 if in none
	Device  fleet.DeviceID
	Fix     fleet.Fix
	Motion  fleet.Motion
}

// LastFixes gives the last fix of each device of a scope that has one, by device.
func (s *Store) LastFixes(ctx context.Context, of fleet.Scope, fn func(LastFix) error) error {
	return s.look(ctx, of, "devices", func(tx pgx.Tx) error { return s.eachLastFix(ctx, tx, fn) })
}

func (s *Store) eachLastFix(ctx context.Context, tx pgx.Tx, fn func(LastFix) error) error {
	return s.eachDevice(ctx, tx, func(d *fleet.Device, last *fleet.Fix, m fleet.Motion) error {
		if last == nil {
			return nil
		}
		return fn(LastFix{Vehicle: d.Vehicle, Device: d.ID, Fix: *last, Motion: m})
	}, ``)
}

// equip adds devices and last fixes to the vehicles.
func (s *Store) equip(ctx context.Context, tx pgx.Tx, list []VehicleRow) error {
	ids := make([]int32, len(list))
	at := make(map[fleet.VehicleID]*VehicleRow, len(list))
	for i := range list {
		ids[i] = int32(list[i].ID)
		at[list[i].ID] = &list[i]
	}
	return s.eachDevice(ctx, tx, func(d *fleet.Device, last *fleet.Fix, _ fleet.Motion) error {
		v := at[d.Vehicle]
		if v == nil {
			return nil // it was deleted a moment ago
		}
		if v.Device == nil || last != nil && (v.Last == nil || last.Received.After(v.Last.Received)) {
			v.Device, v.Last = d, last
		}
		return nil
	}, ` AND d.vehicle_id = ANY ($1)`, ids)
}

// eachDevice gives the devices that are not retired and fulfil a condition, with their last fixes (nil: none).
func (s *Store) eachDevice(ctx context.Context, tx pgx.Tx, fn func(*fleet.Device, *fleet.Fix, fleet.Motion) error,
	where string, args ...any,
) error {
	rows, err := tx.Query(ctx, `SELECT `+deviceColumns+`, coalesce(s.motion, 0), s.time, coalesce(s.received, 0),
			coalesce(s.latitude, 0), coalesce(s.longitude, 0), coalesce(s.altitude, 0), coalesce(s.speed, 0),
			coalesce(s.course, 0), coalesce(s.flags, 0), s.data
		`+fromDevices+` LEFT JOIN drover.device_state s ON s.device_id = d.id
		WHERE d.retired IS NULL`+where+` ORDER BY d.id`, args...)
	if err != nil {
		return told(err, "devices")
	}
	defer rows.Close()
	n := s.reading()
	var r stateRow
	for rows.Next() {
		d := &fleet.Device{}
		var clock interval
		targets := append(deviceTargets(d, &clock), &r.motion, &r.last, &r.received, &r.latitude, &r.longitude,
			&r.altitude, &r.speed, &r.course, &r.flags, &r.data)
		if err := rows.Scan(targets...); err != nil {
			return told(err, "devices")
		}
		d.Offset = clock.duration()
		r.device = int32(d.ID)
		last := &fleet.Fix{}
		var there bool
		err := n.retry(ctx, func(n *names) (err error) {
			there, err = r.lastFix(n, last)
			return err
		})
		if err != nil {
			return fmt.Errorf("the last fix of device %d: %w", d.ID, err)
		}
		if !there {
			last = nil
		}
		if err := fn(d, last, fleet.Motion(r.motion)); err != nil {
			return err
		}
	}
	return told(rows.Err(), "devices")
}
