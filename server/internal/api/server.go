package api

import (
	"context"
	"net/http"
	"runtime"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

type serverState struct {
	Version    string  `json:"version"`
	Started    instant `json:"started"`
	Uptime     float64 `json:"uptime_s"`
	Protocols  []Port  `json:"protocols" nullable:"false" doc:"Where trackers call."`
	Goroutines int     `json:"goroutines"`
	Memory     uint64  `json:"memory_bytes" doc:"What the server's heap holds."`
}

func (a *api) addServer() {
	register(a, huma.Operation{
		OperationID: "get-server", Method: http.MethodGet, Path: "/api/server", Tags: []string{"server"},
		Summary: "The server's state",
	}, func(context.Context, *struct{}) (*body[serverState], error) {
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		return answer(serverState{
			Version: a.Version, Started: instant(a.started), Uptime: time.Since(a.started).Round(time.Millisecond).Seconds(),
			Protocols: append([]Port{}, a.Ports...), Goroutines: runtime.NumGoroutine(), Memory: memory.HeapAlloc,
		}), nil
	})
}
