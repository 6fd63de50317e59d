package island

import (
	"fmt"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
)

// seen is a feature as it is read back from a tile.
type seen struct {
	properties map[string]string
	kind       uint64
	points     [][2]int64
	rings      [][][2]int64
}

// fields calls use with each field of a message.
func fields(t *testing.T, b []byte, use func(n protowire.Number, bytes []byte, value uint64)) {
	t.Helper()
	for len(b) > 0 {
		n, kind, size := protowire.ConsumeTag(b)
		if size < 0 {
			t.Fatal(protowire.ParseError(size))
		}
		b = b[size:]
		var bytes []byte
		var value uint64
		switch kind {
		case protowire.BytesType:
			bytes, size = protowire.ConsumeBytes(b)
		case protowire.VarintType:
			value, size = protowire.ConsumeVarint(b)
		default:
			t.Fatalf("field %d has type %d", n, kind)
		}
		if size < 0 {
			t.Fatal(protowire.ParseError(size))
		}
		b = b[size:]
		use(n, bytes, value)
	}
}

// readTile reads a tile back, by layer.
func readTile(t *testing.T, tile []byte) map[string][]seen {
	t.Helper()
	layers := map[string][]seen{}
	fields(t, tile, func(n protowire.Number, layer []byte, _ uint64) {
		if n != tileLayers {
			t.Fatalf("the tile has field %d", n)
		}
		var name string
		var keys, values []string
		var raw [][]byte
		fields(t, layer, func(n protowire.Number, b []byte, v uint64) {
			switch n {
			case layerName:
				name = string(b)
			case layerKeys:
				keys = append(keys, string(b))
			case layerValues:
				fields(t, b, func(_ protowire.Number, text []byte, number uint64) {
					if values = append(values, string(text)); text == nil {
						values[len(values)-1] = fmt.Sprint(number)
					}
				})
			case layerFeatures:
				raw = append(raw, b)
			case layerVersion:
				if v != 2 {
					t.Errorf("version %d", v)
				}
			}
		})
		for _, b := range raw {
			layers[name] = append(layers[name], readFeature(t, b, keys, values))
		}
	})
	return layers
}

func readFeature(t *testing.T, b []byte, keys, values []string) seen {
	t.Helper()
	f := seen{properties: map[string]string{}}
	fields(t, b, func(n protowire.Number, packed []byte, v uint64) {
		var numbers []uint64
		for len(packed) > 0 {
			number, size := protowire.ConsumeVarint(packed)
			numbers, packed = append(numbers, number), packed[size:]
		}
		switch n {
		case featureType:
			f.kind = v
		case featureTags:
			for i := 0; i < len(numbers); i += 2 {
				f.properties[keys[numbers[i]]] = values[numbers[i+1]]
			}
		case featureGeometry:
			f.readGeometry(t, numbers)
		}
	})
	return f
}

func (f *seen) readGeometry(t *testing.T, commands []uint64) {
	t.Helper()
	var x, y int64
	var ring [][2]int64
	for i := 0; i < len(commands); {
		command, count := commands[i]&7, int(commands[i]>>3)
		i++
		if command == closePath {
			f.rings = append(f.rings, ring)
			continue
		}
		if command == moveTo {
			ring = nil
		}
		for range count {
			x += protowire.DecodeZigZag(commands[i])
			y += protowire.DecodeZigZag(commands[i+1])
			i += 2
			f.points, ring = append(f.points, [2]int64{x, y}), append(ring, [2]int64{x, y})
			if x < -margin || y < -margin || x > extent+margin || y > extent+margin {
				t.Fatalf("a point at %d, %d is outside the tile", x, y)
			}
		}
	}
}

// TestTiles reads tiles of every zoom back: they hold what they should, within their frames, outer rings first.
func TestTiles(t *testing.T) {
	i := usual()
	for _, c := range []struct {
		z, x, y int
		holds   map[string]int // at least so many features of a layer
		named   string
	}{
		{0, 0, 0, map[string]int{"land": 1}, ""},
		{7, 64, 63, map[string]int{"land": 1, "road": 5, "place": 1}, "M1"},
		{10, 512, 511, map[string]int{"land": 3, "road": 100, "park": 5, "water": 3, "place": 3}, "Ring"},
		{12, 2048, 2047, map[string]int{"road": 200, "park": 3, "water": 2}, "Old Wall"},
		{14, 8192, 8191, map[string]int{"road": 40, "building": 500, "poi": 3}, "North Quay"},
	} {
		tile, err := i.Tile(c.z, c.x, c.y)
		if err != nil {
			t.Fatal(err)
		}
		if len(tile) > 400_000 {
			t.Errorf("%d/%d/%d has %d bytes", c.z, c.x, c.y, len(tile))
		}
		layers, named := readTile(t, tile), c.named == ""
		for layer, least := range c.holds {
			if len(layers[layer]) < least {
				t.Errorf("%d/%d/%d: layer %s has %d features", c.z, c.x, c.y, layer, len(layers[layer]))
			}
		}
		for _, features := range layers {
			for _, f := range features {
				named = named || f.properties["name"] == c.named
				checkRings(t, f)
			}
		}
		if !named {
			t.Errorf("%d/%d/%d does not hold %s", c.z, c.x, c.y, c.named)
		}
	}
}

// checkRings: a polygon begins with an outer ring, whose area is positive (y goes down).
func checkRings(t *testing.T, f seen) {
	t.Helper()
	for k, ring := range f.rings {
		area := int64(0)
		for i, p := range ring {
			q := ring[(i+1)%len(ring)]
			area += p[0]*q[1] - q[0]*p[1]
		}
		if area == 0 || k == 0 && area < 0 {
			t.Errorf("ring %d of %v has area %d", k, f.properties, area)
		}
	}
	if len(f.points) == 0 || f.kind == typePolygon && len(f.rings) == 0 {
		t.Errorf("%v has no geometry", f.properties)
	}
}

func TestTilesThatAreNot(t *testing.T) {
	i := usual()
	for _, c := range [][3]int{{-1, 0, 0}, {15, 0, 0}, {3, 8, 0}, {3, 0, -1}} {
		if _, err := i.Tile(c[0], c[1], c[2]); err == nil {
			t.Errorf("there is a tile %v", c)
		}
	}
	if tile, err := i.Tile(6, 8, 44); err != nil || tile != nil {
		t.Errorf("in the Pacific: %d bytes, %v", len(tile), err)
	}
}

func BenchmarkTile(b *testing.B) {
	i := usual()
	i.features()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := i.Tile(13, 4096, 4095); err != nil {
			b.Fatal(err)
		}
	}
}
