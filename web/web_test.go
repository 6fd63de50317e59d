package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

const page = "<!doctype html><title>page</title>"

func pack(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func built(t *testing.T) http.Handler {
	t.Helper()
	h, err := newHandler(fstest.MapFS{
		".gitkeep":             {},
		"index.html.gz":        {Data: pack(t, page)},
		"assets/main-1a.js.gz": {Data: pack(t, "let x")},
		"assets/inter.woff2":   {Data: []byte("font")},
	}, policyFor(""))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func ask(h http.Handler, method, path string, header ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	if r.Header.Get("Content-Encoding") == "gzip" {
		if b, err = unpack(b); err != nil {
			t.Fatal(err)
		}
	}
	return string(b)
}

func TestServe(t *testing.T) {
	const (
		html     = "text/html,application/xhtml+xml,*/*;q=0.8"
		asHTML   = "text/html; charset=utf-8"
		asScript = "text/javascript; charset=utf-8"
		asText   = "text/plain; charset=utf-8"
		nowhere  = "404 page not found\n"
	)
	cases := []struct {
		name, method, path     string
		accept, encoding       string
		status                 int
		kind, coding, keep, is string
	}{
		{"page", "GET", "/", html, "gzip, br", 200, asHTML, "gzip", eachTime, page},
		{"page, nothing accepted", "GET", "/", "", "", 200, asHTML, "", eachTime, page},
		{"page at any address", "GET", "/vehicles/7", html, "gzip", 200, asHTML, "gzip", eachTime, page},
		{"script", "GET", "/assets/main-1a.js", "*/*", "gzip", 200, asScript, "gzip", forever, "let x"},
		{"script without gzip", "GET", "/assets/main-1a.js", "*/*", "br", 200, asScript, "", forever, "let x"},
		{"gzip refused", "GET", "/assets/main-1a.js", "*/*", "gzip;q=0", 200, asScript, "", forever, "let x"},
		{"font", "GET", "/assets/inter.woff2", "*/*", "gzip", 200, "font/woff2", "", forever, "font"},
		{"head", "HEAD", "/", html, "gzip", 200, asHTML, "gzip", eachTime, ""},
		{"old script", "GET", "/assets/main-0.js", html, "gzip", 404, asText, "", "", nowhere},
		{"packed name", "GET", "/index.html.gz", "*/*", "gzip", 404, asText, "", "", nowhere},
		{"hidden file", "GET", "/.gitkeep", "*/*", "gzip", 404, asText, "", "", nowhere},
		{"unknown API", "GET", "/api/nothing", html, "gzip", 404, asText, "", "", nowhere},
		{"unknown data", "GET", "/favicon.ico", "image/*", "gzip", 404, asText, "", "", nowhere},
		{"written", "POST", "/", html, "gzip", 405, asText, "", "", "the page is only read\n"},
	}
	h := built(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := ask(h, c.method, c.path, "Accept", c.accept, "Accept-Encoding", c.encoding)
			if r.StatusCode != c.status {
				t.Fatalf("status %d, want %d", r.StatusCode, c.status)
			}
			for name, want := range map[string]string{
				"Content-Type": c.kind, "Content-Encoding": c.coding, "Cache-Control": c.keep,
			} {
				if got := r.Header.Get(name); got != want {
					t.Errorf("%s %q, want %q", name, got, want)
				}
			}
			if c.method == "HEAD" {
				return
			}
			if got := body(t, r); got != c.is {
				t.Errorf("body %q, want %q", got, c.is)
			}
		})
	}
}

func TestUnchangedIsNotSentAgain(t *testing.T) {
	h := built(t)
	first := ask(h, "GET", "/", "Accept-Encoding", "gzip")
	again := ask(h, "GET", "/", "Accept-Encoding", "gzip", "If-None-Match", first.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified || body(t, again) != "" {
		t.Errorf("status %d, want 304 and no body", again.StatusCode)
	}
	other := ask(h, "GET", "/", "Accept-Encoding", "gzip", "If-None-Match", `"other"`)
	if other.StatusCode != http.StatusOK {
		t.Errorf("status %d for another version, want 200", other.StatusCode)
	}
}

func TestThePageStaysWithItsServer(t *testing.T) {
	for _, path := range []string{"/", "/assets/main-1a.js", "/assets/none.js"} {
		h := ask(built(t), "GET", path).Header
		policy := h.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: policy %q lacks %q", path, policy, part)
			}
		}
		if strings.Contains(policy, "http") || strings.Contains(policy, "script-src") {
			t.Errorf("%s: policy %q lets something else in", path, policy)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s: security headers missing in %v", path, h)
		}
	}
}

func TestNotBuilt(t *testing.T) {
	h, err := newHandler(fstest.MapFS{".gitkeep": {}}, policyFor(""))
	if err != nil {
		t.Fatal(err)
	}
	r := ask(h, "GET", "/", "Accept", "text/html")
	if got := body(t, r); r.StatusCode != http.StatusServiceUnavailable || got != notBuilt+"\n" {
		t.Errorf("%d %q, want 503 and %q", r.StatusCode, got, notBuilt)
	}
}

// The embedded page, built or not, can be served.
func TestEmbedded(t *testing.T) {
	h, err := Handler("")
	if err != nil {
		t.Fatal(err)
	}
	r := ask(h, "GET", "/", "Accept", "text/html")
	if r.StatusCode != http.StatusOK && r.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("status %d", r.StatusCode)
	}
}

func TestPolicyOpensOneOrigin(t *testing.T) {
	const maps = "https://tiles.example.org:8443"
	for _, directive := range strings.Split(policyFor(maps), "; ") {
		name, _, _ := strings.Cut(directive, " ")
		opened := strings.HasSuffix(directive, " "+maps)
		if wanted := name == "connect-src" || name == "img-src"; opened != wanted {
			t.Errorf("%s: opened %t, want %t", directive, opened, wanted)
		}
	}
}
