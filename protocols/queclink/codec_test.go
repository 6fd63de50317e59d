package queclink

import (
	"errors"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
	"drover/protocols/wire"
)

const (
	fixText = "1,64.3,127,203.4,13.376544,52.516812,20260615081530,0262,0002,13A8,0A2B"
	fri     = "+RESP:GTFRI,060502,861234056789018,gv300,12601,10,1," + fixText + ",00,2044.5,,,,51,220100,,,,20260615081531,4DA7$"
)

func TestSniffLevels(t *testing.T) {
	for _, k := range []struct {
		first string
		level protocols.Level
		final bool
	}{
		{fri, protocols.LevelProof, true},
		{fri[:12], protocols.LevelPrefix, false},
		{"+ACK:GTHBD,80201E0100,861234056789018,", protocols.LevelProof, true},
		{"+RESP:GTTRI,861234056789018,1,0,99$", protocols.LevelShape, true},
		{"+RESP:GTTRI,861234056789018,1,0,99\x00", protocols.LevelPrefix, true}, // GL100, a family of its own
		{"+RESP:GTTRI,x,1,0,99$", protocols.LevelPrefix, true},
		{"+RPT:\x00\xd4", protocols.LevelNone, true},
		{"+RRCB~\x1a", protocols.LevelNone, true},
		{"+14063964266,162658", protocols.LevelNone, true},
		{"-1,LOGON", protocols.LevelNone, true},
		{"+RSP\x07\x00\xff", protocols.LevelPrefix, false},
	} {
		if m := sniff([]byte(k.first)); m.Level != k.level || (m.Need == 0) != k.final {
			t.Errorf("%q: %+v, want level %d, final %v", k.first, m, k.level, k.final)
		}
	}
}

func TestAcknowledgesOnlyWhereTheProfileSaysSo(t *testing.T) {
	for sack, want := range map[string]string{"": "", "off": "", "on": "+SACK:4DA7$"} {
		c := &codec{}
		c.Know(protocols.Device{Options: map[string]string{"sack": sack}})
		m, err := c.Decode([]byte(fri), protocoltest.Arrival)
		if err != nil || string(m.Reply) != want {
			t.Errorf("sack %q: %q, %v; want %q", sack, m.Reply, err, want)
		}
	}
}

func TestTheOperatorsClockGoesBeforeTheLearnt(t *testing.T) {
	const on = "+RESP:GTPNA,060502,861234056789018,gv300,20260615101531,4DA8$"
	local := strings.Replace(fri, "20260615081531", "20260615101531", 1)
	for _, k := range []struct {
		offset protocols.Opt[time.Duration]
		want   string
	}{
		{protocols.Opt[time.Duration]{}, "08:15:31"}, {protocols.Some(time.Hour), "09:15:31"},
		{protocols.Some(time.Duration(0)), "10:15:31"},
	} {
		c := &codec{}
		c.Know(protocols.Device{Offset: k.offset})
		_, _ = c.Decode([]byte(local), protocoltest.Arrival)
		m, err := c.Decode([]byte(on), protocoltest.Arrival)
		if err != nil || m.Positions[0].Time.Format("15:04:05") != k.want {
			t.Errorf("%v: %v, %v", k.offset, m.Positions[0].Time, err)
		}
	}
}

func TestSplitRefusesWhatIsTooLong(t *testing.T) {
	for name, data := range map[string]string{
		"text":    "+RESP:GTFRI," + strings.Repeat("1", maxText),
		"HEX":     "+RSP" + strings.Repeat("\x00", hexMaximum),
		"records": "+\x00\xff\xff\x00",
	} {
		_, _, err := (&codec{}).Split([]byte(data), false)
		var e *wire.Error
		if !errors.As(err, &e) || !errors.Is(err, wire.ErrTooLong) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPasswords(t *testing.T) {
	locate := protocols.Command{Kind: protocols.Locate, ID: 22}
	c := &codec{}
	if _, err := c.Encode(locate); !errors.Is(err, errPassword) {
		t.Errorf("of an unknown model: %v", err)
	}
	_, _ = c.Decode([]byte(fri), protocoltest.Arrival)
	if b, err := c.Encode(locate); err != nil || string(b) != "AT+GTRTO=gv300,1,,,,,,0016$" {
		t.Errorf("as its version says: %q, %v", b, err)
	}
	c.Know(protocols.Device{Model: "GV55"})
	if b, _ := c.Encode(locate); !strings.HasPrefix(string(b), "AT+GTRTO=gv55,") {
		t.Errorf("as the profile says: %q", b)
	}
	c.Know(protocols.Device{Model: "GV55", Password: "a,b"})
	if b, err := c.Encode(locate); err == nil {
		t.Errorf("a comma in the password: %q", b)
	}
}

func TestRangesOfCommands(t *testing.T) {
	c := &codec{device: protocols.Device{Password: "gv300"}}
	for _, command := range []protocols.Command{
		{Kind: protocols.Interval, Every: 4 * time.Second}, {Kind: protocols.Interval, Every: 25 * time.Hour},
		{Kind: protocols.Output, Output: 0}, {Kind: protocols.Output, Output: 4},
		{Kind: protocols.SetServer, Host: "example.com"}, {Kind: protocols.SetServer, Host: "a,b", Port: 1},
		{Kind: protocols.SetAPN, APN: "a$b"},
	} {
		if b, err := c.Encode(command); err == nil {
			t.Errorf("%+v: %q", command, b)
		}
	}
	if b, err := c.Encode(protocols.Command{Kind: protocols.Output, Output: 3, On: true}); err != nil ||
		string(b) != "AT+GTOUT=gv300,,,,,,,1,,,,,,,FFFF$" {
		t.Errorf("output 3: %q, %v", b, err)
	}
}

// A command's serial number comes back in its answer.
func TestTheAnswerNamesTheCommand(t *testing.T) {
	c, tracker := &codec{}, speak(protocols.TCP, "861234056789018")
	c.Know(protocols.Device{Password: "gv310lau"})
	b, err := c.Encode(protocols.Command{Kind: protocols.Reboot, ID: 0x1234})
	if err != nil {
		t.Fatal(err)
	}
	used, heard, err := tracker.Hear(append(b, "AT+"...))
	if err != nil || used != len(b) {
		t.Fatalf("%d of %d bytes, %v", used, len(b), err)
	}
	m, err := c.Decode(heard.Reply, protocoltest.Arrival)
	if err != nil || m.Result == nil || m.Result.ID != 0x1234 || !strings.HasPrefix(m.Result.Text, "+ACK:GTRTO,") {
		t.Errorf("%q: %+v, %v", heard.Reply, m.Result, err)
	}
}

// Asked where it is, the simulated tracker says so.
func TestAnswersWhereItIs(t *testing.T) {
	tracker := speak(protocols.TCP, "861234056789018")
	tracker.Report([]protocols.Position{{
		Time: protocoltest.Arrival, Located: true, Latitude: -33.5, Longitude: 70.25, Satellites: protocols.Some(7),
	}})
	_, heard, err := tracker.Hear([]byte("AT+GTRTO=gv310lau,1,,,,,,FFFF$"))
	if err != nil {
		t.Fatal(err)
	}
	var places []protocols.Position
	c := &codec{}
	_, err = protocols.Frames(c, heard.Reply, false, func(frame []byte) error {
		m, err := c.Decode(frame, protocoltest.Arrival)
		places = append(places, m.Positions...)
		return err
	})
	if err != nil || len(places) != 1 || places[0].Latitude != -33.5 || places[0].Satellites.Value != 7 {
		t.Errorf("%q: %+v, %v", heard.Reply, places, err)
	}
}

// The commands of the texts are not sent to a tracker that speaks in records.
func TestNoTextsToATrackerOfRecords(t *testing.T) {
	c := &codec{records: true, device: protocols.Device{Password: "gl601###"}}
	if b, err := c.Encode(protocols.Command{Kind: protocols.Locate}); !errors.Is(err, protocols.ErrNoCommand) {
		t.Errorf("%q, %v", b, err)
	}
	if b, err := c.Encode(protocols.Command{Text: "AT@RTO=gl601###,1,0001"}); err != nil {
		t.Errorf("%q, %v", b, err)
	}
}

func TestKindsAreInOrder(t *testing.T) {
	for i := range kinds {
		if kindOf([]byte(kinds[i].code)) != &kinds[i] {
			t.Errorf("%s is not found", kinds[i].code)
		}
	}
}

// What the tracker warns of comes through.
func TestSpeaksAlarms(t *testing.T) {
	for _, a := range alarmed {
		p := protocols.Position{Time: protocoltest.Arrival, Located: true, Latitude: 1, Longitude: 2, Alarms: a.alarm}
		m, err := (&codec{}).Decode(speak(protocols.TCP, "861234056789018").Report([]protocols.Position{p}), protocoltest.Arrival)
		if err != nil || len(m.Positions) != 1 || m.Positions[0].Alarms != a.alarm {
			t.Errorf("%v: %+v, %v", a.alarm.Names(), m.Positions, err)
		}
	}
}
