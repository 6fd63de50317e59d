package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"

	"drover/protocols/all"
)

// decodeTrial runs each protocol's benchmark over its golden conversations.
type decodeTrial struct {
	Time   string `help:"How long each run of a benchmark takes." default:"300ms"`
	Rounds int    `help:"How many runs; the best counts, since machines are shared." default:"30"`
}

// The most ns a record, cutting the stream included.
const (
	decodeBinary = 1000
	decodeText   = 3000
	decodeAllocs = 2.0
)

// decodeFloor gives a family's: text is slower, and Teltonika's has been lower for long.
func decodeFloor(protocol string) float64 {
	switch protocol {
	case "teltonika":
		return 450
	case "fifotrack", "gosafe", "gps103", "h02", "its", "jt600", "megastek", "meiligao", "meitrack", "osmand", "queclink",
		"starlink", "startek", "suntech", "taip", "tk103", "totem", "upro", "watch", "wialon", "xirgo":
		return decodeText
	}
	return decodeBinary
}

// Run prints a line for each protocol.
func (t *decodeTrial) Run(ctx context.Context, out io.Writer) error {
	var slow []string
	for _, p := range all.Protocols() {
		ns, allocs, err := t.benchmark(ctx, p.Name)
		if err != nil {
			return err
		}
		limit := decodeFloor(p.Name)
		fmt.Fprintf(out, "%-12s %7.0f ns a record (at most %.0f), %.2f allocations (at most %.0f)\n",
			p.Name, ns, limit, allocs, decodeAllocs)
		if ns > limit || allocs > decodeAllocs {
			slow = append(slow, p.Name)
		}
	}
	return floor(len(slow) == 0, "%s", strings.Join(slow, ", "))
}

// benchmark gives ns and allocations a record.
func (t *decodeTrial) benchmark(ctx context.Context, protocol string) (ns, allocs float64, err error) {
	text, err := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", "^BenchmarkDecode$",
		"-benchtime", t.Time, "-count", strconv.Itoa(t.Rounds), "drover/protocols/"+protocol).CombinedOutput()
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w\n%s", protocol, err, text)
	}
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		figures := figuresOf(lines.Text())
		if n := figures["ns/record"]; n > 0 && (ns == 0 || n < ns) {
			ns, allocs = n, figures["allocs/op"]/figures["records/op"]
		}
	}
	if ns == 0 {
		return 0, 0, fmt.Errorf("%s has no benchmark of its decoder\n%s", protocol, text)
	}
	return ns, allocs, nil
}

// figuresOf reads "BenchmarkX 100 12 ns/op 3 allocs/op" into its figures by unit.
func figuresOf(line string) map[string]float64 {
	figures := map[string]float64{}
	words := strings.Fields(line)
	for i := 1; i < len(words); i++ {
		if n, err := strconv.ParseFloat(words[i-1], 64); err == nil {
			figures[words[i]] = n
		}
	}
	return figures
}
