package starlink

import (
	"errors"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
	"drover/protocols/wire"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

// The profile's list of fields is what a report is read by.
func TestTheListOfFieldsIsTheProfiles(t *testing.T) {
	const line = "$SLU0A1B2C,06,7,260615101530,24,120.5,+5231.0087,+01322.5926,34.1,9,87,x1,3*18\r\n"
	c := &codec{columns: usual}
	c.Know(protocols.Device{
		Offset: protocols.Some(2 * time.Hour),
		Options: map[string]string{
			"fields": "#PDT#,#EID#,#SPDK#,#LAT#,#LONG#,#ALTD#,#SATU#,#BATC#,#MYOWN#",
		},
	})
	m, err := c.Decode([]byte(line), protocoltest.Arrival)
	if err != nil || m.Device != "0A1B2C" {
		t.Fatalf("%+v, %v", m, err)
	}
	got := string(m.Positions[0].AppendJSON(nil))
	want := `{"time":"2026-06-15T08:15:30.000Z","valid":true,"latitude":52.5168117,"longitude":13.3765433,` +
		`"altitude_m":34.1,"speed_kmh":120.5,"satellites":9,"ignition":true,"battery_percent":87,"attributes":` +
		`{"index":7,"event":24,"myown":"x1","extra":"3"}}`
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestListsOfFields(t *testing.T) {
	for list, fine := range map[string]bool{
		usualFields: true, "#EDT#, #LAT#": true, "EDT": false, "#ED T#": false, "##": false,
		strings.Repeat("#A#,", maxColumns) + "#A#": false,
	} {
		if err := checkFields(list); (err == nil) != fine {
			t.Errorf("%.40q: %v", list, err)
		}
	}
}

func TestDatesCanStartWithTheDay(t *testing.T) {
	c := &codec{columns: usual}
	for order, want := range map[string]string{"": "2015-06-26", "dmy": "2026-06-15"} {
		c.Know(protocols.Device{Options: map[string]string{"dates": order}})
		m, err := c.Decode([]byte("$SLU0A1B2C,06,7,150626081530,01*00"), protocoltest.Arrival)
		if err != nil || m.Positions[0].Time.Format(time.DateOnly) != want {
			t.Errorf("%q: %v, %v", order, m.Positions[0].Time, err)
		}
	}
}

func TestSniffLevels(t *testing.T) {
	for first, level := range map[string]protocols.Level{
		"$SLU0A1B2C,": protocols.LevelProof, "$SLU352093081452251,06": protocols.LevelProof,
		"$SL": protocols.LevelPrefix, "$SLU0A1B2": protocols.LevelPrefix,
		"$SLUX,06": protocols.LevelNone, "$SLU0A1B2C0A1B2C0A1B2C": protocols.LevelNone, "$SMS": protocols.LevelNone,
	} {
		if m := sniff([]byte(first)); m.Level != level {
			t.Errorf("%q: %+v, want level %d", first, m, level)
		}
	}
}

func TestSplitRefusesWhatIsTooLong(t *testing.T) {
	_, _, err := (&codec{}).Split([]byte(head+strings.Repeat("1", maxLine)), false)
	if !errors.Is(err, wire.ErrTooLong) {
		t.Error(err)
	}
}

func TestOnlyWordsOfOnesOwn(t *testing.T) {
	for _, kind := range protocols.CommandKinds()[1:] {
		if _, err := (&codec{}).Encode(protocols.Command{Kind: kind}); !errors.Is(err, protocols.ErrNoCommand) {
			t.Errorf("%v: %v", kind, err)
		}
	}
}

// What the tracker warns of comes through.
func TestSpeaksAlarms(t *testing.T) {
	for code, alarm := range alarms {
		if alarm == 0 {
			continue
		}
		p := protocols.Position{Time: protocoltest.Arrival, Located: true, Latitude: 1, Longitude: 2, Alarms: alarm}
		line := speak(protocols.TCP, "352093081452251").Report([]protocols.Position{p})
		m, err := (&codec{columns: usual}).Decode(line, protocoltest.Arrival)
		if err != nil || m.Positions[0].Alarms != alarm {
			t.Errorf("%d: %+v, %v", code, m.Positions, err)
		}
	}
}
