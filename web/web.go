// Package web serves the dispatcher's page from the binary: the files that `npm run build` leaves in dist.
//
// Text files are kept and sent compressed, by Brotli or gzip; a client that takes neither gets them unpacked. Names
// under /assets hold a hash of their content and may be kept for ever; index.html is asked for each time and answers
// every other address that a browser opens as a page, since the page keeps its state in the address. All answers carry
// the headers that keep the page to this server. A binary built without the page says how to build it.
//
// A Handler is made once and is safe for concurrent use. The package knows nothing of the API and imports nothing of
// the server.
package web

import (
	"embed"
	"io/fs"
	"net/http"
	"strings"
)

//go:embed all:dist
var dist embed.FS

const notBuilt = "the page was not built: run make web"

// policyFor is the Content-Security-Policy. The page may load scripts, styles, data and workers from its own server
// only, and the base map's tiles from maps, if that is an origin. Style attributes are allowed because the map sets
// them; data: and blob: images are how it makes its signs.
func policyFor(maps string) string {
	if maps != "" {
		maps = " " + maps
	}
	return "default-src 'self'; connect-src 'self'" + maps + "; img-src 'self' data: blob:" + maps +
		"; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
}

// Handler serves the embedded page. maps is the origin (scheme://host) of a base map that another server holds, "" if
// none does.
func Handler(maps string) (http.Handler, error) {
	built, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, err
	}
	return newHandler(built, policyFor(maps))
}

type handler struct {
	files  map[string]*file // by path, "/assets/…" and so on
	index  *file            // nil if the page was not built
	policy string
}

func newHandler(built fs.FS, policy string) (http.Handler, error) {
	files, err := load(built)
	if err != nil {
		return nil, err
	}
	return &handler{files: files, index: files["/index.html"], policy: policy}, nil
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header(), h.policy)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "the page is only read", http.StatusMethodNotAllowed)
		return
	}
	if f, ok := h.files[r.URL.Path]; ok {
		f.serve(w, r)
		return
	}
	switch {
	case !isPage(r):
		http.NotFound(w, r)
	case h.index == nil:
		http.Error(w, notBuilt, http.StatusServiceUnavailable)
	default:
		h.index.serve(w, r)
	}
}

// isPage tells whether a browser opens an address as a page, rather than asking for data that is not there.
func isPage(r *http.Request) bool {
	for _, prefix := range []string{"/api/", "/tiles/", "/assets/"} {
		if strings.HasPrefix(r.URL.Path, prefix) {
			return false
		}
	}
	return r.URL.Path == "/" || strings.Contains(r.Header.Get("Accept"), "text/html")
}

func secure(h http.Header, policy string) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
}
