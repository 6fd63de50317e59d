package live

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"drover/geo"
	"drover/protocols"
	"drover/server/internal/fleet"
)

// shown is a frame as the golden files tell it; the page's tests read the same files.
type shown struct {
	Kind       string         `json:"kind"`
	ServerTime int64          `json:"server_time"`
	Vehicles   []shownVehicle `json:"vehicles"`
}

type shownVehicle struct {
	ID        uint32   `json:"id"`
	Longitude float64  `json:"longitude"`
	Latitude  float64  `json:"latitude"`
	Speed     *float64 `json:"speed_kmh"`
	Heading   *float64 `json:"heading_deg"` // as decoded: the code × 360 / 256
	State     string   `json:"state"`
	Alarm     bool     `json:"alarm"`
	Valid     bool     `json:"valid"`
	Age       int64    `json:"age_s"` // at which the step begins
}

var stateNames = []string{"none", "moving", "idle", "stopped"}

func TestGoldenFrames(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) < 7 {
		t.Fatalf("%d golden files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var golden struct {
				Name, Hex string
				Frame     shown
			}
			if err := json.Unmarshal(text, &golden); err != nil {
				t.Fatal(err)
			}
			if got := hex.EncodeToString(encode(golden.Frame)); got != golden.Hex {
				t.Errorf("%s is encoded as\n%s, want\n%s", golden.Name, got, golden.Hex)
			}
			b, err := hex.DecodeString(golden.Hex)
			if err != nil {
				t.Fatal(err)
			}
			if got := decode(t, b); !reflect.DeepEqual(got, golden.Frame) {
				t.Errorf("%s is decoded as\n%+v, want\n%+v", golden.Name, got, golden.Frame)
			}
		})
	}
}

// encode shows fixes that come to the frame's vehicles, and makes it.
func encode(f shown) []byte {
	b := newBoard(1)
	now := time.UnixMilli(f.ServerTime)
	for i := range f.Vehicles {
		v := &f.Vehicles[i]
		fix := fleet.Fix{Position: protocols.Position{Time: now.Add(-time.Duration(v.Age) * time.Second), Valid: v.Valid,
			Located: v.State != "none", Latitude: v.Latitude, Longitude: v.Longitude}}
		if v.Speed != nil {
			fix.Speed = protocols.Some(*v.Speed)
		}
		if v.Heading != nil {
			fix.Course = protocols.Some(*v.Heading)
		}
		if v.Alarm {
			fix.Alarms = protocols.AlarmSOS
		}
		fix.Ignition = protocols.Some(v.State == "idle")
		if v.State == "moving" {
			before := fix
			before.Time, before.Speed = fix.Time.Add(-time.Second), protocols.Some(50.0)
			b.update(fleet.VehicleID(v.ID), &before, geo.Motion{})
			fix.Ignition = protocols.Some(true)
		}
		b.update(fleet.VehicleID(v.ID), &fix, geo.Motion{})
	}
	k := kindSnapshot
	if f.Kind == "changes" {
		k = kindChanges
	}
	return appendFrame(nil, k, now, b.spots, b.since(nil, 0))
}

// decode reads a frame as docs/live.md says, and not as the encoder does.
func decode(tb testing.TB, b []byte) shown {
	tb.Helper()
	if len(b) < 16 || b[0] != 0x44 || b[1] != 0x56 || b[2] != 1 || b[3] < 1 || b[3] > 2 {
		tb.Fatalf("not a frame: %x", b[:min(16, len(b))])
	}
	little := binary.LittleEndian
	n := int(little.Uint32(b[4:]))
	if len(b) != 16+17*n {
		tb.Fatalf("%d bytes for %d vehicles", len(b), n)
	}
	f := shown{Kind: []string{"", "snapshot", "changes"}[b[3]], ServerTime: int64(little.Uint64(b[8:])),
		Vehicles: make([]shownVehicle, n)}
	for i := range f.Vehicles {
		v := &f.Vehicles[i]
		v.ID = little.Uint32(b[16+4*i:])
		v.Longitude = float64(int32(little.Uint32(b[16+4*n+4*i:]))) / 1e7
		v.Latitude = float64(int32(little.Uint32(b[16+8*n+4*i:]))) / 1e7
		if speed := little.Uint16(b[16+12*n+2*i:]); speed != 65535 {
			kmh := float64(speed) / 10
			v.Speed = &kmh
		}
		state := b[16+15*n+i]
		if state&16 != 0 {
			degrees := float64(b[16+14*n+i]) * 360 / 256
			v.Heading = &degrees
		}
		v.State, v.Alarm, v.Valid = stateNames[state&7], state&8 != 0, state&32 == 0
		v.Age = ageOf(b[16+16*n+i])
	}
	return f
}

// ageOf is the age in seconds at which a step begins.
func ageOf(code uint8) int64 {
	c := int64(code)
	switch {
	case c < 120:
		return c
	case c < 178:
		return 60 * (2 + c - 120)
	case c < 224:
		return 60 * (60 + 30*(c-178))
	}
	return 86400 * (c - 223)
}

func TestAgeSteps(t *testing.T) {
	for c := range 256 {
		begin := ageOf(uint8(c)) * 1000
		if got := ageCode(begin); got != uint8(c) {
			t.Errorf("%d ms: step %d, want %d", begin, got, c)
		}
		if got := ageCode(begin - 1); c > 0 && got != uint8(c-1) {
			t.Errorf("%d ms: step %d, want %d", begin-1, got, c-1)
		}
	}
	if ageCode(-hour) != 0 || ageCode(1000*day) != 255 {
		t.Error("the future or the distant past")
	}
}
