package api

import (
	"bytes"
	"compress/gzip"
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

const (
	maxDrawn      = 4                    // tiles that are drawn at once; each holds a connection to the database
	maxTrackSpan  = 367 * 24 * time.Hour // a year, and a little
	tileMediaType = "application/vnd.mapbox-vector-tile"
	tileCached    = "private, max-age=60"
	worthZipping  = 1 << 10 // bytes
)

type trackStore interface {
	Tracks(
		ctx context.Context, of fleet.Scope, t store.Tile, vehicles []fleet.VehicleID, from, to time.Time,
	) ([]byte, error)
	Traces(
		ctx context.Context, of fleet.Scope, vehicles []fleet.VehicleID, from, to time.Time, fn func(*store.Trace) error,
	) error
	FixesAt(
		ctx context.Context, of fleet.Scope, at time.Time, vehicles []fleet.VehicleID,
		fn func(fleet.VehicleID, *fleet.Fix) error,
	) error
}

type trackInput struct {
	Zoom    int       `path:"z" minimum:"0" maximum:"20"`
	X       int       `path:"x" minimum:"0" maximum:"1048575"`
	Y       int       `path:"y" minimum:"0" maximum:"1048575"`
	From    time.Time `query:"from" doc:"From then on; left out, a day before to."`
	To      time.Time `query:"to" doc:"Before then, at most 367 days after from; left out, now."`
	Vehicle []int32   `query:"vehicle" maxItems:"1000" doc:"Only these; left out, all."`
	Accept  string    `header:"Accept-Encoding" maxLength:"1000"`
}

type tileOutput struct {
	ContentType     string `header:"Content-Type"`
	ContentEncoding string `header:"Content-Encoding" doc:"gzip, if you accept it and it is worth it."`
	CacheControl    string `header:"Cache-Control"`
	Vary            string `header:"Vary"`
	Body            []byte
}

func (a *api) addTracks() {
	register(a, huma.Operation{
		OperationID: "get-tracks", Method: http.MethodGet, Path: "/api/tracks/{z}/{x}/{y}", Tags: []string{"fixes"},
		Summary: "Where vehicles were between two times, as a vector tile",
		Description: "A Mapbox Vector Tile with the layer tracks (lines; vehicle, speed in km/h or -1) and, from zoom 12 " +
			"on, the layer fixes (points; vehicle, time in seconds since 1970, speed in km/h, course in degrees), thinned to " +
			"what can be told apart. It may lack the last 20 minutes. A tile where nobody was is empty.",
		Responses: map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{
			tileMediaType: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
		}}},
	}, a.getTracks)
}

func (a *api) getTracks(ctx context.Context, in *trackInput) (*tileOutput, error) {
	from, to, err := period(in.From, in.To, maxTrackSpan)
	if err != nil {
		return nil, err
	}
	select {
	case a.drawn <- struct{}{}:
		defer func() { <-a.drawn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	tile, err := a.Store.Tracks(ctx, scope(ctx), store.Tile{Zoom: in.Zoom, X: in.X, Y: in.Y}, vehicleIDs(in.Vehicle),
		from, to)
	if err != nil {
		return nil, err
	}
	out := &tileOutput{ContentType: tileMediaType, CacheControl: tileCached, Vary: "Accept-Encoding", Body: tile}
	if len(tile) >= worthZipping && strings.Contains(in.Accept, "gzip") {
		out.ContentEncoding, out.Body = "gzip", zipped(tile)
	}
	return out, nil
}

func zipped(b []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestSpeed) // a level that there is
	_, _ = w.Write(b)                                 // a bytes.Buffer takes everything
	_ = w.Close()
	return out.Bytes()
}
