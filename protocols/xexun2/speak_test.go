package xexun2

import (
	"testing"
	"time"

	"drover/protocols"
)

// What a tracker of the family can carry beyond the journey of the round trip comes through.
func TestTrackerCarries(t *testing.T) {
	at := time.Date(2026, 6, 15, 8, 15, 30, 0, time.UTC)
	want := protocols.Position{
		Time: at, Located: true, Valid: true, Latitude: -34.5, Longitude: -58.25,
		Speed: protocols.Some(36.0), Course: protocols.Some(90.0), Alarms: protocols.AlarmSOS,
		Cell:  protocols.Some(protocols.Cell{MCC: 216, MNC: 30, LAC: 531, CID: 20001}),
		ICCID: "8943012345678901234", IMSI: "216300123456789",
		SignalPercent:  protocols.Some(100),
		BatteryPercent: protocols.Some(80.0),
		Satellites:     protocols.Some(9),
	}
	tracker, codec := Protocol().Speak(protocols.TCP, "352093081452251"), Protocol().Codec(protocols.TCP)
	var got *protocols.Position
	_, err := protocols.Frames(codec, tracker.Report([]protocols.Position{want}), false, func(frame []byte) error {
		m, err := codec.Decode(frame, at)
		if len(m.Positions) == 1 {
			got = &m.Positions[0]
		}
		return err
	})
	if err != nil || got == nil {
		t.Fatalf("%+v %v", got, err)
	}
	if got.Cell != want.Cell {
		t.Errorf("Cell: %+v", got)
	}
	if got.ICCID != want.ICCID || got.IMSI != want.IMSI {
		t.Errorf("ICCID: %+v", got)
	}
	if got.SignalPercent != want.SignalPercent {
		t.Errorf("Signal: %+v", got)
	}
	if got.BatteryPercent != want.BatteryPercent {
		t.Errorf("Battery: %+v", got)
	}
	if got.Satellites != want.Satellites {
		t.Errorf("Satellites: %+v", got)
	}
	if got.Alarms != want.Alarms {
		t.Errorf("alarms: %+v", got.Alarms.Names())
	}
}
