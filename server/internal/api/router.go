package api

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// router is a mux whose every route is guarded by the table of permissions.
type router struct {
	mux      *http.ServeMux
	guard    func(permission, http.HandlerFunc) http.HandlerFunc
	patterns []string // all that were registered
	closed   []string // see shut
}

func newRouter(guard func(permission, http.HandlerFunc) http.HandlerFunc) *router {
	return &router{mux: http.NewServeMux(), guard: guard}
}

// HandleFunc registers a route, as http.ServeMux does. One that is not in the table gets the zero permission.
func (r *router) HandleFunc(pattern string, handler func(http.ResponseWriter, *http.Request)) {
	r.patterns = append(r.patterns, pattern)
	r.mux.HandleFunc(pattern, r.guard(permissions[pattern], handler))
}

// shut takes a method away from a path that a route with a wildcard would take for one of its own.
func (r *router) shut(pattern string) {
	r.closed = append(r.closed, pattern)
	r.mux.HandleFunc(pattern, r.unmatched)
}

// ServeHTTP serves the route that matches.
func (r *router) ServeHTTP(w http.ResponseWriter, req *http.Request) { r.mux.ServeHTTP(w, req) }

// unmatched answers what no route takes: 405 where another method would do, otherwise 404.
func (r *router) unmatched(w http.ResponseWriter, req *http.Request) {
	allowed := r.methods(req)
	if len(allowed) == 0 {
		writeProblem(w, http.StatusNotFound, "there is nothing at "+req.URL.Path)
		return
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	writeProblem(w, http.StatusMethodNotAllowed,
		req.Method+" does not work at "+req.URL.Path+"; it takes "+strings.Join(allowed, ", "))
}

// methods gives the methods that the path of a request takes.
func (r *router) methods(req *http.Request) []string {
	var allowed []string
	for _, method := range []string{"DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"} {
		probe := &http.Request{Method: method, Host: req.Host, URL: &url.URL{Path: req.URL.Path}}
		_, pattern := r.mux.Handler(probe)
		isPage := pattern == "/" && (method == http.MethodGet || method == http.MethodHead)
		if slices.Contains(r.closed, pattern) {
			continue
		}
		if isPage || !slices.Contains([]string{"", "/", "/api/"}, pattern) {
			allowed = append(allowed, method)
		}
	}
	return allowed
}
