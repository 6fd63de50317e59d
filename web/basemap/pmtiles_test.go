package basemap

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// build makes an archive of tiles by id, with leaf directories of at most perLeaf entries.
func build(tiles map[uint64]string, perLeaf int, internal compression) []byte {
	var data []byte
	var entries []entry
	for _, id := range sorted(tiles) {
		entries = append(entries, entry{id, uint64(len(data)), uint32(len(tiles[id])), 1})
		data = append(data, tiles[id]...)
	}
	var leaves []byte
	var root []entry
	for part := range slices.Chunk(entries, perLeaf) {
		leaf := pack(writeDirectory(part), internal)
		root = append(root, entry{part[0].id, uint64(len(leaves)), uint32(len(leaf)), 0})
		leaves = append(leaves, leaf...)
	}
	if len(root) == 1 {
		root, leaves = entries, nil
	}
	meta := pack([]byte(`{"name":"test"}`), internal)
	return assemble(pack(writeDirectory(root), internal), meta, leaves, data, internal)
}

func assemble(root, meta, leaves, data []byte, internal compression) []byte {
	head := make([]byte, headerSize)
	copy(head, "PMTiles\x03")
	at := uint64(headerSize)
	for i, part := range [][]byte{root, meta, leaves, data} {
		binary.LittleEndian.PutUint64(head[8+16*i:], at)
		binary.LittleEndian.PutUint64(head[16+16*i:], uint64(len(part)))
		at += uint64(len(part))
	}
	head[97], head[98], head[99], head[101] = byte(internal), byte(plain), 1, 8
	return slices.Concat(head, root, meta, leaves, data)
}

func writeDirectory(entries []entry) []byte {
	b := binary.AppendUvarint(nil, uint64(len(entries)))
	var last uint64
	for _, e := range entries {
		b = binary.AppendUvarint(b, e.id-last)
		last = e.id
	}
	for _, e := range entries {
		b = binary.AppendUvarint(b, uint64(e.run))
	}
	for _, e := range entries {
		b = binary.AppendUvarint(b, uint64(e.length))
	}
	for i, e := range entries {
		if i > 0 && e.offset == entries[i-1].offset+uint64(entries[i-1].length) {
			b = binary.AppendUvarint(b, 0)
		} else {
			b = binary.AppendUvarint(b, e.offset+1)
		}
	}
	return b
}

func pack(b []byte, c compression) []byte {
	if c == plain {
		return b
	}
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write(b) // to memory
	_ = w.Close()
	return out.Bytes()
}

func sorted(tiles map[uint64]string) []uint64 {
	var ids []uint64
	for id := range tiles {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// The numbers are those of the format's description and its reference implementations' tests.
func TestTileID(t *testing.T) {
	for _, c := range []struct {
		z, x, y int
		want    uint64
	}{
		{0, 0, 0, 0}, {1, 0, 0, 1}, {1, 0, 1, 2}, {1, 1, 1, 3}, {1, 1, 0, 4}, {2, 0, 0, 5}, {2, 0, 1, 8},
		{12, 3423, 1763, 19078479},
	} {
		if got := tileID(c.z, c.x, c.y); got != c.want {
			t.Errorf("%d/%d/%d is %d, want %d", c.z, c.x, c.y, got, c.want)
		}
	}
}

// Each zoom's ids are its own range without a gap, and neighbours in it are neighbours on the map.
func TestTileIDsFollowACurve(t *testing.T) {
	type place struct{ x, y int }
	first := uint64(0)
	for z := range 7 {
		side := 1 << z
		at := map[uint64]place{}
		for x := range side {
			for y := range side {
				at[tileID(z, x, y)] = place{x, y}
			}
		}
		for i := range uint64(side * side) {
			here, ok := at[first+i]
			if !ok {
				t.Fatalf("zoom %d has no tile %d", z, first+i)
			}
			if i == 0 {
				continue
			}
			last := at[first+i-1]
			if dx, dy := here.x-last.x, here.y-last.y; dx*dx+dy*dy != 1 {
				t.Errorf("zoom %d: %v follows %v", z, here, last)
			}
		}
		first += uint64(side * side)
	}
}

func TestEveryTileIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const zoom = 5
		tiles := map[uint64]string{}
		count := rapid.IntRange(1, 300).Draw(t, "tiles")
		for range count {
			z := rapid.IntRange(0, zoom).Draw(t, "z")
			id := tileID(z, rapid.IntRange(0, 1<<z-1).Draw(t, "x"), rapid.IntRange(0, 1<<z-1).Draw(t, "y"))
			tiles[id] = fmt.Sprintf("tile %d", id)
		}
		internal := rapid.SampledFrom([]compression{plain, gzipped}).Draw(t, "internal")
		a, err := Open(bytes.NewReader(build(tiles, rapid.IntRange(1, 400).Draw(t, "entries a leaf"), internal)))
		if err != nil {
			t.Fatal(err)
		}
		for z := range zoom + 1 {
			for x := range 1 << z {
				for y := range 1 << z {
					want, there := tiles[tileID(z, x, y)]
					got, found, err := a.Tile(z, x, y)
					if err != nil || found != there || string(got) != want {
						t.Fatalf("%d/%d/%d is %q, %v, %v; want %q", z, x, y, got, found, err, want)
					}
				}
			}
		}
	})
}

func TestRuns(t *testing.T) {
	directory := writeDirectory([]entry{{1, 0, 3, 2}, {4, 0, 3, 1}})
	a, err := Open(bytes.NewReader(assemble(directory, []byte("{}"), nil, []byte("sea"), plain)))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		z, x, y int
		want    bool
	}{
		{0, 0, 0, false}, {1, 0, 0, true}, {1, 0, 1, true}, {1, 1, 1, false}, {1, 1, 0, true}, {1, 2, 0, false},
		{9, 0, 0, false},
	} {
		tile, found, err := a.Tile(c.z, c.x, c.y)
		if err != nil || found != c.want || (found && string(tile) != "sea") {
			t.Errorf("%d/%d/%d is %q, %v, %v", c.z, c.x, c.y, tile, found, err)
		}
	}
}

func TestCorruptArchives(t *testing.T) {
	good := build(map[uint64]string{0: "world", 1: "west"}, 10, plain)
	with := func(at int, b ...byte) []byte {
		bad := slices.Clone(good)
		copy(bad[at:], b)
		return bad
	}
	loop := writeDirectory([]entry{{0, 0, 5, 0}})
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"empty", nil, "header: unexpected EOF"},
		{"another file", with(0, []byte("SQLite")...), "another kind of file"},
		{"version 2", with(7, 2), "version 2 at byte 7"},
		{"brotli", with(98, 3), "tile compression 3 at byte 98"},
		{"unknown tiles", with(99, 9), "tile type 9 at byte 99"},
		{"zooms", with(100, 9), "zooms 9 to 8 at byte 100"},
		{"large root", with(16, 0xff, 0xff, 0xff), "root directory: 16777215 bytes at byte 127, more than the limit"},
		{"root beyond the end", with(8, 0xff, 0xff), "root directory: 9 bytes at byte 65535: unexpected EOF"},
		{"root beyond all", with(15, 0xff), "root directory: offset"},
		{"metadata", with(headerSize+10, 'x'), "metadata: not JSON"},
		{"not gzip", with(97, 2), "root directory: gzip"},
		{"many entries", with(headerSize, 0x7f), "127 entries in"},
		{"a leaf that is its own leaf", assemble(loop, []byte("{}"), loop, nil, plain), "more than 4 directories deep"},
		{"cut off tile", good[:len(good)-1-len("west")], "tile 0/0/0: 5 bytes at byte"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Open(bytes.NewReader(c.file))
			if err == nil {
				_, _, err = a.Tile(0, 0, 0)
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestDirectoryErrors(t *testing.T) {
	for _, c := range []struct {
		name string
		raw  []byte
		want string
	}{
		{"nothing", nil, "number of entries: cut off"},
		{"ids that stand still", []byte{2, 5, 0, 1, 1, 1, 1, 1, 1}, "tile ids do not rise"},
		{"no offset to start from", []byte{1, 5, 1, 1, 0}, "offset behind nothing"},
		{"large run", []byte{1, 5, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 1, 1}, "run length: 68719476735 does not fit"},
		{"cut off", []byte{1, 5, 1, 0x80, 0x80}, "length: cut off"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := parseDirectory(c.raw); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestBombsAreBounded(t *testing.T) {
	bomb := pack(make([]byte, 64<<20), gzipped)
	if _, err := Open(bytes.NewReader(assemble(bomb, nil, nil, nil, gzipped))); err == nil {
		t.Error("a directory of 64 MB was read")
	}
}

func FuzzDirectory(f *testing.F) {
	f.Add(writeDirectory([]entry{{0, 0, 3, 1}, {5, 3, 9, 2}, {9, 0, 3, 0}}))
	f.Add([]byte{2, 5, 0, 1, 1, 1, 1, 1, 1})
	f.Fuzz(func(t *testing.T, raw []byte) {
		entries, err := parseDirectory(raw)
		if err != nil {
			return
		}
		if len(entries) > len(raw)/4 {
			t.Fatalf("%d entries from %d bytes", len(entries), len(raw))
		}
		again, err := parseDirectory(writeDirectory(entries))
		if err != nil || !slices.Equal(again, entries) {
			t.Fatalf("%v became %v, %v", entries, again, err)
		}
		for _, e := range entries {
			if found, ok := find(entries, e.id); !ok && e.run > 0 || found != e {
				t.Fatalf("tile %d is not found", e.id)
			}
		}
	})
}

func FuzzArchive(f *testing.F) {
	f.Add(build(map[uint64]string{0: "world", 1: "west", 7: "seven"}, 2, plain))
	f.Add(build(map[uint64]string{0: "world"}, 2, gzipped))
	f.Fuzz(func(t *testing.T, file []byte) {
		a, err := Open(bytes.NewReader(file))
		if err != nil {
			return
		}
		for _, z := range []int{0, 1, 2, 8} {
			_, _, _ = a.Tile(z, 0, 0) // may fail, may not panic
		}
		a.tileJSON("/")
	})
}
