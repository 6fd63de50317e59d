package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/teltonika"
)

// meanings runs decode over lines and gives the positions and the error of each.
func meanings(t *testing.T, protocol string, lines ...string) (positions []int, errors []string) {
	t.Helper()
	var out strings.Builder
	err := run(t.Context(), []string{"decode", "--protocol", protocol},
		streams{in: strings.NewReader(strings.Join(lines, "\n") + "\n"), out: &out})
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		var one struct {
			Positions []json.RawMessage
			Error     string
		}
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		positions, errors = append(positions, len(one.Positions)), append(errors, one.Error)
	}
	return positions, errors
}

// A capture that ends inside a frame gives its whole records, and what comes later gives only those that were not told.
func TestDecodeGivesWhatIsWholeOfACutFrame(t *testing.T) {
	at := time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)
	position := protocols.Position{Time: at, Located: true, Valid: true, Latitude: 48, Longitude: 2, Satellites: protocols.Some(9)}
	tracker := teltonika.Protocol().Speak(protocols.TCP, "352093081452251")
	frame := tracker.Report([]protocols.Position{position, position})
	for _, c := range []struct {
		name        string
		keep        int
		early, late int
	}{
		{"before the checksum", len(frame) - 4, 2, 0},
		{"before the second count", len(frame) - 5, 2, 0},
		{"in the second record", len(frame) - 20, 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, errs := meanings(t, "teltonika", fmt.Sprintf("%x", frame[:c.keep]), fmt.Sprintf("%x", frame[c.keep:]))
			if len(n) != 2 || n[0] != c.early || n[1] != c.late {
				t.Errorf("positions %v, want %d and then %d", n, c.early, c.late)
			}
			if !strings.Contains(errs[0], "cut after") || errs[1] != "" {
				t.Errorf("errors %q", errs)
			}
		})
	}
}

// A record of h02 has no length of its own: at the end of a line it is whole.
func TestDecodeTakesTheEndOfALineForTheEndOfARecord(t *testing.T) {
	const record = "24" + "1234567890" + "120000" + "150626" + "48514200" + "05" + "002210800c" + "034123" + "fffffbff" + "0001" + "05"
	n, errs := meanings(t, "h02", record, "", record)
	if len(n) != 2 || n[0] != 1 || n[1] != 1 || errs[0] != "" {
		t.Errorf("%d bytes: positions %v, errors %q", len(record)/2, n, errs)
	}
}
