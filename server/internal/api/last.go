package api

import (
	"context"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/store"
)

// lastMembers names the members of an item of the last fixes, for the document only.
type lastMembers struct {
	Vehicle orNull[int32] `json:"vehicle" doc:"null: the device is in none"`
	Device  int32         `json:"device"`
	Motion  string        `json:"motion" enum:"moving,idle,stopped,unknown"`
	Fix     fix           `json:"fix"`
}

func (a *api) addLastFixes() {
	register(a, huma.Operation{
		OperationID: "list-last-fixes", Method: http.MethodGet, Path: "/api/fixes/last", Tags: []string{"fixes"},
		Summary: "The latest fix of every device",
		Responses: streamedResponse(map[string]*huma.Schema{
			"application/json": a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[whole[lastMembers]](), true, ""),
		}),
	}, a.listLastFixes)
}

func (a *api) listLastFixes(context.Context, *struct{}) (*streamOutput, error) {
	header := http.Header{"Content-Type": {"application/json"}}
	return a.streamed(header, func(ctx context.Context, s *stream) error {
		s.buffer = append(s.buffer, `{"items":[`...)
		some := false
		err := a.Store.LastFixes(ctx, scope(ctx), func(last store.LastFix) error {
			if some {
				s.buffer = append(s.buffer, ',')
			}
			some = true
			s.buffer = appendLast(s.buffer, &last)
			return s.sent()
		})
		s.buffer = append(s.buffer, "\n]}\n"...)
		return err
	}), nil
}

func appendLast(b []byte, last *store.LastFix) []byte {
	b = append(b, "\n"+`{"vehicle":`...)
	if last.Vehicle == 0 {
		b = append(b, "null"...)
	} else {
		b = strconv.AppendInt(b, int64(last.Vehicle), 10)
	}
	b = strconv.AppendInt(append(b, `,"device":`...), int64(last.Device), 10)
	b = append(append(b, `,"motion":"`...), last.Motion.String()...)
	b = append(b, `","fix":`...)
	return append(appendFix(b, &last.Fix), '}')
}
