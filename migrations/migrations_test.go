package migrations

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
)

func TestNumberedWithoutAGap(t *testing.T) {
	names, err := fs.Glob(Files, "*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("%v, %v", names, err)
	}
	for i, name := range names {
		if want := fmt.Sprintf("%05d_", i+1); !strings.HasPrefix(name, want) {
			t.Errorf("%s: want %s first", name, want)
		}
		text, err := fs.ReadFile(Files, name)
		if err != nil || !strings.HasPrefix(string(text), "-- +goose Up\n") || strings.Contains(string(text), "+goose Down") {
			t.Errorf("%s: it goes up, and only up (%v)", name, err)
		}
	}
}
