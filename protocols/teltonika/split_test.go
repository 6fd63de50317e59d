package teltonika

import (
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"drover/protocols"
)

var arrival = time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)

// testRecord is a record of codec 8 at a place without a name, with one element.
func testRecord(satellites, id, length byte, value uint64) []byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(arrival.UnixMilli()))
	b = append(b, 0)
	b = binary.BigEndian.AppendUint32(b, 252797000)
	b = binary.BigEndian.AppendUint32(b, 546872000)
	b = append(b, 0, 112, 0, 90, satellites, 0, 50, 0, 1)
	for _, n := range [...]byte{1, 2, 4, 8} {
		if n != length {
			b = append(b, 0)
			continue
		}
		raw := binary.BigEndian.AppendUint64(nil, value)
		b = append(append(b, 1, id), raw[8-n:]...)
	}
	return b
}

func testPacket(codec byte, record []byte) []byte {
	b := append(make([]byte, headerLength), codec, 1)
	return closePacket(append(append(b, record...), 1), headerLength)
}

func TestSplitRefuses(t *testing.T) {
	for data, want := range map[string]string{
		"GET / HTTP/1.1\r\n":                   "preamble at byte 0: unknown kind",
		"\x00\x00\x00\x2f\xffSMB":              "preamble at byte 3: unknown kind",
		"\x00\x00\x00\x00\x00\x01\x00\x01":     "data length at byte 4: frame too long",
		"\x00\x00\x00\x00\xff\xff\xff\xff\x08": "data length at byte 4: frame too long",
		"\x00\x0f35209308145225X":              "imei at byte 2: value out of range",
		"\x00\x0735209308":                     "preamble at byte 0: unknown kind",
	} {
		if _, frame, err := Protocol().Codec(protocols.TCP).Split([]byte(data), false); err == nil || err.Error() != want {
			t.Errorf("%q: got %x, %v, want %s", data, frame, err, want)
		}
	}
}

// A stream that ends within a frame gives what is there; before its end it waits.
func TestSplitAtTheEnd(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	packet := testPacket(codec8, testRecord(9, 239, 1, 1))
	for n := 1; n < len(packet); n++ {
		if advance, frame, err := c.Split(packet[:n], false); advance != 0 || frame != nil || err != nil {
			t.Fatalf("%d bytes: %d %x %v", n, advance, frame, err)
		}
		if advance, frame, err := c.Split(packet[:n], true); advance != n || len(frame) != n || err != nil {
			t.Fatalf("%d bytes at the end: %d %x %v", n, advance, frame, err)
		}
	}
}

// Every error of a cut packet names a field and a byte of the packet, and nothing is acknowledged.
func TestCutPacket(t *testing.T) {
	packet := testPacket(codec8, testRecord(9, 66, 2, 12345))
	for n := 2; n < len(packet); n++ {
		m, err := Protocol().Codec(protocols.TCP).Decode(packet[:n], arrival)
		if err == nil || m.Reply != nil {
			t.Fatalf("%d bytes: reply %x, error %v", n, m.Reply, err)
		}
		if !strings.Contains(err.Error(), " at byte ") {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
	_, err := Protocol().Codec(protocols.TCP).Decode(packet[:21], arrival)
	if want := "longitude at byte 19: frame too short"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// No satellites: not valid. 0 stands for "not said" there, and for itself elsewhere.
func TestSatellites(t *testing.T) {
	for satellites, valid := range map[byte]bool{0: false, 1: true, 255: true} {
		m, err := Protocol().Codec(protocols.TCP).Decode(testPacket(codec8, testRecord(satellites, 239, 1, 0)), arrival)
		if err != nil || len(m.Positions) != 1 {
			t.Fatalf("%d positions, %v", len(m.Positions), err)
		}
		if p := m.Positions[0]; p.Valid != valid || !p.Located || p.Satellites != protocols.Some(int(satellites)) {
			t.Errorf("%d satellites: %+v", satellites, p)
		}
	}
}

func TestSniffStrangers(t *testing.T) {
	for _, first := range []string{
		"\xff\xff\xff\xff\xff\xff", "\xff\xfd\x18", "\x00\x0f35209308145225\x00", "\x00\x00\x00\x00\x00\x00\x00\x10\x26",
		"\x00\x0f\x31\x32\x33\x34\x35\x36\x37\x38\x39\x30\x31\x32\x33\x34\x0d", "$$A1,", "xx",
	} {
		if m := Protocol().Sniff([]byte(first)); m.Level != protocols.LevelNone || m.Need > 0 {
			t.Errorf("%q: %+v", first, m)
		}
	}
}

func TestSniffProof(t *testing.T) {
	for name, first := range map[string]string{
		"login":      "\x00\x0f" + imei,
		"keep-alive": "\xff\x00\x0f" + imei,
		"packet":     string(testPacket(codec8, testRecord(9, 239, 1, 1))),
	} {
		if m := Protocol().Sniff([]byte(first)); m.Level != protocols.LevelProof || m.Need != 0 {
			t.Errorf("%s: %+v", name, m)
		}
	}
}
