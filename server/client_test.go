package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/rs/zerolog"

	"drover/server/internal/api"
)

var update = flag.Bool("update", false, "write the files that tests compare with")

// The page's types are made from web/api/openapi.json, so that file must be what the API says of itself.
func TestClientDocument(t *testing.T) {
	h, err := api.New(api.Config{
		Version: "any", Live: http.NotFoundHandler(), Page: http.NotFoundHandler(), Tiles: http.NotFoundHandler(),
		Log: zerolog.Nop(),
	})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/openapi.json", nil))
	var said bytes.Buffer
	if err := json.Indent(&said, w.Body.Bytes(), "", " "); err != nil {
		t.Fatalf("status %d: %v", w.Code, err)
	}
	said.WriteByte('\n')
	kept := filepath.Join("..", "web", "api", "openapi.json")
	if *update {
		if err := os.WriteFile(kept, said.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	is, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(is, said.Bytes()) {
		t.Error("the API's document has changed: run `make client`")
	}
}
