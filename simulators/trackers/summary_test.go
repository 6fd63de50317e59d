package trackers

import (
	"encoding/json"
	"testing"
	"time"
)

func TestSummary(t *testing.T) {
	s := Summary{Vehicles: 200, Lines: 199, Elapsed: 61 * time.Second, Acknowledged: 2440, PerSecond: 40,
		P50: 1234567, P99: 98765432}
	const short = "200 vehicles, 199 lines, 2440 records acknowledged in 61 s (40/s), " +
		"acknowledgement p50 1.23ms p99 98.77ms"
	if got := s.String(); got != short {
		t.Errorf("got  %s\nwant %s", got, short)
	}
	s.Errors, s.LastError, s.Outages, s.Cut, s.Spoilt, s.Commands, s.Forgotten = 1, "login: refused", 2, 3, 4, 5, 6
	const long = short + ", 2 outages, 3 reports cut, 4 reports spoilt, 5 commands obeyed, " +
		"6 records dropped from full backlogs, 1 lines broken (last: login: refused)"
	if got := s.String(); got != long {
		t.Errorf("got  %s\nwant %s", got, long)
	}
	const object = `{"vehicles":200,"lines":199,"elapsed_ns":61000000000,"acknowledged":2440,"written":0,"per_second":40,` +
		`"p50_ns":1234567,"p99_ns":98765432,"errors":1,"last_error":"login: refused","forgotten":6,"outages":2,"cut":3,` +
		`"spoilt":4,"commands":5}`
	if got, err := json.Marshal(s); err != nil || string(got) != object {
		t.Errorf("got  %s (%v)\nwant %s", got, err, object)
	}
}
