package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// Link shows one vehicle to whoever has its secret.
type Link struct {
	ID          int32
	Vehicle     fleet.VehicleID
	VehicleName string // as it is now
	User        fleet.UserID
	Name        string // what it is for
	Created     time.Time
	Expires     time.Time
}

const linkColumns = `l.id, l.vehicle_id, v.name, coalesce(l.user_id, 0), l.name, l.created, l.expires`

func linkTargets(l *Link) []any {
	return []any{&l.ID, &l.Vehicle, &l.VehicleName, &l.User, &l.Name, &l.Created, &l.Expires}
}

func scanLink(row pgx.CollectableRow) (Link, error) {
	var l Link
	err := row.Scan(linkTargets(&l)...)
	l.Created, l.Expires = l.Created.UTC(), l.Expires.UTC()
	return l, err
}

// CreateLink keeps a link by the SHA-256 of its secret, for Vehicle, Name and Expires of l; ErrNotFound if the caller
// does not see the vehicle.
func (s *Store) CreateLink(ctx context.Context, of fleet.Scope, l Link, hash [32]byte) (made Link, err error) {
	err = s.change(ctx, of, "link", func(tx pgx.Tx) (err error) {
		made, err = one(ctx, tx, "vehicle", scanLink, `WITH v AS (
				SELECT id, organization_id, name FROM drover.vehicles WHERE id = $1 AND deleted IS NULL),
			l AS (INSERT INTO drover.links (organization_id, vehicle_id, user_id, hash, name, expires)
				SELECT organization_id, id, $2, $3, $4, $5 FROM v RETURNING *)
			SELECT `+linkColumns+` FROM l JOIN v ON v.id = l.vehicle_id`,
			l.Vehicle, of.User, hash[:], cleanText(l.Name), l.Expires)
		if err != nil {
			return err
		}
		return s.audit(ctx, tx, of, auditing{"create", "link", int64(made.ID), made.VehicleName, differences(nil, []fact{
			{"name", made.Name}, {"expires", made.Expires.Format(time.RFC3339)},
		})})
	})
	return made, err
}

// Links lists the links that still work to vehicles that the caller sees, by id.
func (s *Store) Links(ctx context.Context, of fleet.Scope) ([]Link, error) {
	return lookMany(ctx, s, of, "links", scanLink, `SELECT `+linkColumns+` FROM drover.links l
		JOIN drover.vehicles v ON v.id = l.vehicle_id WHERE l.expires > now() AND v.deleted IS NULL ORDER BY l.id`)
}

// DeleteLink ends a link.
func (s *Store) DeleteLink(ctx context.Context, of fleet.Scope, id int32) error {
	return s.change(ctx, of, "link", func(tx pgx.Tx) error {
		gone, err := one(ctx, tx, "link", scanLink, `WITH l AS (DELETE FROM drover.links WHERE id = $1 RETURNING *)
			SELECT `+linkColumns+` FROM l JOIN drover.vehicles v ON v.id = l.vehicle_id`, id)
		if err != nil {
			return err
		}
		return s.audit(ctx, tx, of, auditing{"delete", "link", int64(id), gone.VehicleName, nil})
	})
}

// SharedLink finds a link by its secret, and as whom its vehicle is to be looked at: whoever made it. ErrNotFound if it
// is unknown or has expired, or if that user is not welcome any more.
func (s *Store) SharedLink(ctx context.Context, hash [32]byte) (Link, fleet.Scope, error) {
	var l Link
	var of fleet.Scope
	err := s.pool.QueryRow(ctx, `SELECT `+linkColumns+`, u.organization_id, drover.groups_of(u.id)
		FROM drover.links l JOIN drover.vehicles v ON v.id = l.vehicle_id JOIN drover.users u ON u.id = l.user_id
		WHERE l.hash = $1 AND l.expires > now() AND v.deleted IS NULL AND u.deleted IS NULL AND NOT u.disabled`,
		hash[:]).Scan(append(linkTargets(&l), &of.Organization, &of.Groups)...)
	l.Created, l.Expires, of.User = l.Created.UTC(), l.Expires.UTC(), l.User
	return l, of, told(err, "link")
}
