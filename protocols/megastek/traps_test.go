package megastek

import (
	"errors"
	"strings"
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
	"drover/protocols/wire"
)

const imei = "352093081452251"

const place = "$MGV002," + imei + ",,R,150626,115800,A,4742.34560,N,01912.56780,E,00,09,00,0.9,29.1,127,131.5,1.2," +
	"216,30,28D2,E889,20,"

func TestSniffLevels(t *testing.T) {
	for first, want := range map[string]protocols.Level{
		"$MGV002,":                           protocols.LevelProof,
		"0132$MGV002,":                       protocols.LevelProof,
		"STX," + imei + ",$GPRMC,":           protocols.LevelProof,
		"LOGSTX," + imei + ",$GPRMC,":        protocols.LevelProof,
		"STX260475          \x01j$GPRMC,":    protocols.LevelProof,
		"$MGV0":                              protocols.LevelPrefix,
		"0132":                               protocols.LevelPrefix,
		"STX," + imei:                        protocols.LevelPrefix,
		"$MGVABC,":                           protocols.LevelNone,
		"$GPRMC,115800":                      protocols.LevelNone,
		"STX," + imei + ",$GPGGA,":           protocols.LevelNone,
		"STXabc":                             protocols.LevelPrefix,
		"STX.abc":                            protocols.LevelNone,
		"352093081452251;":                   protocols.LevelNone,
		"0132*HQ":                            protocols.LevelNone,
		"STX" + strings.Repeat("1", maxHead): protocols.LevelNone,
	} {
		if m := sniff([]byte(first)); m.Level != want {
			t.Errorf("%q: %+v, want level %d", first, m, want)
		}
	}
}

// The eight fields between signal and status are told apart by their digits.
func TestSensors(t *testing.T) {
	for fields, want := range map[string]string{
		"0000,0001,0,,,28.5,,0012": "temperature_1_c=28.5 driver_id=0012",
		"072,0000,0001,0,,,36.6,":  "heart_rate=72 temperature_1_c=36.6",
		"72,1055,1,2,3,36.6,,":     "heart_rate=72 steps=1055 temperature_1_c=36.6",
		",,,,,,,":                  "",
	} {
		m, err := (&codec{}).Decode([]byte(place+fields+",10,078,Timer;!"), protocoltest.Arrival)
		if err != nil || m.Positions[0].BatteryPercent != protocols.Some(78.0) {
			t.Fatalf("%q: %+v, %v", fields, m, err)
		}
		var got []string
		for _, a := range m.Positions[0].Attributes {
			switch a.Name {
			case "heart_rate", "steps", "temperature_1_c", "driver_id":
				got = append(got, a.Name+"="+a.Value.String())
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %q, want %q", fields, s, want)
		}
	}
}

func TestSplitIsBounded(t *testing.T) {
	c := &codec{}
	for _, endless := range []string{"$MGV002,", "9999$MGV002,", "STX," + imei + ",$GPRMC,"} {
		_, _, err := c.Split([]byte(endless+strings.Repeat("1", maxFrame)), false)
		if !errors.Is(err, wire.ErrTooLong) {
			t.Errorf("%q without end: %v", endless, err)
		}
	}
	if n, frame, err := c.Split([]byte(strings.Repeat("x", 5000)+"$M"), false); n != 5000 || frame != nil || err != nil {
		t.Errorf("noise: %d, %q, %v", n, frame, err)
	}
}

func TestCommands(t *testing.T) {
	c := &codec{device: imei}
	for _, text := range []string{"", "a!b", "$a", "é"} {
		if data, err := c.Encode(protocols.Command{Kind: protocols.Custom, Text: text}); err == nil {
			t.Errorf("%q: %q", text, data)
		}
	}
	if data, err := (&codec{}).Encode(protocols.Command{Kind: protocols.Custom, Text: "R029"}); err == nil {
		t.Errorf("to nobody: %q", data)
	}
}
