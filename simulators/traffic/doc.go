// Package traffic drives vehicles over the streets of an island: from a depot to customers and back, at the speed
// limits, round bends and through traffic lights, with stops, and to the depot's yard for the night.
//
// A Fleet plans a few hundred Tours once, each a way with the speed at every point of it, and all vehicles share them.
// Where a vehicle is follows from its number and the time alone: its number says its depot, its place in the yard, its
// hours and its pace, and number and time which tour it is on. So a vehicle takes 96 bytes however far it drives, a
// look at it costs two binary searches, and a fleet that is started again is where it was.
//
// A Fleet never changes after NewFleet, and is safe for concurrent use; a Vehicle is its owner's. The package knows no
// trackers, protocols, sockets or clocks: times are given.
package traffic
