package modem

import (
	"encoding/hex"
	"strings"
	"testing"
	"time"
)

func octets(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Messages by hand from TS 23.040 §9.2.2.1: first octet, sender, PID, DCS, SCTS, length, text.
func TestDecodeMessage(t *testing.T) {
	sent := time.Date(2026, 11, 21, 11, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		tpdu string
		want Incoming
	}{
		"international": {"04 0B91 3316325476F8 00 00 62111221000040 02 E834", Incoming{From: "+33612345678", Text: "hi"}},
		"short code":    {"04 0481 5555 00 00 62111221000040 02 E834", Incoming{From: "5555", Text: "hi"}},
		"national":      {"04 0AA1 6021436587 00 00 62111221000040 02 E834", Incoming{From: "0612345678", Text: "hi"}},
		"alphanumeric":  {"04 0BD0 44F9DB5E9603 00 00 62111221000040 02 E834", Incoming{From: "Drover", Text: "hi"}},
		"UCS-2":         {"04 0481 5555 00 08 62111221000040 04 00E90416", Incoming{From: "5555", Text: "éЖ"}},
		"half a pair":   {"04 0481 5555 00 08 62111221000040 04 0041D83D", Incoming{From: "5555", Text: "A\ufffd"}},
		"8-bit":         {"04 0481 5555 00 04 62111221000040 03 00FF80", Incoming{From: "5555", Data: []byte{0, 255, 128}}},
		"port":          {"44 0481 5555 00 04 62111221000040 08 06050415B30000 41", Incoming{From: "5555", Data: []byte("A"), Port: 5555}},
		"part":          {"44 0481 5555 00 08 62111221000040 08 050003070302 0041", Incoming{From: "5555", Text: "A", Part: Part{7, 2, 3}}},
		"16-bit part":   {"44 0481 5555 00 08 62111221000040 09 06080401070302 0041", Incoming{From: "5555", Text: "A", Part: Part{263, 2, 3}}},
		"empty":         {"04 0481 5555 00 00 62111221000040 00", Incoming{From: "5555"}},
	} {
		got := decode(octets(t, c.tpdu)).message
		c.want.Sent = sent
		if got == nil || got.Err != "" || got.From != c.want.From || got.Text != c.want.Text || string(got.Data) != string(c.want.Data) ||
			got.Port != c.want.Port || got.Part != c.want.Part || !got.Sent.Equal(sent) || got.Sent.Location() != time.UTC {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Trap 16: what the library cannot decode keeps its bytes, and says why.
func TestTrapUndecodable(t *testing.T) {
	for name, s := range map[string]string{
		"nothing":         "",
		"reserved DCS":    "04 0481 5555 00 84 62111221000040 02 E834",
		"trailing octet":  "04 0481 5555 00 00 62111221000040 02 E83400",
		"bad SCTS":        "04 0481 5555 00 00 6211F221000040 02 E834",
		"cut":             "04 0481 5555 00 00 621112",
		"odd UCS-2":       "04 0481 5555 00 08 62111221000040 03 004100",
		"header too long": "44 0481 5555 00 00 62111221000040 01 06",
		"part 0":          "44 0481 5555 00 08 62111221000040 08 050003070300 0041",
		"reserved type":   "07 0481 5555 00 00 62111221000040 02 E834",
		"submit report":   "01 00 62111221000040",
		"short report":    "06 07 0481 5555",
	} {
		got := decode(octets(t, s))
		if got.message == nil || got.message.Err == "" || len(got.message.Raw) != len(octets(t, s)) {
			t.Errorf("%s: %+v", name, got.message)
		}
	}
}

// Trap 16, of reports: a parameter indicator of 0xFF or a time of ones must not cost the outcome.
func TestTrapReport(t *testing.T) {
	const head = "06 2A 0B91 3316325476F8 62111221000040 "
	sent := time.Date(2026, 11, 21, 11, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		rest  string
		state DeliveryState
		done  bool
	}{
		"delivered":    {"62111221100040 00", Delivered, true},
		"replaced":     {"62111221100040 02", Delivered, true},
		"trying":       {"62111221100040 30", Trying, true},
		"gave up":      {"62111221100040 46", Failed, true},
		"gave up now":  {"62111221100040 63", Failed, true},
		"reserved":     {"62111221100040 F0", Failed, true},
		"indicator FF": {"62111221100040 00 FF", Delivered, true},
		"time FF":      {"FFFFFFFFFFFFFF 00", Delivered, false},
	} {
		r := decode(octets(t, head+c.rest)).report
		if r == nil || r.Reference != 42 || r.To != "+33612345678" || r.State != c.state || !r.Sent.Equal(sent) || r.Done.IsZero() == c.done {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestJoin(t *testing.T) {
	got := Join([][]byte{
		octets(t, "44 0481 5555 00 08 62111221000040 0A 050003070201 0041D83D"),
		octets(t, "44 0481 5555 00 08 62111221000040 0A 050003070202 DE000042"),
		octets(t, "04 0481 5555 00 00 62111221000040 02 E834"),
		octets(t, "04"),
	})
	if got != "A😀Bhi" {
		t.Errorf("%q", got)
	}
}

func TestKey(t *testing.T) {
	keys := map[string]bool{}
	for _, iccid := range []string{"1", "2", "1"} {
		keys[key(iccid, []byte("a"))] = true
		keys[key(iccid, []byte("b"))] = true
	}
	if len(keys) != 4 {
		t.Errorf("%d keys of 4 messages", len(keys))
	}
}

// FuzzDecode: whatever a stranger sends costs that message only.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		"04 0B91 3316325476F8 00 00 62111221000040 02 E834",
		"44 0481 5555 00 00 62111221000040 02 0000",
		"44 0481 5555 00 08 62111221000040 08 050003070302 0041",
		"06 2A 0B91 3316325476F8 62111221000040 62111221100040 00",
	} {
		f.Add(octets(f, s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got := decode(raw)
		if (got.message == nil) == (got.report == nil) {
			t.Errorf("%+v", got)
		}
		Join([][]byte{raw, raw})
	})
}
