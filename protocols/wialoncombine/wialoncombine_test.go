package wialoncombine

import (
	"errors"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

func hello() []byte { return speak(protocols.TCP, "352093081452251").Hello() }

// A wrong checksum is flagged, and refused with 4 unless the profile says otherwise.
func TestChecksumPolicy(t *testing.T) {
	tracker := speak(protocols.TCP, "352093081452251")
	data := tracker.Report([]protocols.Position{{Time: time.Unix(1781517600, 0)}})
	data[len(data)-1]++
	c := Protocol().Codec(protocols.TCP)
	if m, err := c.Decode(data, time.Time{}); !errors.Is(err, wire.ErrChecksum) || m.Reply[2] != spoilt || len(m.Positions) != 1 {
		t.Errorf("refused: %x %v %v", m.Reply, m.Positions, err)
	}
	c.(protocols.Knower).Know(protocols.Device{Options: map[string]string{checksum: "flag"}})
	m, err := c.Decode(data, time.Time{})
	if err != nil || m.Reply[2] != taken || len(m.Positions) != 1 || m.Positions[0].Attributes[0].Name != "checksum_ok" {
		t.Errorf("flagged: %x %v %v", m.Reply, m.Positions, err)
	}
}

// The list of sensors can be another maker's.
func TestSensorsWithoutAList(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	c.(protocols.Knower).Know(protocols.Device{Options: map[string]string{sensors: "none"}})
	data := speak(protocols.TCP, "352093081452251").Report([]protocols.Position{{Ignition: protocols.Some(true)}})
	m, err := c.Decode(data, time.Time{})
	if p := m.Positions[0]; err != nil || p.Ignition.OK || p.Attributes[0].Name != "param_1241" {
		t.Errorf("%+v %v", p, err)
	}
}

func TestNames(t *testing.T) {
	for number, want := range map[int]string{
		2: "firmware", 1002: "adc_2", 1102: "frequency_2_hz", 1300: "param_1300", 2136: "vehicle_battery_temperature_c",
		30000: "param_30000", 217: "geofence_101",
	} {
		if got := nameOf(number, true); got != want {
			t.Errorf("%d: %s, want %s", number, got, want)
		}
	}
	last := 0
	for _, s := range sensorTable {
		if s.first <= last || s.last < s.first {
			t.Errorf("%+v is not in order", s)
		}
		last = s.last
	}
}

func TestSplitBounds(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		err  error
	}{
		"too much data":  {"$$\x01\x00\x01\x80\x10\x00\x00", wire.ErrTooLong},
		"too much noise": {strings.Repeat("A", maxNoise+1), wire.ErrUnknown},
	} {
		if _, _, err := Protocol().Codec(protocols.TCP).Split([]byte(c.data), false); !errors.Is(err, c.err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSniffLevels(t *testing.T) {
	good := hello()
	spoiltLogin := append([]byte(nil), good...)
	spoiltLogin[len(spoiltLogin)-1]++
	for name, c := range map[string]struct {
		first []byte
		want  protocols.Match
	}{
		"a login":                {good, protocols.Match{Level: protocols.LevelProof}},
		"half of it":             {good[:9], protocols.Match{Level: protocols.LevelPrefix, Need: len(good)}},
		"a wrong checksum":       {spoiltLogin, protocols.Match{Level: protocols.LevelShape}},
		"a keep-alive":           {[]byte("$$\x02\x00\x01"), protocols.Match{Level: protocols.LevelPrefix}},
		"Meitrack":               {[]byte("$$F142,1234"), protocols.Match{}},
		"a login of 4,000 bytes": {[]byte("$$\x00\x00\x11\x0f\xa0"), protocols.Match{}},
	} {
		if got := sniff(c.first); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
