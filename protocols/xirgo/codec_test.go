package xirgo

import (
	"bytes"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

const sentence = "$$352093081452251,4001,2026/06/15,10:30:00,45.46420,9.19000,122.5,30.0,0.5,1.2,2100,123.4,9,0.8,12345.6,24.5," +
	"13.9,21,1,0,55.5##"

func TestTheProfileSetsClockAndOrder(t *testing.T) {
	c := newCodec(protocols.TCP)
	c.Know(protocols.Device{
		Offset:  protocols.Some(-5 * time.Hour),
		Options: map[string]string{optionFields: "IM,LT,LN,D,T,-,GSPT,EV,GS"},
	})
	m, err := c.Decode([]byte("$$17,45.5,9.25,2026/06/15,10:30:00,?,50,6002,3##"), protocoltest.Arrival)
	if err != nil || len(m.Positions) != 1 || m.Device != "17" {
		t.Fatalf("%+v, %v", m, err)
	}
	p := m.Positions[0]
	if p.Latitude != 45.5 || p.Longitude != 9.25 || !p.Valid || p.Speed.Value != 50 || p.Alarms != protocols.AlarmOverspeed ||
		!p.Time.Equal(time.Date(2026, 6, 15, 15, 30, 0, 0, time.UTC)) {
		t.Errorf("%+v", p)
	}
}

func TestAnOrderIsChecked(t *testing.T) {
	for text, good := range map[string]bool{
		ownerForm: true, "uid, ev ,-": true, "EV,LT": false, "UID,XX": false, string(bytes.Repeat([]byte("UID,"), 60)): false,
	} {
		if err := checkForm(text); (err == nil) != good {
			t.Errorf("%.30q: %v", text, err)
		}
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]float64{"0": 0, "-12.50": -12.5, "+3": 3, ".5": 0.5, "1.2345678901234567": 1.23456789012} {
		n, ok := parse([]byte(text))
		if got := n.float(); !ok || got-want > 1e-9 || want-got > 1e-9 {
			t.Errorf("%s: %v %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "-", ".", "1.2.3", "1e5", "12345678901234567", "x"} {
		if n, ok := parse([]byte(text)); ok {
			t.Errorf("%q became %v", text, n)
		}
	}
}

func TestTheRelaysSense(t *testing.T) {
	stop := protocols.Command{Kind: protocols.Immobilise}
	for value, want := range map[string]string{"": "+XT:7005,1,1", engineOpen: "+XT:7005,1,1", engineClosed: "+XT:7005,2,1"} {
		c := newCodec(protocols.TCP)
		d := protocols.Device{Options: map[string]string{optionEngine: value}}
		c.Know(d)
		data, err := c.Encode(stop)
		sms, _ := text(d, stop)
		if err != nil || string(data) != want || sms != want {
			t.Errorf("%q: %q, %q, %v", value, data, sms, err)
		}
	}
}

func TestCommandsAreHeardOneByOne(t *testing.T) {
	tracker := newTracker(protocols.TCP, "352093081452251")
	data := []byte("+XT:7005,2,1+XT:7001,1")
	for _, want := range []string{"+XT:7005,2,1", "+XT:7001,1"} {
		used, heard, err := tracker.Hear(data)
		if err != nil || heard.Command != want {
			t.Fatalf("%+v, %v", heard, err)
		}
		data = data[used:]
	}
	if !tracker.closed {
		t.Error("output 1 is open")
	}
	c := newCodec(protocols.TCP)
	if _, err := c.Encode(protocols.Command{Kind: protocols.Custom, Text: "+XT:7001,1+XT:7008"}); err == nil {
		t.Error("two commands went out as one")
	}
}

func TestSplitIsBounded(t *testing.T) {
	long := append([]byte("$$1,"), make([]byte, maxSentence)...)
	if _, _, err := newCodec(protocols.TCP).Split(long, false); err == nil {
		t.Error("a sentence without end was waited for")
	}
	c := newCodec(protocols.TCP)
	noise := bytes.Repeat([]byte("x"), maxNoise)
	_, _, _ = c.Split(noise, false)
	if _, _, err := c.Split(noise, false); err == nil {
		t.Error("noise was passed over for ever")
	}
}

func TestSniff(t *testing.T) {
	for first, want := range map[string]protocols.Level{
		sentence:                       protocols.LevelProof,
		sentence[:len(sentence)/2]:     protocols.LevelProof,
		"$$35209308":                   protocols.LevelPrefix,
		"$$352093081452251,4001,2":     protocols.LevelPrefix,
		"$$352093081452251,4001,X":     protocols.LevelShape,
		"$$116,869467049283150,1,A,":   protocols.LevelNone, // another family's length and IMEI
		"$$0128AA352093081452251|55|A": protocols.LevelNone,
		"$$A,1":                        protocols.LevelNone,
	} {
		if m := sniff([]byte(first)); m.Level != want {
			t.Errorf("%q: %+v, want level %d", first, m, want)
		}
	}
}
