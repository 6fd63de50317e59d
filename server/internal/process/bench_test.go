package process

import (
	"testing"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// BenchmarkSteps takes batches through the steps: a thousand trackers with ten records each of a dozen values.
func BenchmarkSteps(b *testing.B) {
	const trackers, each = 500, 10
	w := newWorker(0, nil, Limits{Retention: store.DefaultRetention}, trackers)
	for id := range fleet.DeviceID(trackers) {
		w.devices[id] = newDevice(store.DeviceState{State: fleet.State{Device: id}})
	}
	start := time.Now().UTC().Truncate(time.Hour)
	records := make([]fleet.Record, trackers)
	for i := range records {
		records[i] = fleet.Record{Device: fleet.DeviceID(i), Positions: make([]protocols.Position, each)}
		for k := range records[i].Positions {
			records[i].Positions[k] = busy()
		}
	}
	b.ReportAllocs()
	for n := range b.N {
		for i := range records {
			records[i].Received = start.Add(time.Duration(n) * time.Second)
			for k := range records[i].Positions {
				records[i].Positions[k].Time = start.Add(time.Duration(n)*time.Second + time.Duration(k-each)*100*time.Millisecond)
			}
		}
		if got := w.batch("j", uint64(n), entries(uint64(n+1), records...)); len(got.Fixes) != trackers*each || len(got.Late) > 0 {
			b.Fatalf("%d fixes, %d late", len(got.Fixes), len(got.Late))
		}
		w.stored()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*trackers*each), "ns/fix")
}

// busy is a record with what a Teltonika tracker says while driving.
func busy() protocols.Position {
	p := at(0)
	p.Satellites, p.HDOP, p.Odometer = protocols.Some(11), protocols.Some(0.9), protocols.Some(123_456_789.0)
	p.ExternalVolts, p.BatteryVolts, p.SignalPercent = protocols.Some(13.812), protocols.Some(4.05), protocols.Some(80)
	p.Altitude, p.Course = protocols.Some(112.0), protocols.Some(271.0)
	p.Attributes = []protocols.Attribute{
		protocols.Attr("movement", protocols.Bool(true)), protocols.Attr("priority", protocols.Int(0)),
		protocols.Attr("event_io", protocols.Int(0)), protocols.Attr("operator", protocols.Int(24602)),
		protocols.Attr("data_mode", protocols.Int(0)), protocols.Attr("sleep_mode", protocols.Int(0)),
		protocols.Attr("gnss_status", protocols.Int(1)), protocols.Attr("trip_odometer_m", protocols.Int(150)),
		protocols.Attr("pdop", protocols.Decimal(12, 1)),
	}
	return p
}
