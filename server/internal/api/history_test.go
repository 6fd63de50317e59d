package api

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// historyPath asks for the minutes from..to of the first vehicle's day.
func (w *world) historyPath(format string, from, to int) string {
	at := func(minute int) string { return epoch.Add(time.Duration(minute) * time.Minute).Format(time.RFC3339) }
	query := url.Values{"format": {format}, "from": {at(from)}, "to": {at(to)}}
	return "/api/vehicles/" + w.vehicleID(0) + "/fixes?" + query.Encode()
}

func TestHistory(t *testing.T) {
	w := newWorld(t)
	w.drive(0, 5000)
	w.share(t, map[string]func(*testing.T, *world){
		"history json":                          testHistoryJSON,
		"history without times is the last day": testHistoryWithoutTimesIsTheLastDay,
		"history geo json":                      testHistoryGeoJSON,
		"history gpx":                           testHistoryGPX,
		"history csv":                           testHistoryCSV,
		"long history is streamed":              testLongHistoryIsStreamed,
		"streams are limited":                   testStreamsAreLimited,
		"astream that breaks is seen to break":  testAStreamThatBreaksIsSeenToBreak,
	})
}

func testHistoryJSON(t *testing.T, w *world) {
	var got struct {
		Vehicle  int
		From, To time.Time
		Fixes    []struct {
			Time, Received time.Time
			Latitude       float64
			Longitude      float64
			Speed          float64 `json:"speed_kmh"`
			Ignition       *bool
			Attributes     map[string]float64
			Flags          []string
		}
	}
	r := w.ask(w.session("viewer"), "GET", w.historyPath("json", 2, 5), "").want(t, http.StatusOK)
	if kind := r.Header.Get("Content-Type"); kind != "application/json" {
		t.Errorf("content type %q", kind)
	}
	r.into(t, &got)
	if len(got.Fixes) != 3 || !got.Fixes[0].Time.Equal(epoch.Add(2*time.Minute)) ||
		!got.To.Equal(epoch.Add(5*time.Minute)) {
		t.Fatalf("got %+v", got)
	}
	f := got.Fixes[0]
	if f.Latitude != 53.5 || f.Longitude != 10.02 || f.Speed != 72.5 || f.Attributes["fuel_l"] != 41.5 || f.Flags == nil ||
		f.Ignition == nil || !*f.Ignition || f.Received.Sub(f.Time) != time.Second {
		t.Errorf("got %+v", f)
	}
	w.ask(w.session("viewer"), "GET", w.historyPath("json", -30, -20), "").want(t, http.StatusOK).contains(t, `"fixes":[`)
	w.ask(w.session("viewer"), "GET", w.historyPath("json", 0, 30)+"&limit=2", "").want(t, http.StatusOK).into(t, &got)
	if len(got.Fixes) != 2 {
		t.Errorf("limit=2 gave %d", len(got.Fixes))
	}
}

func testHistoryWithoutTimesIsTheLastDay(t *testing.T, w *world) {
	var got struct{ From, To time.Time }
	w.ask(w.session("viewer"), "GET", "/api/vehicles/"+w.vehicleID(0)+"/fixes", "").want(t, http.StatusOK).into(t, &got)
	if got.To.Sub(got.From) != 24*time.Hour || time.Since(got.To) > time.Minute {
		t.Errorf("got %s to %s", got.From, got.To)
	}
}

func testHistoryGeoJSON(t *testing.T, w *world) {
	var got struct {
		Type     string
		Features []struct {
			Type     string
			Geometry struct {
				Type        string
				Coordinates []float64
			}
			Properties map[string]any
		}
	}
	r := w.ask(w.session("viewer"), "GET", w.historyPath("geojson", 0, 3), "").want(t, http.StatusOK)
	r.into(t, &got)
	if got.Type != "FeatureCollection" || len(got.Features) != 3 {
		t.Fatalf("got %s", r.body)
	}
	f := got.Features[2]
	if f.Type != "Feature" || f.Geometry.Type != "Point" || fmt.Sprint(f.Geometry.Coordinates) != "[10.02 53.5 12]" ||
		f.Properties["speed_kmh"] != 72.5 {
		t.Errorf("got %+v", f)
	}
	if d := r.Header.Get("Content-Disposition"); !strings.HasSuffix(d, `.geojson"`) {
		t.Errorf("disposition %q", d)
	}
}

func testHistoryGPX(t *testing.T, w *world) {
	w.ask(w.session("dispatcher"), "PATCH", "/api/vehicles/"+w.vehicleID(0), `{"name":"<Van> & Co"}`).
		want(t, http.StatusOK)
	var got struct {
		XMLName xml.Name `xml:"http://www.topografix.com/GPX/1/1 gpx"`
		Name    string   `xml:"trk>name"`
		Points  []struct {
			Lat   float64   `xml:"lat,attr"`
			Lon   float64   `xml:"lon,attr"`
			Time  time.Time `xml:"time"`
			Speed float64   `xml:"extensions>TrackPointExtension>speed"`
		} `xml:"trk>trkseg>trkpt"`
	}
	r := w.ask(w.session("viewer"), "GET", w.historyPath("gpx", 0, 3), "").want(t, http.StatusOK)
	if err := xml.Unmarshal(r.body, &got); err != nil {
		t.Fatalf("%v: %s", err, r.body)
	}
	if got.Name != "<Van> & Co" || len(got.Points) != 3 {
		t.Fatalf("got %+v", got)
	}
	if p := got.Points[1]; p.Lat != 53.5 || p.Lon != 10.01 || !p.Time.Equal(epoch.Add(time.Minute)) ||
		math.Abs(p.Speed-20.14) > 0.001 {
		t.Errorf("got %+v", p)
	}
}

func testHistoryCSV(t *testing.T, w *world) {
	r := w.ask(w.session("viewer"), "GET", w.historyPath("csv", 0, 3), "").want(t, http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(string(r.body))).ReadAll()
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v: %s", len(rows), err, r.body)
	}
	got := map[string]string{}
	for i, name := range rows[0] {
		got[name] = rows[2][i]
	}
	for name, want := range map[string]string{
		"time": epoch.Add(time.Minute).Format("2006-01-02T15:04:05.000Z"), "latitude": "53.5", "longitude": "10.01",
		"speed_kmh": "72.5", "ignition": "true", "hdop": "", "attributes": `{"fuel_l":41.5}`, "valid": "true",
	} {
		if got[name] != want {
			t.Errorf("%s: got %q, want %q", name, got[name], want)
		}
	}
}

func testLongHistoryIsStreamed(t *testing.T, w *world) {
	as := w.token("viewer")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+w.historyPath("json", 0, 5000), nil)
	w.must(err)
	r.Header.Set(as.name, as.value)
	response, err := http.DefaultClient.Do(r)
	w.must(err)
	defer response.Body.Close()
	if response.ContentLength != -1 {
		t.Errorf("the length was known before the end: %d", response.ContentLength)
	}
	var got struct{ Fixes []json.RawMessage }
	w.must(json.NewDecoder(response.Body).Decode(&got))
	if len(got.Fixes) != 5000 {
		t.Errorf("got %d fixes", len(got.Fixes))
	}
}

func testStreamsAreLimited(t *testing.T, w *world) {
	for range maxStreams {
		w.api.streams <- struct{}{}
		defer func() { <-w.api.streams }()
	}
	r := w.ask(w.token("viewer"), "GET", w.historyPath("json", 0, 5), "").want(t, http.StatusServiceUnavailable)
	if r.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
}

func testAStreamThatBreaksIsSeenToBreak(t *testing.T, w *world) {
	as := w.token("viewer")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+w.historyPath("csv", 0, 5000), nil)
	w.must(err)
	r.Header.Set(as.name, as.value)
	w.use(&breakingStore{Store: w.store, after: 2000})
	response, err := http.DefaultClient.Do(r)
	w.must(err)
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err == nil {
		t.Error("half a history looks whole")
	}
}
