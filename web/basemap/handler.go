package basemap

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"github.com/rs/zerolog"
)

// How long a browser may keep what it was given without asking again.
const (
	tileAge = "public, max-age=86400"
	jsonAge = "no-cache" // ask each time; the answer is mostly 304
)

// Handler serves an archive under a name:
//
//	/tiles/NAME.json       TileJSON 3.0.0
//	/tiles/NAME/{z}/{x}/{y} a tile as stored; 204 where the archive is empty, 404 outside its zooms and the world
//
// The TileJSON's tile address is a path without scheme and host, so that it holds behind every proxy; MapLibre resolves
// it against the page's origin. Answers carry an ETag.
func Handler(name string, a *Archive, log zerolog.Logger) http.Handler {
	return tilesOf(name, a.tileJSON(tilesAddress(name)), a.serveTile, log)
}

// tilesAddress is where the tiles of a map are, for its TileJSON.
func tilesAddress(name string) string { return "/tiles/" + name + "/{z}/{x}/{y}" }

// tilesOf serves a map's TileJSON, and its tiles by serve.
func tilesOf(
	name string, tileJSON []byte, serve func(http.ResponseWriter, *http.Request) error, log zerolog.Logger,
) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /tiles/"+name+".json", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", jsonAge)
		answer(w, r, tileJSON)
	})
	mux.HandleFunc("GET "+tilesAddress(name), func(w http.ResponseWriter, r *http.Request) {
		if err := serve(w, r); err != nil {
			log.Error().Err(err).Str("map", name).Msg("a tile cannot be made")
			http.Error(w, "this tile cannot be made", http.StatusInternalServerError)
		}
	})
	return mux
}

func (a *Archive) serveTile(w http.ResponseWriter, r *http.Request) error {
	z, okZ := number(r.PathValue("z"))
	x, okX := number(r.PathValue("x"))
	y, okY := number(r.PathValue("y"))
	if !okZ || !okX || !okY || z < a.head.minZoom || z > a.head.maxZoom || x >= 1<<z || y >= 1<<z {
		http.NotFound(w, r)
		return nil
	}
	tile, found, err := a.Tile(z, x, y)
	if err != nil {
		return err
	}
	encoded := a.head.tile == gzipped
	if found && encoded && !acceptsGzip(r) {
		if tile, err = gunzip(tile, maxTile); err != nil {
			return err
		}
		encoded = false
	}
	w.Header().Set("Cache-Control", tileAge)
	w.Header().Set("Vary", "Accept-Encoding")
	if !found {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	w.Header().Set("Content-Type", a.head.contentType)
	if encoded {
		w.Header().Set("Content-Encoding", "gzip")
	}
	answer(w, r, tile)
	return nil
}

// answer sends body, or 304 if the client has it.
func answer(w http.ResponseWriter, r *http.Request, body []byte) {
	sum := sha256.Sum256(body)
	etag := `"` + hex.EncodeToString(sum[:12]) + `"`
	w.Header().Set("ETag", etag)
	if strings.Contains(r.Header.Get("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // the client is gone, nobody to tell
}

// tileJSON is the archive's description, TileJSON 3.0.0: what its metadata says, and what its header knows better.
func (a *Archive) tileJSON(address string) []byte {
	var said map[string]json.RawMessage
	_ = json.Unmarshal(a.meta, &said) // valid, but may be no object: then it says nothing
	all := map[string]any{}
	for _, key := range []string{"name", "description", "attribution", "version", "vector_layers"} {
		if value, ok := said[key]; ok {
			all[key] = value
		}
	}
	maps.Copy(all, map[string]any{
		"tilejson": "3.0.0",
		"format":   format(a.head.contentType),
		"scheme":   "xyz",
		"tiles":    []string{address},
		"minzoom":  a.head.minZoom,
		"maxzoom":  a.head.maxZoom,
		"bounds":   a.head.bounds,
		"center":   a.head.center,
	})
	text, err := json.Marshal(all)
	if err != nil {
		return []byte("{}") // cannot be: only valid JSON, numbers and strings
	}
	return text
}

// format names the tiles' content as TileJSON's authors do: pbf is vector tiles, anything else a kind of picture.
func format(contentType string) string {
	if kind, ok := strings.CutPrefix(contentType, "image/"); ok {
		return kind
	}
	return "pbf"
}

// number reads a tile's coordinate, decimal digits only.
func number(s string) (int, bool) {
	n, err := strconv.ParseUint(s, 10, 31)
	return int(n), err == nil
}

// acceptsGzip tells whether the client takes gzip (RFC 9110, 12.5.3), as all browsers do.
func acceptsGzip(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		coding, parameters, _ := strings.Cut(strings.TrimSpace(part), ";")
		if coding != "gzip" && coding != "*" {
			continue
		}
		weight, given := strings.CutPrefix(strings.ReplaceAll(parameters, " ", ""), "q=")
		q, err := strconv.ParseFloat(weight, 64)
		return !given || err != nil || q > 0
	}
	return false
}
