package journal

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// full has every field set, so that a field which is forgotten shows.
func full() fleet.Record {
	at := time.UnixMilli(1765432100123).UTC()
	return fleet.Record{
		Device: 4711, Protocol: "teltonika", Received: at,
		Positions: []protocols.Position{{
			Time: at.Add(-time.Second), Located: true, Valid: true, Latitude: -48.8566123, Longitude: 2.3522457,
			Altitude: protocols.Some(-12.5), Speed: protocols.Some(87.3), Course: protocols.Some(359.0), HDOP: protocols.Some(0.8),
			Satellites: protocols.Some(0), Odometer: protocols.Some(1234567890.0), Ignition: protocols.Some(false),
			ExternalVolts: protocols.Some(13.812), BatteryVolts: protocols.Some(4.101), BatteryPercent: protocols.Some(0.0),
			SignalPercent: protocols.Some(80), Cell: protocols.Some(protocols.Cell{MCC: 208, MNC: 1, LAC: 65535, CID: 1 << 35}),
			ICCID: "8933150319045566778", IMSI: "208150319045566", Alarms: protocols.AlarmSOS | protocols.AlarmGeneral,
			Attributes: []protocols.Attribute{
				protocols.Attr("fuel_l", protocols.Decimal(-4235, 2)), protocols.Attr("movement", protocols.Bool(true)),
				protocols.Attr("vin", protocols.Text("WVWZZZ1JZXW000001")), protocols.Attr("io1", protocols.Bytes([]byte{0, 255})),
			},
		}, {}},
		Result: &protocols.Result{Text: "ok", Data: []byte{1, 2}, ID: 7, Nack: true},
		Event:  &fleet.Event{Device: 4711, Time: at, Kind: "conflict", Text: "two lines"},
	}
}

func entryOf(records ...fleet.Record) []byte {
	e, b := newEncoder(), []byte{versionPlain}
	for i := range records {
		b = e.append(b, &records[i])
	}
	return b
}

// full must keep using every field of the types, or the round trip proves nothing.
func TestFullIsFull(t *testing.T) {
	p := reflect.ValueOf(full().Positions[0])
	for i := range p.NumField() {
		if p.Field(i).IsZero() {
			t.Errorf("%s is not set", p.Type().Field(i).Name)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	want := []fleet.Record{full(), {Device: 1, Protocol: "h02", Received: time.UnixMilli(0).UTC()}, full()}
	want[2].Result.Deferred = true
	got, err := newDecoder().decode(entryOf(want...))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// What a version wrote once must be read for ever: the files are never written anew.
func TestReadsWhatEarlierVersionsWrote(t *testing.T) {
	for _, file := range []string{"testdata/v1.hex", "testdata/v2.hex"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		entry, err := hex.DecodeString(strings.TrimSpace(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := newDecoder().decode(entry)
		if err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], full()) {
			t.Errorf("%s: got %+v, %v", file, got, err)
		}
	}
}

func TestCompressedIsReadTheSame(t *testing.T) {
	var want []fleet.Record
	d := newDecoder()
	for range 100 {
		want = append(want, full())
		got, err := d.decode(compress(nil, entryOf(want...)))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%d records: got %+v, %v", len(want), got, err)
		}
	}
}

// A few bytes that claim to be gigabytes are refused before anything is made for them.
func TestBombIsRefused(t *testing.T) {
	bomb := append([]byte{versionCompressed}, binary.AppendUvarint(nil, 1<<31)...)
	if _, err := newDecoder().decode(bomb); !errors.Is(err, ErrEncoding) {
		t.Errorf("got %v", err)
	}
}

func TestUnknownFieldsArePassedOver(t *testing.T) {
	entry := entryOf(full())
	entry = appendBytes(entry, 99, []byte("of a later version"))
	if got, err := newDecoder().decode(entry); err != nil || len(got) != 1 {
		t.Errorf("got %d records, %v", len(got), err)
	}
}

func TestNewerVersionIsRefusedInWords(t *testing.T) {
	_, err := newDecoder().decode([]byte{3, 0})
	if !errors.Is(err, ErrEncoding) || !strings.Contains(err.Error(), "version 3") {
		t.Errorf("got %v", err)
	}
}

func TestNoBytesPanic(t *testing.T) {
	whole := entryOf(full())
	d := newDecoder()
	for i := range whole {
		_, _ = d.decode(whole[:i])
		spoilt := append([]byte{}, whole...)
		spoilt[i] ^= 0xFF
		_, _ = d.decode(spoilt)
	}
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, "bytes")
		_, _ = d.decode(append([]byte{versionPlain}, b...))
		_, _ = d.decode(append([]byte{versionCompressed}, b...))
	})
}

func BenchmarkEncode(b *testing.B) {
	r, e := full(), newEncoder()
	r.Result, r.Event = nil, nil
	var entry []byte
	b.ReportAllocs()
	for b.Loop() {
		entry = e.append(entry[:0], &r)
	}
	b.ReportMetric(float64(len(entry))/float64(len(r.Positions)), "bytes/position")
}

func BenchmarkDecode(b *testing.B) {
	entry, d := entryOf(full()), newDecoder()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := d.decode(entry); err != nil {
			b.Fatal(err)
		}
	}
}
