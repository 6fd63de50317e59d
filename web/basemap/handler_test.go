package basemap

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rs/zerolog"
)

func serve(t *testing.T, a *Archive) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(Handler("basemap", a, zerolog.Nop()))
	t.Cleanup(s.Close)
	return s
}

func openEmbedded(t *testing.T) *Archive {
	t.Helper()
	a, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// get asks as given, without the transport's own decompression.
func get(t *testing.T, url string, headers ...string) (*http.Response, []byte) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	client := http.Client{Transport: &http.Transport{DisableCompression: true}}
	defer client.CloseIdleConnections()
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, body
}

func TestEmbeddedHoldsTheWorld(t *testing.T) {
	if len(embedded) > 5_000_000 {
		t.Errorf("the embedded map has %d bytes, more than 5 MB", len(embedded))
	}
	a := openEmbedded(t)
	for _, c := range []struct {
		z, x, y int
		holds   []string
	}{
		{0, 0, 0, []string{"land", "lakes", "borders", "countries", "Brazil"}},
		{2, 2, 1, []string{"rivers", "places", "Moscow", "London", "rank", "population", "capital"}},
		{6, 32, 22, []string{"Paris", "France", "Orléans", "Melun"}},
		{6, 55, 34, []string{"Darwin"}},
		{6, 31, 29, []string{"land", "Ouagadougou"}},
		{3, 4, 2, []string{"North Macedonia"}},
	} {
		tile, found, err := a.Tile(c.z, c.x, c.y)
		if err != nil || !found {
			t.Errorf("%d/%d/%d: %v, %v", c.z, c.x, c.y, found, err)
			continue
		}
		text, err := gunzip(tile, maxTile)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range c.holds {
			if !bytes.Contains(text, []byte(word)) {
				t.Errorf("%d/%d/%d does not hold %q", c.z, c.x, c.y, word)
			}
		}
	}
	for z := range 7 {
		for x := range 1 << z {
			for y := range 1 << z {
				tile, found, err := a.Tile(z, x, y)
				if err != nil {
					t.Fatal(err)
				}
				if found {
					if _, err := gunzip(tile, maxTile); err != nil {
						t.Errorf("%d/%d/%d: %v", z, x, y, err)
					}
				}
			}
		}
	}
}

func TestTileJSON(t *testing.T) {
	s := serve(t, openEmbedded(t))
	response, body := get(t, s.URL+"/tiles/basemap.json")
	var said struct {
		TileJSON    string    `json:"tilejson"`
		Tiles       []string  `json:"tiles"`
		MinZoom     int       `json:"minzoom"`
		MaxZoom     int       `json:"maxzoom"`
		Bounds      []float64 `json:"bounds"`
		Attribution string    `json:"attribution"`
		Layers      []struct {
			ID     string            `json:"id"`
			Fields map[string]string `json:"fields"`
		} `json:"vector_layers"`
	}
	if err := json.Unmarshal(body, &said); err != nil {
		t.Fatal(err)
	}
	var layers []string
	for _, layer := range said.Layers {
		layers = append(layers, layer.ID)
	}
	if got, want := strings.Join(layers, " "), "land lakes rivers borders countries places"; got != want {
		t.Errorf("layers %q, want %q", got, want)
	}
	if said.TileJSON != "3.0.0" || len(said.Tiles) != 1 || said.Tiles[0] != "/tiles/basemap/{z}/{x}/{y}" ||
		said.MinZoom != 0 || said.MaxZoom != 6 || len(said.Bounds) != 4 || said.Bounds[0] != -180 {
		t.Errorf("TileJSON %s", body)
	}
	if !strings.Contains(said.Attribution, "GeoNames") {
		t.Errorf("attribution %q does not name GeoNames", said.Attribution)
	}
	if got := response.Header.Get("Content-Type"); got != "application/json" {
		t.Errorf("type %q", got)
	}
}

func TestServedTiles(t *testing.T) {
	s := serve(t, openEmbedded(t))
	world := s.URL + "/tiles/basemap/0/0/0"
	packed, stored := get(t, world, "Accept-Encoding", "br, gzip;q=0.8")
	if packed.StatusCode != http.StatusOK || packed.Header.Get("Content-Encoding") != "gzip" ||
		packed.Header.Get("Content-Type") != "application/vnd.mapbox-vector-tile" ||
		packed.Header.Get("Cache-Control") != tileAge {
		t.Errorf("%d %v", packed.StatusCode, packed.Header)
	}
	open, expanded := get(t, world, "Accept-Encoding", "gzip;q=0, identity")
	if open.Header.Get("Content-Encoding") != "" {
		t.Error("gzip although it was refused")
	}
	if want, err := gunzip(stored, maxTile); err != nil || !bytes.Equal(expanded, want) {
		t.Errorf("the expanded tile is another: %v", err)
	}
	if open.Header.Get("ETag") == packed.Header.Get("ETag") {
		t.Error("both forms have one ETag")
	}
	again, body := get(t, world, "Accept-Encoding", "gzip", "If-None-Match", "W/"+packed.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified || len(body) != 0 {
		t.Errorf("known tile: %d with %d bytes", again.StatusCode, len(body))
	}
	for path, want := range map[string]int{
		"/tiles/basemap/6/8/44":          http.StatusNoContent, // the middle of the Pacific
		"/tiles/basemap/6/28/34":         http.StatusNoContent, // of the Atlantic
		"/tiles/basemap/7/0/0":           http.StatusNotFound,
		"/tiles/basemap/1/2/0":           http.StatusNotFound,
		"/tiles/basemap/1/0/-1":          http.StatusNotFound,
		"/tiles/basemap/1/0/x":           http.StatusNotFound,
		"/tiles/basemap/1/0/99999999999": http.StatusNotFound,
		"/tiles/basemap/64/0/0":          http.StatusNotFound,
		"/tiles/other/0/0/0":             http.StatusNotFound,
	} {
		if response, _ := get(t, s.URL+path); response.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, response.StatusCode, want)
		}
	}
}

func TestUnreadableTile(t *testing.T) {
	file := build(map[uint64]string{0: "world"}, 1, plain)
	a, err := Open(bytes.NewReader(file[:len(file)-1]))
	if err != nil {
		t.Fatal(err)
	}
	response, _ := get(t, serve(t, a).URL+"/tiles/basemap/0/0/0")
	if response.StatusCode != http.StatusInternalServerError {
		t.Errorf("status %d, want 500", response.StatusCode)
	}
}
