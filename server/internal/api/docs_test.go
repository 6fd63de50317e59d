package api

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"drover/protocols"
)

// TestTheExamplesOfTheDocsWork runs the shell blocks of docs/api.md, in order, in one shell against a real server.
func TestTheExamplesOfTheDocsWork(t *testing.T) {
	text, err := os.ReadFile("../../../docs/api.md")
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
			t.Fatalf("docs/api.md no longer says %q", old)
		}
		script = strings.ReplaceAll(script, old, now)
	}
	shell := exec.CommandContext(t.Context(), "sh", "-c", script)
	shell.Dir = t.TempDir()
	output, err := shell.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	for _, part := range []string{
		`"email":"admin@example.com"`, `"role":"dispatcher"`, `"identity":"352093081452251"`, `{"added":2,"updated":0,`,
		`"name":"Van 8"`, `"path":"North"`, `"name":"Berta Brandt"`, `"plate":"HH-V 70"`, `{"vehicles":[]}`, "ok\n",
		`"fits":true`, `"clock_offset_s":28800,"options":{"checksum":"strict"}`, `"state":"answered"`, `"answer":"DOUT1:1"`,
		`{"asked":0}`,
	} {
		if !strings.Contains(string(output), part) {
			t.Errorf("no %q in\n%s", part, output)
		}
	}
	gpx, err := os.ReadFile(shell.Dir + "/day.gpx")
	if err != nil || !strings.Contains(string(gpx), "<gpx ") {
		t.Errorf("day.gpx: %v: %s", err, gpx)
	}
}
