package tk103

import (
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

func TestSniff(t *testing.T) {
	for first, want := range map[string]protocols.Level{
		"(087073005534BP00HSO)": protocols.LevelProof, "(01602009983BR00160830V": protocols.LevelProof,
		"(013632651491,ZC20,": protocols.LevelProof, "(864555555555555,DW3B,": protocols.LevelProof,
		"(357593060760397BP02,G": protocols.LevelShape, "(0870730": protocols.LevelPrefix,
		"(087073005534B": protocols.LevelPrefix, "(3301210003,U01,": 0, "(8000632862,P45": 0, "(TLN": 0, "x": 0,
		"(1234567890123456": 0, "(087073005534AP05)": 0, "(087073005534BP0x": 0, "(013632651491,XX20": 0,
	} {
		if m := sniff([]byte(first)); m.Level != want || want == 0 && m.Need > 0 {
			t.Errorf("%q: %+v, want %d", first, m, want)
		}
	}
}

// A parenthesis in free text ends no message; text that is never closed does not hold the rest back for ever.
func TestFreeText(t *testing.T) {
	for data, want := range map[string]int{
		"(087073005534BP12$a)b$)(0": 23, "(087073005534BP12a)b": 19, "(087073005534BP12$a)b": 0, "xx(0": 2,
	} {
		if n, _, err := (&codec{}).Split([]byte(data), false); n != want || err != nil {
			t.Errorf("%q: %d bytes (%v), want %d", data, n, err, want)
		}
	}
	endless := append([]byte("(087073005534BP12$a)"), make([]byte, maxFrame)...)
	if n, frame, err := (&codec{}).Split(endless, false); n != 20 || len(frame) != 20 || err != nil {
		t.Errorf("%d bytes, %q, %v", n, frame, err)
	}
	if _, _, err := (&codec{}).Split(append([]byte("(0"), make([]byte, maxFrame)...), false); err == nil {
		t.Error("a message without an end")
	}
}

// The date is yymmdd behind a command and ddmmyy behind a comma.
func TestDates(t *testing.T) {
	for frame, want := range map[string]string{
		"(087073005534BR00260615A4851.3960N00221.1320E000.0120000000.0000000000L00000000)":         "2026-06-15",
		"(352093081452251BP02,G,2,150626A4851.3960N00221.1320E000.0120000000.000,7)":               "2026-06-15",
		"(352093081452251,BP05,150626,A,4851.3960N,00221.1320E,0.00,120000,0.00)":                  "2026-06-15",
		"(087073005534BP05352093081452251260615A4851.3960N00221.1320E000.0120000000.0000000000L0)": "2026-06-15",
	} {
		m, err := (&codec{}).Decode([]byte(frame), protocoltest.Arrival)
		if err != nil || len(m.Positions) != 1 || m.Positions[0].Time.Format("2006-01-02") != want {
			t.Errorf("%s: %+v %v", frame, m.Positions, err)
		}
	}
}

func TestSMSDialect(t *testing.T) {
	c := Protocol().Codec(protocols.TCP)
	c.(protocols.Knower).Know(protocols.Device{Options: map[string]string{optionDialect: "sms2"}})
	for command, want := range map[protocols.Command]string{
		{Kind: protocols.Locate}:                  "[begin]sms2,*getposl*,[end]",
		{Kind: protocols.Custom, Text: "*soson*"}: "[begin]sms2,*soson*,[end]",
	} {
		if got, err := c.Encode(command); err != nil || string(got) != want {
			t.Errorf("%q %v, want %q", got, err, want)
		}
	}
	if _, err := c.Encode(protocols.Command{Kind: protocols.Custom, Text: "x,[end]"}); err == nil {
		t.Error("an end in the words")
	}
}
