package web

import (
	"net/http"
	"testing"
	"testing/fstest"
)

// The smallest form that a client takes is sent, and each has its own ETag.
func TestForms(t *testing.T) {
	h, err := newHandler(fstest.MapFS{
		"index.html":           {Data: []byte(page)},
		"assets/main-1a.js.gz": {Data: pack(t, "let x")},
		"assets/main-1a.js.br": {Data: []byte("brotli")},
		"manifest.webmanifest": {Data: []byte("{}")},
	}, policyFor(""))
	if err != nil {
		t.Fatal(err)
	}
	tags := map[string]string{}
	for encoding, coding := range map[string]string{
		"gzip, deflate, br, zstd": "br",
		"gzip, deflate":           "gzip",
		"br;q=0, gzip":            "gzip",
		"identity":                "",
	} {
		r := ask(h, "GET", "/assets/main-1a.js", "Accept-Encoding", encoding)
		if got := r.Header.Get("Content-Encoding"); got != coding {
			t.Errorf("%s: sent as %q, want %q", encoding, got, coding)
		}
		if got := r.Header.Get("Vary"); got != "Accept-Encoding" {
			t.Errorf("%s: Vary %q", encoding, got)
		}
		want := "let x"
		if coding == "br" {
			want = "brotli"
		}
		if got := body(t, r); got != want {
			t.Errorf("%s: body %q, want %q", encoding, got, want)
		}
		tags[coding] = r.Header.Get("ETag")
	}
	if tags["br"] == tags["gzip"] {
		t.Error("two forms have the same ETag")
	}
	r := ask(h, "GET", "/assets/main-1a.js", "Accept-Encoding", "br", "If-None-Match", tags["br"])
	if r.StatusCode != http.StatusNotModified {
		t.Errorf("status %d, want 304", r.StatusCode)
	}
	if got := ask(h, "GET", "/manifest.webmanifest").Header.Get("Content-Type"); got != "application/manifest+json" {
		t.Errorf("the manifest is %q", got)
	}
}
