package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

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

// errTry ends the transaction of an import that is only tried.
var errTry = errors.New("only tried")

// ImportDevices makes the devices that are not there and updates those that are, in one transaction; what a row leaves
// empty stays as it is. Rows that fail are listed, the others kept. A try says what would become of them, and changes
// nothing.
func (s *Store) ImportDevices(ctx context.Context, of fleet.Scope, list []NewDevice, try bool) (Imported, error) {
	return importRows(ctx, s, of, list, try, s.importDevice)
}

// importRows takes rows in, one after the other, by what imports one.
func importRows[T any](ctx context.Context, s *Store, of fleet.Scope, list []T, try bool,
	do func(context.Context, pgx.Tx, fleet.Scope, T) (updated bool, err error),
) (Imported, error) {
	var result Imported
	err := s.change(ctx, of, "import", func(tx pgx.Tx) error {
		result = Imported{}
		for i := range list {
			var updated bool
			err := pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) (err error) { // a savepoint
				updated, err = do(ctx, tx, of, list[i])
				return err
			})
			if err := result.note(i, updated, err); err != nil {
				return err
			}
		}
		if try {
			return errTry
		}
		return nil
	})
	if err != nil && !errors.Is(err, errTry) {
		return Imported{}, err
	}
	return result, nil
}

// note notes what became of a row; it gives the error if that is not about the row.
func (i *Imported) note(row int, updated bool, err error) error {
	if brokePolicy(err) {
		err = outside("row")
	}
	switch {
	case err == nil && updated:
		i.Updated++
	case err == nil:
		i.Added++
	case isRefusal(err):
		i.Failed = append(i.Failed, RowError{Row: row, Message: err.Error()})
	default:
		return err
	}
	return nil
}

func (s *Store) importDevice(ctx context.Context, tx pgx.Tx, of fleet.Scope, n NewDevice) (updated bool, err error) {
	if err := n.clean(); err != nil {
		return false, err
	}
	known, err := many(ctx, tx, "device", scanDeviceRow, selectDevices+` AND d.identity = $1`, n.Identity)
	if err != nil {
		return false, err
	}
	if len(known) == 0 {
		_, err = s.insertDevice(ctx, tx, of, n)
		return false, err
	}
	d := &known[0]
	change := DeviceChange{Protocol: given(n.Protocol, d.Protocol), Model: given(n.Model, d.Model),
		Phone: given(n.Phone, d.Phone)}
	if change.Protocol != nil || change.Model != nil || change.Phone != nil {
		if _, err := s.changeDevice(ctx, tx, of, d.ID, change, 0); err != nil {
			return true, err
		}
	}
	if d.Vehicle == 0 || n.Name+n.Plate+n.Group == "" {
		return true, nil
	}
	v, err := one(ctx, tx, "vehicle", scanVehicleRow, selectVehicles+` AND v.id = $1`, d.Vehicle)
	if err != nil {
		return true, err
	}
	moves := VehicleChange{Name: given(n.Name, v.Name), Plate: given(n.Plate, v.Plate)}
	if n.Group != "" {
		group, err := s.groupAt(ctx, tx, of, n.Group)
		if err != nil {
			return true, err
		}
		if group != v.Group {
			moves.Group = &group
		}
	}
	if moves == (VehicleChange{}) {
		return true, nil
	}
	return true, s.changeVehicle(ctx, tx, of, v.ID, moves, 0)
}

// given is what a row says of a member; nil if it says nothing, or nothing new.
func given[T comparable](now, before T) *T {
	var nothing T
	if now == nothing || now == before {
		return nil
	}
	return &now
}
