package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
)

type atInput struct {
	Time    time.Time `query:"time" doc:"Left out: now."`
	Vehicle []int32   `query:"vehicle" maxItems:"1000" doc:"Only these; left out, all."`
}

// atMembers names the members of the fleet at a moment, for the document only.
type atMembers struct {
	Time  instant         `json:"time"`
	Items []atMembersItem `json:"items" nullable:"false"`
}

type atMembersItem struct {
	Vehicle int32   `json:"vehicle"`
	Device  int32   `json:"device"`
	Age     float64 `json:"age_s" doc:"How old the fix was at that time."`
	Fix     fix     `json:"fix"`
}

func (a *api) addAt() {
	register(a, huma.Operation{
		OperationID: "list-fixes-at", Method: http.MethodGet, Path: "/api/fixes/at", Tags: []string{"fixes"},
		Summary:     "Where the fleet was at a time",
		Description: "The latest fix of each vehicle at or before that time, at most 24 hours before.",
		Responses:   streamedResponse(map[string]*huma.Schema{"application/json": schemaOf[atMembers](a)}),
	}, a.listFixesAt)
}

func (a *api) listFixesAt(ctx context.Context, in *atInput) (*streamOutput, error) {
	at := in.Time
	if at.IsZero() {
		at = time.Now()
	}
	if err := checkPeriod("query.", at, at.Add(time.Second)); err != nil {
		return nil, err
	}
	of := scope(ctx)
	return a.streamed(http.Header{"Content-Type": {"application/json"}}, func(ctx context.Context, s *stream) error {
		s.buffer = append(appendTime(append(s.buffer, `{"time":`...), at), `,"items":[`...)
		some := false
		err := a.Store.FixesAt(ctx, of, at, vehicleIDs(in.Vehicle), func(v fleet.VehicleID, f *fleet.Fix) error {
			if some {
				s.buffer = append(s.buffer, ',')
			}
			some = true
			b := strconv.AppendInt(append(s.buffer, "\n"+`{"vehicle":`...), int64(v), 10)
			b = strconv.AppendInt(append(b, `,"device":`...), int64(f.Device), 10)
			b = appendNumber(append(b, `,"age_s":`...), at.Sub(f.Time).Seconds(), 3)
			s.buffer = append(appendFix(append(b, `,"fix":`...), f), '}')
			return s.sent()
		})
		s.buffer = append(s.buffer, "\n]}\n"...)
		return err
	}), nil
}

// vehicleIDs are those that a query names; nil for all.
func vehicleIDs(named []int32) []fleet.VehicleID {
	var ids []fleet.VehicleID
	for _, id := range named {
		ids = append(ids, fleet.VehicleID(id))
	}
	return ids
}
