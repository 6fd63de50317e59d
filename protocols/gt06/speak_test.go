package gt06

import (
	"strings"
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func report(alarms protocols.Alarms) protocols.Position {
	return protocols.Position{
		Time: protocoltest.Arrival, Located: true, Valid: true, Latitude: -1.5, Longitude: 9, Alarms: alarms,
		Odometer: protocols.Some(123456.0), Ignition: protocols.Some(true), BatteryPercent: protocols.Some(66.0),
		SignalPercent: protocols.Some(75), Cell: protocols.Some(protocols.Cell{MCC: 222, MNC: 1, LAC: 7, CID: 9}),
	}
}

func TestTrackerObeys(t *testing.T) {
	for command, want := range map[string]string{
		"RELAY,1#": "Cut off the fuel", "RELAY,0#": "Restore fuel", "DYD,000000#": "DYD=Success!", "TIMER,60,60#": "TIMER",
		"RESET#": "restart", "WHERE#": "No data", "PARAM#": "OK!",
	} {
		codec, tracker := Protocol().Codec(protocols.TCP), Protocol().Speak(protocols.TCP, "359586015829802")
		frame, err := codec.Encode(protocols.Command{Text: command, ID: 77})
		if err != nil {
			t.Fatal(err)
		}
		used, heard, err := tracker.Hear(frame)
		if err != nil || used != len(frame) || heard.Command != command {
			t.Fatalf("%s: %d of %d used, %+v, %v", command, used, len(frame), heard, err)
		}
		messages, _, err := decodeAll(codec, heard.Reply)
		if err != nil || len(messages) != 1 || messages[0].Result == nil {
			t.Fatalf("%s: %+v, %v", command, messages, err)
		}
		if r := messages[0].Result; r.ID != 77 || !strings.Contains(r.Text, want) {
			t.Errorf("%s: answered %+v", command, r)
		}
	}
}

func TestTrackerCountsAcknowledgements(t *testing.T) {
	codec, tracker := Protocol().Codec(protocols.TCP), Protocol().Speak(protocols.TCP, "359586015829802")
	tracker.Hello()
	positions := []protocols.Position{report(0), report(protocols.AlarmSOS), report(0)}
	messages, _, err := decodeAll(codec, tracker.Report(positions))
	if err != nil || len(messages) != 3 {
		t.Fatalf("%d messages, %v", len(messages), err)
	}
	for i, want := range []int{1, 1, 1} {
		_, heard, err := tracker.Hear(messages[i].Reply)
		if err != nil || heard.Positions != want {
			t.Errorf("reply %d: %+v, %v", i, heard, err)
		}
	}
	if _, heard, err := tracker.Hear(messages[0].Reply); err != nil || heard.Positions != 0 {
		t.Errorf("an acknowledgement counted twice: %+v, %v", heard, err)
	}
	alarm := messages[1].Positions[0]
	if alarm.Alarms != protocols.AlarmSOS || alarm.BatteryPercent.Value != 66 || alarm.SignalPercent.Value != 75 {
		t.Errorf("the alarm came as %+v", alarm)
	}
	if first := messages[0].Positions[0]; first.Odometer.Value != 123456 || first.Cell.Value.CID != 9 {
		t.Errorf("the report came as %+v", first)
	}
}

func TestEmptyReportIsHeartbeat(t *testing.T) {
	codec, tracker := Protocol().Codec(protocols.TCP), Protocol().Speak(protocols.TCP, "359586015829802")
	tracker.Report([]protocols.Position{report(0)})
	messages, _, err := decodeAll(codec, tracker.Report(nil))
	if err != nil || len(messages) != 1 || len(messages[0].Positions) != 1 {
		t.Fatalf("%+v, %v", messages, err)
	}
	p := messages[0].Positions[0]
	if p.Located || p.Ignition != protocols.Some(true) || p.BatteryPercent.Value != 66 || p.SignalPercent.Value != 75 {
		t.Errorf("got %+v", p)
	}
	if _, heard, err := tracker.Hear(messages[0].Reply); err != nil || heard.Positions != 0 {
		t.Errorf("the heartbeat's answer was heard as %+v, %v", heard, err)
	}
}

func TestTrackerHearsStrangers(t *testing.T) {
	spoilt := appendFrame(nil, kindLogin, nil, 1)
	spoilt[len(spoilt)-3] ^= 1
	for name, data := range map[string][]byte{
		"http": []byte("HTTP/1.1 400"), "wrong checksum": spoilt, "no such answer": appendFrame(nil, 0x55, nil, 1),
		"a command cut short":    appendFrame(nil, kindCommand, []byte{9, 0, 0, 0, 0, 'A'}, 1),
		"a command of no length": appendFrame(nil, kindCommand, []byte{0, 0, 0, 0, 0}, 1),
	} {
		if _, _, err := newTracker("1").Hear(data); err == nil {
			t.Errorf("%s is no answer of a server, but no error came", name)
		}
	}
	whole := appendFrame(nil, kindLogin, nil, 1)
	for i := range whole {
		if used, _, err := newTracker("1").Hear(whole[:i]); used != 0 || err != nil {
			t.Errorf("of %d bytes %d were used, %v", i, used, err)
		}
	}
}
