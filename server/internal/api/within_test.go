package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestWithin(t *testing.T) {
	w := newWorld(t)
	w.drive(0, 200) // from 10 E to 11.99 E
	ask := func(polygon string, from, to int) string {
		at := func(minute int) string { return epoch.Add(time.Duration(minute) * time.Minute).Format(time.RFC3339) }
		body := fmt.Sprintf(`{"polygon":%s,"from":%q,"to":%q}`, polygon, at(from), at(to))
		return string(w.ask(w.session("viewer"), "POST", "/api/fixes/within", body).want(t, http.StatusOK).body)
	}
	box := `{"type":"Polygon","bbox":[10.495,53,10.605,54],
		"coordinates":[[[10.495,53,0],[10.605,53,0],[10.605,54,0],[10.495,54,0],[10.495,53,0]]]}`
	at := func(minute int) string {
		return epoch.Add(time.Duration(minute) * time.Minute).Format("2006-01-02T15:04:05.000Z")
	}
	want := fmt.Sprintf(`{"id":%d,"name":"Van 0","first":%q,"last":%q,"fixes":11}`, w.vehicles[0], at(50), at(60))
	if got := ask(box, 0, 200); !strings.Contains(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := ask(box, 55, 57); !strings.Contains(got, `"fixes":2}`) {
		t.Errorf("two minutes: %s", got)
	}
	if got := ask(box, 100, 200); !strings.Contains(got, `{"vehicles":[]}`) {
		t.Errorf("later: %s", got)
	}
	multi := `{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],
		[[[10.495,53],[10.605,53],[10.605,54],[10.495,54],[10.495,53]],
		[[10.515,53.1],[10.585,53.1],[10.585,53.9],[10.515,53.9],[10.515,53.1]]]]}`
	if got := ask(multi, 0, 200); !strings.Contains(got, `"fixes":4}`) {
		t.Errorf("with a hole: %s", got)
	}
}

func TestPolygonsThatCannotBeUsed(t *testing.T) {
	w := newWorld(t)
	as := w.session("viewer")
	many := strings.Repeat("[1,1],", maxPoints)
	for name, c := range map[string]struct{ polygon, location string }{ // ^ is body.polygon.coordinates
		"of no type":      {`{"coordinates":[]}`, "body.polygon"},
		"a point":         {`{"type":"Point","coordinates":[1,2]}`, "body.polygon.type"},
		"no ring":         {`{"type":"Polygon","coordinates":[]}`, "^"},
		"a flat ring":     {`{"type":"Polygon","coordinates":[[1,2,3,4]]}`, "^[0][0]"},
		"three points":    {`{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}`, "^[0]"},
		"an open ring":    {`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}`, "^[0][3]"},
		"a far longitude": {`{"type":"Polygon","coordinates":[[[0,0],[181,0],[1,1],[0,0]]]}`, "^[0][1][0]"},
		"a far latitude":  {`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,91],[0,0]]]}`, "^[0][2][1]"},
		"one number":      {`{"type":"Polygon","coordinates":[[[0,0],[1],[1,1],[0,0]]]}`, "^[0][1]"},
		"four numbers":    {`{"type":"Polygon","coordinates":[[[0,0],[1,2,3,4],[1,1],[0,0]]]}`, "^[0][1]"},
		"a text":          {`{"type":"Polygon","coordinates":[[[0,0],["1",0],[1,1],[0,0]]]}`, "^[0][1][0]"},
		"a bad hole":      {`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]],[[0,0]]]}`, "^[1]"},
		"the second":      {`{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[]]}`, "^[1]"},
		"too many points": {`{"type":"Polygon","coordinates":[[` + many + `[1,1]]]}`, "^[0][10000]"},
		"crossing itself": {`{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			body := `{"polygon":` + c.polygon + `,"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}`
			r := w.ask(as, "POST", "/api/fixes/within", body).want(t, http.StatusUnprocessableEntity)
			if c.location != "" {
				r.contains(t, `"location":"`+strings.Replace(c.location, "^", "body.polygon.coordinates", 1)+`"`)
			}
		})
	}
	body := `{"polygon":` + square + `,"from":"2026-01-02T00:00:00Z","to":"2026-01-02T00:00:00Z"}`
	w.ask(as, "POST", "/api/fixes/within", body).
		want(t, http.StatusUnprocessableEntity).contains(t, "body.from")
}
