package main

import (
	"fmt"
	"net/http"
	"os"

	"drover/server/internal/api"
	"drover/server/internal/config"
	"drover/web/basemap"
)

// openBasemap gives what serves the tiles, and what the page is told of them. The embedded map is always there: it is
// shown wherever the operator's own has nothing.
func (d *drover) openBasemap() (http.Handler, api.Basemap, error) {
	own := d.config.Basemap
	told := api.Basemap{Kind: "embedded", Attribution: d.config.BasemapAttribution}
	world, err := basemap.Embedded()
	if err != nil {
		return nil, told, err
	}
	log := d.part("tiles")
	tiles := http.NewServeMux()
	tiles.Handle("/", basemap.Handler("basemap", world, log))
	switch own.Kind {
	case config.BasemapPMTiles:
		file, err := os.Open(own.Path)
		if err != nil {
			return nil, told, fmt.Errorf("basemap: %w", err)
		}
		d.onClose(func() { file.Close() })
		archive, err := basemap.Open(file)
		if err != nil {
			return nil, told, fmt.Errorf("basemap: %s: %w", own.Path, err)
		}
		tiles.Handle("/tiles/own.json", basemap.Handler("own", archive, log))
		tiles.Handle("/tiles/own/", basemap.Handler("own", archive, log))
		told.Kind, told.URL = string(own.Kind), "/tiles/own.json"
	case config.BasemapRaster, config.BasemapStyle:
		told.Kind, told.URL = string(own.Kind), own.URL
	case config.BasemapEmbedded:
	}
	if d.config.Demo {
		island := d.drawIsland(log)
		tiles.Handle("/tiles/island.json", island)
		tiles.Handle("/tiles/island/", island)
	}
	return tiles, told, nil
}
