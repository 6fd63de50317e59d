package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// NewDevice is a device to be made, with a vehicle to be in.
type NewDevice struct {
	Identity           string // as it says on the wire
	Name, Plate, Group string // of the vehicle; Name "" becomes the identity, Group is a path and made as needed
	Protocol           string // it is expected to speak; "" for any
	Model, Phone       string
}

// DeviceRow is a device as it is listed.
type DeviceRow struct {
	fleet.Device
	VehicleName string
	Heard       time.Time // when its last fix was received; zero: never
	Revision    int
}

// DeviceChange says what to change of a device; nil leaves as it is.
type DeviceChange struct {
	Disabled               *bool
	Protocol, Model, Phone *string
	Vehicle                *fleet.VehicleID              // 0: take it out of its vehicle
	Offset                 *protocols.Opt[time.Duration] // of its clock from UTC; absent: the family's usual
	Options                map[string]string             // in place of all that there were; nil: leave them
	Login, Sender          *string                       // see fleet.Device
	AnySender              *bool
	Sealed                 *[]byte // its password for commands; empty: none
}

const (
	// deviceColumns has the clock's offset in seconds.
	deviceColumns = `d.id, d.organization_id, coalesce(w.id, 0), d.identity, d.protocol, d.model, d.phone,
		d.disabled, extract(epoch FROM d.clock_offset)::float8, d.options,
		d.command_login, d.command_password, d.sender, d.any_sender`
	fromDevices   = ` FROM drover.devices d LEFT JOIN drover.vehicles w ON w.id = d.vehicle_id AND w.deleted IS NULL`
	selectDevices = `SELECT ` + deviceColumns + `, coalesce(w.name, ''), d.revision, t.time
			+ t.received * CASE WHEN t.flags & 16384 = 0 THEN interval '1 ms' ELSE interval '1 s' END` + fromDevices + `
		LEFT JOIN drover.device_state t ON t.device_id = d.id
		LEFT JOIN drover.groups g ON g.id = w.group_id
		LEFT JOIN drover.drivers r ON r.vehicle_id = w.id AND r.deleted IS NULL
		WHERE d.retired IS NULL`
)

// interval is seconds as extract(epoch) gives them, nil for null.
type interval struct{ seconds *float64 }

func (i interval) duration() (d protocols.Opt[time.Duration]) {
	if i.seconds != nil {
		d = protocols.Some(time.Duration(*i.seconds * float64(time.Second)))
	}
	return d
}

func deviceTargets(d *fleet.Device, clock *interval) []any {
	return []any{&d.ID, &d.Organization, &d.Vehicle, &d.Identity, &d.Protocol, &d.Model, &d.Phone,
		&d.Disabled, &clock.seconds, &d.Options, &d.Login, &d.Sealed, &d.Sender, &d.AnySender}
}

func scanDevice(row pgx.CollectableRow) (fleet.Device, error) {
	var d fleet.Device
	var clock interval
	err := row.Scan(deviceTargets(&d, &clock)...)
	d.Offset = clock.duration()
	return d, err
}

func scanDeviceRow(row pgx.CollectableRow) (d DeviceRow, err error) {
	var clock interval
	var heard *time.Time
	err = row.Scan(append(deviceTargets(&d.Device, &clock), &d.VehicleName, &d.Revision, &heard)...)
	d.Offset, d.Heard = clock.duration(), orZero(heard)
	return d, err
}

// offsetText is a clock's offset as the audit log names it: seconds, "" for the family's usual.
func offsetText(o protocols.Opt[time.Duration]) string {
	if !o.OK {
		return ""
	}
	return strconv.Itoa(int(o.Value / time.Second))
}

// optionsText is a profile's options as the audit log names them: name=value, by name.
func optionsText(options map[string]string) string {
	var b strings.Builder
	for i, name := range slices.Sorted(maps.Keys(options)) {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(name + "=" + options[name])
	}
	return b.String()
}

func (d *DeviceRow) facts() []fact {
	return []fact{{"identity", d.Identity}, {"protocol", d.Protocol}, {"model", d.Model}, {"phone", d.Phone},
		{"disabled", d.Disabled}, {"clock_offset_s", offsetText(d.Offset)}, {"options", optionsText(d.Options)},
		{"command_login", d.Login}, {"sender", d.Sender}, {"any_sender", d.AnySender}, {"vehicle", d.VehicleName}}
}

// Devices lists a scope's devices that are not retired, by identity.
func (s *Store) Devices(ctx context.Context, of fleet.Scope, p Page) (list []DeviceRow, next string, err error) {
	key, id, err := p.after()
	if err != nil {
		return nil, "", err
	}
	list, err = lookMany(ctx, s, of, "devices", scanDeviceRow, selectDevices+`
		AND ($1::text IS NULL OR (d.identity, d.id) > ($1, $2::int8))
		AND ($3::text IS NULL OR d.identity ILIKE $3 OR d.model ILIKE $3 OR d.phone ILIKE $3 OR w.name ILIKE $3
			OR w.plate ILIKE $3 OR g.path ILIKE $3 OR r.name ILIKE $3 OR r.phone ILIKE $3)
		ORDER BY d.identity, d.id LIMIT $4`, key, id, p.pattern(), p.limit()+1)
	if n := p.limit(); err == nil && len(list) > n {
		list = list[:n]
		next = cursor(list[n-1].Identity, int64(list[n-1].ID))
	}
	return list, next, err
}

// Device finds one that is not retired.
func (s *Store) Device(ctx context.Context, of fleet.Scope, id fleet.DeviceID) (d DeviceRow, err error) {
	err = s.look(ctx, of, "device", func(tx pgx.Tx) (err error) {
		d, err = deviceByID(ctx, tx, id)
		return err
	})
	return d, err
}

func deviceByID(ctx context.Context, tx pgx.Tx, id fleet.DeviceID) (DeviceRow, error) {
	return one(ctx, tx, "device", scanDeviceRow, selectDevices+` AND d.id = $1`, id)
}

// CreateDevice makes a device in a new vehicle; ErrExists if the identity is taken, by whichever organization.
func (s *Store) CreateDevice(ctx context.Context, of fleet.Scope, n NewDevice) (d DeviceRow, err error) {
	err = s.change(ctx, of, "device", func(tx pgx.Tx) (err error) {
		d, err = s.insertDevice(ctx, tx, of, n)
		return err
	})
	return d, err
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

func (s *Store) insertDevice(ctx context.Context, tx pgx.Tx, of fleet.Scope, n NewDevice) (d DeviceRow, err error) {
	if err := n.clean(); err != nil {
		return d, err
	}
	v := fleet.Vehicle{Name: n.Name, Plate: n.Plate}
	if v.Name == "" {
		v.Name = n.Identity
	}
	if v.Group, err = s.groupAt(ctx, tx, of, n.Group); err != nil {
		return d, err
	}
	// Two statements, since a policy does not see what its own statement writes.
	vehicle, err := s.insertVehicle(ctx, tx, of, v)
	if err != nil {
		return d, err
	}
	var id fleet.DeviceID
	err = tx.QueryRow(ctx, `INSERT INTO drover.devices (organization_id, vehicle_id, identity, protocol, model, phone)
		VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
		of.Organization, vehicle.ID, n.Identity, n.Protocol, n.Model, n.Phone).Scan(&id)
	if err != nil {
		return d, told(err, "device "+n.Identity)
	}
	if d, err = deviceByID(ctx, tx, id); err != nil {
		return d, err
	}
	return d, s.audit(ctx, tx, of, auditing{"create", "device", int64(id), d.Identity, differences(nil, d.facts())})
}

// UpdateDevice changes a device, if it has the revision (0: any): otherwise ErrStale.
func (s *Store) UpdateDevice(ctx context.Context, of fleet.Scope, id fleet.DeviceID, c DeviceChange, revision int) (
	d DeviceRow, err error,
) {
	err = s.change(ctx, of, "device", func(tx pgx.Tx) (err error) {
		d, err = s.changeDevice(ctx, tx, of, id, c, revision)
		return err
	})
	return d, err
}

func (s *Store) changeDevice(ctx context.Context, tx pgx.Tx, of fleet.Scope, id fleet.DeviceID, c DeviceChange,
	revision int,
) (d DeviceRow, err error) {
	if _, err := deviceNoun().lock(ctx, tx, int32(id), ` IS NULL`); err != nil {
		return d, err
	}
	before, err := deviceByID(ctx, tx, id)
	if err != nil {
		return d, err
	}
	if c.Vehicle != nil && *c.Vehicle != 0 {
		if err := isVehicle(ctx, tx, *c.Vehicle); err != nil {
			return d, err
		}
	}
	var offset *time.Duration
	var options any
	if c.Options != nil {
		options = c.Options
	}
	if c.Offset != nil && c.Offset.OK {
		offset = &c.Offset.Value
	}
	err = deviceNoun().revise(ctx, tx, int32(id), revision, `disabled = coalesce($3, disabled),
			protocol = coalesce($4, protocol), model = coalesce($5, model), phone = coalesce($6, phone),
			vehicle_id = CASE WHEN $7::int4 IS NULL THEN vehicle_id ELSE nullif($7, 0) END,
			clock_offset = CASE WHEN $8 THEN $9::interval ELSE clock_offset END, options = coalesce($10, options),
			command_login = coalesce($11, command_login), sender = coalesce($12, sender),
			any_sender = coalesce($13, any_sender),
			command_password = CASE WHEN $14 THEN $15 ELSE command_password END`,
		c.Disabled, cleaned(c.Protocol), cleaned(c.Model), cleaned(c.Phone), (*int32)(c.Vehicle), c.Offset != nil,
		offset, options, cleaned(c.Login), cleaned(c.Sender), c.AnySender, c.Sealed != nil, sealedOf(c.Sealed))
	if err != nil {
		return d, err
	}
	if d, err = deviceByID(ctx, tx, id); err != nil {
		return d, err
	}
	changes := differences(before.facts(), d.facts())
	if c.Sealed != nil {
		changes["command_password"] = Change{} // that it was changed, not what it is
	}
	return d, s.audit(ctx, tx, of, auditing{"change", "device", int64(id), d.Identity, changes})
}

// sealedOf is a password to be written; nil for none.
func sealedOf(p *[]byte) []byte {
	if p == nil || len(*p) == 0 {
		return nil
	}
	return *p
}

// RetireDevice ends a device's life; its history stays, and its identity is free for another.
func (s *Store) RetireDevice(ctx context.Context, of fleet.Scope, id fleet.DeviceID, revision int) error {
	return s.remove(ctx, of, deviceNoun(), int32(id), revision, nil)
}

// RestoreDevice brings a retired device back; ErrExists if its identity is another's by now.
func (s *Store) RestoreDevice(ctx context.Context, of fleet.Scope, id fleet.DeviceID) (d DeviceRow, err error) {
	err = s.change(ctx, of, "device", func(tx pgx.Tx) error {
		if err := s.restore(ctx, tx, of, deviceNoun(), int32(id), nil); err != nil {
			return err
		}
		d, err = deviceByID(ctx, tx, id)
		return err
	})
	return d, err
}
