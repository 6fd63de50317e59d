// Package places says in words where a point is, without a network: "in Melun, FR", "4 km NE of Melun, FR".
//
// It knows 130,000 towns of at least 1,000 people, from GeoNames (see NOTICE; generate/ makes places.bin of them). A
// town reaches as far as its population suggests. A point is in the town that has it nearest to its middle, measured by
// that reach; outside of all it is told by the town whose edge is nearest, with a bonus for large ones. So a point in a
// suburb of its own name is there, and not in the metropolis, and a point on a road is told by the town rather than the
// hamlet beside it. A point more than Reach away from any town, which is nearly always at sea, is nowhere. The country
// is the town's.
//
// # Cost
//
// The data, 2.7 MB, is part of the program and read where it lies: there is nothing to load and nothing on the heap;
// the system brings in the pages that are looked at. Towns lie in bands of a quarter degree of latitude, by longitude,
// so that a look-up is a binary search in the few bands that may hold a better one. On one core of a small machine
// Nearest takes 3.5 µs among the towns of Europe and 1 µs in mid-ocean (BenchmarkNearest) and allocates nothing, String
// allocates the string.
//
// The functions are pure and may be called from anywhere. The package is a leaf as geo is.
package places
