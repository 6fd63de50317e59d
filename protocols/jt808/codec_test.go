package jt808

import (
	"bytes"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

// frames gives the frames of a conversation.
func frames(t *testing.T, c protocols.Codec, data []byte) [][]byte {
	t.Helper()
	var all [][]byte
	if _, err := protocols.Frames(c, data, false, func(frame []byte) error {
		all = append(all, bytes.Clone(frame))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func terminal(id string) envelope {
	e := newTracker(id).envelope()
	return e
}

func TestIdentities(t *testing.T) {
	for wire, want := range map[string]string{
		"\x01\x39\x12\x34\x56\x78":                 "13912345678",
		"\x00\x00\x00\x00\x00\x00":                 "0",
		"\x20\x05\xce\x4e\x06\x49":                 "352093081452251",
		"\x00\x00\x03\x52\x09\x30\x81\x45\x22\x51": "352093081452251",
	} {
		if got := identity([]byte(wire)); got != want {
			t.Errorf("%x: %s, want %s", wire, got, want)
		}
	}
}

func TestTheProfileSetsTheClock(t *testing.T) {
	tracker := newTracker("352093081452251")
	at := protocoltest.Arrival
	report := bytes.Clone(tracker.Report([]protocols.Position{{Time: at, Located: true, Valid: true, Latitude: 1}}))
	for offset, want := range map[time.Duration]time.Time{
		8 * time.Hour: at, 0: at.Add(8 * time.Hour), -3 * time.Hour: at.Add(11 * time.Hour),
	} {
		c := newCodec()
		c.Know(protocols.Device{Offset: protocols.Some(offset)})
		m, err := c.Decode(report, at)
		if err != nil || len(m.Positions) != 1 || !m.Positions[0].Time.Equal(want) {
			t.Errorf("%v: %+v, %v", offset, m.Positions, err)
		}
	}
}

// met is a codec that knows who speaks.
func met(t *testing.T, d protocols.Device) *codec {
	t.Helper()
	c := newCodec()
	for _, frame := range frames(t, c, newTracker("352093081452251").Hello()) {
		if _, err := c.Decode(frame, protocoltest.Arrival); err != nil {
			t.Fatal(err)
		}
	}
	c.Know(d)
	return c
}

func TestCommandsFollowTheProfile(t *testing.T) {
	words := protocols.Command{Kind: protocols.Custom, Text: "STATUS"}
	stop := protocols.Command{Kind: protocols.Immobilise}
	for _, c := range []struct {
		device  protocols.Device
		command protocols.Command
		kind    uint16
		body    string
	}{
		{protocols.Device{}, words, kindSendText, "\x01\x01STATUS"},
		{protocols.Device{Model: "JC450"}, words, kindDownlink, "\xF0STATUS"},
		{protocols.Device{Model: "GL100"}, words, kindSet, "\x01\x00\x00\xF0\x30\x06STATUS"},
		{protocols.Device{Options: map[string]string{optionCarrier: carrierTransparent}}, words, kindDownlink, "\xF0STATUS"},
		{
			protocols.Device{Options: map[string]string{optionCarrier: carrierRaw}},
			protocols.Command{Kind: protocols.Custom, Text: "8105F0"}, kindControl, "\xF0",
		},
		{protocols.Device{}, stop, kindControl, "\xF0"},
		{protocols.Device{Model: "W15L"}, stop, kindControl, "\x64"},
		{protocols.Device{Model: "VL300"}, stop, kindControl, "#0;1"},
		{protocols.Device{Options: map[string]string{optionRelay: relayOil}}, stop, kindOil, "\x01\x26\x06\x15\x20\x00\x00"},
	} {
		data, err := met(t, c.device).Encode(c.command)
		if err != nil {
			t.Errorf("%+v: %v", c.device, err)
			continue
		}
		h, _, err := open(data, nil)
		if err != nil || h.spoilt || h.kind != c.kind || string(h.body) != c.body {
			t.Errorf("%+v: %04x %x, %v; want %04x %x", c.device, h.kind, h.body, err, c.kind, c.body)
		}
	}
}

func TestValuesOutOfRangeAreRefused(t *testing.T) {
	c := met(t, protocols.Device{Options: map[string]string{optionCarrier: carrierRaw}})
	for _, command := range []protocols.Command{
		{Kind: protocols.Interval}, {Kind: protocols.Interval, Every: 25 * time.Hour},
		{Kind: protocols.SetServer, Host: "a", Port: 70000}, {Kind: protocols.SetServer, Port: 1},
		{Kind: protocols.Custom, Text: "8"}, {Kind: protocols.Custom, Text: "GG"},
	} {
		if data, err := c.Encode(command); err == nil {
			t.Errorf("%+v became %x", command, data)
		}
	}
	if _, err := newCodec().Encode(protocols.Command{Kind: protocols.Locate}); err == nil {
		t.Error("a command went to nobody")
	}
}

func TestAnswersNameTheirCommand(t *testing.T) {
	c := met(t, protocols.Device{})
	tracker := newTracker("352093081452251")
	for id := range uint32(20) {
		data, err := c.Encode(protocols.Command{Kind: protocols.Reboot, ID: 1_000_000 + id})
		if err != nil {
			t.Fatal(err)
		}
		_, heard, err := tracker.Hear(data)
		if err != nil {
			t.Fatal(err)
		}
		m, err := c.Decode(heard.Reply, protocoltest.Arrival)
		if err != nil || m.Result == nil || m.Result.ID != 1_000_000+id || m.Result.Nack {
			t.Fatalf("command %d: %+v, %v", id, m.Result, err)
		}
	}
}

func TestPartsAreBounded(t *testing.T) {
	c := newCodec()
	e := terminal("352093081452251")
	part := func(kind, serial, total, index uint16, size int) []byte {
		raw := []byte{byte(kind >> 8), byte(kind), 0x60 | byte(size>>8), byte(size), 1}
		raw = append(raw, e.id...)
		raw = append(raw, byte(serial>>8), byte(serial), byte(total>>8), byte(total), byte(index>>8), byte(index))
		raw = append(raw, make([]byte, size)...)
		x := byte(0)
		for _, b := range raw {
			x ^= b
		}
		return appendEscaped(nil, append(raw, x), mark)
	}
	for i := range uint16(600) { // 600 parts are too many, 0 is no part
		if m, _ := c.Decode(part(kindMedia, i, 600, i+1, 1000), protocoltest.Arrival); len(m.Reply) > 0 {
			t.Fatal("a part of too many was answered")
		}
	}
	for i := range uint16(512) {
		_, _ = c.Decode(part(kindMedia, i, 512, i+1, 1000), protocoltest.Arrival)
		if c.parts.size > maxWhole {
			t.Fatalf("%d bytes wait", c.parts.size)
		}
	}
	_, _ = c.Decode(part(kindBatch, 7, 3, 1, 10), protocoltest.Arrival)
	if c.parts.kind != kindBatch || c.parts.have != 1 {
		t.Errorf("a part of another message did not take the place of what waited: %+v", c.parts)
	}
	if m, err := c.Decode(part(kindBatch, 8, 3, 0, 10), protocoltest.Arrival); len(m.Reply) > 0 || err != nil {
		t.Errorf("part 0: %x, %v", m.Reply, err)
	}
}

func TestSplitIsBounded(t *testing.T) {
	long := append([]byte{mark}, make([]byte, maxFrame)...)
	if _, _, err := newCodec().Split(long, false); err == nil {
		t.Error("a frame without end was waited for")
	}
	c := newCodec()
	noise := bytes.Repeat([]byte{0x11}, maxNoise/2+1)
	for range 2 {
		_, _, _ = c.Split(noise, false)
	}
	if _, _, err := c.Split(noise, false); err == nil {
		t.Error("noise was passed over for ever")
	}
}

func TestSniff(t *testing.T) {
	whole := newTracker("352093081452251").Hello()
	if m := sniff(whole); m.Level != protocols.LevelProof {
		t.Errorf("a registration: %+v", m)
	}
	if m := sniff(append([]byte{mark}, whole...)); m.Level != protocols.LevelProof {
		t.Errorf("a registration behind an end: %+v", m)
	}
	for name, first := range map[string]string{
		"another family's marker": "~A\x01\x02",
		"a frame of another kind": "\x7E\x41\x42\x00\x01\x01\x02\x03\x04\x05\x06\x07\x08\x09\x10\x11\x7E",
	} {
		if m := sniff([]byte(first)); m.Level > protocols.LevelPrefix {
			t.Errorf("%s: %+v", name, m)
		}
	}
	if m := sniff(append(whole[:20:20], bytes.Repeat([]byte{1}, 1000)...)); m.Level != protocols.LevelNone {
		t.Errorf("a frame that does not end: %+v", m)
	}
}

func TestManyShortRecords(t *testing.T) {
	c := newCodec()
	body := append([]byte{0, 0, 1}, bytes.Repeat([]byte{0, 1, 7, 0, 0}, 100)...)
	m, err := c.Decode(terminal("1").appendFrame(nil, kindBatch, 1, body), protocoltest.Arrival)
	if err == nil || len(m.Positions) != 100 || len(m.Reply) == 0 {
		t.Errorf("%d positions, reply %x, %v", len(m.Positions), m.Reply, err)
	}
}
