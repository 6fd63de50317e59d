// Package island is an island that is nowhere: Port Null and its sisters round latitude 0, longitude 0. It is made from
// a seed alone, without data from anywhere, so that maps, addresses, speed limits and simulated vehicles make sense on
// a machine that has never seen the internet.
//
// New lays out coast, river, lakes, woods and five towns; draws streets in curved grids, a ring road and motorways;
// and joins what crosses into one connected Graph of Nodes, Edges and Streets. Route finds the quickest way, Address
// the nearest street and town, Tile draws a vector tile. The same seed gives the same island, node for node.
//
// Inside, places are metres east and north of 0, 0 (at the equator a plane is true to 1 part in 200,000 here); all that
// is exported is in degrees, as orb has it: longitude first. Speeds are km/h and lengths metres, as their names say.
//
// An Island never changes after New, and may be used from any number of goroutines. The package is a leaf: it has no
// clock, no files and no sockets, and imports no other of Drover's but geo.
package island
