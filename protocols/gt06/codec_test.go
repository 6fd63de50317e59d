package gt06

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
	"drover/protocols/wire"
)

// located is a frame 22 at 45.4642° N 9.19° E, 2026-06-15 10:30:00.
const located = "1a060f0a1e00c904e0e2d800fc60f830147b00de01123400abcd010000"

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// decodeAll cuts and decodes a stream of one conversation.
func decodeAll(c protocols.Codec, data []byte) (messages []protocols.Message, used int, err error) {
	used, err = protocols.Frames(c, data, false, func(frame []byte) error {
		m, err := c.Decode(frame, protocoltest.Arrival)
		messages = append(messages, m)
		return err
	})
	return messages, used, err
}

func TestWrongChecksum(t *testing.T) {
	frame := appendFrame(nil, kindLocation22, unhex(t, located), 1)
	frame[len(frame)-3] ^= 0xFF
	m, err := Protocol().Codec(protocols.TCP).Decode(frame, protocoltest.Arrival)
	if err != nil || len(m.Positions) != 1 || m.Reply == nil {
		t.Fatalf("%d positions, reply %x, %v", len(m.Positions), m.Reply, err)
	}
	attributes := m.Positions[0].Attributes
	if last := attributes[len(attributes)-1]; last != protocols.Attr("checksum_ok", protocols.Bool(false)) {
		t.Errorf("attributes %v", attributes)
	}
}

func TestClock(t *testing.T) {
	utc := time.Date(2026, 6, 15, 10, 30, 0, 0, time.UTC)
	for _, test := range []struct {
		name  string
		zone  uint16
		known time.Duration
		want  time.Time
	}{
		{"no zone", 0, 0, utc},
		{"login's zone", 800 << 4, 0, utc.Add(-8 * time.Hour)},
		{"login's zone west", 330<<4 | 8, 0, utc.Add(3*time.Hour + 30*time.Minute)},
		{"no such zone", 0xFFF0, 0, utc},
		{"profile before login", 800 << 4, 2 * time.Hour, utc.Add(-2 * time.Hour)},
		{"profile alone", 0, -time.Hour, utc.Add(time.Hour)},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := Protocol().Codec(protocols.TCP)
			c.(protocols.Knower).Know(protocols.Device{Offset: protocols.Opt[time.Duration]{Value: test.known, OK: test.known != 0}})
			login := append(unhex(t, "03595860158298023605"), byte(test.zone>>8), byte(test.zone))
			stream := appendFrame(nil, kindLogin, login, 1)
			stream = appendFrame(stream, kindLocation22, unhex(t, located), 2)
			messages, _, err := decodeAll(c, stream)
			if err != nil || len(messages) != 2 || len(messages[1].Positions) != 1 {
				t.Fatalf("%+v, %v", messages, err)
			}
			if got := messages[1].Positions[0].Time; !got.Equal(test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestSplitRefusesLongAnnouncements(t *testing.T) {
	_, _, err := Protocol().Codec(protocols.TCP).Split(unhex(t, "7979ffff94000000"), false)
	var named *wire.Error
	if !errors.As(err, &named) || named.Field != "length" || named.Offset != 2 || !errors.Is(err, wire.ErrTooLong) {
		t.Errorf("got %v", err)
	}
}

func TestSplitGivesNoiseUp(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	var err error
	for range 100 {
		if _, _, err = c.Split(bytes.Repeat([]byte{0xAA}, 100), false); err != nil {
			break
		}
	}
	if !errors.Is(err, wire.ErrUnknown) {
		t.Errorf("10,000 bytes of noise were swallowed: %v", err)
	}
}

func TestSplitNeverWaitsForMoreThanItsLimit(t *testing.T) {
	for _, start := range []string{"787878", "7979ff00", "7878ff22", "78780017201010101010", "78780069200110101010ff"} {
		c := Protocol().Codec(protocols.TCP)
		data := append(unhex(t, start), make([]byte, 3*maxFrame)...)
		n, _, err := c.Split(data[:maxFrame+10], false)
		if n == 0 && err == nil {
			t.Errorf("%s: waits although %d bytes are there", start, maxFrame+10)
		}
	}
}

// A first message whose length is too large is taken as it stands: nothing follows it before it is answered.
func TestFalseLength(t *testing.T) {
	login := appendFrame(nil, kindLogin, unhex(t, "0359586015829802"), 1)
	login[2] = 0x40
	short := appendFrame(nil, kindStatus, []byte{0x46, 6, 4, 0, 2}, 2)
	short[2], short[len(short)-3] = 0xF0, short[len(short)-3]^1 // neither length nor checksum are right
	good := appendFrame(nil, kindStatus, []byte{0x46, 6, 4, 0, 2}, 3)

	c := Protocol().Codec(protocols.TCP)
	messages, used, err := decodeAll(c, login)
	if err != nil || used != len(login) || len(messages) != 1 || messages[0].Device != "359586015829802" {
		t.Fatalf("login: %+v, %d of %d, %v", messages, used, len(login), err)
	}
	stream := append(short, bytes.Repeat(good, 20)...)
	messages, used, err = decodeAll(c, stream)
	if err != nil || used != len(stream) || len(messages) != 21 {
		t.Errorf("%d messages from %d of %d bytes, %v", len(messages), used, len(stream), err)
	}
}

func TestDecodeNamesFieldAndByte(t *testing.T) {
	for body, want := range map[string]string{
		"1a060f0a1e00c904":                       "GPS information at byte 10: frame too short",
		"1a060f0a":                               "date and time at byte 4: frame too short",
		"1a060f0a1e00c9ffffffff00fc60f83014":     "GPS information at byte 10: frame too short",
		"1a060f0a1e00c9ffffffff00fc60f830147b00": "latitude at byte 11: value out of range",
	} {
		frame := appendFrame(nil, kindLocation, unhex(t, body), 1)
		_, err := Protocol().Codec(protocols.TCP).Decode(frame, protocoltest.Arrival)
		if err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", body, err, want)
		}
	}
	for _, data := range []string{"", "7878", "787805", "78780522", "787805220001"} {
		if _, err := Protocol().Codec(protocols.TCP).Decode(unhex(t, data), protocoltest.Arrival); err == nil {
			t.Errorf("%q is no frame, but no error came", data)
		}
	}
}

func TestCommands(t *testing.T) {
	for _, test := range []struct {
		command protocols.Command
		words   string
		err     string
	}{
		{protocols.Command{Text: "PARAM#"}, "PARAM#", ""},
		{protocols.Command{Kind: protocols.Locate}, "WHERE#", ""},
		{protocols.Command{Kind: protocols.Interval, Every: time.Minute}, "TIMER,60,60#", ""},
		{protocols.Command{Kind: protocols.Interval, Every: time.Second}, "", "interval 1s"},
		{protocols.Command{Kind: protocols.Output, Output: 1, On: true}, "RELAY,1#", ""},
		{protocols.Command{Kind: protocols.Output, Output: 1}, "RELAY,0#", ""},
		{protocols.Command{Kind: protocols.Output, Output: 2}, "", "output 2"},
		{protocols.Command{Kind: protocols.Immobilise}, "RELAY,1#", ""},
		{protocols.Command{Kind: protocols.Release}, "RELAY,0#", ""},
		{protocols.Command{Kind: protocols.Reboot}, "RESET#", ""},
		{protocols.Command{Kind: 99}, "", "unknown"},
		{protocols.Command{}, "", "0 characters"},
		{protocols.Command{Text: strings.Repeat("A", maxWords)}, strings.Repeat("A", maxWords), ""},
		{protocols.Command{Text: strings.Repeat("A", maxWords+1)}, "", "244 characters"},
		{protocols.Command{Text: "A#\r\nxx"}, "", `'\r' at place 3`},
		{protocols.Command{Text: "DYD\x00"}, "", `'\x00' at place 4`},
		{protocols.Command{Text: "caffè"}, "", "'è' at place 5"},
		{protocols.Command{Text: "\xff"}, "", "at place 1"},
	} {
		test.command.ID = 0x01020304
		b, err := Protocol().Codec(protocols.TCP).Encode(test.command)
		sms, smsErr := Protocol().Text(protocols.Device{}, test.command)
		if test.err != "" {
			if err == nil || smsErr == nil || !strings.Contains(err.Error(), test.err) {
				t.Errorf("%+v: got %x, %q, error %v", test.command, b, sms, err)
			}
			continue
		}
		if err != nil || smsErr != nil || sms != test.words {
			t.Errorf("%+v: SMS %q, errors %v, %v", test.command, sms, err, smsErr)
			continue
		}
		want := append([]byte{byte(4 + len(test.words)), 1, 2, 3, 4}, test.words...)
		if want = appendFrame(nil, kindCommand, append(want, 0, 2), 1); !bytes.Equal(b, want) {
			t.Errorf("%+v:\n got %x\nwant %x", test.command, b, want)
		}
	}
}

func TestSniff(t *testing.T) {
	good := appendFrame(nil, kindLogin, unhex(t, "0359586015829802"), 1)
	spoilt := bytes.Clone(good)
	spoilt[len(spoilt)-3] ^= 1
	for _, test := range []struct {
		name  string
		first []byte
		want  protocols.Match
	}{
		{"nothing", nil, protocols.Match{Need: 2}},
		{"one byte", []byte("x"), protocols.Match{Level: protocols.LevelPrefix, Need: 2}},
		{"start", []byte("xx"), protocols.Match{Level: protocols.LevelPrefix, Need: 5}},
		{"half a login", good[:9], protocols.Match{Level: protocols.LevelPrefix, Need: len(good)}},
		{"login", good, protocols.Match{Level: protocols.LevelProof}},
		{"login and more", append(bytes.Clone(good), good...), protocols.Match{Level: protocols.LevelProof}},
		{"wrong checksum", spoilt, protocols.Match{Level: protocols.LevelShape}},
		{"login cut short", unhex(t, "78780d010359586015829802340d0a"), protocols.Match{Level: protocols.LevelPrefix}},
		{"another family", []byte("*HQ,1"), protocols.Match{}},
		{"mixed start", []byte("xy"), protocols.Match{}},
	} {
		if got := sniff(test.first); got != test.want {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
	}
}
