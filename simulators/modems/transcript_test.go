package modems

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the transcripts anew from what the modem says")

// TestTranscripts: what programs ask at their start is answered byte by byte as the transcripts have it. Each line of a
// transcript that begins with > is typed, the next one is what comes back; both are quoted as in Go. A first line
// "profile NAME" and the word "echo" choose the modem.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/transcripts/*.txt")
	if err != nil || len(files) < 8 {
		t.Fatalf("%d transcripts, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { playTranscript(t, file) })
	}
}

func playTranscript(t *testing.T, file string) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	head := strings.Fields(lines[0])
	b := startBank(t, Config{Profiles: head[1:2], Network: NetworkConfig{ReportDelay: time.Hour}})
	c := dial(t, b, 0)
	if len(head) > 2 && head[2] == "echo" {
		c.ask("ATE1")
	}
	out := lines[:1:1]
	for i := 1; i < len(lines); i++ {
		typed, isTyped := strings.CutPrefix(lines[i], "> ")
		if !isTyped {
			continue
		}
		bytes, err := strconv.Unquote(typed)
		if err != nil {
			t.Fatalf("line %d: %v", i+1, err)
		}
		c.write(bytes)
		got := c.answerTo(bytes)
		out = append(out, lines[i], "< "+strconv.Quote(got))
		if *update {
			continue
		}
		want := ""
		if i+1 < len(lines) {
			want, err = strconv.Unquote(strings.TrimPrefix(lines[i+1], "< "))
		}
		if err != nil || got != want {
			t.Errorf("line %d: %s\ngot  %q\nwant %q (%v)", i+1, typed, got, want, err)
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(out, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// answerTo is what comes back for some bytes. What has no answer of its own, such as ESC, is followed by an AT that has.
func (c *client) answerTo(typed string) string {
	c.t.Helper()
	if strings.Trim(typed, "\x1b\r\n") == "" {
		c.write("AT\r")
	}
	return c.answer()
}
