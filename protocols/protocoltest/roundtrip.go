package protocoltest

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"drover/protocols"
)

// roundTripDevice is any IMEI with a right check digit.
const roundTripDevice = "352093081452251"

// roundTrip: what a Tracker reports is what the Codec reads, and the Tracker understands the replies.
func roundTrip(t *testing.T, p *protocols.Protocol) {
	if p.Speak == nil {
		t.Fatal("the protocol has no Speak")
	}
	networks := []protocols.Network{protocols.TCP}
	if p.UDP {
		networks = append(networks, protocols.UDP)
	}
	for _, network := range networks {
		t.Run(network.String(), func(t *testing.T) {
			d := dialogue{codec: p.Codec(network), tracker: p.Speak(network, roundTripDevice), network: network}
			if hello := d.tracker.Hello(); hello != nil {
				d.say(t, hello)
				if !d.welcome {
					t.Error("the tracker did not understand that it is welcome")
				}
			}
			want := journey(5*d.tracker.Batch()+1, d.tracker)
			for batch := range slices.Chunk(want, d.tracker.Batch()) {
				d.acknowledged = 0
				d.say(t, d.tracker.Report(batch))
				if d.tracker.Acknowledged() && d.acknowledged != len(batch) {
					t.Errorf("%d of %d positions acknowledged", d.acknowledged, len(batch))
				}
			}
			if len(d.heard) != len(want) {
				t.Fatalf("%d positions came through, want %d", len(d.heard), len(want))
			}
			for i := range want {
				if err := agree(&d.heard[i], &want[i]); err != nil {
					t.Errorf("position %d: %v", i, err)
				}
			}
			if d.device == "" || !strings.HasSuffix(roundTripDevice, d.device) {
				t.Errorf("the device is %q, want %s or its last digits", d.device, roundTripDevice)
			}
		})
	}
}

// dialogue is a tracker and a codec talking without sockets.
type dialogue struct {
	codec   protocols.Codec
	tracker protocols.Tracker
	network protocols.Network

	device       string
	welcome      bool
	acknowledged int
	heard        []protocols.Position
}

func (d *dialogue) say(t *testing.T, data []byte) {
	t.Helper()
	used, err := protocols.Frames(d.codec, data, d.network == protocols.UDP, func(frame []byte) error {
		m, err := d.codec.Decode(frame, Arrival)
		if err != nil {
			return err
		}
		if m.Device != "" {
			d.device = m.Device
		}
		d.heard = append(d.heard, m.Positions...)
		return d.hear(m.Reply)
	})
	if err != nil {
		t.Errorf("the codec does not understand its own tracker: %v\n%x", err, data)
	}
	if used != len(data) {
		t.Errorf("%d of %d bytes were not a frame", len(data)-used, len(data))
	}
}

func (d *dialogue) hear(reply []byte) error {
	for len(reply) > 0 {
		used, heard, err := d.tracker.Hear(reply)
		if err != nil || used == 0 {
			return fmt.Errorf("the tracker does not understand the reply %x: %w", reply, err)
		}
		reply = reply[used:]
		d.welcome = d.welcome || heard.Welcome
		d.acknowledged += heard.Positions
	}
	return nil
}

// journey makes n positions, one step of the tracker's times apart, on all four hemispheres.
func journey(n int, t protocols.Tracker) []protocols.Position {
	start := Arrival.Add(-time.Hour)
	times, courses := protocols.StepsOf(t)
	out := make([]protocols.Position, n)
	for i := range out {
		lat, lon := 48.8566+float64(i)*0.001, 2.3522+float64(i)*0.001
		if i%2 == 1 {
			lat = -lat
		}
		if i%4 > 1 {
			lon = -lon
		}
		out[i] = protocols.Position{
			Time: start.Add(time.Duration(i) * times), Located: true, Valid: true, Latitude: lat, Longitude: lon,
			Altitude: protocols.Some(35.0), Speed: protocols.Some(float64(30 + i%60)),
			Course:     protocols.Some(math.Mod(math.Round(float64(i*7)/courses)*courses, 360)),
			Satellites: protocols.Some(9), Ignition: protocols.Some(i%3 > 0),
			ExternalVolts: protocols.Some(12.5), BatteryVolts: protocols.Some(4.1),
		}
	}
	return out
}

// agree: time, place, speed and course are the same; whatever else came through is the same too.
func agree(got, want *protocols.Position) error {
	switch {
	case !got.Time.Equal(want.Time):
		return fmt.Errorf("time %v, want %v", got.Time, want.Time)
	case !got.Located || !got.Valid:
		return fmt.Errorf("located %v, valid %v", got.Located, got.Valid)
	case math.Abs(got.Latitude-want.Latitude) > 5e-6 || math.Abs(got.Longitude-want.Longitude) > 5e-6:
		return fmt.Errorf("at %v %v, want %v %v", got.Latitude, got.Longitude, want.Latitude, want.Longitude)
	}
	near := func(name string, got, want protocols.Opt[float64], tolerance float64) error {
		if got.OK && math.Abs(got.Value-want.Value) > tolerance {
			return fmt.Errorf("%s %v, want %v", name, got.Value, want.Value)
		}
		return nil
	}
	if !got.Speed.OK || !got.Course.OK {
		return fmt.Errorf("speed or course is missing: %v %v", got.Speed, got.Course)
	}
	if got.Ignition.OK && got.Ignition != want.Ignition {
		return fmt.Errorf("ignition %v, want %v", got.Ignition, want.Ignition)
	}
	for _, err := range []error{
		near("speed", got.Speed, want.Speed, 1), near("course", got.Course, want.Course, 1),
		near("altitude", got.Altitude, want.Altitude, 1),
		near("external volts", got.ExternalVolts, want.ExternalVolts, 0.1),
		near("battery volts", got.BatteryVolts, want.BatteryVolts, 0.1),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}
