package teltonika

import (
	"bytes"
	"reflect"
	"testing"

	"drover/protocols"
)

const imei = "352093081452251"

func loggedIn(t *testing.T) protocols.Tracker {
	t.Helper()
	tracker := Protocol().Speak(protocols.TCP, imei)
	if got := tracker.Hello(); string(got) != "\x00\x0f"+imei {
		t.Fatalf("hello %x", got)
	}
	if used, heard, err := tracker.Hear([]byte{1}); used != 1 || !heard.Welcome || err != nil {
		t.Fatalf("login: %d %+v %v", used, heard, err)
	}
	return tracker
}

func TestLoginRefused(t *testing.T) {
	tracker := Protocol().Speak(protocols.TCP, imei)
	tracker.Hello()
	if _, heard, err := tracker.Hear([]byte{0}); !heard.Refused || err != nil {
		t.Errorf("got %+v, %v", heard, err)
	}
	if _, _, err := tracker.Hear([]byte{7}); err == nil {
		t.Error("a login answered with 7 is taken for an answer")
	}
}

// A tracker obeys a command of codec 12 and of codec 14, and the server reads what it says to that.
func TestTrackerObeys(t *testing.T) {
	server := Protocol().Codec(protocols.TCP)
	order, err := server.Encode(protocols.Command{Kind: protocols.Immobilise})
	if err != nil {
		t.Fatal(err)
	}
	own := []byte{0x03, 0x52, 0x09, 0x30, 0x81, 0x45, 0x22, 0x51}
	other := []byte{0x03, 0x52, 0x09, 0x30, 0x81, 0x45, 0x22, 0x52}
	for _, c := range []struct {
		name    string
		order   []byte
		command string
		result  protocols.Result
	}{
		{"codec 12", order, "setdigout 1", protocols.Result{Text: "DOUT:1 Timeout:INFINITY"}},
		{"codec 14", appendMessage(nil, codec14, typeCommand, append(own, "getver"...)), "getver",
			protocols.Result{Text: "OK getver"}},
		{"codec 14 to another", appendMessage(nil, codec14, typeCommand, append(other, "getver"...)), "",
			protocols.Result{Nack: true}},
	} {
		tracker := loggedIn(t)
		if used, _, err := tracker.Hear(c.order[:len(c.order)-1]); used != 0 || err != nil {
			t.Errorf("%s cut short: used %d, %v", c.name, used, err)
		}
		used, heard, err := tracker.Hear(c.order)
		if used != len(c.order) || err != nil || heard.Command != c.command {
			t.Fatalf("%s: used %d of %d, %+v, %v", c.name, used, len(c.order), heard, err)
		}
		_, frame, err := server.Split(heard.Reply, false)
		if err != nil || frame == nil {
			t.Fatalf("%s: the reply %x is no frame: %v", c.name, heard.Reply, err)
		}
		m, err := server.Decode(frame, arrival)
		if err != nil || m.Result == nil || !reflect.DeepEqual(*m.Result, c.result) || m.Reply != nil {
			t.Errorf("%s: got %+v, %v, want %+v", c.name, m.Result, err, c.result)
		}
	}
}

// A count other than that of the records sent acknowledges none of them.
func TestTooFewAccepted(t *testing.T) {
	tracker := loggedIn(t)
	tracker.Report(make([]protocols.Position, 3))
	for reply, want := range map[string]int{"\x00\x00\x00\x02": 0, "\x00\x00\x00\x03": 3} {
		tracker.Report(make([]protocols.Position, 3))
		if _, heard, err := tracker.Hear([]byte(reply)); heard.Positions != want || err != nil {
			t.Errorf("%x: got %+v, %v, want %d", reply, heard, err, want)
		}
	}
	if _, _, err := tracker.Hear([]byte("HTTP/1.1 400")); err == nil {
		t.Error("HTTP is taken for an answer")
	}
}

// A datagram holds at most 1,280 bytes, and a late answer to an earlier one acknowledges nothing.
func TestDatagrams(t *testing.T) {
	tracker := Protocol().Speak(protocols.UDP, imei)
	report := make([]protocols.Position, tracker.Batch())
	for i := range report {
		report[i] = fullPosition()
	}
	first := bytes.Clone(tracker.Report(report))
	if len(first) > 1280 {
		t.Errorf("%d bytes", len(first))
	}
	late, err := Protocol().Codec(protocols.UDP).Decode(first, arrival)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Protocol().Codec(protocols.UDP).Decode(tracker.Report(report), arrival)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		reply []byte
		want  int
	}{{late.Reply, 0}, {second.Reply, len(report)}} {
		if used, heard, err := tracker.Hear(c.reply); used != 7 || heard.Positions != c.want || err != nil {
			t.Errorf("%x: used %d, %+v, %v", c.reply, used, heard, err)
		}
	}
}

func fullPosition() protocols.Position {
	return protocols.Position{
		Time: arrival, Located: true, Valid: true, Latitude: 54.6872, Longitude: -25.2797,
		Altitude: protocols.Some(112.0), Speed: protocols.Some(50.0), Course: protocols.Some(270.0),
		HDOP: protocols.Some(0.8), Satellites: protocols.Some(11), Odometer: protocols.Some(18254331.0),
		Ignition: protocols.Some(true), ExternalVolts: protocols.Some(13.987), BatteryVolts: protocols.Some(4.061),
		BatteryPercent: protocols.Some(87.0), SignalPercent: protocols.Some(80),
		Cell:  protocols.Some(protocols.Cell{MCC: 246, MNC: 2, LAC: 3021, CID: 84213761}),
		ICCID: "89883030000066932895", Alarms: protocols.AlarmTow,
		Attributes: []protocols.Attribute{
			protocols.Attr("temperature_1_c", protocols.Decimal(-185, 1)), protocols.Attr("fuel_l", protocols.Decimal(452, 1)),
			protocols.Attr("input_1", protocols.Bool(true)), protocols.Attr("trip_odometer_m", protocols.Int(1520)),
			protocols.Attr("pdop", protocols.Decimal(14, 1)), protocols.Attr("no_such_thing", protocols.Int(1)),
		},
	}
}

// All that a position says and the family can carry comes through, and the unknown attribute is left out.
func TestReportCarriesAll(t *testing.T) {
	want := fullPosition()
	tracker := loggedIn(t)
	m, err := Protocol().Codec(protocols.TCP).Decode(tracker.Report([]protocols.Position{want}), arrival)
	if err != nil || len(m.Positions) != 1 {
		t.Fatalf("%d positions, %v", len(m.Positions), err)
	}
	got := m.Positions[0]
	attributes := map[string]string{}
	for _, a := range got.Attributes {
		attributes[a.Name] = a.Value.String()
	}
	for name, value := range map[string]string{
		"priority": "1", "event_io": "246", "temperature_1_c": "-18.5", "fuel_l": "45.2", "input_1": "true",
		"trip_odometer_m": "1520", "pdop": "1.4", "movement": "true", "gnss_status": "1", "gnss_speed_kmh": "50",
		"towing": "true",
	} {
		if attributes[name] != value {
			t.Errorf("%s is %q, want %s", name, attributes[name], value)
		}
	}
	if _, there := attributes["no_such_thing"]; there {
		t.Error("an attribute of no known element came through")
	}
	got.Attributes, want.Attributes = nil, nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
