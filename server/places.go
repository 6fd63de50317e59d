package main

import (
	"github.com/paulmach/orb"

	"drover/geo/island"
	"drover/geo/places"
)

// gazetteer knows the towns of the world, and the streets of the demo island where there is one.
func (d *drover) gazetteer() places.Gazetteer {
	if d.island == nil {
		return places.World{}
	}
	return places.Book{streets{d.island}, places.World{}}
}

// streets is the gazetteer of the demo island: "Ring, Port Null".
type streets struct{ island *island.Island }

// Nearest gives the address as a name without a country.
func (s streets) Nearest(at orb.Point) (places.Place, bool) {
	a, ok := s.island.Address(at)
	if !ok {
		return places.Place{}, false
	}
	return places.Place{Name: a.String(), Distance: a.Distance, Inside: a.Away == 0}, true
}
