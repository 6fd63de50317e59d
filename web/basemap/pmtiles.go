package basemap

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
)

// Limits that a sound archive keeps by far, so that a corrupt one cannot take the memory.
const (
	maxDirectory = 1 << 20  // bytes of one directory as stored
	maxExpanded  = 8 << 20  // bytes of a directory or the metadata, decompressed
	maxTile      = 16 << 20 // bytes of one tile
	maxMetadata  = 1 << 20  // bytes of the metadata as stored
	maxCached    = 1 << 18  // entries of leaf directories kept in memory, 24 bytes each
	maxDepth     = 4        // directories from the root to a tile
	maxZoom      = 26       // beyond it tiles are smaller than a metre
)

const headerSize = 127

// compression says how an archive's tiles are stored (PMTiles version 3, "Compression").
type compression byte

// The compressions that are read.
const (
	plain   compression = 1
	gzipped compression = 2
)

// contentTypes are the media types of the tiles (PMTiles version 3, "Tile Type").
var contentTypes = map[byte]string{
	1: "application/vnd.mapbox-vector-tile",
	2: "image/png",
	3: "image/jpeg",
	4: "image/webp",
	5: "image/avif",
}

// Archive is an open PMTiles archive, version 3. Its methods may be called concurrently.
type Archive struct {
	file io.ReaderAt
	head header
	root []entry
	meta json.RawMessage

	mu     sync.Mutex
	leaves map[uint64][]entry // by offset; emptied when it holds too much
	cached int                // entries in leaves
}

// header is the archive's first 127 bytes.
type header struct {
	root, metadata, leaves, tiles section
	internal, tile                compression
	contentType                   string
	minZoom, maxZoom              int
	bounds                        [4]float64 // west, south, east, north in degrees
	center                        [3]float64 // longitude, latitude in degrees, zoom
}

type section struct{ offset, length uint64 }

// entry leads to a tile, to a run of tiles which are all the same, or, if run is 0, to a leaf directory.
type entry struct {
	id     uint64
	offset uint64
	length uint32
	run    uint32
}

// Open reads the header, root directory and metadata of an archive. Its errors name the field.
func Open(file io.ReaderAt) (*Archive, error) {
	var raw [headerSize]byte
	if _, err := file.ReadAt(raw[:], 0); err != nil {
		return nil, fmt.Errorf("pmtiles: header: %w", noEOF(err))
	}
	head, err := parseHeader(raw[:])
	if err != nil {
		return nil, fmt.Errorf("pmtiles: header: %w", err)
	}
	a := &Archive{file: file, head: head, leaves: map[uint64][]entry{}}
	if a.root, err = a.directory(head.root); err != nil {
		return nil, fmt.Errorf("pmtiles: root directory: %w", err)
	}
	a.meta = json.RawMessage("{}")
	if head.metadata.length > 0 {
		if a.meta, err = a.expand(head.metadata, maxMetadata); err != nil {
			return nil, fmt.Errorf("pmtiles: metadata: %w", err)
		}
	}
	if !json.Valid(a.meta) {
		return nil, errors.New("pmtiles: metadata: not JSON")
	}
	return a, nil
}

func parseHeader(b []byte) (header, error) {
	if string(b[:7]) != "PMTiles" {
		return header{}, errors.New("the first seven bytes are not PMTiles: this is another kind of file")
	}
	if b[7] != 3 {
		return header{}, fmt.Errorf("version %d at byte 7, only 3 is read", b[7])
	}
	at := func(i int) section {
		return section{binary.LittleEndian.Uint64(b[i:]), binary.LittleEndian.Uint64(b[i+8:])}
	}
	degrees := func(i int) float64 { return float64(int32(binary.LittleEndian.Uint32(b[i:]))) / 1e7 }
	h := header{
		root: at(8), metadata: at(24), leaves: at(40), tiles: at(56),
		internal: compression(b[97]), tile: compression(b[98]), contentType: contentTypes[b[99]],
		minZoom: int(b[100]), maxZoom: int(b[101]),
		bounds: [4]float64{degrees(102), degrees(106), degrees(110), degrees(114)},
		center: [3]float64{degrees(119), degrees(123), float64(b[118])},
	}
	for _, c := range []struct {
		at   int
		what string
		is   compression
	}{{97, "internal", h.internal}, {98, "tile", h.tile}} {
		if c.is != plain && c.is != gzipped {
			return header{}, fmt.Errorf("%s compression %d at byte %d, only 1 (none) and 2 (gzip) are read",
				c.what, c.is, c.at)
		}
	}
	if h.contentType == "" {
		return header{}, fmt.Errorf("tile type %d at byte 99, only 1 (vector) to 5 (avif) are known", b[99])
	}
	if h.minZoom > h.maxZoom || h.maxZoom > maxZoom {
		return header{}, fmt.Errorf("zooms %d to %d at byte 100, allowed are 0 to %d", h.minZoom, h.maxZoom, maxZoom)
	}
	return h, nil
}

// Tile returns a tile as it is stored; false if the archive has none there. x counts from 180° west, y from the north.
func (a *Archive) Tile(z, x, y int) ([]byte, bool, error) {
	if z < a.head.minZoom || z > a.head.maxZoom || x < 0 || y < 0 || x >= 1<<z || y >= 1<<z {
		return nil, false, nil
	}
	id := tileID(z, x, y)
	entries := a.root
	for range maxDepth {
		found, ok := find(entries, id)
		if !ok {
			return nil, false, nil
		}
		if found.run > 0 {
			tile, err := a.read(section{a.head.tiles.offset + found.offset, uint64(found.length)}, maxTile)
			if err != nil {
				return nil, false, fmt.Errorf("pmtiles: tile %d/%d/%d: %w", z, x, y, err)
			}
			return tile, true, nil
		}
		var err error
		if entries, err = a.leaf(found); err != nil {
			return nil, false, fmt.Errorf("pmtiles: leaf directory of tile %d/%d/%d: %w", z, x, y, err)
		}
	}
	return nil, false, fmt.Errorf("pmtiles: tile %d/%d/%d: more than %d directories deep", z, x, y, maxDepth)
}

// leaf reads a leaf directory, or remembers it.
func (a *Archive) leaf(e entry) ([]entry, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if known, ok := a.leaves[e.offset]; ok {
		return known, nil
	}
	entries, err := a.directory(section{a.head.leaves.offset + e.offset, uint64(e.length)})
	if err != nil {
		return nil, err
	}
	if a.cached+len(entries) > maxCached {
		clear(a.leaves)
		a.cached = 0
	}
	a.leaves[e.offset] = entries
	a.cached += len(entries)
	return entries, nil
}

func (a *Archive) directory(s section) ([]entry, error) {
	raw, err := a.expand(s, maxDirectory)
	if err != nil {
		return nil, err
	}
	return parseDirectory(raw)
}

// expand reads a section that is stored with the internal compression.
func (a *Archive) expand(s section, limit uint64) ([]byte, error) {
	raw, err := a.read(s, limit)
	if err != nil || a.head.internal == plain {
		return raw, err
	}
	return gunzip(raw, maxExpanded)
}

func (a *Archive) read(s section, limit uint64) ([]byte, error) {
	if s.length > limit {
		return nil, fmt.Errorf("%d bytes at byte %d, more than the limit of %d", s.length, s.offset, limit)
	}
	if s.offset > 1<<62 {
		return nil, fmt.Errorf("offset %d is beyond any file", s.offset)
	}
	data := make([]byte, s.length)
	if n, err := a.file.ReadAt(data, int64(s.offset)); n < len(data) {
		return nil, fmt.Errorf("%d bytes at byte %d: %w", s.length, s.offset, noEOF(err))
	}
	return data, nil
}

// parseDirectory reads a directory (PMTiles version 3, "Directory"): the number of entries, then all ids as
// differences, all runs, all lengths, all offsets (0 for "behind the one before", else one more than the offset).
func parseDirectory(b []byte) ([]entry, error) {
	r := varints{rest: b}
	count := r.next("number of entries")
	if r.err == nil && count > uint64(len(r.rest))/4 { // each entry takes four bytes or more
		return nil, fmt.Errorf("%d entries in %d bytes", count, len(b))
	}
	if r.err != nil {
		return nil, r.err
	}
	entries := make([]entry, count)
	var id uint64
	for i := range entries {
		step := r.next("tile id")
		if (i > 0 && step == 0) || id+step < id {
			return nil, fmt.Errorf("entry %d: tile ids do not rise", i)
		}
		id += step
		entries[i].id = id
	}
	for i := range entries {
		entries[i].run = r.small("run length")
	}
	for i := range entries {
		entries[i].length = r.small("length")
	}
	for i := range entries {
		offset := r.next("offset")
		switch {
		case offset > 0:
			entries[i].offset = offset - 1
		case i > 0:
			entries[i].offset = entries[i-1].offset + uint64(entries[i-1].length)
		case r.err == nil:
			return nil, errors.New("entry 0: offset behind nothing")
		}
	}
	return entries, r.err
}

// find is the entry that leads to tile id, in rising order of ids.
func find(entries []entry, id uint64) (entry, bool) {
	i, exact := slices.BinarySearchFunc(entries, id, func(e entry, id uint64) int { return cmp.Compare(e.id, id) })
	if !exact {
		i--
	}
	if i < 0 {
		return entry{}, false
	}
	e := entries[i]
	return e, e.run == 0 || id-e.id < uint64(e.run)
}

// tileID numbers the tiles of all zooms one after another, within each along a Hilbert curve.
func tileID(z, x, y int) uint64 {
	id := (uint64(1)<<(2*z) - 1) / 3
	for s := 1 << z >> 1; s > 0; s >>= 1 {
		right, low := x&s != 0, y&s != 0
		switch {
		case right && low:
			id += 2 * uint64(s) * uint64(s)
		case right:
			id += 3 * uint64(s) * uint64(s)
			x, y = s-1-x&(s-1), s-1-y&(s-1)
		case low:
			id += uint64(s) * uint64(s)
		}
		if !low {
			x, y = y, x
		}
	}
	return id
}

// varints reads numbers one after another; its first error stays.
type varints struct {
	rest []byte
	err  error
}

func (r *varints) next(what string) uint64 {
	if r.err != nil {
		return 0
	}
	value, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.err = fmt.Errorf("%s: cut off or too large, %d bytes before the end", what, len(r.rest))
		return 0
	}
	r.rest = r.rest[n:]
	return value
}

func (r *varints) small(what string) uint32 {
	value := r.next(what)
	if value > 1<<32-1 {
		r.err = fmt.Errorf("%s: %d does not fit 32 bits", what, value)
		return 0
	}
	return uint32(value)
}

func gunzip(data []byte, limit int64) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", noEOF(err))
	}
	out, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", noEOF(err))
	}
	if int64(len(out)) > limit {
		return nil, fmt.Errorf("more than %d bytes decompressed", limit)
	}
	return out, nil
}

// noEOF makes the end of a file where more should be an error by that name.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
