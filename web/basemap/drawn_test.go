package basemap

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/rs/zerolog"
)

// canvas draws its tile's column into each tile: nothing into column 0, and an error into column 3.
type canvas struct{ drawn atomic.Int64 }

func (c *canvas) Tile(_, x, _ int) ([]byte, error) {
	c.drawn.Add(1)
	switch x {
	case 0:
		return nil, nil
	case 3:
		return nil, errors.New("no paint")
	}
	return []byte{byte(x)}, nil
}

func TestDrawing(t *testing.T) {
	c := new(canvas)
	about := Description{Name: "Canvas", MaxZoom: 4, Bounds: [4]float64{-1, -2, 3, 4}, Layers: []string{"land"}}
	s := httptest.NewServer(DrawingHandler("canvas", c, about, zerolog.Nop()))
	t.Cleanup(s.Close)
	for path, want := range map[string]int{
		"/tiles/canvas/2/1/0": http.StatusOK,
		"/tiles/canvas/2/0/0": http.StatusNoContent,
		"/tiles/canvas/2/3/0": http.StatusInternalServerError,
		"/tiles/canvas/2/4/0": http.StatusNotFound,
		"/tiles/canvas/5/1/0": http.StatusNotFound,
		"/tiles/canvas/2/x/0": http.StatusNotFound,
	} {
		if response, _ := get(t, s.URL+path); response.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, response.StatusCode, want)
		}
	}
	before := c.drawn.Load()
	packed, body := get(t, s.URL+"/tiles/canvas/2/1/0", "Accept-Encoding", "gzip")
	if plain, err := gunzip(body, 100); err != nil || len(plain) != 1 || plain[0] != 1 ||
		packed.Header.Get("Content-Type") != "application/vnd.mapbox-vector-tile" {
		t.Errorf("%v %v %v", plain, err, packed.Header)
	}
	if _, plain := get(t, s.URL+"/tiles/canvas/2/1/0"); len(plain) != 1 || plain[0] != 1 {
		t.Errorf("without gzip: %v", plain)
	}
	if again, _ := get(t, s.URL+"/tiles/canvas/2/1/0", "Accept-Encoding", "gzip", "If-None-Match",
		packed.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("a known tile: %d", again.StatusCode)
	}
	if c.drawn.Load() != before {
		t.Error("a tile is drawn twice")
	}
	_, text := get(t, s.URL+"/tiles/canvas.json")
	var said struct {
		Tiles   []string
		Bounds  []float64
		MaxZoom int
		Layers  []struct{ ID string } `json:"vector_layers"`
	}
	if err := json.Unmarshal(text, &said); err != nil || said.Tiles[0] != "/tiles/canvas/{z}/{x}/{y}" ||
		said.Bounds[3] != 4 || said.MaxZoom != 4 || said.Layers[0].ID != "land" {
		t.Errorf("%s: %v", text, err)
	}
}

// TestDrawnIsBounded: however many tiles are asked for, no more than maxDrawn bytes are kept.
func TestDrawnIsBounded(t *testing.T) {
	d := &drawn{tiles: map[[3]int][]byte{}}
	tile := make([]byte, maxDrawn/10)
	for x := range 100 {
		d.keep([3]int{9, x, 0}, tile)
		if len(d.tiles) > 10 || d.bytes > maxDrawn {
			t.Fatalf("%d tiles of %d bytes are kept", len(d.tiles), d.bytes)
		}
	}
}
