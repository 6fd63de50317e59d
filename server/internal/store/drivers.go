package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// DriverRow is a driver as listed.
type DriverRow struct {
	fleet.Driver
	VehicleName string
	Revision    int
	sort        string // the name as the list is sorted by
}

// DriverChange says what to change of a driver; nil leaves as it is.
type DriverChange struct {
	Name, Phone, Licence, Key *string
	Vehicle                   *fleet.VehicleID // 0: out of the vehicle
}

const selectDrivers = `SELECT r.id, r.organization_id, r.name, r.phone, r.licence, r.key, coalesce(v.id, 0),
		coalesce(v.name, ''), r.revision, lower(r.name)
	FROM drover.drivers r LEFT JOIN drover.vehicles v ON v.id = r.vehicle_id AND v.deleted IS NULL
	WHERE r.deleted IS NULL`

func scanDriver(row pgx.CollectableRow) (d DriverRow, err error) {
	err = row.Scan(&d.ID, &d.Organization, &d.Name, &d.Phone, &d.Licence, &d.Key, &d.Vehicle, &d.VehicleName, &d.Revision,
		&d.sort)
	return d, err
}

func (d *DriverRow) facts() []fact {
	return []fact{{"name", d.Name}, {"phone", d.Phone}, {"licence", d.Licence}, {"key", d.Key}, {"vehicle", d.VehicleName}}
}

// Drivers lists a scope's drivers by name; next is the After of the next page, "" at the end.
func (s *Store) Drivers(ctx context.Context, of fleet.Scope, p Page) (list []DriverRow, next string, err error) {
	key, id, err := p.after()
	if err != nil {
		return nil, "", err
	}
	list, err = lookMany(ctx, s, of, "drivers", scanDriver, selectDrivers+`
		AND ($1::text IS NULL OR (lower(r.name), r.id) > ($1, $2::int8))
		AND ($3::text IS NULL OR concat_ws(' ', r.name, r.phone, r.licence, r.key, v.name, v.plate) ILIKE $3)
		ORDER BY lower(r.name), r.id LIMIT $4`, key, id, p.pattern(), p.limit()+1)
	if n := p.limit(); err == nil && len(list) > n {
		list = list[:n]
		next = cursor(list[n-1].sort, int64(list[n-1].ID))
	}
	return list, next, err
}

// Driver finds one.
func (s *Store) Driver(ctx context.Context, of fleet.Scope, id fleet.DriverID) (d DriverRow, err error) {
	err = s.look(ctx, of, "driver", func(tx pgx.Tx) (err error) {
		d, err = driverByID(ctx, tx, id)
		return err
	})
	return d, err
}

func driverByID(ctx context.Context, tx pgx.Tx, id fleet.DriverID) (DriverRow, error) {
	return one(ctx, tx, "driver", scanDriver, selectDrivers+` AND r.id = $1`, id)
}

// CreateDriver makes a driver; ErrExists if the key is another's. Who drove the vehicle before does so no more.
func (s *Store) CreateDriver(ctx context.Context, of fleet.Scope, d fleet.Driver) (made DriverRow, err error) {
	if strings.TrimSpace(d.Name) == "" {
		return made, fmt.Errorf("%w name: a driver has one", ErrInvalid)
	}
	err = s.change(ctx, of, "driver", func(tx pgx.Tx) error {
		if err := s.freeSeat(ctx, tx, of, d.Vehicle, 0); err != nil {
			return err
		}
		var id fleet.DriverID
		err := tx.QueryRow(ctx, `INSERT INTO drover.drivers (organization_id, name, phone, licence, key, vehicle_id)
			VALUES ($1, $2, $3, $4, $5, nullif($6::int4, 0)) RETURNING id`,
			of.Organization, strings.TrimSpace(cleanText(d.Name)), cleanText(d.Phone), cleanText(d.Licence),
			cleanText(d.Key), d.Vehicle).Scan(&id)
		if err != nil {
			return told(err, "driver")
		}
		if made, err = driverByID(ctx, tx, id); err != nil {
			return err
		}
		return s.audit(ctx, tx, of, auditing{"create", "driver", int64(id), made.Name, differences(nil, made.facts())})
	})
	return made, err
}

// UpdateDriver changes a driver, if it has the revision (0: any): otherwise ErrStale. Who drove the new vehicle before
// does so no more.
func (s *Store) UpdateDriver(ctx context.Context, of fleet.Scope, id fleet.DriverID, c DriverChange, revision int) (
	d DriverRow, err error,
) {
	if c.Name != nil && strings.TrimSpace(*c.Name) == "" {
		return d, fmt.Errorf("%w name: a driver has one", ErrInvalid)
	}
	err = s.change(ctx, of, "driver", func(tx pgx.Tx) (err error) {
		d, err = s.changeDriver(ctx, tx, of, id, c, revision)
		return err
	})
	return d, err
}

func (s *Store) changeDriver(ctx context.Context, tx pgx.Tx, of fleet.Scope, id fleet.DriverID, c DriverChange,
	revision int,
) (d DriverRow, err error) {
	if _, err := driverNoun().lock(ctx, tx, int32(id), ` IS NULL`); err != nil {
		return d, err
	}
	before, err := driverByID(ctx, tx, id)
	if err != nil {
		return d, err
	}
	if c.Vehicle != nil {
		if err := s.freeSeat(ctx, tx, of, *c.Vehicle, id); err != nil {
			return d, err
		}
	}
	err = driverNoun().revise(ctx, tx, int32(id), revision, `name = coalesce($3, name), phone = coalesce($4, phone),
			licence = coalesce($5, licence), key = coalesce($6, key),
			vehicle_id = CASE WHEN $7::int4 IS NULL THEN vehicle_id ELSE nullif($7, 0) END`,
		cleaned(c.Name), cleaned(c.Phone), cleaned(c.Licence), cleaned(c.Key), (*int32)(c.Vehicle))
	if err != nil {
		return d, err
	}
	if d, err = driverByID(ctx, tx, id); err != nil {
		return d, err
	}
	return d, s.audit(ctx, tx, of, auditing{"change", "driver", int64(id), d.Name, differences(before.facts(), d.facts())})
}

// freeSeat makes sure that a vehicle is there (0 is none) and that nobody drives it but the driver who stays.
func (s *Store) freeSeat(ctx context.Context, tx pgx.Tx, of fleet.Scope, vehicle fleet.VehicleID,
	stays fleet.DriverID,
) error {
	if vehicle == 0 {
		return nil
	}
	if err := isVehicle(ctx, tx, vehicle); err != nil {
		return err
	}
	sitting, err := many(ctx, tx, "driver", pgx.RowTo[int32], `SELECT id FROM drover.drivers
		WHERE vehicle_id = $1 AND id <> $2 AND deleted IS NULL`, vehicle, stays)
	if err != nil {
		return err
	}
	nowhere := fleet.VehicleID(0)
	for _, id := range sitting {
		if _, err := s.changeDriver(ctx, tx, of, fleet.DriverID(id), DriverChange{Vehicle: &nowhere}, 0); err != nil {
			return err
		}
	}
	return nil
}

// isVehicle says whether a vehicle can be put to use, and keeps it from being deleted meanwhile.
func isVehicle(ctx context.Context, tx pgx.Tx, id fleet.VehicleID) error {
	tag, err := tx.Exec(ctx, `SELECT FROM drover.vehicles WHERE id = $1 AND deleted IS NULL FOR SHARE`, id)
	if err == nil && tag.RowsAffected() == 0 {
		return fmt.Errorf("%w vehicle_id: there is no such vehicle", ErrInvalid)
	}
	return err
}

// DeleteDriver marks a driver as deleted.
func (s *Store) DeleteDriver(ctx context.Context, of fleet.Scope, id fleet.DriverID, revision int) error {
	return s.remove(ctx, of, driverNoun(), int32(id), revision, nil)
}

// RestoreDriver brings a deleted driver back, into the vehicle if nobody drives it by now; ErrExists if the key is
// another's by now.
func (s *Store) RestoreDriver(ctx context.Context, of fleet.Scope, id fleet.DriverID) (d DriverRow, err error) {
	err = s.change(ctx, of, "driver", func(tx pgx.Tx) error {
		err := s.restore(ctx, tx, of, driverNoun(), int32(id), func() error {
			_, err := tx.Exec(ctx, `UPDATE drover.drivers d SET vehicle_id = NULL WHERE id = $1 AND EXISTS (
				SELECT FROM drover.drivers o WHERE o.vehicle_id = d.vehicle_id AND o.deleted IS NULL)`, id)
			return err
		})
		if err != nil {
			return err
		}
		d, err = driverByID(ctx, tx, id)
		return err
	})
	return d, err
}
