package api

import (
	"context"
	"encoding/json"
	"math"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/paulmach/orb"
)

type placeInput struct {
	Latitude  float64 `query:"latitude" required:"true" minimum:"-90" maximum:"90" doc:"WGS 84 degrees." example:"48.57"`
	Longitude float64 `query:"longitude" required:"true" minimum:"-180" maximum:"180" example:"2.71"`
}

type placeBody struct {
	Place    string          `json:"place" example:"4 km NE of Melun, FR" doc:"Empty: far from all that is known."`
	Name     string          `json:"name" example:"Melun" doc:"Of the place alone."`
	Country  string          `json:"country" example:"FR" doc:"ISO 3166-1; empty: none."`
	Distance orNull[float64] `json:"distance_m" doc:"From the place's middle; null: there is no place."`
}

func (a *api) addPlace() {
	register(a, huma.Operation{
		OperationID: "get-place", Method: http.MethodGet, Path: "/api/place", Tags: []string{"fixes"},
		Summary:     "Where a location is, in words",
		Description: "Found on the server, from the names of GeoNames (CC BY 4.0): nobody else is asked.",
	}, func(_ context.Context, in *placeInput) (*body[placeBody], error) {
		var found placeBody
		if a.Places != nil {
			if p, ok := a.Places.Nearest(orb.Point{in.Longitude, in.Latitude}); ok {
				distance := math.Round(p.Distance)
				found = placeBody{p.String(), p.Name, p.Country, orNull[float64]{&distance}}
			}
		}
		return answer(found), nil
	})
}

// appendText writes a text as JSON.
func appendText(b []byte, s string) []byte {
	text, _ := json.Marshal(s) // a string always has a form
	return append(b, text...)
}
