package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"drover/server/internal/config"
	simulated "drover/simulators/modems"
	"drover/simulators/trackers"
)

// pages are what people read.
func pages(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../docs/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no docs/*.md (%v)", err)
	}
	texts := map[string]string{}
	for _, file := range append(files, "../README.md", "../ARCHITECTURE.md", "../CONTRIBUTING.md", "../CHANGELOG.md") {
		texts[file] = read(t, file)
	}
	return texts
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var linkPattern = regexp.MustCompile(`\]\(([^)#]+)(#[^)]*)?\)`)

// TestDocsLinksLeadSomewhere: every link of a page to a file finds it.
func TestDocsLinksLeadSomewhere(t *testing.T) {
	found := 0
	for page, text := range pages(t) {
		for _, link := range linkPattern.FindAllStringSubmatch(text, -1) {
			if strings.Contains(link[1], "://") {
				continue
			}
			found++
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), link[1])); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
	}
	if found == 0 {
		t.Error("no link was looked at")
	}
}

var (
	flagPattern   = regexp.MustCompile("`[^`]*?(--[a-z][a-z-]+)")
	targetPattern = regexp.MustCompile("`make ([a-z]+(?:-[a-z]+)*)")
)

// TestDocsNameWhatIsThere: every flag and every make target that a page names exists.
func TestDocsNameWhatIsThere(t *testing.T) {
	known := flagsOf(t, new(commands))
	known = append(known, flagsOf(t, &struct{ trackers.Config }{})...)
	known = append(known, flagsOf(t, &struct{ simulated.Flags }{})...)
	known = append(known, simulatorsFlags(t)...)
	known = append(known, "--data-binary") // curl's
	makefile := read(t, "../Makefile")
	for page, text := range pages(t) {
		for _, flag := range flagPattern.FindAllStringSubmatch(text, -1) {
			if !slices.Contains(known, flag[1]) {
				t.Errorf("%s names %s, which no command has", page, flag[1])
			}
		}
		for _, target := range targetPattern.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(makefile, "\n"+target[1]+":") {
				t.Errorf("%s names make %s, which the Makefile has not", page, target[1])
			}
		}
	}
}

// simulatorsFlags are those that the simulators' command line has besides.
func simulatorsFlags(t *testing.T) []string {
	t.Helper()
	help, err := exec.Command("go", "run", "../simulators", "trackers", "--help").Output()
	flags := regexp.MustCompile(`--[a-z][a-z-]+`).FindAllString(string(help), -1)
	if err != nil || !slices.Contains(flags, "--modems-at") {
		t.Fatalf("%s%v", help, err)
	}
	return flags
}

func flagsOf(t *testing.T, grammar any) []string {
	t.Helper()
	parser, err := kong.New(grammar)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	var walk func(*kong.Node)
	walk = func(n *kong.Node) {
		for _, f := range n.Flags {
			names = append(names, "--"+f.Name)
		}
		for _, child := range n.Children {
			walk(child)
		}
	}
	walk(parser.Model.Node)
	return names
}

var faultScriptPattern = regexp.MustCompile("(?s)```faults\n(.*?)```")

// TestDocsFaultScriptsCanBe: the rules that a page gives as an example are rules.
func TestDocsFaultScriptsCanBe(t *testing.T) {
	found := 0
	for page, text := range pages(t) {
		for _, script := range faultScriptPattern.FindAllStringSubmatch(text, -1) {
			rules, err := simulated.ParseRules(script[1])
			if found += len(rules); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
	}
	if found < 4 {
		t.Errorf("only %d rules were read", found)
	}
}

var variablePattern = regexp.MustCompile(`\bDROVER_[A-Z_]+`)

// TestVariablesAreSettings: every DROVER_ variable that the pages and the container files name is read by something.
func TestVariablesAreSettings(t *testing.T) {
	texts := pages(t)
	texts["../Dockerfile"], texts["../compose.yaml"] = read(t, "../Dockerfile"), read(t, "../compose.yaml")
	known := []string{"DROVER_DB_PASSWORD", config.SecretVariable} // compose.yaml's own, and one that no flag has
	for _, f := range reflect.VisibleFields(reflect.TypeFor[serveCommand]()) {
		known = append(known, f.Tag.Get("env"))
	}
	for page, text := range texts {
		for _, name := range variablePattern.FindAllString(text, -1) {
			if !slices.Contains(known, name) && !strings.HasSuffix(name, "_") {
				t.Errorf("%s names %s, which is no setting", page, name)
			}
		}
	}
}

// TestContainersOpenThePortForAll: Dockerfile and compose.yaml name it, for TCP and UDP.
func TestContainersOpenThePortForAll(t *testing.T) {
	dockerfile, compose := read(t, "../Dockerfile"), read(t, "../compose.yaml")
	port := strconv.Itoa(anyPort)
	for _, w := range []string{port, port + "/udp"} {
		if !slices.Contains(strings.Fields(dockerfile), w) {
			t.Errorf("the Dockerfile does not expose %s", w)
		}
		if !strings.Contains(compose, `"`+port+":"+w+`"`) {
			t.Errorf("compose.yaml does not publish %s", w)
		}
	}
}

var portSettingPattern = regexp.MustCompile("`(--(?:port|protocols|bind|trusted-proxies)) '?([^ `']+)'?`")

// TestDocsPortSettingsCanBe: every setting of trackers' ports that a page gives as an example is one that serve takes.
func TestDocsPortSettingsCanBe(t *testing.T) {
	certificate := filepath.Join(t.TempDir(), "certificate.pem")
	if err := os.WriteFile(certificate, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	found := 0
	for page, text := range pages(t) {
		for _, setting := range portSettingPattern.FindAllStringSubmatch(text, -1) {
			found++
			var said bytes.Buffer
			args := []string{"check-config", setting[1], setting[2], "--tls-cert", certificate, "--tls-key", certificate}
			if err := run(t.Context(), args, streams{strings.NewReader(""), &said, &said}); err != nil {
				t.Errorf("%s: %s %s: %v", page, setting[1], setting[2], err)
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d settings were tried", found)
	}
}
