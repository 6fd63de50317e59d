package main

import (
	"bytes"
	"strings"
	"testing"

	"drover/protocols/all"
)

// printed is what the command prints.
func printed(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	if err := run(t.Context(), append([]string{"protocols"}, args...), streams{strings.NewReader(""), &out, &out}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestProtocolsPageIsNew: docs/protocols.md is what the families say of themselves now.
func TestProtocolsPageIsNew(t *testing.T) {
	want := strings.Split(printed(t, "--markdown"), "\n")
	got := strings.Split(read(t, "../docs/protocols.md"), "\n")
	for i := range max(len(want), len(got)) {
		if i >= len(want) || i >= len(got) || got[i] != want[i] {
			t.Fatalf("docs/protocols.md differs from line %d on: run make protocols", i+1)
		}
	}
}

// TestProtocolsTablesAreWhole: each row of a table has as many cells as its head, whatever a guide says.
func TestProtocolsTablesAreWhole(t *testing.T) {
	cells := 0
	for i, line := range strings.Split(printed(t, "--markdown"), "\n") {
		if !strings.HasPrefix(line, "|") {
			cells = 0
			continue
		}
		n := strings.Count(line, "|") - strings.Count(line, `\|`)
		if cells == 0 {
			cells = n
		}
		if n != cells {
			t.Errorf("line %d has %d cells, its table %d: %s", i+1, n-1, cells-1, line)
		}
	}
}

// TestProtocolsAreListed: the table for people has a line for each family.
func TestProtocolsAreListed(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(printed(t)), "\n")
	families := all.Protocols()
	if len(lines) != len(families)+1 {
		t.Fatalf("%d lines for %d families", len(lines), len(families))
	}
	for i, p := range families {
		if words := strings.Fields(lines[i+1]); words[0] != p.Name || !strings.Contains(lines[i+1], p.Guide.Title) {
			t.Errorf("line %d: %q, want %s", i+2, lines[i+1], p.Name)
		}
	}
}

func TestProtocolsWords(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"Markdown's own characters", escape("*HQ_ <a|b> [c] `d` ~"), "\\*HQ\\_ \\<a\\|b\\> \\[c\\] \\`d\\` \\~"},
		{"an underscore within a word", escape("checksum_ok"), "checksum_ok"},
		{"a sentence", sentence("all makers"), "All makers."},
		{"a sentence of a code", sentence("checksum_ok is false."), "checksum_ok is false."},
		{"a name", sentence("iTriangle and others"), "iTriangle and others."},
		{"makers without models", short("Eview: EV-07B"), "Eview"},
		{"code with a bar", code("a|b\r"), "`a\\|b\\r`"},
		{"code with a backtick", code("a`b"), "`` a`b ``"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, c.got, c.want)
		}
	}
}
