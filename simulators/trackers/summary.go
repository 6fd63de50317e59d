package trackers

import (
	"fmt"
	"time"
)

// Summary is how a run went, or goes. Durations are nanoseconds in JSON.
type Summary struct {
	Vehicles     int           `json:"vehicles"`
	Lines        int64         `json:"lines"` // open now
	Elapsed      time.Duration `json:"elapsed_ns"`
	Acknowledged int64         `json:"acknowledged"` // records
	Written      int64         `json:"written"`      // records of families in which nothing is acknowledged
	PerSecond    float64       `json:"per_second"`   // records acknowledged
	P50          time.Duration `json:"p50_ns"`       // from a report's writing to its acknowledgement
	P99          time.Duration `json:"p99_ns"`       // the same
	Errors       int64         `json:"errors"`       // lines that broke
	LastError    string        `json:"last_error"`   // "" if there was none
	Forgotten    int64         `json:"forgotten"`    // records dropped from full backlogs
	Outages      int64         `json:"outages"`      // losses of coverage
	Cut          int64         `json:"cut"`          // reports sent in part
	Spoilt       int64         `json:"spoilt"`       // spoilt reports sent
	Commands     int64         `json:"commands"`     // commands obeyed
}

// String is the summary on a line.
func (s Summary) String() string {
	text := fmt.Sprintf("%d vehicles, %d lines, %d records acknowledged in %.0f s (%.0f/s), acknowledgement p50 %s p99 %s",
		s.Vehicles, s.Lines, s.Acknowledged, s.Elapsed.Seconds(), s.PerSecond, round(s.P50), round(s.P99))
	for _, extra := range []struct {
		n    int64
		what string
	}{
		{s.Written, "records written that nobody acknowledges"}, {s.Outages, "outages"},
		{s.Cut, "reports cut"}, {s.Spoilt, "reports spoilt"}, {s.Commands, "commands obeyed"},
		{s.Forgotten, "records dropped from full backlogs"}, {s.Errors, "lines broken"},
	} {
		if extra.n > 0 {
			text += fmt.Sprintf(", %d %s", extra.n, extra.what)
		}
	}
	if s.LastError != "" {
		text += fmt.Sprintf(" (last: %s)", s.LastError)
	}
	return text
}

func round(d time.Duration) time.Duration { return d.Round(10 * time.Microsecond) }

func (f *fleet) summary(elapsed time.Duration) Summary {
	s := Summary{
		Vehicles: f.config.Count, Lines: f.lines.Load(), Elapsed: elapsed, Acknowledged: f.records.Load(),
		Written: f.written.Load(),
		P50:     f.latency.quantile(0.5), P99: f.latency.quantile(0.99), Errors: f.errors.Load(),
		Forgotten: f.forgotten.Load(),
		Outages:   f.outages.Load(), Cut: f.cut.Load(), Spoilt: f.spoilt.Load(), Commands: f.commands.Load(),
	}
	s.PerSecond = float64(s.Acknowledged) / elapsed.Seconds()
	if last := f.last.Load(); last != nil {
		s.LastError = *last
	}
	return s
}
