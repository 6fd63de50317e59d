package ruptela

import (
	"errors"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

func whole(t *testing.T) []byte {
	t.Helper()
	return newTracker("352093081452251").packet(nil, kindHeartbeat, nil)
}

func TestSplitRefusesWhatIsNoPacket(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		err  error
	}{
		"a length beyond the maximum": {"\x20\x00\x00\x01", wire.ErrTooLong},
		"no room for an IMEI":         {"\x00\x08\x00\x01", wire.ErrShort},
		"an IMEI of 16 digits":        {"\x00\x09\x00\x03\x8D\x7E\xA4\xC6\x80\x00\x10", wire.ErrValue},
		"no IMEI at all":              {"\x00\x09\x01", wire.ErrValue},
		"a request of the web":        {"\x02\x47ET / HTTP/1.1\r\n\r\n", wire.ErrValue},
	} {
		c0 := Protocol().Codec(protocols.TCP)
		if _, _, err := c0.Split([]byte(c.data), false); !errors.Is(err, c.err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSniffLevels(t *testing.T) {
	good := whole(t)
	spoilt := append([]byte(nil), good...)
	spoilt[len(spoilt)-1]++
	other := append([]byte(nil), good...)
	other[headSize-1] = 99
	for name, c := range map[string]struct {
		first []byte
		want  protocols.Match
	}{
		"nothing yet":                     {nil, protocols.Match{Need: lengthSize}},
		"part of the IMEI":                {good[:6], protocols.Match{Level: protocols.LevelPrefix, Need: headSize}},
		"all but the checksum":            {good[:headSize], protocols.Match{Level: protocols.LevelShape, Need: len(good)}},
		"a whole packet":                  {good, protocols.Match{Level: protocols.LevelProof}},
		"a wrong checksum":                {spoilt, protocols.Match{Level: protocols.LevelShape}},
		"an unknown command, no checksum": {other, protocols.Match{}},
	} {
		if got := sniff(c.first); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestCheckDigit(t *testing.T) {
	for imei, want := range map[uint64]bool{352093081452251: true, 352093081452250: false, 13227001564487: true} {
		if checkDigitFits(imei) != want {
			t.Errorf("%d: %v", imei, !want)
		}
	}
}

// The relay may hang on the other output.
func TestImmobiliserOutput(t *testing.T) {
	c := codec{immobiliser: 1}
	c.Know(protocols.Device{Options: map[string]string{immobiliserOutput: "2"}})
	data, err := c.Encode(protocols.Command{Kind: protocols.Immobilise})
	tracker := newTracker("352093081452251")
	if err != nil {
		t.Fatal(err)
	}
	if _, heard, err := tracker.Hear(data); err != nil || heard.Command != "setio 2,1" || tracker.outputs != [2]byte{0, 1} {
		t.Errorf("%+v %v %v", heard, tracker.outputs, err)
	}
	if _, err := c.Encode(protocols.Command{Kind: protocols.Output, Output: 3}); err == nil {
		t.Error("there is no output 3")
	}
}

// What is whole in a packet that was cut is told, but nothing of it is acknowledged.
func TestCutPacket(t *testing.T) {
	at := time.Unix(1781517600, 0)
	data := newTracker("352093081452251").Report([]protocols.Position{{Time: at}, {Time: at.Add(time.Second)}})
	for missing, want := range map[int]int{1: 2, 2: 2, 3: 1, 30: 1, 33: 1, 37: 1, 40: 0, 60: 0} {
		c := Protocol().Codec(protocols.TCP)
		cut := data[:len(data)-missing]
		if n, frame, err := c.Split(cut, false); n != 0 || frame != nil || err != nil {
			t.Errorf("%d missing: cut while more may come: %d %v", missing, n, err)
		}
		_, frame, _ := c.Split(cut, true)
		m, err := c.Decode(frame, time.Time{})
		if !errors.Is(err, wire.ErrShort) || len(m.Positions) != want || m.Reply != nil || m.Device != "352093081452251" {
			t.Errorf("%d missing: %d positions, want %d; %x %v", missing, len(m.Positions), want, m.Reply, err)
		}
	}
}
