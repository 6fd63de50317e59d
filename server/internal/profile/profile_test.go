package profile

import (
	"fmt"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/all"
)

var at = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

// spoken are frames of a GT06 tracker whose clock is so far from UTC, some with a wrong checksum.
func spoken(clock time.Duration, spoil bool) []Frame {
	tracker := all.Named("gt06").Speak(protocols.TCP, "352093081452251")
	var frames []Frame
	for i := range 5 {
		now := at.Add(time.Duration(i) * 10 * time.Second)
		data := tracker.Report([]protocols.Position{{Time: now.Add(clock), Located: true, Valid: true, Latitude: 52,
			Longitude: 13, Speed: protocols.Some(40.0), Course: protocols.Some(90.0), Satellites: protocols.Some(9)}})
		f := Frame{Bytes: append([]byte(nil), data...), At: now.Add(2 * time.Second)}
		if spoil {
			f.Bytes[len(f.Bytes)-3] ^= 0xFF
		}
		frames = append(frames, f)
	}
	return frames
}

func TestSuggest(t *testing.T) {
	gt06 := all.Named("gt06")
	strict := map[string]string{"checksum": "strict"}
	for _, c := range []struct {
		name    string
		clock   time.Duration
		spoil   bool
		device  protocols.Device
		differs bool
		offset  protocols.Opt[time.Duration]
		options string
	}{
		{name: "all is well"},
		{name: "a clock eight hours ahead", clock: 8 * time.Hour, differs: true, offset: protocols.Some(8 * time.Hour)},
		{name: "one of half an hour", clock: -210 * time.Minute, differs: true, offset: protocols.Some(-210 * time.Minute)},
		{name: "a wrong offset", device: protocols.Device{Offset: protocols.Some(2 * time.Hour)}, differs: true,
			offset: protocols.Some(time.Duration(0))},
		{name: "a clock that is no zone's", clock: 7*time.Hour + 8*time.Minute},
		{name: "a stored fix of last week", clock: -170 * time.Hour},
		{name: "strict about bad checksums", spoil: true, device: protocols.Device{Options: strict}, differs: true,
			options: "map[checksum:flag]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			best, differs := Suggest(gt06, c.device, spoken(c.clock, c.spoil))
			if differs != c.differs || best.Offset != c.offset && c.differs && c.options == "" {
				t.Errorf("differs %v, offset %v, want %v, %v", differs, best.Offset, c.differs, c.offset)
			}
			if c.options != "" && fmt.Sprint(best.Options) != c.options {
				t.Errorf("options %v, want %s", best.Options, c.options)
			}
		})
	}
}

func TestTry(t *testing.T) {
	gt06 := all.Named("gt06")
	frames := append(spoken(0, false), Frame{Bytes: []byte("\x78\x78\x05"), At: at})
	fit := Try(gt06, protocols.Device{}, frames)
	if fit.Positions != 5 || fit.Failed != 1 || fit.Odd != 0 || fit.Behind != 2*time.Second {
		t.Errorf("%+v", fit)
	}
	if fit.Heard[5].Err == nil || fit.Heard[0].Err != nil || len(fit.Heard[0].Message.Positions) != 1 {
		t.Errorf("%+v", fit.Heard)
	}
}
