package api

import (
	"encoding/json"
	"fmt"

	"github.com/danielgtaylor/huma/v2"
)

// maxPoints is how many points a polygon may have in all its rings.
const maxPoints = 10_000

// polygon is a Polygon or MultiPolygon of GeoJSON (RFC 7946 §3.1.6, §3.1.7) that nobody has looked at yet. Its
// coordinates are walked here, and not read into fixed arrays by a library, so that an error can name the ring and
// the point.
type polygon struct {
	_           struct{} `additionalProperties:"true"` // bbox and whatever else RFC 7946 §6.1 lets in
	Type        string   `json:"type" enum:"Polygon,MultiPolygon"`
	Coordinates []any    `json:"coordinates" nullable:"false" doc:"As in RFC 7946: rings of [longitude, latitude]."`
}

// polygonCheck walks coordinates, and counts points.
type polygonCheck struct{ points int }

// check gives the polygon as GeoJSON of two dimensions, or what is wrong with it; where is the place of the polygon
// itself.
func (p *polygon) check(where string) ([]byte, *huma.ErrorDetail) {
	var c polygonCheck
	var checked any
	var wrong *huma.ErrorDetail
	if where += ".coordinates"; p.Type == "Polygon" {
		checked, wrong = c.polygon(where, p.Coordinates)
	} else {
		checked, wrong = each(where, "polygon", 1, p.Coordinates, c.polygon)
	}
	if wrong != nil {
		return nil, wrong
	}
	geojson, err := json.Marshal(map[string]any{"type": p.Type, "coordinates": checked})
	if err != nil {
		return nil, &huma.ErrorDetail{Location: where, Message: err.Error()}
	}
	return geojson, nil
}

// each checks every part of a list that must have at least so many.
func each[T any](
	where, part string, least int, v any, check func(string, any) (T, *huma.ErrorDetail),
) ([]T, *huma.ErrorDetail) {
	parts, ok := v.([]any)
	if !ok {
		return nil, &huma.ErrorDetail{Location: where, Message: "want a list, of each " + part, Value: v}
	}
	if len(parts) < least {
		return nil, &huma.ErrorDetail{
			Location: where, Message: fmt.Sprintf("want at least %d of %s, there are %d", least, part, len(parts)),
		}
	}
	checked := make([]T, 0, len(parts))
	for i := range parts {
		one, wrong := check(fmt.Sprintf("%s[%d]", where, i), parts[i])
		if wrong != nil {
			return nil, wrong
		}
		checked = append(checked, one)
	}
	return checked, nil
}

func (c *polygonCheck) polygon(where string, v any) ([][][2]float64, *huma.ErrorDetail) {
	return each(where, "ring", 1, v, c.ring)
}

func (c *polygonCheck) ring(where string, v any) ([][2]float64, *huma.ErrorDetail) {
	ring, wrong := each(where, "point", 4, v, c.point)
	if wrong != nil {
		return nil, wrong
	}
	if last := len(ring) - 1; ring[0] != ring[last] {
		return nil, &huma.ErrorDetail{
			Location: fmt.Sprintf("%s[%d]", where, last),
			Message:  fmt.Sprintf("want the ring closed: its last point the same as its first, %v", ring[0]), Value: ring[last],
		}
	}
	return ring, nil
}

func (c *polygonCheck) point(where string, v any) ([2]float64, *huma.ErrorDetail) {
	c.points++
	if c.points > maxPoints {
		message := fmt.Sprintf("want at most %d points in all", maxPoints)
		return [2]float64{}, &huma.ErrorDetail{Location: where, Message: message}
	}
	numbers, _ := v.([]any)
	if len(numbers) != 2 && len(numbers) != 3 {
		return [2]float64{}, &huma.ErrorDetail{Location: where, Message: "want a point: [longitude, latitude]", Value: v}
	}
	var point [2]float64
	for i, limit := range []struct {
		name string
		most float64
	}{{"longitude", 180}, {"latitude", 90}} {
		n, ok := numbers[i].(float64)
		if !ok || n < -limit.most || n > limit.most {
			return point, &huma.ErrorDetail{
				Location: fmt.Sprintf("%s[%d]", where, i),
				Message:  fmt.Sprintf("want a %s of -%v to %v degrees", limit.name, limit.most, limit.most), Value: numbers[i],
			}
		}
		point[i] = n
	}
	return point, nil
}
