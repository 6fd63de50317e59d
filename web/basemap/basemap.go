// Package basemap is the map under the vehicles, without a network: an embedded archive of vector tiles (4.6 MB: land,
// lakes, rivers, borders, names), and the reading and serving of any PMTiles archive, such as an operator's own.
//
// The embedded archive has zooms 0 to 6 and these source layers, each tile stored with gzip:
//
//	land       polygons
//	lakes      polygons
//	rivers     lines, from zoom 2
//	borders    lines; level 2 (countries) or 4 (states and provinces, from zoom 3; mere districts from zoom 6)
//	countries  points; name, rank 0 (largest area) to 6
//	places     points; name, population, capital (true, or absent), rank 0 (5 million people) to 9 (under 10,000)
//
// A place's rank is 0 from 5,000,000 people, 1 from 2,000,000, 2 from 1,000,000, 3 from 500,000, 4 from 200,000, 5 from
// 100,000, 6 from 50,000, 7 from 20,000, 8 from 10,000, 9 below; a capital's is at most 3, a city quarter's at least 7.
// Low zooms hold only the low ranks; a style shows the higher ones of zoom 6 as it goes deeper. Features of a layer are
// ordered, the largest place first. generate/ makes the file; NOTICE says whose data it is.
//
// An Archive reads its file as it is asked, from any number of goroutines, and keeps a bounded number of directories
// in memory. The package must not import any other of Drover's.
package basemap

import (
	"bytes"
	_ "embed" // the archive
	"fmt"
)

//go:embed basemap.pmtiles
var embedded []byte

// Embedded opens the archive that is part of the program.
func Embedded() (*Archive, error) {
	a, err := Open(bytes.NewReader(embedded))
	if err != nil {
		return nil, fmt.Errorf("the embedded base map: %w", err)
	}
	return a, nil
}
