package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const addingPage = "../docs/adding-a-protocol.md"

// blockPattern is a file of the page: its name alone on a line, and its text in the next block.
var blockPattern = regexp.MustCompile("(?ms)^`([a-z0-9/._]+)`:\n\n```([a-z]+)\n(.*?)^```$")

// tryPattern is what the page says to try at the end: a shell's line, and what it prints.
var tryPattern = regexp.MustCompile("(?s)```sh\necho '([^\n]*)' \\| drover ([^\n]*)\n```\n\n```json\n(.*?)```")

// TestAddingAProtocol follows the steps of docs/adding-a-protocol.md in a copy of the protocols: it writes the page's
// files, has the golden ones made, which must be those of the page, registers the family, tests it, and asks a server
// that has it.
func TestAddingAProtocol(t *testing.T) {
	page := read(t, addingPage)
	copied := copyProtocols(t)
	golden := map[string]string{}
	overlay := map[string]string{}
	for _, block := range blockPattern.FindAllStringSubmatch(page, -1) {
		name, text := block[1], block[3]
		file := filepath.Join(copied, name)
		switch {
		case block[2] == "diff":
			text = patched(t, read(t, file), text)
		case filepath.Base(name) == "texts.txt": // its first part is not made
			golden[file] = text
			write(t, file, text)
			continue
		case filepath.Ext(name) == ".json" || filepath.Base(name) == "commands.txt":
			golden[file] = text
			continue
		}
		write(t, file, text)
		original, err := filepath.Abs(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		overlay[original] = file
	}
	if len(golden) != 3 || len(overlay) != 9 {
		t.Fatalf("the page has %d golden files and %d others, not 3 and 9", len(golden), len(overlay))
	}
	goRun(t, copied, "test", "-trimpath", "-run", "^TestProtocol$", "./protocols/demo", "-update")
	for file, want := range golden {
		if got := read(t, file); got != want {
			t.Errorf("%s is\n%s\nthe page says\n%s", file, got, want)
		}
	}
	goRun(t, copied, "vet", "-trimpath", "./protocols/demo")
	goRun(t, copied, "test", "-trimpath", "-bench", ".", "-benchtime", "10x", "./protocols/demo", "./protocols/all")
	tryAdded(t, page, overlay)
}

// tryAdded builds a server that has the family, and asks it what the page asks.
func tryAdded(t *testing.T, page string, overlay map[string]string) {
	t.Helper()
	replaced, err := json.Marshal(map[string]any{"Replace": overlay})
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	write(t, filepath.Join(folder, "overlay.json"), string(replaced))
	binary := filepath.Join(folder, "drover")
	goRun(t, ".", "build", "-overlay", filepath.Join(folder, "overlay.json"), "-o", binary, ".")
	try := tryPattern.FindStringSubmatch(page)
	if try == nil {
		t.Fatal("the page says nothing to try")
	}
	decode := exec.CommandContext(t.Context(), binary, strings.Fields(try[2])...)
	decode.Stdin = strings.NewReader(try[1] + "\n")
	if out, err := decode.CombinedOutput(); err != nil || string(out) != try[3] {
		t.Errorf("decode says (%v)\n%s\nthe page says\n%s", err, out, try[3])
	}
	out, err := exec.CommandContext(t.Context(), binary, "protocols").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "\ndemo ") {
		t.Errorf("the family is not listed (%v):\n%s", err, out)
	}
}

// copyProtocols gives a module of the protocols alone.
func copyProtocols(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(filepath.Join(folder, "protocols"), noCases{os.DirFS("../protocols")}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		write(t, filepath.Join(folder, name), read(t, "../"+name))
	}
	return folder
}

// noCases is a file system in which the folders of cases are empty.
type noCases struct{ fs.FS }

func (n noCases) ReadDir(name string) ([]fs.DirEntry, error) {
	if filepath.Base(name) == "testdata" {
		return nil, nil
	}
	return fs.ReadDir(n.FS, name)
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// patched adds a diff's lines with +, each after the line before it.
func patched(t *testing.T, text, diff string) string {
	t.Helper()
	lines := strings.SplitAfter(text, "\n")
	at := 0
	for line := range strings.Lines(diff) {
		if line[0] == '+' {
			at++
			lines = slices.Insert(lines, at, line[1:])
			continue
		}
		if at = slices.Index(lines, line[1:]); at < 0 {
			t.Fatalf("the page's diff speaks of %q, which is not there", line)
		}
	}
	return strings.Join(lines, "")
}

// goRun runs the go command in a folder.
func goRun(t *testing.T, folder string, args ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", args...)
	command.Dir = folder
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}
