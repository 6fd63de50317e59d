package api

import (
	"context"
	"net/http"
	"runtime"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/store"
)

// JournalPartition is how far a partition of the journal has come.
type JournalPartition struct {
	Number int    `json:"number"`
	Last   uint64 `json:"last" doc:"The newest entry."`
	Stored uint64 `json:"stored" doc:"The newest that the database has."`
	Behind uint64 `json:"behind" doc:"Entries that are not stored yet."`
}

// JournalState is how full the journal is.
type JournalState struct {
	Bytes      uint64             `json:"bytes"`
	Partitions []JournalPartition `json:"partitions" nullable:"false"`
}

type serverStore interface {
	Condition(ctx context.Context) (store.Condition, error)
}

type serverState struct {
	Version    string        `json:"version"`
	Started    instant       `json:"started"`
	Uptime     float64       `json:"uptime_s"`
	Protocols  []Port        `json:"protocols" nullable:"false" doc:"Where trackers call."`
	Gateway    gatewayState  `json:"gateway"`
	Journal    JournalState  `json:"journal"`
	Database   databaseState `json:"database"`
	Live       liveState     `json:"live"`
	Goroutines int           `json:"goroutines"`
	Memory     uint64        `json:"memory_bytes" doc:"What the server's heap holds."`
}

type gatewayState struct {
	Connections int64            `json:"connections" doc:"Open TCP lines and UDP conversations."`
	ByProtocol  map[string]int64 `json:"by_protocol" nullable:"false"`
	Refused     int64            `json:"refused" doc:"Callers turned away since the start."`
	BytesIn     int64            `json:"bytes_in" doc:"Since the start."`
	BytesOut    int64            `json:"bytes_out" doc:"Since the start."`
	Frames      int64            `json:"frames" doc:"That arrived since the start."`
}

type databaseState struct {
	Version     string              `json:"version" example:"15.18"`
	PostGIS     string              `json:"postgis" example:"3.3.2"`
	Bytes       int64               `json:"bytes"`
	Fixes       int64               `json:"fixes" doc:"Estimated."`
	Connections int64               `json:"connections"`
	Partitions  []databasePartition `json:"partitions" nullable:"false" doc:"The fixes of each day (UTC), the newest first."`
}

type databasePartition struct {
	Day   string `json:"day" format:"date"`
	Bytes int64  `json:"bytes" doc:"With indexes."`
	Fixes int64  `json:"fixes" doc:"Estimated."`
}

type liveState struct {
	Readers  int64 `json:"readers"`
	BytesOut int64 `json:"bytes_out" doc:"Since the start."`
	Dropped  int64 `json:"dropped" doc:"Frames that slow readers did not get, since the start."`
}

func (a *api) addServer() {
	register(a, huma.Operation{
		OperationID: "get-server", Method: http.MethodGet, Path: "/api/server", Tags: []string{"server"},
		Summary: "The server's state",
	}, a.getServer)
}

func (a *api) getServer(ctx context.Context, _ *struct{}) (*body[serverState], error) {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	s := serverState{
		Version: a.Version, Started: instant(a.started), Uptime: time.Since(a.started).Round(time.Millisecond).Seconds(),
		Protocols: append([]Port{}, a.Ports...), Goroutines: runtime.NumGoroutine(), Memory: memory.HeapAlloc,
		Journal: JournalState{Partitions: []JournalPartition{}},
	}
	if err := a.count(&s); err != nil {
		return nil, err
	}
	condition, err := a.Store.Condition(ctx)
	if err != nil {
		return nil, err
	}
	s.Database = databaseOf(&condition)
	if a.Journal != nil {
		if s.Journal, err = a.Journal(ctx); err != nil {
			return nil, err
		}
	}
	return answer(s), nil
}

// count reads what is counted for /metrics anyway.
func (a *api) count(s *serverState) error {
	s.Gateway.ByProtocol = map[string]int64{}
	if a.Metrics == nil {
		return nil
	}
	families, err := a.Metrics.Gather()
	if err != nil {
		return err
	}
	for _, family := range families {
		for _, m := range family.GetMetric() {
			labels := map[string]string{}
			for _, l := range m.GetLabel() {
				labels[l.GetName()] = l.GetValue()
			}
			s.add(family.GetName(), labels, int64(m.GetGauge().GetValue()+m.GetCounter().GetValue()))
		}
	}
	return nil
}

func (s *serverState) add(metric string, labels map[string]string, n int64) {
	switch metric {
	case "drover_gateway_lines":
		s.Gateway.Connections += n
		s.Gateway.ByProtocol[labels["protocol"]] += n
	case "drover_gateway_refused_total":
		s.Gateway.Refused += n
	case "drover_gateway_messages_total":
		s.Gateway.Frames += n
	case "drover_gateway_bytes_total":
		if labels["direction"] == "in" {
			s.Gateway.BytesIn += n
		} else {
			s.Gateway.BytesOut += n
		}
	case "drover_live_readers":
		s.Live.Readers += n
	case "drover_live_bytes_total":
		s.Live.BytesOut += n
	case "drover_live_skipped_total":
		s.Live.Dropped += n
	}
}

func databaseOf(c *store.Condition) databaseState {
	return databaseState{
		Version: c.Version, PostGIS: c.PostGIS, Bytes: c.Bytes, Fixes: c.Fixes, Connections: c.Connections,
		Partitions: mapped(c.Partitions, func(p *store.PartitionSize) databasePartition {
			return databasePartition{Day: p.Day.Format(time.DateOnly), Bytes: p.Bytes, Fixes: p.Fixes}
		}),
	}
}
