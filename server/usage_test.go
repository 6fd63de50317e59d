package main

import (
	"context"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"drover/server/internal/fleet"
	"drover/server/internal/postgres/postgrestest"
	"drover/server/internal/store"
)

// TestUsageWaitsForTheDatabase: what could not be written down is kept, by its day, and written once.
func TestUsageWaitsForTheDatabase(t *testing.T) {
	db, err := store.Open(t.Context(), postgrestest.New(t), store.Options{Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	org, err := db.CreateOrganization(t.Context(), "Yard")
	if err != nil {
		t.Fatal(err)
	}
	of := fleet.Scope{Organization: org.ID}
	var devices []fleet.DeviceID
	for _, identity := range []string{"1", "2"} {
		d, err := db.CreateDevice(t.Context(), of, store.NewDevice{Identity: identity})
		if err != nil {
			t.Fatal(err)
		}
		devices = append(devices, d.ID)
	}
	sim, err := db.CreateSIM(t.Context(), of, fleet.SIM{ICCID: "8933000000000000017", Device: devices[0]})
	if err != nil {
		t.Fatal(err)
	}
	book, err := newUsageBook(db, prometheus.NewRegistry())
	if err != nil {
		t.Fatal(err)
	}
	night := time.Now().UTC().Truncate(24 * time.Hour)
	carried := map[fleet.DeviceID]fleet.Traffic{devices[0]: {In: 10, Frames: 1}, devices[1]: {In: 1}}
	for _, at := range []time.Time{night.Add(-time.Second), night, night.Add(time.Hour)} {
		book.add(carried, at)
	}
	away, cancel := context.WithCancel(t.Context())
	cancel()
	if err := book.write(away); err == nil || len(book.pending) != 4 {
		t.Errorf("%v: %d wait, want 4", err, len(book.pending))
	}
	for range 2 {
		if err := book.write(t.Context()); err != nil || len(book.pending) != 0 {
			t.Errorf("%v: %d wait, want none", err, len(book.pending))
		}
	}
	days, err := db.SIMUsage(t.Context(), of, sim.ID, time.Time{}, time.Time{})
	if err != nil || len(days) != 2 || days[0].BytesIn != 10 || days[1].BytesIn != 20 || days[1].Frames != 2 {
		t.Errorf("%+v, %v", days, err)
	}
}
