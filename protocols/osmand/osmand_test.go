package osmand

import (
	"errors"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

func get(query string) string { return "GET /?" + query + " HTTP/1.1\r\nHost: x\r\n\r\n" }

// Only requests that carry a device are claimed.
func TestSniffLevels(t *testing.T) {
	for first, want := range map[string]protocols.Level{
		get("id=7&lat=1&lon=2"): protocols.LevelProof, get("deviceid=7&location=1,2"): protocols.LevelProof,
		"GET /?id=7&lat=1&lon=2 HTTP/1.1\r\n": protocols.LevelProof, get("id=7"): protocols.LevelShape,
		"POST /?id=7&lat=1&lon=2 HTTP/1.1\r\n\r\n": protocols.LevelProof,
		"GET / HTTP/1.1\r\nHost: x\r\n\r\n":        protocols.LevelNone, get("Lat=60.0&Long=30.0"): protocols.LevelNone,
		get("id=gprmc_1&gprmc=$GPRMC"): protocols.LevelNone, get("id=&lat=1&lon=2"): protocols.LevelNone,
		"POST / HTTP/1.1\r\nContent-Length: 20\r\n\r\n": protocols.LevelPrefix, "GE": protocols.LevelPrefix,
		"GET /api/positions": protocols.LevelPrefix, "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}": protocols.LevelNone,
		"POST / HTTP/1.1\r\nContent-Length: 40\r\n\r\n{\"end_device_ids\":{\"device_id\":\"x\"},\"a\":1}": protocols.LevelNone,
		"POST / HTTP/1.1\r\nContent-Length: 15\r\n\r\nid=7&wifi=[{}]&":                                    protocols.LevelPrefix,
		"SSH-2.0-x\r\n": protocols.LevelNone, "": protocols.LevelNone,
	} {
		data := []byte(first)
		if m := sniff(data); m.Level != want {
			t.Errorf("%q: %+v, want %d", first, m, want)
		}
		if n := testing.AllocsPerRun(10, func() { sniff(data) }); n > 0 && want != protocols.LevelNone {
			t.Errorf("%q: %v allocations", first, n)
		}
	}
}

func TestSplitBounds(t *testing.T) {
	for name, data := range map[string]string{
		"headers without an end":  "GET / HTTP/1.1\r\n" + strings.Repeat("X: y\r\n", maxHead/6),
		"a body that is too long": "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
		"a chunk that is":         "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
		"a length that is none":   "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
		"another encoding":        "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
		"another protocol":        "SSH-2.0-OpenSSH\r\n\r\n",
	} {
		_, frame, err := Protocol().Codec(protocols.TCP).Split([]byte(data), false)
		var why *wire.Error
		if !errors.As(err, &why) || frame != nil {
			t.Errorf("%s: %q %v", name, frame, err)
		}
	}
}

// The unit of speed and the zone of local times are the profile's.
func TestKnow(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	c.(protocols.Knower).Know(protocols.Device{
		Offset: protocols.Some(2 * time.Hour), Options: map[string]string{speedUnit: "mps"},
	})
	m, err := c.Decode([]byte(get("id=7&lat=1&lon=2&speed=10&timestamp=2026-06-15+12%3A00%3A00")), time.Time{})
	if err != nil || len(m.Positions) != 1 {
		t.Fatal(m, err)
	}
	want := time.Date(2026, 6, 15, 10, 0, 0, 0, time.UTC)
	if p := m.Positions[0]; p.Speed != protocols.Some(36.0) || !p.Time.Equal(want) {
		t.Errorf("%v %v", p.Speed, p.Time)
	}
}

// Some clients write spaces as they are.
func TestSpacesInTheQuery(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	m, err := c.Decode([]byte(get("id=7&lat=1&lon=2&timestamp=2026-06-15 12:00:00&note=a b")), time.Time{})
	if err != nil || len(m.Positions) != 1 || m.Positions[0].Time.Hour() != 12 {
		t.Errorf("%+v %v", m, err)
	}
}

func TestNestedTooDeep(t *testing.T) {
	body := `{"device_id":"7","location":{"a":` + strings.Repeat("[", 1000) + "}}"
	c := Protocol().Codec(protocols.TCP)
	frame := "POST / HTTP/1.1\r\nContent-Length: 2000\r\n\r\n" + body + strings.Repeat(" ", 2000-len(body))
	if m, err := c.Decode([]byte(frame), time.Time{}); !errors.Is(err, wire.ErrTooLong) || !strings.Contains(string(m.Reply), "400") {
		t.Errorf("%q %v", m.Reply, err)
	}
}
