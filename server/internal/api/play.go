package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/paulmach/orb"

	"drover/geo"
	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

const (
	maxPlayed    = 24 * time.Hour
	playedWhole  = 50   // vehicles, up to which every fix is looked at
	playedPoints = 2000 // of a vehicle, unless a step is given
)

type playInput struct {
	From    time.Time `query:"from" doc:"From then on; left out, a day before to."`
	To      time.Time `query:"to" doc:"Before then, at most 24 hours after from; left out, now."`
	Vehicle []int32   `query:"vehicle" maxItems:"1000" doc:"Only these; left out, all."`
	Step    int       `query:"step" minimum:"1" maximum:"86400" doc:"At most one point of a vehicle in so many seconds."`
}

// playMembers names the members of a playback, for the document only.
type playMembers struct {
	From     instant              `json:"from"`
	To       instant              `json:"to"`
	Step     orNull[int]          `json:"step"`
	Vehicles []playMembersVehicle `json:"vehicles" nullable:"false"`
}

type playMembersVehicle struct {
	ID        int32             `json:"id"`
	Time      []int64           `json:"time_s" nullable:"false" doc:"Seconds after from, rising."`
	Latitude  []float64         `json:"latitude" nullable:"false"`
	Longitude []float64         `json:"longitude" nullable:"false"`
	Speed     []orNull[float64] `json:"speed_kmh" nullable:"false" doc:"null: not said"`
	Course    []orNull[float64] `json:"course_deg" nullable:"false" doc:"null: not said"`
}

func (a *api) addPlay() {
	register(a, huma.Operation{
		OperationID: "play-fixes", Method: http.MethodGet, Path: "/api/fixes/play", Tags: []string{"fixes"},
		Summary: "Where many vehicles went, for playback on one clock",
		Description: "Thinned so that the shape and the stops stay: up to 50 vehicles have at most about 2,000 points " +
			"each; more are given as their tracks have them, which may lack the last 20 minutes.",
		Responses: streamedResponse(map[string]*huma.Schema{"application/json": schemaOf[playMembers](a)}),
	}, a.playFixes)
}

func (a *api) playFixes(ctx context.Context, in *playInput) (*streamOutput, error) {
	from, to, err := period(in.From, in.To, maxPlayed)
	if err != nil {
		return nil, err
	}
	of, ids := scope(ctx), vehicleIDs(in.Vehicle)
	if ids == nil {
		rows, next, err := a.Store.Vehicles(ctx, of, store.Page{Limit: playedWhole})
		if err != nil {
			return nil, err
		}
		if next == "" {
			ids = []fleet.VehicleID{}
			for i := range rows {
				ids = append(ids, rows[i].ID)
			}
		}
	}
	return a.streamed(http.Header{"Content-Type": {"application/json"}}, func(ctx context.Context, s *stream) error {
		p := &player{stream: s, from: from, step: time.Duration(in.Step) * time.Second}
		p.begin(to)
		var err error
		if ids == nil || len(ids) > playedWhole {
			err = a.Store.Traces(ctx, of, ids, from, to, p.trace)
		} else {
			err = a.playWhole(ctx, of, ids, to, p)
		}
		s.buffer = append(s.buffer, "]}\n"...)
		return err
	}), nil
}

// playWhole looks at every fix of the vehicles. One that is not there has none.
func (a *api) playWhole(ctx context.Context, of fleet.Scope, ids []fleet.VehicleID, to time.Time, p *player) error {
	for _, id := range ids {
		var points []played
		err := a.Store.Fixes(ctx, of, id, p.from, to, 0, func(f *fleet.Fix) error {
			if f.Located && f.Valid && f.Flags&fleet.FlagJump == 0 {
				points = append(points, played{f.Time.Sub(p.from), f.Point(), f.Speed, f.Course})
			}
			return nil
		})
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if p.step == 0 {
			points = thinned(points)
		}
		if err := p.vehicle(id, points); err != nil {
			return err
		}
	}
	return nil
}

// played is a point of a playback.
type played struct {
	after         time.Duration // from
	at            orb.Point
	speed, course protocols.Opt[float64]
}

// rests says whether the vehicle stood there, as far as is known.
func (p *played) rests() bool { return p.speed.OK && p.speed.Value <= geo.SlowSpeed }

// thinned keeps the points that the shape needs, and the ends of each stop: between two points a vehicle went evenly.
func thinned(points []played) []played {
	if len(points) <= playedPoints {
		return points
	}
	line := make(orb.LineString, len(points))
	for i := range points {
		line[i] = points[i].at
	}
	shape := geo.Thin(line, playedPoints)
	var kept []played
	for i := range points {
		inShape := len(shape) > 0 && shape[0] == i
		if inShape {
			shape = shape[1:]
		}
		turns := i > 0 && points[i].rests() != points[i-1].rests() ||
			i+1 < len(points) && points[i].rests() != points[i+1].rests()
		if inShape || turns {
			kept = append(kept, points[i])
		}
	}
	return kept
}

// player writes a playback.
type player struct {
	stream *stream
	from   time.Time
	step   time.Duration
	some   bool
}

func (p *player) begin(to time.Time) {
	b := appendTime(append(p.stream.buffer, `{"from":`...), p.from)
	b = append(appendTime(append(b, `,"to":`...), to), `,"step":`...)
	if p.step > 0 {
		b = strconv.AppendInt(b, int64(p.step/time.Second), 10)
	} else {
		b = append(b, "null"...)
	}
	p.stream.buffer = append(b, `,"vehicles":[`...)
}

func (p *player) trace(t *store.Trace) error {
	points := make([]played, len(t.Time))
	for i := range points {
		points[i] = played{after: time.Unix(t.Time[i], 0).Sub(p.from), at: orb.Point{t.Longitude[i], t.Latitude[i]}}
		if t.Speed[i] >= 0 {
			points[i].speed = protocols.Some(float64(t.Speed[i]))
		}
	}
	for i := range points[:max(len(points)-1, 0)] {
		if here, next := points[i].at, points[i+1].at; here != next {
			points[i].course = protocols.Some(geo.Bearing(here, next))
		}
	}
	return p.vehicle(t.Vehicle, points)
}

// vehicle writes one, with at most a point a step; who has none is left out.
func (p *player) vehicle(id fleet.VehicleID, points []played) error {
	if points = p.stepped(points); len(points) == 0 {
		return nil
	}
	b := p.stream.buffer
	if p.some {
		b = append(b, ',')
	}
	p.some = true
	b = strconv.AppendInt(append(b, "\n"+`{"id":`...), int64(id), 10)
	for _, column := range []struct {
		name     string
		value    func(*played) (float64, bool)
		decimals int
	}{
		{"time_s", func(p *played) (float64, bool) { return p.after.Seconds(), true }, 0},
		{"latitude", func(p *played) (float64, bool) { return p.at.Lat(), true }, 6},
		{"longitude", func(p *played) (float64, bool) { return p.at.Lon(), true }, 6},
		{"speed_kmh", func(p *played) (float64, bool) { return p.speed.Get() }, 1},
		{"course_deg", func(p *played) (float64, bool) { return p.course.Get() }, 0},
	} {
		b = append(append(append(b, `,"`...), column.name...), `":[`...)
		for i := range points {
			if i > 0 {
				b = append(b, ',')
			}
			if v, ok := column.value(&points[i]); ok {
				b = appendNumber(b, v, column.decimals)
			} else {
				b = append(b, "null"...)
			}
		}
		b = append(b, ']')
	}
	p.stream.buffer = append(b, '}')
	return p.stream.sent()
}

// stepped keeps the first point of each step.
func (p *player) stepped(points []played) []played {
	if p.step == 0 {
		return points
	}
	kept, last := points[:0], time.Duration(-1)
	for _, point := range points {
		if n := point.after / p.step; n != last {
			kept, last = append(kept, point), n
		}
	}
	return kept
}
