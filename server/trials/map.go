package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/rs/zerolog"

	"drover/server/internal/fleet"
	"drover/server/internal/live"
	"drover/web"
	"drover/web/basemap"
)

// mapFeed is the page as a process of its own, with the real live line, tiles and files, and vehicles that all report
// once a second, in memory. web/bench drives a browser against it. It prints its address first.
type mapFeed struct {
	Vehicles int `help:"So many report." default:"50000"`
}

// Run serves until ctx ends.
func (c *mapFeed) Run(ctx context.Context, out io.Writer) error {
	registry := fleet.NewRegistry()
	registry.Replace(roadFleet(c.Vehicles))
	l, err := live.New(live.Config{Registry: registry, Log: zerolog.Nop()})
	if err != nil {
		return err
	}
	handler, err := c.handler(l)
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: handler}
	context.AfterFunc(ctx, func() { server.Close() })
	go c.feed(ctx, l)
	go func() { _ = l.Run(ctx) }() // it ends with ctx, as the server does
	fmt.Fprintf(out, "http://%s\n", listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// feed lets every vehicle report once a second.
func (c *mapFeed) feed(ctx context.Context, l *live.Live) {
	fixes := make([]fleet.Fix, c.Vehicles)
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		now := time.Now().UTC()
		for i := range fixes {
			fixes[i] = roadFix(i, now)
		}
		l.Update(fixes)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// handler serves what the page asks for; of the API only what the live map needs, answered from nothing.
func (c *mapFeed) handler(l *live.Live) (http.Handler, error) {
	page, err := web.Handler("")
	if err != nil {
		return nil, err
	}
	world, err := basemap.Embedded()
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/", page)
	mux.Handle("/tiles/", basemap.Handler("basemap", world, zerolog.Nop()))
	mux.Handle("GET /api/live", l.Handler(func(*http.Request) (fleet.Scope, error) {
		return fleet.Scope{Organization: 1}, nil
	}))
	mux.HandleFunc("/api/session", session)
	mux.HandleFunc("GET /api/hello", constantly(map[string]any{
		"version": "trial", "demo": false, "oidc": nil, "basemap": map[string]any{"kind": "embedded"},
	}))
	mux.HandleFunc("GET /api/vehicles/{id}", vehicle)
	mux.HandleFunc("GET /api/vehicles/{id}/fixes", trail)
	mux.HandleFunc("/api/", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		answer(w, map[string]any{"title": "Not Found", "status": http.StatusNotFound, "detail": "not in this trial"})
	})
	return mux, nil
}

// session lets everybody in who asks with whatever password.
func session(w http.ResponseWriter, r *http.Request) {
	if _, err := r.Cookie("trial"); err != nil && r.Method == http.MethodGet {
		w.WriteHeader(http.StatusUnauthorized)
		answer(w, map[string]any{"title": "Unauthorized", "status": http.StatusUnauthorized, "detail": "sign in first"})
		return
	}
	http.SetCookie(w, &http.Cookie{Name: "trial", Value: "1", Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	answer(w, map[string]any{"user": map[string]any{
		"id": 1, "email": "trial@drover.local", "name": "Trial", "role": "dispatcher", "settings": map[string]any{},
		"organization": map[string]any{"id": 1, "name": "Trial"}, "operator": false, "groups": nil, "totp": false,
	}})
}

func constantly(v any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { answer(w, v) }
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // the browser is gone, nobody to tell
}

func vehicle(w http.ResponseWriter, r *http.Request) {
	id, _ := strconv.Atoi(r.PathValue("id")) // 0 is a vehicle that does not exist, and harms nothing
	answer(w, map[string]any{"id": id, "name": fmt.Sprintf("Vehicle %d", id), "plate": "", "group": "", "group_id": nil,
		"device": nil, "driver": nil, "place": "", "revision": 1, "last": nil, "values": []any{}})
}

// trail gives the vehicle's last half hour, a fix each 10 s.
func trail(w http.ResponseWriter, r *http.Request) {
	id, _ := strconv.Atoi(r.PathValue("id"))
	now := time.Now().UTC()
	fixes := []any{}
	for at := now.Add(-30 * time.Minute); at.Before(now); at = at.Add(10 * time.Second) {
		fix := roadFix(max(0, id-1), at)
		fixes = append(fixes, map[string]any{"time": at, "valid": true, "latitude": fix.Latitude,
			"longitude": fix.Longitude, "speed_kmh": fix.Speed.Value, "course_deg": fix.Course.Value})
	}
	answer(w, map[string]any{"fixes": fixes})
}
