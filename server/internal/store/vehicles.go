package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// VehicleRow is a vehicle with what a list shows of it.
type VehicleRow struct {
	fleet.Vehicle
	Device *fleet.Device // the one of its devices that spoke last; nil if it has none
	Last   *fleet.Fix    // of that device; nil if there is none
}

// VehicleChange says what to change of a vehicle; nil leaves as it is.
type VehicleChange struct {
	Name, Plate, Group *string
}

const vehicleColumns = `v.id, v.organization_id, v.name, v.plate, v.fleet_group`

func vehicleTargets(v *fleet.Vehicle) []any {
	return []any{&v.ID, &v.Organization, &v.Name, &v.Plate, &v.Group}
}

func scanVehicle(row pgx.CollectableRow) (fleet.Vehicle, error) {
	var v fleet.Vehicle
	err := row.Scan(vehicleTargets(&v)...)
	return v, err
}

// Vehicles lists an organization's vehicles by name; next is the After of the next page, "" at the end.
func (s *Store) Vehicles(ctx context.Context, org fleet.OrganizationID, p Page) (
	list []VehicleRow, next string, err error,
) {
	key, id, err := p.after()
	if err != nil {
		return nil, "", err
	}
	var keys []string
	scan := func(row pgx.CollectableRow) (v VehicleRow, err error) {
		var key string
		err = row.Scan(append(vehicleTargets(&v.Vehicle), &key)...)
		keys = append(keys, key)
		return v, err
	}
	list, err = many(ctx, s.pool, "vehicles", scan, `SELECT `+vehicleColumns+`, lower(v.name) FROM drover.vehicles v
		WHERE v.organization_id = $1 AND ($2::text IS NULL OR (lower(v.name), v.id) > ($2, $3))
		AND ($4::text IS NULL OR v.name ILIKE $4 OR v.plate ILIKE $4 OR v.fleet_group ILIKE $4 OR EXISTS (
			SELECT FROM drover.devices d WHERE d.vehicle_id = v.id AND d.retired IS NULL AND d.identity ILIKE $4))
		ORDER BY lower(v.name), v.id LIMIT $5`, org, key, id, p.pattern(), p.limit()+1)
	if err != nil {
		return nil, "", err
	}
	if n := p.limit(); len(list) > n {
		list = list[:n]
		next = cursor(keys[n-1], int32(list[n-1].ID))
	}
	return list, next, s.equip(ctx, list)
}

// Vehicle finds one.
func (s *Store) Vehicle(ctx context.Context, org fleet.OrganizationID, id fleet.VehicleID) (VehicleRow, error) {
	v, err := one(ctx, s.pool, "vehicle", scanVehicle, `SELECT `+vehicleColumns+` FROM drover.vehicles v
		WHERE v.id = $2 AND v.organization_id = $1`, org, id)
	if err != nil {
		return VehicleRow{}, err
	}
	list := []VehicleRow{{Vehicle: v}}
	err = s.equip(ctx, list)
	return list[0], err
}

// equip adds devices and last fixes to the vehicles.
func (s *Store) equip(ctx context.Context, list []VehicleRow) error {
	ids := make([]int32, len(list))
	at := make(map[fleet.VehicleID]*VehicleRow, len(list))
	for i := range list {
		ids[i] = int32(list[i].ID)
		at[list[i].ID] = &list[i]
	}
	return s.eachDevice(ctx, func(d *fleet.Device, last *fleet.Fix, _ fleet.Motion) error {
		v := at[d.Vehicle]
		if v.Device == nil || last != nil && (v.Last == nil || last.Received.After(v.Last.Received)) {
			v.Device, v.Last = d, last
		}
		return nil
	}, `d.vehicle_id = ANY ($1)`, ids)
}

// eachDevice gives the devices that are not retired and fulfil a condition, with their last fixes (nil: none).
func (s *Store) eachDevice(ctx context.Context, fn func(*fleet.Device, *fleet.Fix, fleet.Motion) error,
	where string, arg any,
) error {
	rows, err := s.pool.Query(ctx, `SELECT `+deviceColumns+`, coalesce(s.motion, 0), s.time, coalesce(s.received, 0),
			coalesce(s.latitude, 0), coalesce(s.longitude, 0), coalesce(s.altitude, 0), coalesce(s.speed, 0),
			coalesce(s.course, 0), coalesce(s.flags, 0), s.data
		FROM drover.devices d LEFT JOIN drover.device_state s ON s.device_id = d.id
		WHERE d.retired IS NULL AND `+where+` ORDER BY d.id`, arg)
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

// UpdateVehicle changes a vehicle.
func (s *Store) UpdateVehicle(ctx context.Context, org fleet.OrganizationID, id fleet.VehicleID, c VehicleChange) (
	fleet.Vehicle, error,
) {
	if c.Name != nil && strings.TrimSpace(*c.Name) == "" {
		return fleet.Vehicle{}, fmt.Errorf("%w name: a vehicle has one", ErrInvalid)
	}
	return one(ctx, s.pool, "vehicle", scanVehicle, `UPDATE drover.vehicles v SET name = coalesce($3, name),
			plate = coalesce($4, plate), fleet_group = coalesce($5, fleet_group)
		WHERE id = $2 AND organization_id = $1 RETURNING `+vehicleColumns,
		org, id, cleaned(c.Name), cleaned(c.Plate), cleaned(c.Group))
}

// LastFix is where a device was last.
type LastFix struct {
	Vehicle fleet.VehicleID // it is in; 0 if in none
	Device  fleet.DeviceID
	Fix     fleet.Fix
	Motion  fleet.Motion
}

// LastFixes gives the last fix of each device of an organization that has one, by device.
func (s *Store) LastFixes(ctx context.Context, org fleet.OrganizationID, fn func(LastFix) error) error {
	return s.eachDevice(ctx, func(d *fleet.Device, last *fleet.Fix, m fleet.Motion) error {
		if last == nil {
			return nil
		}
		return fn(LastFix{Vehicle: d.Vehicle, Device: d.ID, Fix: *last, Motion: m})
	}, `d.organization_id = $1`, org)
}
