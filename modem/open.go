package modem

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"go.bug.st/serial"
)

// place is a Line's URL taken apart.
type place struct {
	scheme string // serial, tcp or unix
	at     string // path or glob, host:port, path
	baud   int
	imei   string
}

const schemes = "serial:/dev/…, tcp://host:port or unix:path"

func parseURL(s string) (place, error) {
	u, err := url.Parse(s)
	if err != nil {
		return place{}, fmt.Errorf("URL %q: want %s", s, schemes)
	}
	p := place{scheme: u.Scheme, at: u.Opaque + u.Path, baud: 115200, imei: u.Query().Get("imei")}
	for k := range u.Query() {
		if (k != "baud" && k != "imei") || (k == "baud" && p.scheme != "serial") {
			return place{}, fmt.Errorf("URL %q: option %q, allowed are baud (serial only) and imei", s, k)
		}
	}
	if p.imei != "" && (len(p.imei) != 15 || !digits(p.imei)) {
		return place{}, fmt.Errorf("URL %q: an imei has 15 digits", s)
	}
	if b := u.Query().Get("baud"); b != "" {
		if p.baud, err = strconv.Atoi(b); err != nil || p.baud < 1200 || p.baud > 4_000_000 {
			return place{}, fmt.Errorf("URL %q: baud %q, want 1200 to 4000000", s, b)
		}
	}
	if p.scheme == "tcp" {
		p.at = u.Host
		if _, _, err := net.SplitHostPort(p.at); err != nil {
			return place{}, fmt.Errorf("URL %q: %w", s, err)
		}
		return p, nil
	}
	if (p.scheme != "serial" && p.scheme != "unix") || p.at == "" {
		return place{}, fmt.Errorf("URL %q: want %s", s, schemes)
	}
	if _, err := filepath.Match(p.at, ""); err != nil {
		return place{}, fmt.Errorf("URL %q: bad pattern", s)
	}
	return p, nil
}

// errAbsent says that there is nothing at the place, for now.
var errAbsent = errors.New("no such device")

// candidates are the URLs that p may mean now: one, or those of a glob in order of their names.
func (p place) candidates() ([]string, error) {
	if p.scheme != "serial" {
		return []string{p.url(p.at)}, nil
	}
	paths, err := filepath.Glob(p.at)
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("%s: %w", p.at, errAbsent)
	}
	slices.Sort(paths)
	for i, path := range paths {
		paths[i] = p.url(path)
	}
	return paths, nil
}

func (p place) url(at string) string {
	switch p.scheme {
	case "tcp":
		return "tcp://" + at
	case "unix":
		return "unix:" + (&url.URL{Path: at}).EscapedPath()
	}
	return "serial:" + (&url.URL{Path: at}).EscapedPath() + "?baud=" + strconv.Itoa(p.baud)
}

// Open opens a modem by its URL, as Line.URL but for globs. Reads block until there is something or the port is closed:
// a timeout would look like the end of the modem.
func Open(ctx context.Context, url string) (io.ReadWriteCloser, error) {
	p, err := parseURL(url)
	if err != nil {
		return nil, err
	}
	if p.scheme == "serial" {
		port, err := serial.Open(p.at, &serial.Mode{BaudRate: p.baud})
		if err != nil {
			return nil, fmt.Errorf("open %s: %s: %w", p.at, strings.ToLower(err.Error()), errAbsent)
		}
		return port, nil
	}
	var d net.Dialer
	c, err := d.DialContext(ctx, p.scheme, p.at)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errAbsent, err)
	}
	return c, nil
}
