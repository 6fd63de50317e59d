package taip

import (
	"errors"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// The second of the day is of the day that brings it nearest to the arrival.
func TestSecondOfTheDay(t *testing.T) {
	for _, c := range []struct {
		second   float64
		at, want string
	}{
		{36000, "2026-06-15T12:00:00Z", "2026-06-15T10:00:00Z"},
		{86390, "2026-06-15T00:00:05Z", "2026-06-14T23:59:50Z"},
		{10, "2026-06-15T23:59:55Z", "2026-06-16T00:00:10Z"},
	} {
		at, _ := time.Parse(time.RFC3339, c.at)
		if got := ofDay(c.second, at).Format(time.RFC3339); got != c.want {
			t.Errorf("%v at %s: %s, want %s", c.second, c.at, got, c.want)
		}
	}
}

// An answer names number and ID in the tracker's order, and reckons its checksum as the tracker did.
func TestReplies(t *testing.T) {
	for message, want := range map[string]string{
		">RGP1;ID=AA01;#0002;*6A<":  ">ACK;ID=AA01;#0002;*76<",
		">RGP1;#0002;ID=AA01<":      ">ACK;#0002;ID=AA01;*76<",
		">RUV1;ID=FWHS;#1A04<":      ">ACK;ID=FWHS;#1A04;*21<",
		">RGP1;ID=8385;#IP0:0080<":  ">SAK;ID=8385;#IP0:0080<",
		">REV1;ID=356612021059680<": "356612021059680",
		">REV1<":                    "",
	} {
		s, err := open([]byte(message))
		if err != nil || string(s.reply(nil)) != want {
			t.Errorf("%s: %s %v, want %s", message, s.reply(nil), err, want)
		}
	}
}

// A column that can not be read costs what is read with it, and no more.
func TestBadColumns(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	m, err := c.Decode([]byte(">RGP320626100000+4885660+00235220034123305812103;ID=1<"), time.Time{})
	if err == nil || len(m.Positions) != 1 || !m.Positions[0].Located || !m.Positions[0].Time.IsZero() {
		t.Errorf("date: %+v %v", m.Positions, err)
	}
	m, err = c.Decode([]byte(">RGP150626100000+48x5660+00235220034123305812103;ID=1<"), time.Time{})
	if p := m.Positions[0]; err == nil || p.Located || !p.Speed.OK || !p.Ignition.OK || p.Time.IsZero() {
		t.Errorf("place: %+v %v", p, err)
	}
}

func TestEventAlarms(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	message := []byte(">RGP01150626100000+4885660+00235220034123;ID=1<")
	if m, _ := c.Decode(message, time.Time{}); m.Positions[0].Alarms != protocols.AlarmSOS {
		t.Errorf("usual: %v", m.Positions[0].Alarms)
	}
	c.(protocols.Knower).Know(protocols.Device{Options: map[string]string{eventAlarms: "none"}})
	if m, _ := c.Decode(message, time.Time{}); m.Positions[0].Alarms != 0 {
		t.Errorf("none: %v", m.Positions[0].Alarms)
	}
}

func TestSplitBounds(t *testing.T) {
	for name, data := range map[string]string{
		"noise": strings.Repeat("A", maxSentence+1), "a message without an end": ">" + strings.Repeat("A", maxSentence),
	} {
		_, _, err := Protocol().Codec(protocols.TCP).Split([]byte(data), false)
		var why *wire.Error
		if !errors.As(err, &why) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSniffLevels(t *testing.T) {
	for first, want := range map[string]protocols.Level{
		">REV001958;ID=1<": protocols.LevelProof, "\r\n>REV00": protocols.LevelShape, ">R": protocols.LevelPrefix,
		">RXAEFA<": protocols.LevelShape, ">12,1": protocols.LevelNone, ">QPV<": protocols.LevelNone, "": protocols.LevelNone,
	} {
		if m := sniff([]byte(first)); m.Level != want {
			t.Errorf("%q: %+v, want %d", first, m, want)
		}
	}
}
