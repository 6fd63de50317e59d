package all

import (
	"os"
	"path/filepath"
	"testing"

	"drover/protocols"
)

// TestEveryFolderIsListed walks the folders: one with testdata is a protocol, and must be on the list under its own
// name.
func TestEveryFolderIsListed(t *testing.T) {
	folders, err := filepath.Glob("../*/testdata")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no protocol has testdata (%v)", err)
	}
	for _, folder := range folders {
		if name := filepath.Base(filepath.Dir(folder)); Named(name) == nil {
			t.Errorf("protocols/%s is not listed", name)
		}
	}
	if len(folders) != len(Protocols()) {
		t.Errorf("%d folders have testdata, %d protocols are listed", len(folders), len(Protocols()))
	}
}

func TestEveryProtocolIsWhole(t *testing.T) {
	ports, last := map[int]string{}, ""
	for _, p := range Protocols() {
		if _, err := os.Stat("../" + p.Name); err != nil {
			t.Errorf("%s is not its folder's name: %v", p.Name, err)
		}
		if p.Name <= last {
			t.Errorf("%s comes after %s", p.Name, last)
		}
		last = p.Name
		if other, taken := ports[p.Port]; taken || p.Port < 1024 {
			t.Errorf("%s and %s share port %d", p.Name, other, p.Port)
		}
		ports[p.Port] = p.Name
		if p.Sniff == nil || p.Codec == nil || p.Speak == nil {
			t.Errorf("%s lacks Sniff, Codec or Speak", p.Name)
		}
		if p.Codec(protocols.TCP) == p.Codec(protocols.TCP) {
			t.Errorf("%s gives two conversations the same codec", p.Name)
		}
	}
}
