package api

import (
	"context"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/paulmach/orb"

	"drover/geo"
	"drover/geo/places"
	"drover/protocols"
	"drover/server/internal/fleet"
)

const (
	maxDays = 31 * 24 * time.Hour
	dayEdge = 24 * time.Hour // how far beyond the ends is looked for where the vehicle stood
)

type dayInput struct {
	PathID
	From time.Time `query:"from" doc:"From then on; left out, a day before to."`
	To   time.Time `query:"to" doc:"Before then, at most 31 days after from; left out, now."`
}

// dayMembers names the members of a day, for the document only.
type dayMembers struct {
	Vehicle  int32               `json:"vehicle"`
	From     instant             `json:"from"`
	To       instant             `json:"to"`
	Segments []dayMembersSegment `json:"segments" nullable:"false" doc:"One after the other, without gaps."`
	Fixes    int64               `json:"fixes" doc:"Reports in that time."`
	Distance float64             `json:"distance_m" doc:"Covered while moving, in straight lines from fix to fix."`
	Moving   int64               `json:"moving_s"`
	Idle     int64               `json:"idle_s" doc:"Standing with the ignition on."`
	Stopped  int64               `json:"stopped_s"`
	Silent   int64               `json:"silent_s" doc:"Nothing was reported for more than 15 minutes, but for a vehicle that parked."`
	MaxSpeed float64             `json:"max_speed_kmh"`
}

type dayMembersSegment struct {
	State    string                  `json:"state" enum:"moving,idle,stopped,silent"`
	From     instant                 `json:"from"`
	To       instant                 `json:"to"`
	Distance float64                 `json:"distance_m"`
	MaxSpeed float64                 `json:"max_speed_kmh"`
	Start    orNull[dayMembersPlace] `json:"start" doc:"null: not known"`
	End      orNull[dayMembersPlace] `json:"end"`
}

type dayMembersPlace struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Place     string  `json:"place" example:"4 km NE of Melun, FR" doc:"Empty if not known."`
}

func (a *api) addDay() {
	register(a, huma.Operation{
		OperationID: "get-day", Method: http.MethodGet, Path: "/api/vehicles/{id}/day", Tags: []string{"fixes"},
		Summary:   "When a vehicle drove, stood and was silent, and how far it went",
		Responses: streamedResponse(map[string]*huma.Schema{"application/json": schemaOf[dayMembers](a)}),
	}, a.getDay)
}

// schemaOf is the schema of a type that is written by hand.
func schemaOf[T any](a *api) *huma.Schema {
	return a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
}

func (a *api) getDay(ctx context.Context, in *dayInput) (*streamOutput, error) {
	from, to, err := period(in.From, in.To, maxDays)
	if err != nil {
		return nil, err
	}
	of, id := scope(ctx), fleet.VehicleID(in.ID)
	if _, err := a.Store.Vehicle(ctx, of, id); err != nil {
		return nil, err
	}
	return a.streamed(http.Header{"Content-Type": {"application/json"}}, func(ctx context.Context, s *stream) error {
		d := &dayWriter{api: a, stream: s}
		s.buffer = strconv.AppendInt(append(s.buffer, `{"vehicle":`...), int64(in.ID), 10)
		s.buffer = appendTime(append(s.buffer, `,"from":`...), from)
		s.buffer = appendTime(append(s.buffer, `,"to":`...), to)
		s.buffer = append(s.buffer, `,"segments":[`...)
		if err := a.segments(ctx, of, id, from, to, d); err != nil {
			return err
		}
		s.buffer = d.totals(append(s.buffer, ']'))
		return d.err
	}), nil
}

// segments reads the fixes of a span, with the last before it and the first after it.
func (a *api) segments(
	ctx context.Context, of fleet.Scope, id fleet.VehicleID, from, to time.Time, d *dayWriter,
) error {
	segments := geo.NewSegments(from, to, d.segment)
	add := func(f *fleet.Fix) error {
		if f.Flags&fleet.FlagJump == 0 {
			segments.Add(reportOf(f))
		}
		return d.err
	}
	err := a.Store.FixesAt(ctx, of, from.Add(-time.Millisecond), []fleet.VehicleID{id},
		func(_ fleet.VehicleID, f *fleet.Fix) error { return add(f) })
	if err != nil {
		return err
	}
	err = a.Store.Fixes(ctx, of, id, from, to, 0, func(f *fleet.Fix) error {
		d.fixes++
		return add(f)
	})
	if err != nil {
		return err
	}
	if err := a.Store.Fixes(ctx, of, id, to, to.Add(dayEdge), 1, add); err != nil {
		return err
	}
	segments.End()
	return d.err
}

// reportOf is what a fix says of a vehicle's motion.
func reportOf(f *fleet.Fix) geo.Report {
	r := geo.Report{Time: f.Time, Located: f.Located && f.Valid, At: f.Point()}
	r.Speed, r.HasSpeed = f.Speed.Get()
	if on, ok := f.Ignition.Get(); ok {
		r.Ignition = geo.IgnitionOff
		if on {
			r.Ignition = geo.IgnitionOn
		}
	}
	return r
}

// dayWriter writes segments as they come, and adds them up.
type dayWriter struct {
	api      *api
	stream   *stream
	some     bool
	err      error // of the reader
	fixes    int64
	distance float64
	fastest  float64
	spent    [4]time.Duration // by geo.State
}

func (d *dayWriter) segment(s geo.Segment) {
	b := d.stream.buffer
	if d.some {
		b = append(b, ',')
	}
	d.some = true
	state := s.State.String()
	if s.State == geo.Unknown {
		state = "silent"
	}
	b = append(append(b, "\n"+`{"state":"`...), state...)
	b = appendTime(append(b, `","from":`...), s.From)
	b = appendTime(append(b, `,"to":`...), s.To)
	b = appendNumber(append(b, `,"distance_m":`...), s.Distance, 1)
	b = appendNumber(append(b, `,"max_speed_kmh":`...), s.MaxSpeed, 1)
	b = d.place(append(b, `,"start":`...), s.Start, s.Located)
	b = append(d.place(append(b, `,"end":`...), s.End, s.Located), '}')
	d.stream.buffer = b
	d.distance += s.Distance
	d.fastest = max(d.fastest, s.MaxSpeed)
	d.spent[s.State] += s.To.Sub(s.From)
	if d.err == nil {
		d.err = d.stream.sent()
	}
}

func (d *dayWriter) place(b []byte, at orb.Point, located bool) []byte {
	if !located {
		return append(b, "null"...)
	}
	b = appendNumber(append(b, `{"latitude":`...), at.Lat(), 7)
	b = appendNumber(append(b, `,"longitude":`...), at.Lon(), 7)
	name := ""
	if d.api.Places != nil {
		name = places.Name(d.api.Places, at)
	}
	return append(appendText(append(b, `,"place":`...), name), '}')
}

func (d *dayWriter) totals(b []byte) []byte {
	b = strconv.AppendInt(append(b, `,"fixes":`...), d.fixes, 10)
	b = appendNumber(append(b, `,"distance_m":`...), d.distance, 1)
	for _, total := range []struct {
		name  string
		state geo.State
	}{{"moving_s", geo.Moving}, {"idle_s", geo.Idle}, {"stopped_s", geo.Stopped}, {"silent_s", geo.Unknown}} {
		b = append(append(append(b, `,"`...), total.name...), `":`...)
		b = strconv.AppendInt(b, int64(d.spent[total.state].Round(time.Second)/time.Second), 10)
	}
	return append(appendNumber(append(b, `,"max_speed_kmh":`...), d.fastest, 1), "}\n"...)
}

// appendTime writes a time as JSON.
func appendTime(b []byte, t time.Time) []byte {
	return append(t.UTC().AppendFormat(append(b, '"'), protocols.TimeLayout), '"')
}
