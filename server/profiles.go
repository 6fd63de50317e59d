package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"time"
)

// serveProfiles serves Go's profiles on their own address, if one is set, until ctx ends.
func (d *drover) serveProfiles(ctx context.Context) error {
	if d.config.Pprof == "" {
		return nil
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", d.config.Pprof)
	if err != nil {
		return fmt.Errorf("pprof: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { server.Close() })
	if err := server.Serve(listener); ctx.Err() == nil {
		return fmt.Errorf("pprof: %w", err)
	}
	return nil
}
