package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/store"
)

type withinInput struct {
	Body struct {
		Polygon polygon   `json:"polygon"`
		From    time.Time `json:"from"`
		To      time.Time `json:"to"`
	}
}

type inside struct {
	ID    int32   `json:"id"`
	Name  string  `json:"name"`
	First instant `json:"first" doc:"The first fix inside."`
	Last  instant `json:"last" doc:"The last fix inside."`
	Fixes int64   `json:"fixes" doc:"How many there were."`
}

func insideOf(i *store.Inside) inside {
	return inside{
		ID: int32(i.Vehicle.ID), Name: i.Vehicle.Name, First: instant(i.First), Last: instant(i.Last), Fixes: i.Fixes,
	}
}

type withinBody struct {
	Vehicles []inside `json:"vehicles" nullable:"false"`
}

func (a *api) addWithin() {
	register(a, huma.Operation{
		OperationID: "find-within", Method: http.MethodPost, Path: "/api/fixes/within", Tags: []string{"fixes"},
		Summary: "Which vehicles were inside a polygon between two times",
	}, func(ctx context.Context, in *withinInput) (*body[withinBody], error) {
		if err := checkPeriod("body.", in.Body.From, in.Body.To); err != nil {
			return nil, err
		}
		geojson, detail := in.Body.Polygon.check("body.polygon")
		if detail != nil {
			return nil, huma.Error422UnprocessableEntity("the polygon cannot be used", detail)
		}
		rows, err := a.Store.Within(ctx, scope(ctx), geojson, in.Body.From, in.Body.To)
		return answer(withinBody{mapped(rows, insideOf)}), err
	})
}
