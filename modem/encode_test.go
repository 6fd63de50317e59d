package modem_test

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/warthog618/sms/encoding/tpdu"

	"drover/modem"
)

// parse reads a PDU as the service centre does.
func parse(t *testing.T, p modem.PDU) tpdu.TPDU {
	t.Helper()
	s := tpdu.TPDU{Direction: tpdu.MO}
	if err := s.UnmarshalBinary(p.TPDU); err != nil {
		t.Fatal(err)
	}
	return s
}

func one(string) byte { return 1 }

// Trap 9: the library panics on an empty text.
func TestTrapEmptyText(t *testing.T) {
	if _, err := modem.Encode(modem.Outgoing{To: "+33612345678"}, one); !errors.Is(err, modem.ErrEmpty) {
		t.Errorf("%v", err)
	}
}

// Trap 10: the library calls every number international, short codes too.
func TestTrapTypeOfNumber(t *testing.T) {
	for to, want := range map[string]string{
		"+33612345678":         "0B91" + "3316325476F8",
		"5555":                 "0481" + "5555",
		"0612345678":           "0A81" + "6021436587",
		"0033612345678":        "0D81" + "0033163254" + "76F8",
		"*100#":                "0581" + "1A00FB",
		"12345678901234567890": "1481" + "21436587092143658709",
	} {
		p, err := modem.Encode(modem.Outgoing{To: to, Text: "x", Plain: true}, nil)
		if err != nil {
			t.Errorf("%s: %v", to, err)
			continue
		}
		if got := strings.ToUpper(hex.EncodeToString(p[0].TPDU[2 : 2+len(want)/2])); got != want {
			t.Errorf("%s: %s, want %s", to, got, want)
		}
	}
	for _, to := range []string{"", "+", "+12", "+1234567890123456", "06 12", "Drover", "+33a", "123456789012345678901", "5555\x1a"} {
		var number modem.ErrNumber
		if _, err := modem.Encode(modem.Outgoing{To: to, Text: "x"}, one); !errors.As(err, &number) || number.Number != to {
			t.Errorf("%q: %v", to, err)
		}
	}
}

// Trap 11: the library's reference of concatenated parts is always 1.
func TestTrapConcatReference(t *testing.T) {
	next := map[string]byte{"+33612345678": 7, "+33612345679": 200}
	ask := func(to string) byte { next[to]++; return next[to] }
	long := strings.Repeat("0123456789", 20)
	for _, want := range []struct {
		to  string
		ref int
	}{{"+33612345678", 8}, {"+33612345679", 201}, {"+33612345678", 9}} {
		parts, err := modem.Encode(modem.Outgoing{To: want.to, Text: long}, ask)
		if err != nil || len(parts) != 2 {
			t.Fatalf("%d parts, %v", len(parts), err)
		}
		got := ""
		for i, p := range parts {
			s := parse(t, p)
			total, number, ref, _ := s.ConcatInfo()
			if total != 2 || number != i+1 || ref != want.ref || p.Part != (modem.Part{Reference: ref, Number: i + 1, Total: 2}) {
				t.Errorf("part %d of %d, reference %d, %+v", number, total, ref, p.Part)
			}
			got += string(s.UD)
		}
		if got != long {
			t.Errorf("text %q", got)
		}
	}
}

// Traps 12 and 13: the library's options race for the recipient, and its tables of characters are filled without a
// lock. This one shows something with -race, too.
func TestTrapConcurrentEncode(t *testing.T) {
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 50 {
				to := fmt.Sprintf("+336%02d%06d", g, i)
				p, err := modem.Encode(modem.Outgoing{To: to, Text: "status {1}", Report: true, Validity: time.Hour}, one)
				if err != nil {
					t.Error(err)
					return
				}
				if s := parse(t, p[0]); s.DA.Number() != to {
					t.Errorf("for %s: %s", to, s.DA.Number())
				}
			}
		})
	}
	all.Wait()
}

// Trap 14: one character outside the GSM alphabet silently makes UCS-2 of a command.
func TestTrapSilentUCS2(t *testing.T) {
	for text, want := range map[string]modem.ErrNotGSM7{
		"RELAY`1#":  {Rune: '`', At: 5},
		"\tRELAY":   {Rune: '\t', At: 0},
		"привет":    {Rune: 'п', At: 0},
		"éè x\x1b":  {Rune: 0x1b, At: 4},
		"bad\xffx":  {Rune: '\ufffd', At: 3},
		"café 😀":    {Rune: '😀', At: 5},
		"it’s this": {Rune: '’', At: 2},
	} {
		var got modem.ErrNotGSM7
		_, err := modem.Encode(modem.Outgoing{To: "+33612345678", Text: text, Plain: true}, nil)
		if !errors.As(err, &got) || got != want {
			t.Errorf("%q: %v", text, err)
		}
	}
	var long modem.ErrTooLong
	_, err := modem.Encode(modem.Outgoing{To: "+33612345678", Text: strings.Repeat("x", 159) + "[", Plain: true}, nil)
	if !errors.As(err, &long) || long.Size != 161 || long.Limit != 160 {
		t.Errorf("161 septets: %v", err)
	}
	p, err := modem.Encode(modem.Outgoing{To: "+33612345678", Text: strings.Repeat("x", 158) + "[", Plain: true}, nil)
	if err != nil || len(p) != 1 {
		t.Errorf("160 septets: %d, %v", len(p), err)
	}
}

// Trap 15: the library makes ten minutes of five.
func TestTrapValidity(t *testing.T) {
	for d, want := range map[time.Duration]byte{
		time.Second: 0, 5 * time.Minute: 0, 6 * time.Minute: 1, 10 * time.Minute: 1, 11 * time.Minute: 2, time.Hour: 11,
		12 * time.Hour: 143, 12*time.Hour + 1: 144, 24 * time.Hour: 167, 25 * time.Hour: 168, 30 * 24 * time.Hour: 196,
		31 * 24 * time.Hour: 197, 63 * 7 * 24 * time.Hour: 255, 1000 * 24 * time.Hour: 255,
	} {
		p, err := modem.Encode(modem.Outgoing{To: "5555", Text: "x", Plain: true, Validity: d}, nil)
		if err != nil {
			t.Fatal(err)
		}
		// first octet, MR, address of 2+2, PID, DCS, VP
		if raw := p[0].TPDU; raw[0]&0x18 != 0x10 || raw[8] != want {
			t.Errorf("%v: %d, want %d (%x)", d, raw[8], want, raw)
		}
	}
}

func TestEncodeExactBytes(t *testing.T) {
	p, err := modem.Encode(modem.Outgoing{To: "+33612345678", Text: "  getinfo ", Plain: true, Report: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := parse(t, p[0])
	if string(s.UD) != "  getinfo " || !s.FirstOctet.SRR() || s.DCS != 0 || p[0].Part.Total != 0 {
		t.Errorf("%q %+v", s.UD, s)
	}
}

func TestEncodeForPeople(t *testing.T) {
	p, err := modem.Encode(modem.Outgoing{To: "+33612345678", Text: strings.Repeat("ж", 80)}, one)
	if err != nil || len(p) != 2 || parse(t, p[0]).DCS != 8 {
		t.Errorf("%d parts, %v", len(p), err)
	}
	var long modem.ErrTooLong
	_, err = modem.Encode(modem.Outgoing{To: "+33612345678", Text: strings.Repeat("x", 153*10+1)}, one)
	if !errors.As(err, &long) || long.Size != 11 {
		t.Errorf("%v", err)
	}
	if n, err := modem.Septets("a[€"); n != 5 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}
