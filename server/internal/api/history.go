package api

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type fixStore interface {
	Fixes(
		ctx context.Context, of fleet.Scope, v fleet.VehicleID, from, to time.Time, limit int,
		fn func(*fleet.Fix) error,
	) error
	trackStore
	LastFixes(ctx context.Context, of fleet.Scope, fn func(store.LastFix) error) error
	Within(
		ctx context.Context, of fleet.Scope, geojson []byte, from, to time.Time,
	) ([]store.Inside, error)
}

// exporter writes a history in one format. Each function appends to b; begin comes first, then every fix in order,
// then end.
type exporter interface {
	begin(b []byte, h *history) []byte
	fix(b []byte, f *fleet.Fix) []byte
	end(b []byte) []byte
}

// history is what an export is of.
type history struct {
	vehicle  store.VehicleRow
	from, to time.Time
}

type historyInput struct {
	PathID
	From   time.Time `query:"from" doc:"From then on; left out, a day before to."`
	To     time.Time `query:"to" doc:"Before then; left out, now."`
	Format string    `query:"format" enum:"json,geojson,gpx,kml,csv" default:"json"`
	Limit  int       `query:"limit" minimum:"1" maximum:"100000000" doc:"At most so many, the earliest; left out, all."`
}

// historyMembers names the members of the JSON format, for the document only.
type historyMembers struct {
	Vehicle int32   `json:"vehicle"`
	From    instant `json:"from"`
	To      instant `json:"to"`
	Fixes   []fix   `json:"fixes" nullable:"false"`
}

func (a *api) addHistory() {
	text := &huma.Schema{Type: huma.TypeString}
	register(a, huma.Operation{
		OperationID: "get-history", Method: http.MethodGet, Path: "/api/vehicles/{id}/fixes", Tags: []string{"fixes"},
		Summary: "Where a vehicle was between two times, the earliest first",
		Description: "Streamed: however long the time, it begins at once. A connection that breaks means that the rest " +
			"is missing.",
		Responses: streamedResponse(map[string]*huma.Schema{
			"application/json":     a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[historyMembers](), true, ""),
			"application/geo+json": {Type: huma.TypeObject}, "application/gpx+xml": text,
			"application/vnd.google-earth.kml+xml": text, "text/csv": text,
		}),
	}, a.getHistory)
}

func (a *api) getHistory(ctx context.Context, in *historyInput) (*streamOutput, error) {
	h := history{}
	var err error
	if h.from, h.to, err = period(in.From, in.To, 0); err != nil {
		return nil, err
	}
	if h.vehicle, err = a.Store.Vehicle(ctx, scope(ctx), fleet.VehicleID(in.ID)); err != nil {
		return nil, err
	}
	export, mediaType := newExporter(in.Format)
	header := http.Header{"Content-Type": {mediaType}}
	if in.Format != "json" {
		name := fmt.Sprintf("vehicle-%d-%s.%s", in.ID, h.from.UTC().Format("20060102T150405Z"), in.Format)
		header["Content-Disposition"] = []string{`attachment; filename="` + name + `"`}
	}
	return a.streamed(header, func(ctx context.Context, s *stream) error {
		s.buffer = export.begin(s.buffer, &h)
		err := a.Store.Fixes(ctx, scope(ctx), h.vehicle.ID, h.from, h.to, in.Limit, func(f *fleet.Fix) error {
			s.buffer = export.fix(s.buffer, f)
			return s.sent()
		})
		s.buffer = export.end(s.buffer)
		return err
	}), nil
}

func newExporter(format string) (export exporter, mediaType string) {
	switch format {
	case "geojson":
		return &geoJSONExport{}, "application/geo+json"
	case "gpx":
		return &gpxExport{}, "application/gpx+xml"
	case "kml":
		return &kmlExport{}, "application/vnd.google-earth.kml+xml"
	case "csv":
		return &csvExport{}, "text/csv; charset=utf-8"
	default:
		return &jsonExport{}, "application/json"
	}
}

// period is the span that a query asks for: from a day before to until now, unless it says otherwise, and no longer
// than longest (0: as long as you like).
func period(from, to time.Time, longest time.Duration) (time.Time, time.Time, error) {
	if to.IsZero() {
		to = time.Now()
	}
	if from.IsZero() {
		from = to.AddDate(0, 0, -1)
	}
	if err := checkPeriod("query.", from, to); err != nil {
		return from, to, err
	}
	if longest > 0 && to.Sub(from) > longest {
		return from, to, huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{
			Location: "query.from", Value: from,
			Message: fmt.Sprintf("want a time at most %.0f hours before to", longest.Hours()),
		})
	}
	return from, to, nil
}

// checkPeriod demands from < to, in years that a database and a tracker know.
func checkPeriod(where string, from, to time.Time) error {
	for _, limit := range []struct {
		name string
		at   time.Time
	}{{"from", from}, {"to", to}} {
		if y := limit.at.UTC().Year(); y < 1970 || y > 2200 {
			return huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{
				Location: where + limit.name, Message: "want a year from 1970 to 2200", Value: limit.at,
			})
		}
	}
	if !from.Before(to) {
		return huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{
			Location: where + "from", Message: "want a time before to, " + to.UTC().Format(protocols.TimeLayout), Value: from,
		})
	}
	return nil
}
