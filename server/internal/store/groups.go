package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// GroupRow is a group as it is listed.
type GroupRow struct {
	fleet.Group
	Vehicles int64 // in it, without those of the groups below
	Revision int
}

// GroupChange says what to change of a group; nil leaves as it is.
type GroupChange struct {
	Name   *string
	Parent *fleet.GroupID // 0: to the top
}

// A group above which the caller does not see stands at the top.
const selectGroups = `SELECT g.id, g.organization_id, coalesce(p.id, 0), g.name, g.path, g.revision,
		(SELECT count(*) FROM drover.vehicles v WHERE v.group_id = g.id AND v.deleted IS NULL)
	FROM drover.groups g LEFT JOIN drover.groups p ON p.id = g.parent_id WHERE g.deleted IS NULL`

func scanGroup(row pgx.CollectableRow) (g GroupRow, err error) {
	err = row.Scan(&g.ID, &g.Organization, &g.Parent, &g.Name, &g.Path, &g.Revision, &g.Vehicles)
	return g, err
}

func (g *GroupRow) facts() []fact {
	return []fact{{"name", g.Name}, {"parent_id", int32(g.Parent)}}
}

// Groups lists a scope's groups, by path.
func (s *Store) Groups(ctx context.Context, of fleet.Scope) ([]GroupRow, error) {
	return lookMany(ctx, s, of, "groups", scanGroup, selectGroups+` ORDER BY lower(g.path), g.id`)
}

// Group finds one.
func (s *Store) Group(ctx context.Context, of fleet.Scope, id fleet.GroupID) (g GroupRow, err error) {
	err = s.look(ctx, of, "group", func(tx pgx.Tx) (err error) {
		g, err = groupByID(ctx, tx, id)
		return err
	})
	return g, err
}

func groupByID(ctx context.Context, tx pgx.Tx, id fleet.GroupID) (GroupRow, error) {
	return one(ctx, tx, "group", scanGroup, selectGroups+` AND g.id = $1`, id)
}

// CreateGroup makes a group in another, or at the top (0). ErrExists if there is one of the name.
func (s *Store) CreateGroup(ctx context.Context, of fleet.Scope, name string, parent fleet.GroupID) (
	g GroupRow, err error,
) {
	if name, err = groupName(name); err != nil {
		return g, err
	}
	err = s.change(ctx, of, "group", func(tx pgx.Tx) (err error) {
		if err := isGroup(ctx, tx, "parent_id", parent); err != nil {
			return err
		}
		g, err = s.insertGroup(ctx, tx, of, name, parent)
		return err
	})
	return g, err
}

func groupName(name string) (string, error) {
	name = strings.TrimSpace(cleanText(name))
	if name == "" || strings.Contains(name, "/") {
		return "", fmt.Errorf("%w name: a group has one, without /", ErrInvalid)
	}
	return name, nil
}

// isGroup says whether a group can be put to use, and keeps it from being deleted meanwhile; 0 can.
func isGroup(ctx context.Context, tx pgx.Tx, member string, id fleet.GroupID) error {
	if id == 0 {
		return nil
	}
	tag, err := tx.Exec(ctx, `SELECT FROM drover.groups WHERE id = $1 AND deleted IS NULL FOR SHARE`, id)
	if err == nil && tag.RowsAffected() == 0 {
		return fmt.Errorf("%w %s: there is no such group", ErrInvalid, member)
	}
	return err
}

func (s *Store) insertGroup(ctx context.Context, tx pgx.Tx, of fleet.Scope, name string, parent fleet.GroupID) (
	g GroupRow, err error,
) {
	var id fleet.GroupID
	err = tx.QueryRow(ctx, `INSERT INTO drover.groups (organization_id, parent_id, name)
		VALUES ($1, nullif($2::int4, 0), $3) RETURNING id`, of.Organization, parent, name).Scan(&id)
	if err != nil {
		return g, told(err, "group")
	}
	if g, err = groupByID(ctx, tx, id); err != nil {
		return g, err
	}
	return g, s.audit(ctx, tx, of, auditing{"create", "group", int64(id), g.Path, differences(nil, g.facts())})
}

// groupAt finds the group of a path, and makes what is missing of it; 0 for an empty path.
func (s *Store) groupAt(ctx context.Context, tx pgx.Tx, of fleet.Scope, path string) (fleet.GroupID, error) {
	var names []string
	for name := range strings.SplitSeq(path, "/") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	depth, at := len(names), fleet.GroupID(0)
	for ; depth > 0; depth-- { // the deepest that is there: the caller may not see what is above it
		err := tx.QueryRow(ctx, `SELECT coalesce(max(id), 0) FROM drover.groups
			WHERE organization_id = $1 AND lower(path) = lower($2) AND deleted IS NULL`,
			of.Organization, strings.Join(names[:depth], "/")).Scan(&at)
		if err != nil {
			return 0, told(err, "group")
		}
		if at != 0 {
			break
		}
	}
	for _, name := range names[depth:] {
		made, err := s.insertGroup(ctx, tx, of, name, at)
		if err != nil {
			return 0, err
		}
		at = made.ID
	}
	return at, nil
}

// UpdateGroup changes a group, if it has the revision (0: any): otherwise ErrStale; the paths of those below follow.
func (s *Store) UpdateGroup(ctx context.Context, of fleet.Scope, id fleet.GroupID, c GroupChange, revision int) (
	g GroupRow, err error,
) {
	if c.Name != nil {
		name, err := groupName(*c.Name)
		if err != nil {
			return g, err
		}
		c.Name = &name
	}
	err = s.change(ctx, of, "group", func(tx pgx.Tx) error {
		if _, err := groupNoun().lock(ctx, tx, int32(id), ` IS NULL`); err != nil {
			return err
		}
		before, err := groupByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if c.Parent != nil {
			if err := isGroup(ctx, tx, "parent_id", *c.Parent); err != nil {
				return err
			}
		}
		err = groupNoun().revise(ctx, tx, int32(id), revision, `name = coalesce($3, name),
			parent_id = CASE WHEN $4::int4 IS NULL THEN parent_id ELSE nullif($4, 0) END`, c.Name, (*int32)(c.Parent))
		if err != nil {
			return err
		}
		if g, err = groupByID(ctx, tx, id); err != nil {
			return err
		}
		return s.audit(ctx, tx, of, auditing{"change", "group", int64(id), g.Path, differences(before.facts(), g.facts())})
	})
	return g, err
}

// DeleteGroup marks a group as deleted; ErrHeld while it holds vehicles or groups, or somebody is limited to it.
func (s *Store) DeleteGroup(ctx context.Context, of fleet.Scope, id fleet.GroupID, revision int) error {
	return s.remove(ctx, of, groupNoun(), int32(id), revision, func(tx pgx.Tx) error {
		var vehicles, groups, users bool
		err := tx.QueryRow(ctx, `SELECT
			EXISTS (SELECT FROM drover.vehicles WHERE group_id = $1 AND deleted IS NULL),
			EXISTS (SELECT FROM drover.groups WHERE parent_id = $1 AND deleted IS NULL),
			EXISTS (SELECT FROM drover.user_groups WHERE group_id = $1)`, id).Scan(&vehicles, &groups, &users)
		switch {
		case err != nil:
			return err
		case vehicles:
			return fmt.Errorf("group: %w: there are vehicles in it", ErrHeld)
		case groups:
			return fmt.Errorf("group: %w: there are groups in it", ErrHeld)
		case users:
			return fmt.Errorf("group: %w: there are users who are limited to it", ErrHeld)
		}
		return nil
	})
}

// RestoreGroup brings a deleted group back; ErrHeld while the group above it is deleted too.
func (s *Store) RestoreGroup(ctx context.Context, of fleet.Scope, id fleet.GroupID) (g GroupRow, err error) {
	err = s.change(ctx, of, "group", func(tx pgx.Tx) error {
		err := s.restore(ctx, tx, of, groupNoun(), int32(id), func() error {
			var lost bool
			err := tx.QueryRow(ctx, `SELECT p.deleted IS NOT NULL FROM drover.groups g
				LEFT JOIN drover.groups p ON p.id = g.parent_id WHERE g.id = $1`, id).Scan(&lost)
			if err == nil && lost {
				return fmt.Errorf("group: %w: restore the group above it first", ErrHeld)
			}
			return err
		})
		if err != nil {
			return err
		}
		g, err = groupByID(ctx, tx, id)
		return err
	})
	return g, err
}
