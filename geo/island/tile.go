package island

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
)

// MaxZoom is the deepest zoom of the tiles; a map stretches them further. The first is 0.
const MaxZoom = 14

// margin is how far tiles draw over their edges, in steps.
const margin = 128

// Layers are a tile's layers in their order.
func Layers() []string {
	return []string{"land", "water", "park", "industrial", "building", "road", "place", "poi"}
}

// feature is something as it is drawn.
type feature struct {
	layer      string
	from       int // zoom
	geometry   orb.Geometry
	bound      orb.Bound // of the geometry, in the world's square of 0..1
	properties []property
}

// property is a text, or where that is empty a number.
type property struct {
	key, text string
	number    int64
}

// Tile is the Mapbox vector tile at z, x, y, not compressed; nil where there is nothing. Its features are, by layer:
//
//	land        kind: island, coast (a line), beach, town, field
//	water       kind: sea and shallows (round the island), river, lake, pond; stream (a line, with a name)
//	park        kind: park, wood; name
//	industrial  kind: industry, pier, airport, runway, terminal, depot; name
//	building    surfaces, at zoom 14
//	road        class, name, ref, limit (km/h), bridge (1): lines
//	place       name, kind: town, water, park, industry, airport; rank 0 (largest) to 3
//	poi         name, kind: depot, shop, office, service, warehouse
func (i *Island) Tile(z, x, y int) ([]byte, error) {
	if z < 0 || z > MaxZoom || x < 0 || y < 0 || x >= 1<<z || y >= 1<<z {
		return nil, fmt.Errorf("island: there is no tile %d/%d/%d: zooms are 0 to %d", z, x, y, MaxZoom)
	}
	size := 1 / float64(int(1)<<z)
	view := orb.Bound{Min: orb.Point{float64(x) * size, float64(y) * size}}
	view.Max = add(view.Min, orb.Point{size, size})
	wide := view.Pad(size * margin / extent)
	layers := map[string]*layerWriter{}
	features := i.features()
	for k := range features {
		f := &features[k]
		if f.from > z || !f.bound.Intersects(wide) {
			continue
		}
		w := layers[f.layer]
		if w == nil {
			w = newLayerWriter()
			layers[f.layer] = w
		}
		w.add(f.properties, intoTile(f.geometry, view.Min, extent/size))
	}
	var tile []byte
	for _, name := range Layers() {
		if w := layers[name]; w != nil {
			tile = w.appendTo(tile, name)
		}
	}
	return tile, nil
}

// intoTile is a geometry of the world's square in steps of a tile, thinned and clipped.
func intoTile(geometry orb.Geometry, corner orb.Point, steps float64) orb.Geometry {
	frame := orb.Bound{Min: orb.Point{-margin, -margin}, Max: orb.Point{extent + margin, extent + margin}}
	move := func(line []orb.Point) []orb.Point {
		moved := make([]orb.Point, 0, len(line))
		for k, p := range line {
			q := scale(sub(p, corner), steps)
			if k > 0 && k < len(line)-1 && apart(q, moved[len(moved)-1]) < 2.5 {
				continue // nearer than can be seen
			}
			moved = append(moved, q)
		}
		return moved
	}
	switch g := geometry.(type) {
	case orb.Point:
		p := scale(sub(g, corner), steps)
		if p[0] < 0 || p[1] < 0 || p[0] >= extent || p[1] >= extent {
			return nil // a point is in one tile
		}
		return p
	case orb.LineString:
		return clip.LineString(frame, move(g))
	case orb.Polygon:
		var polygon orb.Polygon
		for _, ring := range g {
			polygon = append(polygon, move(ring))
		}
		return clip.Polygon(frame, polygon)
	}
	return nil
}

// inWorld is a place of the plane in the world's square: web Mercator, 0..1 from the north-west.
func inWorld(p orb.Point) orb.Point {
	at := degrees(p)
	y := math.Log(math.Tan(math.Pi/4+at[1]*math.Pi/360)) / (2 * math.Pi)
	return orb.Point{at[0]/360 + 0.5, 0.5 - y}
}
