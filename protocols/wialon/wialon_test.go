package wialon

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// sealed is a line of version 2.
func sealed(kind, body string) string {
	return fmt.Sprintf("#%s#%s%04X\r\n", kind, body, wire.CRC16ARC([]byte(body)))
}

const message = "150626;115930;4851.3960;N;00221.1320;E;54;123;35;9"

// A wrong checksum is flagged, and refused unless the profile says otherwise.
func TestChecksumPolicy(t *testing.T) {
	bad := strings.Replace(sealed("SD", message+";"), "54;", "55;", 1)
	c := Protocol().Codec(protocols.TCP)
	m, err := c.Decode([]byte(bad), time.Time{})
	if !errors.Is(err, wire.ErrChecksum) || string(m.Reply) != "#ASD#13\r\n" || len(m.Positions) != 1 {
		t.Errorf("refused: %q %v %v", m.Reply, m.Positions, err)
	}
	c.(protocols.Knower).Know(protocols.Device{Options: map[string]string{checksum: "flag"}})
	m, err = c.Decode([]byte(bad), time.Time{})
	if err != nil || string(m.Reply) != "#ASD#1\r\n" || len(m.Positions) != 1 || m.Positions[0].Attributes[0].Name != "checksum_ok" {
		t.Errorf("flagged: %q %v %v", m.Reply, m.Positions, err)
	}
}

// A field of hexadecimal digits is a checksum only behind all fields.
func TestLastFieldIsNoChecksum(t *testing.T) {
	m, err := Protocol().Codec(protocols.TCP).Decode([]byte("#SD#"+message+"\r\n"), time.Time{})
	if n, _ := m.Positions[0].Satellites.Get(); err != nil || n != 9 {
		t.Errorf("%+v %v", m.Positions, err)
	}
}

// What a tracker says after a command is its answer; without one it is the driver's.
func TestAnswers(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	if m, _ := c.Decode([]byte("#M#hello\r\n"), time.Time{}); m.Result != nil || len(m.Positions) != 1 {
		t.Errorf("unasked: %+v", m)
	}
	for _, answer := range []string{"#M#done\r\n", "done\r\n"} {
		if _, err := c.Encode(protocols.Command{Text: "#QI#"}); err != nil {
			t.Fatal(err)
		}
		if m, err := c.Decode([]byte(answer), time.Time{}); err != nil || m.Result == nil || m.Result.Text != "done" {
			t.Errorf("%q: %+v %v", answer, m.Result, err)
		}
	}
	if _, err := c.Encode(protocols.Command{Text: "#AL#1"}); err == nil {
		t.Error("an answer of the server's went out as a command")
	}
}

func TestSplitBounds(t *testing.T) {
	for name, data := range map[string]string{
		"a line without an end": strings.Repeat("A", maxLine),
		"a block without end":   "#I#99999999;0;1;150626;115930;a.jpg\r\n",
	} {
		if _, _, err := Protocol().Codec(protocols.TCP).Split([]byte(data), false); !errors.Is(err, wire.ErrTooLong) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSniffLevels(t *testing.T) {
	for first, want := range map[string]protocols.Level{
		"#L#": protocols.LevelProof, "#SD#1": protocols.LevelProof, "352093081452251#D#": protocols.LevelProof,
		"2.0;352093081452251#B#": protocols.LevelProof, "#": protocols.LevelPrefix, "352093081452251": protocols.LevelPrefix,
		"#862255061752835#MT710#": protocols.LevelNone, "##,imei:": protocols.LevelNone, "#BCE#": protocols.LevelNone,
		"#MTX,3538": protocols.LevelNone, "\xff\xfd\x18\xff\xfd": protocols.LevelNone, "\xff\x40\x00\x78\x9c": protocols.LevelShape,
		"\xff\x22\x01\x02": protocols.LevelPrefix,
	} {
		if m := sniff([]byte(first)); m.Level != want {
			t.Errorf("%q: %+v, want %d", first, m, want)
		}
	}
}
