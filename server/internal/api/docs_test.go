package api

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"drover/protocols"
)

// TestTheExamplesOfTheDocsWork runs the shell blocks of docs/api.md.
func TestTheExamplesOfTheDocsWork(t *testing.T) {
	output, folder := runExamples(t, "api.md")
	said(t, output, `"email":"admin@example.com"`, `"role":"dispatcher"`, `"identity":"352093081452251"`,
		`{"added":2,"updated":0,`, `"name":"Van 8"`, `"path":"North"`, `"name":"Berta Brandt"`, `"plate":"HH-V 70"`,
		`{"vehicles":[]}`, "ok\n", `"fits":true`, `"clock_offset_s":28800,"options":{"checksum":"strict"}`,
		`"state":"answered"`, `"answer":"DOUT1:1"`, `{"asked":0}`)
	gpx, err := os.ReadFile(folder + "/day.gpx")
	if err != nil || !strings.Contains(string(gpx), "<gpx ") {
		t.Errorf("day.gpx: %v: %s", err, gpx)
	}
}

// TestTheExamplesOfSIMsWork runs those of docs/sims.md.
func TestTheExamplesOfSIMsWork(t *testing.T) {
	output, _ := runExamples(t, "sims.md")
	said(t, output, `{"added":2,"updated":0,"failed":1,`, `"line":4,"column":"iccid"`, `"dry_run":true`, `"dry_run":false`,
		"8933000000000000025,,,Orange,,Fleet 50,stock,,50000000,,box 3", `"state":"stock","has_pin":true`, `"state":"active"`,
		`{"days":[]}`)
}

// runExamples runs the shell blocks of a page, in order, in one shell against a real server. It gives what they print,
// and the folder that they run in.
func runExamples(t *testing.T, page string) (output, folder string) {
	t.Helper()
	text, err := os.ReadFile("../../../docs/" + page)
	if err != nil {
		t.Fatal(err)
	}
	script := "set -eu\n"
	for _, block := range regexp.MustCompile("(?ms)^```sh\n(.*?)^```$").FindAllStringSubmatch(string(text), -1) {
		script += block[1] + "\necho\n"
	}
	w := newWorld(t)
	w.dispatch().wires.Open(w.devices[0].ID, func(protocols.Command) (protocols.Result, error) {
		return protocols.Result{Text: "DOUT1:1"}, nil
	})
	for old, now := range map[string]string{
		"http://127.0.0.1:8080": w.url, "lusab-babad-gutih-tugad-momor": password,
	} {
		if !strings.Contains(script, old) {
			t.Fatalf("docs/%s no longer says %q", page, old)
		}
		script = strings.ReplaceAll(script, old, now)
	}
	shell := exec.CommandContext(t.Context(), "sh", "-c", script)
	shell.Dir = t.TempDir()
	printed, err := shell.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, printed)
	}
	return string(printed), shell.Dir
}

func said(t *testing.T, output string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(output, part) {
			t.Errorf("no %q in\n%s", part, output)
		}
	}
}
