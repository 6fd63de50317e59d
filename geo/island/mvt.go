package island

import (
	"math"

	"github.com/paulmach/orb"
	"google.golang.org/protobuf/encoding/protowire"
)

// extent is how many steps a tile is wide and high.
const extent = 4096

// The numbers of the Mapbox Vector Tile specification 2.1: fields of its messages, geometry types and commands.
const (
	tileLayers = 3

	layerName, layerFeatures, layerKeys, layerValues, layerExtent, layerVersion = 1, 2, 3, 4, 5, 15

	featureTags, featureType, featureGeometry = 2, 3, 4

	valueString, valueInt = 1, 4

	typePoint, typeLine, typePolygon = 1, 2, 3

	moveTo, lineTo, closePath = 1, 2, 7
)

// layerWriter gathers a layer's features. Keys and values are written once for all.
type layerWriter struct {
	features []byte
	keys     []string
	values   [][]byte
	keyAt    map[string]uint64
	valueAt  map[string]uint64
}

func newLayerWriter() *layerWriter {
	return &layerWriter{keyAt: map[string]uint64{}, valueAt: map[string]uint64{}}
}

// add writes a feature whose geometry is in steps of the tile. One without anything left is not written.
func (w *layerWriter) add(properties []property, geometry orb.Geometry) {
	kind, commands := encode(geometry)
	if len(commands) == 0 {
		return
	}
	var tags []uint64
	for _, p := range properties {
		tags = append(tags, w.key(p.key), w.value(p))
	}
	var b []byte
	b = appendPacked(b, featureTags, tags)
	b = protowire.AppendTag(b, featureType, protowire.VarintType)
	b = protowire.AppendVarint(b, kind)
	b = appendPacked(b, featureGeometry, commands)
	w.features = protowire.AppendTag(w.features, layerFeatures, protowire.BytesType)
	w.features = protowire.AppendBytes(w.features, b)
}

func (w *layerWriter) key(key string) uint64 {
	at, ok := w.keyAt[key]
	if !ok {
		at = uint64(len(w.keys))
		w.keyAt[key] = at
		w.keys = append(w.keys, key)
	}
	return at
}

func (w *layerWriter) value(p property) uint64 {
	var b []byte
	if p.text != "" {
		b = protowire.AppendTag(b, valueString, protowire.BytesType)
		b = protowire.AppendString(b, p.text)
	} else {
		b = protowire.AppendTag(b, valueInt, protowire.VarintType)
		b = protowire.AppendVarint(b, uint64(p.number))
	}
	at, ok := w.valueAt[string(b)]
	if !ok {
		at = uint64(len(w.values))
		w.valueAt[string(b)] = at
		w.values = append(w.values, b)
	}
	return at
}

// appendTo appends the layer to a tile.
func (w *layerWriter) appendTo(tile []byte, name string) []byte {
	if len(w.features) == 0 {
		return tile
	}
	b := protowire.AppendTag(nil, layerVersion, protowire.VarintType)
	b = protowire.AppendVarint(b, 2)
	b = protowire.AppendTag(b, layerName, protowire.BytesType)
	b = protowire.AppendString(b, name)
	b = append(b, w.features...)
	for _, key := range w.keys {
		b = protowire.AppendTag(b, layerKeys, protowire.BytesType)
		b = protowire.AppendString(b, key)
	}
	for _, value := range w.values {
		b = protowire.AppendTag(b, layerValues, protowire.BytesType)
		b = protowire.AppendBytes(b, value)
	}
	b = protowire.AppendTag(b, layerExtent, protowire.VarintType)
	b = protowire.AppendVarint(b, extent)
	tile = protowire.AppendTag(tile, tileLayers, protowire.BytesType)
	return protowire.AppendBytes(tile, b)
}

func appendPacked(b []byte, field protowire.Number, values []uint64) []byte {
	if len(values) == 0 {
		return b
	}
	var packed []byte
	for _, v := range values {
		packed = protowire.AppendVarint(packed, v)
	}
	b = protowire.AppendTag(b, field, protowire.BytesType)
	return protowire.AppendBytes(b, packed)
}

// pen writes commands; its place is the last point, to which the next is relative.
type pen struct {
	commands []uint64
	x, y     int64
}

func encode(geometry orb.Geometry) (kind uint64, commands []uint64) {
	var p pen
	switch g := geometry.(type) {
	case orb.Point:
		p.points(moveTo, []orb.Point{g})
		return typePoint, p.commands
	case orb.LineString:
		p.line(g)
		return typeLine, p.commands
	case orb.MultiLineString:
		for _, line := range g {
			p.line(line)
		}
		return typeLine, p.commands
	case orb.Polygon:
		for i, ring := range g {
			p.ring(ring, i == 0)
		}
		return typePolygon, p.commands
	}
	return 0, nil
}

func (p *pen) line(line []orb.Point) {
	if line = onSteps(line); len(line) < 2 {
		return
	}
	p.points(moveTo, line[:1])
	p.points(lineTo, line[1:])
}

// ring writes a ring clockwise as it is seen (y goes down), a hole the other way round.
func (p *pen) ring(ring orb.Ring, outer bool) {
	line := onSteps(ring)
	if len(line) > 1 && line[0] == line[len(line)-1] {
		line = line[:len(line)-1]
	}
	area := 0.0
	for i := range line {
		area += cross(line[i], line[(i+1)%len(line)])
	}
	if len(line) < 3 || area == 0 {
		return
	}
	if (area > 0) != outer {
		line = reverse(line)
	}
	p.points(moveTo, line[:1])
	p.points(lineTo, line[1:])
	p.commands = append(p.commands, 1<<3|closePath)
}

func (p *pen) points(command uint64, points []orb.Point) {
	p.commands = append(p.commands, uint64(len(points))<<3|command)
	for _, q := range points {
		x, y := int64(math.Round(q[0])), int64(math.Round(q[1]))
		p.commands = append(p.commands, protowire.EncodeZigZag(x-p.x), protowire.EncodeZigZag(y-p.y))
		p.x, p.y = x, y
	}
}

// onSteps rounds points to the tile's steps and drops those that repeat the last.
func onSteps(line []orb.Point) []orb.Point {
	var out []orb.Point
	for _, p := range line {
		q := orb.Point{math.Round(p[0]), math.Round(p[1])}
		if len(out) == 0 || out[len(out)-1] != q {
			out = append(out, q)
		}
	}
	return out
}
