// Package wire is what the protocols share about bytes: a Reader that cannot overrun and whose first failure
// sticks, checksums, BCD, NMEA degrees, and stock splitters for the commonest framings.
//
// Everything here is pure and safe for concurrent use, except a Reader, which belongs to one goroutine. It imports no
// other package of Drover.
package wire
