package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/postgres/postgrestest"
)

// noon is a fixed moment that is not older than the retention for a while and not in the future.
func noon() time.Time { return time.Now().UTC().Truncate(24 * time.Hour).Add(-12 * time.Hour) }

func open(t testing.TB) *Store {
	t.Helper()
	s, err := Open(t.Context(), postgrestest.New(t), Options{Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// withDevices makes an organization with so many devices, each in a vehicle, and gives the scope of all of it.
func withDevices(t testing.TB, s *Store, n int) (fleet.Scope, []fleet.Device) {
	t.Helper()
	var orgs int
	if err := s.pool.QueryRow(t.Context(), `SELECT count(*) FROM drover.organizations`).Scan(&orgs); err != nil {
		t.Fatal(err)
	}
	org, err := s.CreateOrganization(t.Context(), fmt.Sprintf("Organization %d", orgs))
	if err != nil {
		t.Fatal(err)
	}
	of := fleet.Scope{Organization: org.ID, Address: "192.0.2.1"}
	var devices []fleet.Device
	for i := range n {
		d, err := s.CreateDevice(t.Context(), of, NewDevice{Identity: fmt.Sprintf("%d%06d", orgs, i), Name: fmt.Sprintf("Van %d", i)})
		if err != nil {
			t.Fatal(err)
		}
		devices = append(devices, d.Device)
	}
	return of, devices
}

// sample is a Teltonika record with a dozen IO elements.
func sample(device fleet.DeviceID, at time.Time, n int) fleet.Fix {
	return fleet.Fix{
		Device: device, Received: at.Add(1500 * time.Millisecond),
		Position: protocols.Position{
			Time: at, Located: true, Valid: true,
			Latitude: 54.6872 + float64(n%1000)/1e4, Longitude: 25.2797 + float64(n%777)/1e4,
			Altitude: protocols.Some(112.0), Speed: protocols.Some(float64(n % 120)), Course: protocols.Some(float64(n % 360)),
			Satellites: protocols.Some(11), HDOP: protocols.Some(0.9), Odometer: protocols.Some(123_456_789.0 + float64(n)*150),
			Ignition: protocols.Some(true), ExternalVolts: protocols.Some(13.812 + float64(n%50)/1000),
			BatteryVolts: protocols.Some(4.05), SignalPercent: protocols.Some(80),
			Attributes: []protocols.Attribute{
				protocols.Attr("movement", protocols.Bool(true)),
				protocols.Attr("priority", protocols.Int(0)),
				protocols.Attr("event_io", protocols.Int(0)),
				protocols.Attr("operator", protocols.Int(24602)),
				protocols.Attr("data_mode", protocols.Int(0)),
				protocols.Attr("sleep_mode", protocols.Int(0)),
				protocols.Attr("gnss_status", protocols.Int(1)),
				protocols.Attr("trip_odometer_m", protocols.Int(int64(n)*150)),
				protocols.Attr("pdop", protocols.Decimal(12, 1)),
			},
		},
	}
}

// batchOf makes a batch that stores the fixes as new, after what is stored already.
func batchOf(t testing.TB, s *Store, partition int, journal string, fixes ...fleet.Fix) *Batch {
	t.Helper()
	at, err := s.Position(t.Context(), partition, journal)
	if err != nil {
		t.Fatal(err)
	}
	b := &Batch{Partition: partition, Journal: journal, From: at, To: at + 1, Fixes: fixes}
	var ids []fleet.DeviceID
	newest := map[fleet.DeviceID]fleet.Fix{}
	for _, f := range fixes {
		if last, seen := newest[f.Device]; !seen {
			ids = append(ids, f.Device)
			newest[f.Device] = f
		} else if f.Time.After(last.Time) {
			newest[f.Device] = f
		}
	}
	if b.States, err = s.DeviceStates(t.Context(), ids); err != nil {
		t.Fatal(err)
	}
	for i := range b.States {
		state := &b.States[i]
		state.Last = newest[state.Device]
		state.Newest = state.Last.Time
		state.Last.Attributes = nil
		state.Values = []fleet.ValueAt{
			{Name: "external_v", Value: protocols.Decimal(13812, 3), Time: state.Newest},
			{Name: "operator", Value: protocols.Int(24602), Time: state.Newest},
		}
	}
	return b
}

func mustWrite(t testing.TB, s *Store, b *Batch) int {
	t.Helper()
	n, err := s.Write(context.WithoutCancel(t.Context()), b)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
