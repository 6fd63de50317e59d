package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBasemap(t *testing.T) {
	archive := filepath.Join(t.TempDir(), "own.pmtiles")
	if err := os.WriteFile(archive, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	const (
		raster = "https://tiles.example.org:8443/{z}/{x}/{y}.png?key=a"
		style  = "http://maps.example.org/style.json"
	)
	for text, want := range map[string]Basemap{
		"":      {},
		archive: {Kind: BasemapPMTiles, Path: archive},
		raster:  {Kind: BasemapRaster, URL: raster, Origin: "https://tiles.example.org:8443"},
		style:   {Kind: BasemapStyle, URL: style, Origin: "http://maps.example.org"},
	} {
		var b Basemap
		if err := b.UnmarshalText([]byte(text)); err != nil || b != want {
			t.Errorf("%q: got %+v, %v", text, b, err)
		}
		if again, err := b.MarshalText(); err != nil || string(again) != text {
			t.Errorf("%q is written as %q, %v", text, again, err)
		}
	}
}

func TestBasemapRefused(t *testing.T) {
	for text, want := range map[string]string{
		"map.mbtiles":                     "FILE.pmtiles or an https:// address",
		"/nonexistent/own.pmtiles":        "no such file",
		"ftp://host/{z}/{x}/{y}":          "is needed",
		"https://user:secret@host/a.json": "is needed",
		"https:///style.json":             "is needed",
		"https://host/{z}/{x}.png":        "once each",
		"https://host/world.pmtiles":      "must be a file here",
		"https://*.host/{z}/{x}/{y}":      "not the name of a host",
		"https://a;b/{z}/{x}/{y}":         "not the name of a host",
	} {
		var b Basemap
		if err := b.UnmarshalText([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}
