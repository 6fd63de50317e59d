package config

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// BasemapKind says what an operator's own base map is.
type BasemapKind string

// The kinds of base map. The zero value is the embedded one.
const (
	BasemapEmbedded BasemapKind = ""
	BasemapPMTiles  BasemapKind = "pmtiles" // an archive on this machine
	BasemapRaster   BasemapKind = "raster"  // pictures from another server
	BasemapStyle    BasemapKind = "style"   // a MapLibre style from another server
)

// Basemap is the map under the vehicles. The page asks only this server for it, unless it is raster or style.
type Basemap struct {
	Kind   BasemapKind
	Path   string // of the archive, if Kind is pmtiles
	URL    string // if Kind is raster or style
	Origin string // scheme://host[:port] of URL: the one that the page may ask besides this server
}

// UnmarshalText reads FILE.pmtiles, a URL with {z}, {x} and {y}, or another URL, which is a style's.
func (b *Basemap) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(string(text))
	switch {
	case s == "":
		*b = Basemap{}
		return nil
	case !strings.Contains(s, "://"):
		return b.file(s)
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
		return fmt.Errorf("basemap is %q, an address such as https://host/{z}/{x}/{y}.png or https://host/style.json "+
			"is needed", s)
	}
	if strings.ContainsAny(u.Host, " ;,'\"*") {
		return fmt.Errorf("basemap: %q is not the name of a host", u.Host)
	}
	*b = Basemap{Kind: BasemapStyle, URL: s, Origin: u.Scheme + "://" + u.Host}
	tiles := 0
	for _, part := range []string{"{z}", "{x}", "{y}"} {
		tiles += strings.Count(s, part)
	}
	switch {
	case tiles == 3:
		b.Kind = BasemapRaster
	case tiles != 0 || strings.HasSuffix(u.Path, ".pmtiles"):
		return fmt.Errorf("basemap is %q: tiles need {z}, {x} and {y} once each; an archive must be a file here", s)
	}
	return nil
}

func (b *Basemap) file(path string) error {
	if filepath.Ext(path) != ".pmtiles" {
		return fmt.Errorf("basemap is %q, FILE.pmtiles or an https:// address is needed", path)
	}
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("basemap: %w", err)
	}
	*b = Basemap{Kind: BasemapPMTiles, Path: path}
	return nil
}

// MarshalText writes the setting as it was given.
func (b Basemap) MarshalText() ([]byte, error) { return []byte(b.Path + b.URL), nil }
