package api

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"drover/geo/places"
	"drover/protocols"
	"drover/server/internal/fleet"
)

// span asks for the minutes from..to of the day.
func span(from, to int, more ...string) string {
	at := func(minute int) string { return epoch.Add(time.Duration(minute) * time.Minute).Format(time.RFC3339) }
	query := url.Values{"from": {at(from)}, "to": {at(to)}}
	for i := 0; i < len(more); i += 2 {
		query.Set(more[i], more[i+1])
	}
	return "?" + query.Encode()
}

func TestWhereVehiclesWere(t *testing.T) {
	w := newWorld(t)
	w.drive(0, 600)
	if _, err := w.store.DrawTracks(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.api.Places = places.World{}
	w.share(t, map[string]func(*testing.T, *world){
		"day": testDay, "at": testAt, "play": testPlay, "tracks": testTracks, "place": testPlace, "kml": testKML,
		"frames": testFrames, "server": testServerFigures, "spans are checked": testSpansAreChecked,
	})
}

func testDay(t *testing.T, w *world) {
	var got struct {
		Vehicle  int
		From, To time.Time
		Fixes    int
		Distance float64 `json:"distance_m"`
		Moving   int     `json:"moving_s"`
		Idle     int     `json:"idle_s"`
		Stopped  int     `json:"stopped_s"`
		Silent   int     `json:"silent_s"`
		MaxSpeed float64 `json:"max_speed_kmh"`
		Segments []struct {
			State    string
			From, To time.Time
			Distance float64 `json:"distance_m"`
			Start    *struct{ Place string }
		}
	}
	path := "/api/vehicles/" + w.vehicleID(0) + "/day"
	w.ask(w.session("viewer"), "GET", path+span(-60, 120), "").want(t, http.StatusOK).into(t, &got)
	// A hundredth of a degree a minute at 53.5° north.
	if got.Fixes != 120 || len(got.Segments) != 2 || got.Segments[0].State != "silent" || got.Segments[1].State != "moving" ||
		got.Moving != 7200 || got.Silent != 3600 || got.MaxSpeed != 72.5 || got.Distance < 78_000 || got.Distance > 79_500 {
		t.Errorf("got %+v", got)
	}
	if s := got.Segments[1]; s.Start == nil || !strings.HasSuffix(s.Start.Place, ", DE") || got.Segments[0].Start != nil {
		t.Errorf("begins at %+v, %+v", got.Segments[0].Start, s.Start)
	}
	w.ask(w.session("viewer"), "GET", path+span(5000, 5100), "").want(t, http.StatusOK).contains(t, `"fixes":0`, `"silent"`)
	w.ask(w.session("viewer2"), "GET", path+span(0, 60), "").want(t, http.StatusNotFound)
}

func testAt(t *testing.T, w *world) {
	var got struct {
		Time  time.Time
		Items []struct {
			Vehicle int
			Age     float64 `json:"age_s"`
			Fix     struct{ Longitude float64 }
		}
	}
	at := "/api/fixes/at?time=" + epoch.Add(30*time.Minute+5*time.Second).Format(time.RFC3339)
	w.ask(w.session("viewer"), "GET", at, "").want(t, http.StatusOK).into(t, &got)
	if len(got.Items) != 1 || got.Items[0].Age != 5 || got.Items[0].Fix.Longitude != 10.3 || fmt.Sprint(got.Items[0].Vehicle) != w.vehicleID(0) {
		t.Errorf("got %+v", got)
	}
	for path, as := range map[string]string{at: "viewer2", at + "&vehicle=999": "viewer"} {
		got.Items = nil
		w.ask(w.session(as), "GET", path, "").want(t, http.StatusOK).into(t, &got)
		if len(got.Items) != 0 {
			t.Errorf("%s as %s: %+v", path, as, got.Items)
		}
	}
}

func testPlay(t *testing.T, w *world) {
	type playback struct {
		Step     *int
		Vehicles []struct {
			ID        int
			Time      []float64 `json:"time_s"`
			Longitude []float64
			Speed     []*float64 `json:"speed_kmh"`
			Course    []*float64 `json:"course_deg"`
		}
	}
	for _, c := range []struct {
		more  []string
		count int
		step  bool
	}{
		{nil, 60, false}, {[]string{"step", "600"}, 6, true}, {[]string{"vehicle", w.vehicleID(0) + ",999"}, 60, false},
		{[]string{"vehicle", w.vehicleID(0) + strings.Repeat(",999", playedWhole)}, 3, false}, // the tracks: a straight line of an hour
	} {
		var got playback
		w.ask(w.session("viewer"), "GET", "/api/fixes/play"+span(60, 120, c.more...), "").want(t, http.StatusOK).into(t, &got)
		if len(got.Vehicles) != 1 || (got.Step != nil) != c.step {
			t.Fatalf("%v: got %+v", c.more, got)
		}
		v := got.Vehicles[0]
		if n := len(v.Time); n > c.count || n < min(c.count, 2) || len(v.Longitude) != n || len(v.Speed) != n || len(v.Course) != n ||
			v.Time[0] > 60 || v.Longitude[0] < 10.59 || v.Speed[0] == nil || v.Course[0] == nil || *v.Course[0] < 89 || *v.Course[0] > 91 {
			t.Errorf("%v: got %d, %+v", c.more, n, v)
		}
	}
	w.ask(w.session("viewer2"), "GET", "/api/fixes/play"+span(60, 120), "").want(t, http.StatusOK).contains(t, `"vehicles":[]`)
}

// Thinning keeps when a vehicle stood.
func TestThinnedKeepsStops(t *testing.T) {
	var points []played
	for i := range 3 * playedPoints {
		p := played{after: time.Duration(i) * time.Second, speed: protocols.Some(50.0)}
		p.at[0] = float64(min(i, 1000)+max(i-2000, 0)) / 1e4
		if i >= 1000 && i <= 2000 {
			p.speed = protocols.Some(0.0)
		}
		points = append(points, p)
	}
	kept := thinned(points)
	if len(kept) > playedPoints+4 {
		t.Errorf("%d points stay", len(kept))
	}
	found := 0
	for i := range kept {
		if s := kept[i].after.Seconds(); s == 1000 || s == 2000 {
			found++
		}
	}
	if found != 2 {
		t.Errorf("the ends of the stop are not kept")
	}
}

func testTracks(t *testing.T, w *world) {
	path := "/api/tracks/8/136/82" + span(0, 600)
	r := w.ask(w.session("viewer"), "GET", path, "").want(t, http.StatusOK).contains(t, "tracks", "vehicle", "speed")
	if kind := r.Header.Get("Content-Type"); kind != tileMediaType {
		t.Errorf("content type %q", kind)
	}
	for path, as := range map[string]string{path: "viewer2", "/api/tracks/8/0/0" + span(0, 600): "viewer"} {
		if r := w.ask(w.session(as), "GET", path, "").want(t, http.StatusOK); len(r.body) != 0 {
			t.Errorf("%s as %s: %q", path, as, r.body)
		}
	}
	w.ask(w.session("viewer"), "GET", "/api/tracks/8/256/0", "").want(t, http.StatusUnprocessableEntity)
	if packed := zipped([]byte(strings.Repeat("track", 1000))); len(packed) > 200 {
		t.Errorf("%d bytes", len(packed))
	}
}

func testPlace(t *testing.T, w *world) {
	w.ask(w.session("viewer"), "GET", "/api/place?latitude=48.567&longitude=2.7", "").want(t, http.StatusOK).
		contains(t, `"place":"4 km NE of Melun, FR"`, `"name":"Melun"`, `"country":"FR"`, `"distance_m":`)
	w.ask(w.session("viewer"), "GET", "/api/place?latitude=0&longitude=-150", "").want(t, http.StatusOK).
		contains(t, `"place":""`, `"distance_m":null`)
	w.ask(w.session("viewer"), "GET", "/api/place?latitude=91&longitude=0", "").want(t, http.StatusUnprocessableEntity)
}

func testKML(t *testing.T, w *world) {
	var got struct {
		XMLName xml.Name `xml:"http://www.opengis.net/kml/2.2 kml"`
		Tracks  []struct {
			When  []time.Time `xml:"when"`
			Coord []string    `xml:"http://www.google.com/kml/ext/2.2 coord"`
			Speed []float64   `xml:"ExtendedData>SchemaData>SimpleArrayData>value"`
		} `xml:"Document>Placemark>MultiTrack>Track"`
	}
	r := w.ask(w.session("viewer"), "GET", w.historyPath("kml", 0, 3), "").want(t, http.StatusOK)
	if err := xml.Unmarshal(r.body, &got); err != nil || len(got.Tracks) != 1 {
		t.Fatalf("%v: %s", err, r.body)
	}
	k := got.Tracks[0]
	if len(k.When) != 3 || len(k.Speed) != 3 || !k.When[1].Equal(epoch.Add(time.Minute)) || k.Coord[1] != "10.01 53.5 12" || k.Speed[1] != 72.5 {
		t.Errorf("got %+v", k)
	}
	var e kmlExport
	var text []byte
	f := fleet.Fix{Position: protocols.Position{Located: true, Valid: true}}
	for range kmlTrack + 1 {
		text = e.fix(text, &f)
	}
	if n := strings.Count(string(e.end(text)), "<gx:Track>"); n != 2 {
		t.Errorf("%d tracks", n)
	}
}

// shower shows frames that were given to it.
type shower struct {
	frames chan fleet.Frame
	lost   uint64
}

func (s *shower) Watch(fleet.DeviceID) (<-chan fleet.Frame, func() uint64, func()) {
	return s.frames, func() uint64 { n := s.lost; s.lost = 0; return n }, func() {}
}

func testFrames(t *testing.T, w *world) {
	frames := &shower{make(chan fleet.Frame, 2), 7}
	w.api.Frames = frames
	defer func() { w.api.Frames = nil }()
	frames.frames <- fleet.Frame{Time: epoch, Bytes: []byte{0xca, 0xfe}, Message: []byte(`{"device":"x"}`)}
	frames.frames <- fleet.Frame{Time: epoch, Out: true, Bytes: []byte{1}, Network: protocols.UDP, Error: `no "sense"`}
	path := fmt.Sprintf("/api/devices/%d/frames", w.devices[0].ID)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+path, nil)
	w.must(err)
	as := w.session("admin")
	r.Header.Set(as.name, as.value)
	response, err := http.DefaultClient.Do(r)
	w.must(err)
	defer response.Body.Close()
	if kind := response.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("content type %q", kind)
	}
	var events []string
	lines := bufio.NewScanner(response.Body)
	for len(events) < 6 && lines.Scan() {
		if text := lines.Text(); text != "" && !strings.HasPrefix(text, ":") {
			events = append(events, text)
		}
	}
	stamp := epoch.Format(protocols.TimeLayout)
	want := []string{
		"event: dropped", `data: {"frames":7}`,
		"event: frame", `data: {"time":"` + stamp + `","direction":"in","transport":"tcp","hex":"cafe","message":{"device":"x"},"error":null}`,
		"event: frame", `data: {"time":"` + stamp + `","direction":"out","transport":"udp","hex":"01","message":null,"error":"no \"sense\""}`,
	}
	if strings.Join(events, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %s\nwant %s", strings.Join(events, "\n"), strings.Join(want, "\n"))
	}
	w.ask(w.session("dispatcher"), "GET", path, "").want(t, http.StatusForbidden)
	w.ask(w.session("admin2"), "GET", path, "").want(t, http.StatusNotFound)
}

func testServerFigures(t *testing.T, w *world) {
	var got struct {
		Version  string
		Gateway  struct{ ByProtocol map[string]int64 }
		Journal  struct{ Partitions []any }
		Database struct {
			Version, PostGIS   string
			Bytes, Connections int64
			Partitions         []struct {
				Day   string
				Bytes int64
			}
		}
	}
	w.ask(w.session("admin"), "GET", "/api/server", "").want(t, http.StatusOK).into(t, &got)
	if d := got.Database; d.Version == "" || d.PostGIS == "" || d.Bytes < 1e6 || d.Connections < 1 || len(d.Partitions) < 4 || d.Partitions[0].Day < d.Partitions[1].Day {
		t.Errorf("got %+v", got)
	}
	var s serverState
	s.Gateway.ByProtocol = map[string]int64{}
	for metric, labels := range map[string]map[string]string{
		"drover_gateway_lines": {"protocol": "gt06"}, "drover_gateway_bytes_total": {"direction": "out"}, "drover_live_readers": nil,
	} {
		s.add(metric, labels, 3)
	}
	if s.Gateway.ByProtocol["gt06"] != 3 || s.Gateway.Connections != 3 || s.Gateway.BytesOut != 3 || s.Live.Readers != 3 {
		t.Errorf("got %+v", s)
	}
}

func testSpansAreChecked(t *testing.T, w *world) {
	for _, path := range []string{
		"/api/vehicles/" + w.vehicleID(0) + "/day" + span(0, 32*24*60), "/api/fixes/play" + span(0, 25*60),
		"/api/tracks/1/0/0" + span(0, 400*24*60), "/api/fixes/play" + span(60, 60),
	} {
		w.ask(w.session("viewer"), "GET", path, "").want(t, http.StatusUnprocessableEntity).contains(t, "query.from")
	}
}
