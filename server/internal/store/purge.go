package store

import (
	"context"
	"fmt"
	"time"
)

// purge removes for good what was deleted longer than Kept ago. A device stays as long as a vehicle has a part of its
// history, and a group while a user is limited to it, who would otherwise see everything.
func (s *Store) purge(ctx context.Context, now time.Time) error {
	before := now.Add(-Kept)
	for _, sql := range []string{
		`DELETE FROM drover.drivers WHERE deleted < $1`,
		`UPDATE drover.drivers SET vehicle_id = NULL
			WHERE vehicle_id IN (SELECT id FROM drover.vehicles WHERE deleted < $1)`,
		`UPDATE drover.devices SET vehicle_id = NULL
			WHERE vehicle_id IN (SELECT id FROM drover.vehicles WHERE deleted < $1)`,
		`DELETE FROM drover.vehicles WHERE deleted < $1`,
		`DELETE FROM drover.sims WHERE deleted < $1`,
		`WITH gone AS (DELETE FROM drover.devices d WHERE retired < $1
				AND NOT EXISTS (SELECT FROM drover.installations i WHERE i.device_id = d.id) RETURNING id)
			DELETE FROM drover.device_state WHERE device_id IN (SELECT id FROM gone)`,
		`DELETE FROM drover.users WHERE deleted < $1`,
		`DELETE FROM drover.groups g WHERE deleted < $1
			AND NOT EXISTS (SELECT FROM drover.groups b WHERE b.parent_id = g.id)
			AND NOT EXISTS (SELECT FROM drover.vehicles v WHERE v.group_id = g.id)
			AND NOT EXISTS (SELECT FROM drover.user_groups u WHERE u.group_id = g.id)`,
	} {
		if _, err := s.pool.Exec(ctx, sql, before); err != nil {
			return fmt.Errorf("purging what was deleted: %w", err)
		}
	}
	return nil
}
