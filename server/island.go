package main

import (
	"net/http"

	"github.com/rs/zerolog"

	"drover/geo/island"
	"drover/web/basemap"
)

// drawIsland makes the demo island, for its streets' names, too, and gives what serves its tiles.
func (d *drover) drawIsland(log zerolog.Logger) http.Handler {
	world := island.New(island.Seed)
	d.island = world
	bound := world.Bound()
	return basemap.DrawingHandler("island", world, basemap.Description{
		Name: "Demo island", MaxZoom: island.MaxZoom, Layers: island.Layers(),
		Bounds: [4]float64{bound.Left(), bound.Bottom(), bound.Right(), bound.Top()},
	}, log)
}
