package basemap

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"

	"github.com/rs/zerolog"
)

// maxDrawn is how many bytes of drawn tiles are kept; at the limit all are let go.
const maxDrawn = 16 << 20

// Drawing is a map that is drawn tile by tile as it is asked for, such as the demo island. Its methods are called from
// any number of goroutines.
type Drawing interface {
	// Tile is a Mapbox vector tile, not compressed; nil where there is nothing.
	Tile(z, x, y int) ([]byte, error)
}

// Description is what the TileJSON says of a drawing.
type Description struct {
	Name    string
	MaxZoom int
	Bounds  [4]float64 // degrees: west, south, east, north
	Layers  []string
}

// drawn serves a drawing and keeps what it drew.
type drawn struct {
	drawing Drawing
	maxZoom int

	mu    sync.Mutex
	tiles map[[3]int][]byte // with gzip; nil where there is nothing
	bytes int
}

// DrawingHandler serves a drawing under a name, as Handler serves an archive.
func DrawingHandler(name string, drawing Drawing, about Description, log zerolog.Logger) http.Handler {
	d := &drawn{drawing: drawing, maxZoom: about.MaxZoom, tiles: map[[3]int][]byte{}}
	return tilesOf(name, about.tileJSON(tilesAddress(name)), d.serve, log)
}

func (d *drawn) serve(w http.ResponseWriter, r *http.Request) error {
	z, okZ := number(r.PathValue("z"))
	x, okX := number(r.PathValue("x"))
	y, okY := number(r.PathValue("y"))
	if !okZ || !okX || !okY || z > d.maxZoom || x >= 1<<z || y >= 1<<z {
		http.NotFound(w, r)
		return nil
	}
	tile, err := d.tile(z, x, y)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", jsonAge) // another version of the program may draw another map
	w.Header().Set("Vary", "Accept-Encoding")
	if tile == nil {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	w.Header().Set("Content-Type", contentTypes[1])
	if acceptsGzip(r) {
		w.Header().Set("Content-Encoding", "gzip")
	} else if tile, err = gunzip(tile, maxTile); err != nil {
		return err
	}
	answer(w, r, tile)
	return nil
}

// tile gives a tile that was drawn before, or draws it.
func (d *drawn) tile(z, x, y int) ([]byte, error) {
	at := [3]int{z, x, y}
	d.mu.Lock()
	packed, ok := d.tiles[at]
	d.mu.Unlock()
	if ok {
		return packed, nil
	}
	plain, err := d.drawing.Tile(z, x, y)
	if err != nil {
		return nil, fmt.Errorf("tile %d/%d/%d: %w", z, x, y, err)
	}
	if plain != nil {
		if packed, err = zip(plain); err != nil {
			return nil, err
		}
	}
	d.keep(at, packed)
	return packed, nil
}

func (d *drawn) keep(at [3]int, tile []byte) {
	const entry = 100 // bytes that an entry takes besides
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.bytes += len(tile) + entry; d.bytes > maxDrawn {
		clear(d.tiles)
		d.bytes = len(tile) + entry
	}
	d.tiles[at] = tile
}

func zip(plain []byte) ([]byte, error) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(plain); err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	return packed.Bytes(), nil
}

func (a *Description) tileJSON(address string) []byte {
	layers := []map[string]any{}
	for _, id := range a.Layers {
		layers = append(layers, map[string]any{"id": id, "fields": map[string]string{}})
	}
	text, err := json.Marshal(map[string]any{
		"tilejson": "3.0.0", "scheme": "xyz", "name": a.Name, "tiles": []string{address},
		"minzoom": 0, "maxzoom": a.MaxZoom, "bounds": a.Bounds, "vector_layers": layers,
	})
	if err != nil {
		return []byte("{}") // cannot be: only numbers and strings
	}
	return text
}
