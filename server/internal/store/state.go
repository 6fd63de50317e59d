package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/server/internal/fleet"
)

// stateRows are the columns of the device_state rows to save.
type stateRows struct {
	device, received, latitude, longitude  []int32
	revision                               []int64
	newest                                 []time.Time
	motion, altitude, speed, course, flags []int16
	motionSince, time                      []*time.Time
	data, latest                           [][]byte
}

func (r *stateRows) encode(e *encoder, states []DeviceState) {
	*r = stateRows{}
	for i := range states {
		s := &states[i]
		c := rowOf(&s.Last)
		r.device = append(r.device, int32(s.Device))
		r.revision = append(r.revision, s.Revision+1)
		r.newest = append(r.newest, s.Newest)
		r.motion = append(r.motion, int16(s.Motion))
		r.motionSince = append(r.motionSince, orNull(&s.MotionSince))
		r.time = append(r.time, orNull(&s.Last.Time))
		r.received = append(r.received, c.received)
		r.latitude = append(r.latitude, c.latitude)
		r.longitude = append(r.longitude, c.longitude)
		r.altitude = append(r.altitude, c.altitude)
		r.speed = append(r.speed, c.speed)
		r.course = append(r.course, c.course)
		r.flags = append(r.flags, c.flags)
		r.data = append(r.data, e.position([]byte{}, &c, &s.Last.Position))
		latest := []byte{}
		for j := range s.Values {
			latest = e.value(latest, &s.Values[j], s.Newest)
		}
		r.latest = append(r.latest, latest)
	}
}

func orNull(t *time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return t
}

// save writes the states; ErrMoved if one is not of the revision that it was loaded with.
func (r *stateRows) save(ctx context.Context, tx pgx.Tx) error {
	if len(r.device) == 0 {
		return nil
	}
	tag, err := tx.Exec(ctx, `INSERT INTO drover.device_state AS s (device_id, revision, newest, motion, motion_since,
			time, received, latitude, longitude, altitude, speed, course, flags, data, latest)
		SELECT * FROM unnest($1::int4[], $2::int8[], $3::timestamptz[], $4::int2[], $5::timestamptz[], $6::timestamptz[],
			$7::int4[], $8::int4[], $9::int4[], $10::int2[], $11::int2[], $12::int2[], $13::int2[], $14::bytea[], $15::bytea[])
		ON CONFLICT (device_id) DO UPDATE SET
			(revision, newest, motion, motion_since, time, received, latitude, longitude,
				altitude, speed, course, flags, data, latest) =
			(excluded.revision, excluded.newest, excluded.motion, excluded.motion_since, excluded.time, excluded.received,
				excluded.latitude, excluded.longitude, excluded.altitude, excluded.speed, excluded.course, excluded.flags,
				excluded.data, excluded.latest)
		WHERE s.revision = excluded.revision - 1`,
		r.device, r.revision, r.newest, r.motion, r.motionSince, r.time, r.received, r.latitude, r.longitude,
		r.altitude, r.speed, r.course, r.flags, r.data, r.latest)
	if err == nil && tag.RowsAffected() != int64(len(r.device)) {
		return ErrMoved
	}
	return err
}

const stateColumns = `s.device_id, s.revision, s.newest, s.motion, s.motion_since, s.time, s.received,
	s.latitude, s.longitude, s.altitude, s.speed, s.course, s.flags, s.data, s.latest`

// stateRow is one device_state row under the cursor.
type stateRow struct {
	row
	revision    int64
	newest      time.Time
	motion      int16
	motionSince *time.Time
	last        *time.Time
	data        []byte
	latest      []byte
}

func (r *stateRow) targets() []any {
	return []any{&r.device, &r.revision, &r.newest, &r.motion, &r.motionSince, &r.last, &r.received,
		&r.latitude, &r.longitude, &r.altitude, &r.speed, &r.course, &r.flags, &r.data, &r.latest}
}

// lastFix reads the last fix that counts into f; false if there is none.
func (r *stateRow) lastFix(n *names, f *fleet.Fix) (bool, error) {
	if r.last == nil {
		return false, nil
	}
	r.row.time = microseconds(*r.last)
	f.Attributes = nil
	r.row.fix(f)
	d := decoder{names: n, data: r.data}
	return true, d.position(&f.Position)
}

func (r *stateRow) state(n *names, s *DeviceState) error {
	*s = DeviceState{Revision: r.revision, Newest: r.newest.UTC()}
	s.Device = fleet.DeviceID(r.device)
	s.Motion = fleet.Motion(r.motion)
	if r.motionSince != nil {
		s.MotionSince = r.motionSince.UTC()
	}
	if _, err := r.lastFix(n, &s.Last); err != nil {
		return err
	}
	d := decoder{names: n, data: r.latest}
	var err error
	s.Values, err = d.values(s.Newest)
	return err
}

// DeviceStates loads what is stored of devices; those that never were stored come with Revision 0 and nothing else.
func (s *Store) DeviceStates(ctx context.Context, ids []fleet.DeviceID) ([]DeviceState, error) {
	keys := make([]int32, len(ids))
	for i, id := range ids {
		keys[i] = int32(id)
	}
	found := make(map[fleet.DeviceID]DeviceState, len(ids))
	err := s.eachState(ctx, s.pool, func(state *DeviceState) error {
		found[state.Device] = *state
		return nil
	}, `SELECT `+stateColumns+` FROM drover.device_state s WHERE s.device_id = ANY ($1)`, keys)
	if err != nil {
		return nil, err
	}
	states := make([]DeviceState, len(ids))
	for i, id := range ids {
		states[i] = found[id]
		states[i].Device = id
	}
	return states, nil
}

// AllStates gives every device's state, of every organization, in no order.
func (s *Store) AllStates(ctx context.Context, fn func(*fleet.State) error) error {
	return s.eachState(ctx, s.pool, func(state *DeviceState) error { return fn(&state.State) },
		`SELECT `+stateColumns+` FROM drover.device_state s JOIN drover.devices d ON d.id = s.device_id
		WHERE d.retired IS NULL`)
}

// State gives what is known of a device; a zero State with its Device if it has never spoken.
func (s *Store) State(ctx context.Context, of fleet.Scope, device fleet.DeviceID) (state fleet.State, err error) {
	err = s.look(ctx, of, "device", func(tx pgx.Tx) error {
		if _, err := deviceByID(ctx, tx, device); err != nil {
			return err
		}
		state.Device = device
		return s.eachState(ctx, tx, func(found *DeviceState) error {
			state = found.State
			return nil
		}, `SELECT `+stateColumns+` FROM drover.device_state s WHERE s.device_id = $1`, device)
	})
	return state, err
}

func (s *Store) eachState(ctx context.Context, q querier, fn func(*DeviceState) error, sql string, args ...any) error {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return told(err, "device states")
	}
	defer rows.Close()
	var r stateRow
	n := s.reading()
	for rows.Next() {
		if err := rows.Scan(r.targets()...); err != nil {
			return told(err, "device states")
		}
		var state DeviceState
		if err := n.retry(ctx, func(n *names) error { return r.state(n, &state) }); err != nil {
			return fmt.Errorf("reading the state of device %d: %w", r.device, err)
		}
		if err := fn(&state); err != nil {
			return err
		}
	}
	return told(rows.Err(), "device states")
}
