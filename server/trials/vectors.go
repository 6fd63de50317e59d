package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"drover/protocols"
	"drover/protocols/all"
)

// vectorsTrial runs captured messages through `decode` and holds the answer against what they mean.
type vectorsTrial struct {
	Folder string `help:"Folder with a PROTOCOL.jsonl for each protocol." default:"../shared/vectors" type:"path"`
	Only   string `help:"One protocol's name; all if not given."`
	All    bool   `help:"Print every line that disagrees."`
}

// The floors count a disagreement as met where the protocol's guide says, by the line's id, why the vector is wrong.
const (
	fixesFloor      = 0.99 // of the lines
	attributesFloor = 0.95 // of the compared attributes
)

// vector is one captured message and its meaning, as the folder's README says.
type vector struct {
	ID        string         `json:"id"`
	Network   string         `json:"network"`
	Wire      string         `json:"wire"`
	Device    *string        `json:"device"`
	DeviceOr  []string       `json:"device_or"`
	Positions []vectorRecord `json:"positions"`
}

type vectorRecord struct {
	Fix        bool           `json:"fix"`
	Time       *string        `json:"time"`
	Valid      bool           `json:"valid"`
	Latitude   float64        `json:"latitude"`
	Longitude  float64        `json:"longitude"`
	Altitude   float64        `json:"altitude_m"`
	Speed      float64        `json:"speed_kmh"`
	Course     float64        `json:"course_deg"`
	Attributes map[string]any `json:"attributes"`
}

// decoded is a line of what `decode` prints.
type decoded struct {
	Device    *string          `json:"device"`
	Positions []map[string]any `json:"positions"`
	Error     *string          `json:"error"`
}

// score counts one protocol's agreement: the lines by their fixes, and the attributes.
type score struct {
	lines, agree, explained, failed                  int
	attributes, attributesAgree, attributesExplained int
}

// high is whether the floors are met.
func (s *score) high() bool {
	return float64(s.agree+s.explained) >= fixesFloor*float64(s.lines) &&
		float64(s.attributesAgree+s.attributesExplained) >= attributesFloor*float64(s.attributes)
}

func (s *score) print(out io.Writer, protocol string) {
	disagree := s.lines - s.agree - s.explained - s.failed
	fmt.Fprintf(out, "%-12s %d messages: %d agree (%.1f %%), %d explained, %d disagree, "+
		"%d fail (%.1f %% agree or explained)\n", protocol, s.lines, s.agree, percent(s.agree, s.lines),
		s.explained, disagree, s.failed, percent(s.agree+s.explained, s.lines))
	fmt.Fprintf(out, "%-12s %d attributes: %d agree (%.1f %%), %d explained (%.1f %% agree or explained)\n",
		"", s.attributes, s.attributesAgree, percent(s.attributesAgree, s.attributes), s.attributesExplained,
		percent(s.attributesAgree+s.attributesExplained, s.attributes))
}

// Run prints a line for each protocol that has vectors.
func (t *vectorsTrial) Run(ctx context.Context, out io.Writer) (err error) {
	binary, err := buildServer(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(filepath.Dir(binary))) }()
	var low []string
	tried := 0
	for _, p := range all.Protocols() {
		if t.Only != "" && p.Name != t.Only {
			continue
		}
		vectors, err := readVectors(filepath.Join(t.Folder, p.Name+".jsonl"))
		if errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintf(out, "%-12s no vectors in %s\n", p.Name, t.Folder)
			continue
		}
		if err != nil {
			return err
		}
		s, err := t.judge(ctx, out, binary, p, vectors)
		if err != nil {
			return err
		}
		tried += s.lines
		s.print(out, p.Name)
		if !s.high() {
			low = append(low, p.Name)
		}
	}
	fmt.Fprintf(out, "%d messages tried; at least %.0f %% and, of the attributes, %.0f %% must agree or be explained "+
		"in the protocol's guide\n", tried, 100*fixesFloor, 100*attributesFloor)
	return floor(len(low) == 0, "%s", strings.Join(low, ", "))
}

func percent(n, of int) float64 {
	if of == 0 {
		return 100
	}
	return 100 * float64(n) / float64(of)
}

// buildServer gives the server's binary in a temporary folder of its own.
func buildServer(ctx context.Context) (string, error) {
	dir, err := os.MkdirTemp("", "drover-trial-")
	if err != nil {
		return "", err
	}
	binary := filepath.Join(dir, "drover")
	if text, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "drover/server").CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the server: %w\n%s", err, text)
	}
	return binary, nil
}

func readVectors(file string) ([]vector, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var vectors []vector
	for lines := json.NewDecoder(bytes.NewReader(text)); ; {
		var v vector
		if err := lines.Decode(&v); errors.Is(err, io.EOF) {
			return vectors, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		vectors = append(vectors, v)
	}
}

func (t *vectorsTrial) judge(
	ctx context.Context, out io.Writer, binary string, p *protocols.Protocol, vectors []vector,
) (s score, err error) {
	known := map[string]bool{}
	for _, d := range p.Guide.Disagrees {
		for _, id := range d.Messages {
			known[id] = true
		}
	}
	for _, network := range []string{"tcp", "udp"} {
		var own []vector
		for _, v := range vectors {
			if v.Network == network {
				own = append(own, v)
			}
		}
		answers, err := decodeAll(ctx, binary, p.Name, network, own)
		if err != nil {
			return s, err
		}
		for i, v := range own {
			explained := known[v.ID]
			words := s.count(&v, &answers[i], explained)
			if t.All && words != "" {
				fmt.Fprintf(out, "  %s: %s (explained: %v)\n", v.ID, words, explained)
			}
		}
	}
	return s, nil
}

// count adds a line, and says in words what disagrees.
func (s *score) count(v *vector, d *decoded, explained bool) string {
	s.lines++
	why := v.compare(d)
	switch {
	case why == "":
		s.agree++
	case explained:
		s.explained++
	case d.Error != nil:
		s.failed++
	}
	compared, missing := v.compareAttributes(d)
	s.attributes += compared
	s.attributesAgree += compared - len(missing)
	if explained {
		s.attributesExplained += len(missing)
	}
	return strings.TrimSpace(why + " " + strings.Join(missing, " "))
}

// decodeAll runs `decode` over the vectors, each a conversation of its own.
func decodeAll(ctx context.Context, binary, protocol, network string, vectors []vector) ([]decoded, error) {
	var in bytes.Buffer
	for _, v := range vectors {
		fmt.Fprintf(&in, "%s\n\n", v.Wire)
	}
	command := exec.CommandContext(ctx, binary, "decode", "--protocol", protocol, "--network", network)
	command.Stdin = &in
	text, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	var answers []decoded
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Buffer(nil, 64<<20); lines.Scan(); {
		var d decoded
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			return nil, fmt.Errorf("decode printed %q: %w", lines.Text(), err)
		}
		answers = append(answers, d)
	}
	if len(answers) != len(vectors) {
		return nil, fmt.Errorf("decode answered %d of %d messages", len(answers), len(vectors))
	}
	return answers, nil
}
