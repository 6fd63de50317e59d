// Package geo is the geometry of vehicles on the Earth: distances, boxes, whether something moves, and trails thinned
// for display.
//
// Points are orb points: longitude, latitude in degrees, WGS 84, treated as points on a sphere, which is at most 0.56 %
// off in distances. The functions are pure: no clock, no state, no I/O; they never panic on finite input, and may be
// called from anywhere. Time comes from the reports.
//
// The package is a leaf: it knows shapes and times, not devices, messages or SQL, and imports no other of Drover's.
package geo
