package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"drover/server/internal/config"
)

func TestBasemap(t *testing.T) {
	archive, err := filepath.Abs("../web/basemap/basemap.pmtiles")
	if err != nil {
		t.Fatal(err)
	}
	const raster = "https://tiles.example.org/{z}/{x}/{y}.png"
	for _, c := range []struct {
		setting, kind, url string
		own                int // status of the own archive's TileJSON
	}{
		{"", "embedded", "", http.StatusNotFound},
		{archive, "pmtiles", "/tiles/own.json", http.StatusOK},
		{raster, "raster", raster, http.StatusNotFound},
		{"https://maps.example.org/style.json", "style", "https://maps.example.org/style.json", http.StatusNotFound},
	} {
		d := &drover{log: zerolog.Nop(), config: config.Server{BasemapAttribution: "© who made it"}}
		if err := d.config.Basemap.UnmarshalText([]byte(c.setting)); err != nil {
			t.Fatal(err)
		}
		tiles, told, err := d.openBasemap()
		if err != nil {
			t.Fatalf("%q: %v", c.setting, err)
		}
		if told.Kind != c.kind || told.URL != c.url || told.Attribution != "© who made it" {
			t.Errorf("%q: the page is told %+v", c.setting, told)
		}
		for path, want := range map[string]int{
			"/tiles/basemap.json": http.StatusOK, "/tiles/basemap/0/0/0": http.StatusOK, "/tiles/own.json": c.own,
			"/tiles/own/0/0/0": c.own, "/tiles/other.json": http.StatusNotFound,
		} {
			w := httptest.NewRecorder()
			tiles.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
			if w.Code != want {
				t.Errorf("%q: %s answers %d, want %d", c.setting, path, w.Code, want)
			}
		}
		d.close()
	}
}

func TestBasemapThatIsNone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "broken.pmtiles")
	if err := os.WriteFile(file, []byte("not an archive"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := &drover{log: zerolog.Nop()}
	defer d.close()
	if err := d.config.Basemap.UnmarshalText([]byte(file)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.openBasemap(); err == nil || !strings.Contains(err.Error(), "broken.pmtiles") {
		t.Errorf("got %v, want an error that names the file", err)
	}
}
