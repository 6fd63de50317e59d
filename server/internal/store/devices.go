package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// NewDevice is a device to be made, with a vehicle to be in.
type NewDevice struct {
	Identity           string // as it says on the wire
	Name, Plate, Group string // of the vehicle; Name "" becomes the identity
	Protocol           string // it is expected to speak; "" for any
	Model, Phone       string
}

// DeviceChange says what to change of a device; nil leaves as it is.
type DeviceChange struct {
	Disabled               *bool
	Protocol, Model, Phone *string
	Vehicle                *fleet.VehicleID // 0: take it out of its vehicle
	Offset                 *time.Duration   // of its clock from UTC
}

// deviceColumns has the clock's offset in seconds.
const deviceColumns = `d.id, d.organization_id, coalesce(d.vehicle_id, 0), d.identity, d.protocol, d.model, d.phone,
	d.disabled, extract(epoch FROM d.clock_offset)::float8`

// interval is seconds as extract(epoch) gives them.
type interval float64

func (i interval) duration() time.Duration { return time.Duration(float64(i) * float64(time.Second)) }

func deviceTargets(d *fleet.Device, clock *interval) []any {
	return []any{&d.ID, &d.Organization, &d.Vehicle, &d.Identity, &d.Protocol, &d.Model, &d.Phone,
		&d.Disabled, (*float64)(clock)}
}

func scanDevice(row pgx.CollectableRow) (fleet.Device, error) {
	var d fleet.Device
	var clock interval
	err := row.Scan(deviceTargets(&d, &clock)...)
	d.Offset = clock.duration()
	return d, err
}

// Devices lists an organization's devices that are not retired, by identity.
func (s *Store) Devices(ctx context.Context, org fleet.OrganizationID, p Page) (
	list []fleet.Device, next string, err error,
) {
	key, id, err := p.after()
	if err != nil {
		return nil, "", err
	}
	list, err = many(ctx, s.pool, "devices", scanDevice, `SELECT `+deviceColumns+` FROM drover.devices d
		LEFT JOIN drover.vehicles v ON v.id = d.vehicle_id
		WHERE d.organization_id = $1 AND d.retired IS NULL AND ($2::text IS NULL OR (d.identity, d.id) > ($2, $3))
		AND ($4::text IS NULL OR d.identity ILIKE $4 OR v.name ILIKE $4 OR v.plate ILIKE $4 OR v.fleet_group ILIKE $4)
		ORDER BY d.identity, d.id LIMIT $5`, org, key, id, p.pattern(), p.limit()+1)
	if err != nil {
		return nil, "", err
	}
	if n := p.limit(); len(list) > n {
		list = list[:n]
		next = cursor(list[n-1].Identity, int32(list[n-1].ID))
	}
	return list, next, nil
}

// Device finds one that is not retired.
func (s *Store) Device(ctx context.Context, org fleet.OrganizationID, id fleet.DeviceID) (fleet.Device, error) {
	return one(ctx, s.pool, "device", scanDevice, `SELECT `+deviceColumns+` FROM drover.devices d
		WHERE d.id = $2 AND d.organization_id = $1 AND d.retired IS NULL`, org, id)
}

// CreateDevice makes a device in a new vehicle; ErrExists if the identity is taken, by whichever organization.
func (s *Store) CreateDevice(ctx context.Context, org fleet.OrganizationID, n NewDevice) (d fleet.Device, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) (err error) {
		d, err = insertDevice(ctx, tx, org, n)
		return err
	})
	return d, ofTransaction(err, "device")
}

func (n *NewDevice) clean() error {
	n.Identity, n.Name = strings.TrimSpace(cleanText(n.Identity)), strings.TrimSpace(cleanText(n.Name))
	n.Plate, n.Group = strings.TrimSpace(cleanText(n.Plate)), strings.TrimSpace(cleanText(n.Group))
	n.Protocol, n.Model, n.Phone = cleanText(n.Protocol), cleanText(n.Model), cleanText(n.Phone)
	if n.Identity == "" || len(n.Identity) > 64 {
		return fmt.Errorf("%w identity: it has 1 to 64 characters", ErrInvalid)
	}
	return nil
}

func insertDevice(ctx context.Context, tx pgx.Tx, org fleet.OrganizationID, n NewDevice) (fleet.Device, error) {
	if err := n.clean(); err != nil {
		return fleet.Device{}, err
	}
	name := n.Name
	if name == "" {
		name = n.Identity
	}
	return one(ctx, tx, "device "+n.Identity, scanDevice, `WITH v AS (
			INSERT INTO drover.vehicles (organization_id, name, plate, fleet_group) VALUES ($1, $2, $3, $4) RETURNING id)
		INSERT INTO drover.devices AS d (organization_id, vehicle_id, identity, protocol, model, phone)
		SELECT $1, v.id, $5, $6, $7, $8 FROM v RETURNING `+deviceColumns,
		org, name, n.Plate, n.Group, n.Identity, n.Protocol, n.Model, n.Phone)
}

// UpdateDevice changes a device. ErrNotFound also for a vehicle that is not the organization's.
func (s *Store) UpdateDevice(ctx context.Context, org fleet.OrganizationID, id fleet.DeviceID, c DeviceChange) (
	fleet.Device, error,
) {
	var vehicle *int32 // nil: leave
	if c.Vehicle != nil {
		vehicle = (*int32)(c.Vehicle)
	}
	return one(ctx, s.pool, "device", scanDevice, `UPDATE drover.devices d SET disabled = coalesce($3, disabled),
			protocol = coalesce($4, protocol), model = coalesce($5, model), phone = coalesce($6, phone),
			vehicle_id = CASE WHEN $7::int4 IS NULL THEN vehicle_id ELSE nullif($7, 0) END,
			clock_offset = coalesce($8, clock_offset)
		WHERE id = $2 AND organization_id = $1 AND retired IS NULL RETURNING `+deviceColumns,
		org, id, c.Disabled, cleaned(c.Protocol), cleaned(c.Model), cleaned(c.Phone), vehicle, c.Offset)
}

// RetireDevice ends a device's life; its history stays, and its identity is free for another.
func (s *Store) RetireDevice(ctx context.Context, org fleet.OrganizationID, id fleet.DeviceID) error {
	tag, err := s.pool.Exec(ctx, `UPDATE drover.devices SET retired = now()
		WHERE id = $2 AND organization_id = $1 AND retired IS NULL`, org, id)
	if err == nil && tag.RowsAffected() == 0 {
		err = pgx.ErrNoRows
	}
	return told(err, "device")
}

// Imported says what became of an import.
type Imported struct {
	Added, Updated int
	Failed         []RowError
}

// RowError says why a row was left out.
type RowError struct {
	Row     int // its index
	Message string
}

// ImportDevices makes the devices that are not there and updates those that are, in one transaction; what a row leaves
// empty stays as it is. Rows that fail are listed, the others kept.
func (s *Store) ImportDevices(ctx context.Context, org fleet.OrganizationID, list []NewDevice) (Imported, error) {
	var result Imported
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		result = Imported{}
		for i := range list {
			var updated bool
			err := pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) (err error) { // a savepoint
				updated, err = importDevice(ctx, tx, org, list[i])
				return err
			})
			switch {
			case err == nil && updated:
				result.Updated++
			case err == nil:
				result.Added++
			case isRefusal(err):
				result.Failed = append(result.Failed, RowError{Row: i, Message: err.Error()})
			default:
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Imported{}, ofTransaction(err, "import")
	}
	return result, nil
}

func importDevice(ctx context.Context, tx pgx.Tx, org fleet.OrganizationID, n NewDevice) (updated bool, err error) {
	if err := n.clean(); err != nil {
		return false, err
	}
	tag, err := tx.Exec(ctx, `WITH d AS (
			UPDATE drover.devices SET protocol = coalesce(nullif($3, ''), protocol), model = coalesce(nullif($4, ''), model),
				phone = coalesce(nullif($5, ''), phone)
			WHERE identity = $2 AND organization_id = $1 AND retired IS NULL RETURNING id, vehicle_id),
		v AS (
			UPDATE drover.vehicles v SET name = coalesce(nullif($6, ''), name), plate = coalesce(nullif($7, ''), plate),
				fleet_group = coalesce(nullif($8, ''), fleet_group)
			FROM d WHERE v.id = d.vehicle_id)
		SELECT FROM d`, org, n.Identity, n.Protocol, n.Model, n.Phone, n.Name, n.Plate, n.Group)
	if err != nil || tag.RowsAffected() > 0 {
		return true, err
	}
	_, err = insertDevice(ctx, tx, org, n)
	return false, err
}
