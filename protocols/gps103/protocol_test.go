package gps103

import (
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

// Cousins are told apart.
func TestSniffDeniesCousins(t *testing.T) {
	for _, first := range []string{
		"##\x01\x00\x19", "imei:352093081452251&rmc:", "##,imex", "123456789012345,", "12345678901;", "imei:12,",
		"imei:123456789012345678", "123456789012345678",
	} {
		if m := sniff([]byte(first)); m.Level != protocols.LevelNone || m.Need > 0 {
			t.Errorf("%q: %+v", first, m)
		}
	}
	for first, want := range map[string]protocols.Level{
		"##,imei:352093081452251,A;": protocols.LevelProof, "352093081452251;": protocols.LevelShape,
		"352093081452251imei:352093081452251,t": protocols.LevelProof, "imei:352": protocols.LevelPrefix,
		"352093081452251imei:": protocols.LevelPrefix,
	} {
		if m := sniff([]byte(first)); m.Level != want {
			t.Errorf("%q: %+v", first, m)
		}
	}
}

// The day of the UTC hour follows from the local time, or from the profile's offset.
func TestDays(t *testing.T) {
	for _, k := range []struct {
		local, utc string
		offset     protocols.Opt[time.Duration]
		want       string
	}{
		{"2606151200", "100000.000", protocols.Opt[time.Duration]{}, "2026-06-15T10:00:00Z"},
		{"260615003000", "223000.000", protocols.Opt[time.Duration]{}, "2026-06-14T22:30:00Z"},
		{"2606152230", "053000", protocols.Opt[time.Duration]{}, "2026-06-16T05:30:00Z"},
		{"26/06/15 12:00", "", protocols.Opt[time.Duration]{}, "2026-06-15T12:00:00Z"},
		{"2606150100", "110000", protocols.Some(14 * time.Hour), "2026-06-14T11:00:00Z"},
		{"2606151200", "", protocols.Some(2 * time.Hour), "2026-06-15T10:00:00Z"},
		{"2613151200", "110000", protocols.Opt[time.Duration]{}, "0001-01-01T00:00:00Z"},
		{"000000000", "", protocols.Some(2 * time.Hour), "0001-01-01T00:00:00Z"},
	} {
		c := codec{offset: k.offset}
		if got := c.moment([]byte(k.local), []byte(k.utc)).Format(time.RFC3339); got != k.want {
			t.Errorf("%q %q: %s, want %s", k.local, k.utc, got, k.want)
		}
	}
}

// The profile says the unit of mileage.
func TestMileageUnit(t *testing.T) {
	line := []byte("imei:352093081452251,OBD,260615120000,1500,,,,,,,,,,,,,")
	for unit, want := range map[string]float64{"": 1500, "km": 1_500_000, "m": 1500} {
		c := Protocol().Codec(protocols.TCP)
		c.(protocols.Knower).Know(protocols.Device{Options: map[string]string{optionMileage: unit}})
		m, err := c.Decode(line, protocoltest.Arrival)
		if err != nil || m.Positions[0].Odometer.Value != want {
			t.Errorf("%q: %v %v", unit, m.Positions, err)
		}
	}
}

// Nothing is sent before the tracker named itself, and no interval that it can not hold.
func TestEncodeRefuses(t *testing.T) {
	if _, err := (&codec{}).Encode(protocols.Command{Kind: protocols.Locate}); err == nil {
		t.Error("a command to nobody")
	}
	for _, every := range []time.Duration{0, 1500 * time.Millisecond, 101 * time.Second, 200 * time.Hour} {
		if words, err := interval(every, 2); err == nil {
			t.Errorf("%v became %q", every, words)
		}
	}
}
