package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// VehicleRow is a vehicle with what a list shows of it.
type VehicleRow struct {
	fleet.Vehicle
	Revision int
	Driver   *fleet.Driver // ID, Name and Phone of who drives it; nil for nobody
	Device   *fleet.Device // the one of its devices that spoke last; nil if it has none
	Last     *fleet.Fix    // of that device; nil if there is none
	sort     string        // the name as the list is sorted by
}

// VehicleChange says what to change of a vehicle; nil leaves as it is.
type VehicleChange struct {
	Name, Plate *string
	Group       *fleet.GroupID  // 0: in none
	Driver      *fleet.DriverID // 0: nobody
}

const (
	vehicleColumns = `v.id, v.organization_id, v.name, v.plate, coalesce(v.group_id, 0), coalesce(g.path, ''),
		coalesce(r.name, '')`
	fromVehicles = ` FROM drover.vehicles v LEFT JOIN drover.groups g ON g.id = v.group_id
		LEFT JOIN drover.drivers r ON r.vehicle_id = v.id AND r.deleted IS NULL`
	selectVehicles = `SELECT ` + vehicleColumns + `, v.revision, coalesce(r.id, 0), coalesce(r.phone, ''), lower(v.name)` +
		fromVehicles + ` WHERE v.deleted IS NULL`
)

func vehicleTargets(v *fleet.Vehicle) []any {
	return []any{&v.ID, &v.Organization, &v.Name, &v.Plate, &v.Group, &v.Path, &v.Driver}
}

func scanVehicle(row pgx.CollectableRow) (fleet.Vehicle, error) {
	var v fleet.Vehicle
	err := row.Scan(vehicleTargets(&v)...)
	return v, err
}

func scanVehicleRow(row pgx.CollectableRow) (v VehicleRow, err error) {
	var driver fleet.Driver
	err = row.Scan(append(vehicleTargets(&v.Vehicle), &v.Revision, &driver.ID, &driver.Phone, &v.sort)...)
	if driver.ID != 0 {
		driver.Name, driver.Organization, driver.Vehicle = v.Vehicle.Driver, v.Organization, v.ID
		v.Driver = &driver
	}
	return v, err
}

func (v *VehicleRow) facts() []fact {
	return []fact{{"name", v.Name}, {"plate", v.Plate}, {"group", v.Path}, {"driver", v.Vehicle.Driver}}
}

// Vehicles lists a scope's vehicles by name; next is the After of the next page, "" at the end.
func (s *Store) Vehicles(ctx context.Context, of fleet.Scope, p Page) (list []VehicleRow, next string, err error) {
	key, id, err := p.after()
	if err != nil {
		return nil, "", err
	}
	err = s.look(ctx, of, "vehicles", func(tx pgx.Tx) error {
		list, err = many(ctx, tx, "vehicles", scanVehicleRow, selectVehicles+`
			AND ($1::text IS NULL OR (lower(v.name), v.id) > ($1, $2::int8))
			AND ($3::text IS NULL OR v.name ILIKE $3 OR v.plate ILIKE $3 OR g.path ILIKE $3
				OR r.name ILIKE $3 OR r.phone ILIKE $3 OR EXISTS (SELECT FROM drover.devices d
				WHERE d.vehicle_id = v.id AND d.retired IS NULL AND (d.identity ILIKE $3 OR d.phone ILIKE $3)))
			ORDER BY lower(v.name), v.id LIMIT $4`, key, id, p.pattern(), p.limit()+1)
		if err != nil {
			return err
		}
		if n := p.limit(); len(list) > n {
			list = list[:n]
			next = cursor(list[n-1].sort, int64(list[n-1].ID))
		}
		return s.equip(ctx, tx, list)
	})
	return list, next, err
}

// Vehicle finds one.
func (s *Store) Vehicle(ctx context.Context, of fleet.Scope, id fleet.VehicleID) (row VehicleRow, err error) {
	err = s.look(ctx, of, "vehicle", func(tx pgx.Tx) (err error) {
		row, err = s.vehicleByID(ctx, tx, id)
		return err
	})
	return row, err
}

// vehicleByID finds one that is not deleted, with its device.
func (s *Store) vehicleByID(ctx context.Context, tx pgx.Tx, id fleet.VehicleID) (VehicleRow, error) {
	v, err := one(ctx, tx, "vehicle", scanVehicleRow, selectVehicles+` AND v.id = $1`, id)
	if err != nil {
		return v, err
	}
	list := []VehicleRow{v}
	err = s.equip(ctx, tx, list)
	return list[0], err
}

// CreateVehicle makes a vehicle, with the Name, Plate and Group of v.
func (s *Store) CreateVehicle(ctx context.Context, of fleet.Scope, v fleet.Vehicle) (made VehicleRow, err error) {
	err = s.change(ctx, of, "vehicle", func(tx pgx.Tx) error {
		if err := isGroup(ctx, tx, "group_id", v.Group); err != nil {
			return err
		}
		made, err = s.insertVehicle(ctx, tx, of, v)
		return err
	})
	return made, err
}

func (s *Store) insertVehicle(ctx context.Context, tx pgx.Tx, of fleet.Scope, v fleet.Vehicle) (
	made VehicleRow, err error,
) {
	if v.Name = strings.TrimSpace(cleanText(v.Name)); v.Name == "" {
		return made, fmt.Errorf("%w name: a vehicle has one", ErrInvalid)
	}
	var id fleet.VehicleID
	err = tx.QueryRow(ctx, `INSERT INTO drover.vehicles (organization_id, name, plate, group_id)
		VALUES ($1, $2, $3, nullif($4::int4, 0)) RETURNING id`,
		of.Organization, v.Name, strings.TrimSpace(cleanText(v.Plate)), v.Group).Scan(&id)
	if err != nil {
		return made, told(err, "vehicle")
	}
	made, err = one(ctx, tx, "vehicle", scanVehicleRow, selectVehicles+` AND v.id = $1`, id)
	if err != nil {
		return made, err
	}
	return made, s.audit(ctx, tx, of, auditing{"create", "vehicle", int64(id), made.Name, differences(nil, made.facts())})
}

// UpdateVehicle changes a vehicle, if it has the revision (0: any): otherwise ErrStale. A driver who comes leaves the
// vehicle before, and who drove this one leaves it.
func (s *Store) UpdateVehicle(ctx context.Context, of fleet.Scope, id fleet.VehicleID, c VehicleChange, revision int) (
	v VehicleRow, err error,
) {
	err = s.change(ctx, of, "vehicle", func(tx pgx.Tx) error {
		if err := s.changeVehicle(ctx, tx, of, id, c, revision); err != nil {
			return err
		}
		v, err = s.vehicleByID(ctx, tx, id)
		return err
	})
	return v, err
}

func (s *Store) changeVehicle(ctx context.Context, tx pgx.Tx, of fleet.Scope, id fleet.VehicleID, c VehicleChange,
	revision int,
) error {
	if c.Name != nil && strings.TrimSpace(*c.Name) == "" {
		return fmt.Errorf("%w name: a vehicle has one", ErrInvalid)
	}
	if _, err := vehicleNoun().lock(ctx, tx, int32(id), ` IS NULL`); err != nil {
		return err
	}
	before, err := one(ctx, tx, "vehicle", scanVehicleRow, selectVehicles+` AND v.id = $1`, id)
	if err != nil {
		return err
	}
	if c.Group != nil {
		if err := isGroup(ctx, tx, "group_id", *c.Group); err != nil {
			return err
		}
	}
	err = vehicleNoun().revise(ctx, tx, int32(id), revision, `name = coalesce($3, name), plate = coalesce($4, plate),
			group_id = CASE WHEN $5::int4 IS NULL THEN group_id ELSE nullif($5, 0) END`,
		cleaned(c.Name), cleaned(c.Plate), (*int32)(c.Group))
	if err != nil {
		return err
	}
	if c.Driver != nil {
		if err := s.seat(ctx, tx, of, id, *c.Driver); err != nil {
			return err
		}
	}
	after, err := one(ctx, tx, "vehicle", scanVehicleRow, selectVehicles+` AND v.id = $1`, id)
	if err != nil {
		return err
	}
	return s.audit(ctx, tx, of, auditing{"change", "vehicle", int64(id), after.Name,
		differences(before.facts(), after.facts())})
}

// seat lets a driver (0: nobody) drive a vehicle.
func (s *Store) seat(ctx context.Context, tx pgx.Tx, of fleet.Scope, id fleet.VehicleID, driver fleet.DriverID) error {
	if driver == 0 {
		return s.freeSeat(ctx, tx, of, id, 0)
	}
	_, err := s.changeDriver(ctx, tx, of, driver, DriverChange{Vehicle: &id}, 0)
	if errors.Is(err, ErrNotFound) {
		return fmt.Errorf("%w driver_id: there is no such driver", ErrInvalid)
	}
	return err
}

// DeleteVehicle marks a vehicle as deleted. Its devices stay in it, should it be restored.
func (s *Store) DeleteVehicle(ctx context.Context, of fleet.Scope, id fleet.VehicleID, revision int) error {
	return s.remove(ctx, of, vehicleNoun(), int32(id), revision, nil)
}

// RestoreVehicle brings a deleted vehicle back; ErrHeld while its group is deleted too.
func (s *Store) RestoreVehicle(ctx context.Context, of fleet.Scope, id fleet.VehicleID) (v VehicleRow, err error) {
	err = s.change(ctx, of, "vehicle", func(tx pgx.Tx) error {
		err := s.restore(ctx, tx, of, vehicleNoun(), int32(id), func() error {
			var lost bool
			err := tx.QueryRow(ctx, `SELECT g.deleted IS NOT NULL FROM drover.vehicles v
				LEFT JOIN drover.groups g ON g.id = v.group_id WHERE v.id = $1`, id).Scan(&lost)
			if err == nil && lost {
				return fmt.Errorf("vehicle: %w: restore its group first", ErrHeld)
			}
			return err
		})
		if err != nil {
			return err
		}
		v, err = s.vehicleByID(ctx, tx, id)
		return err
	})
	return v, err
}
