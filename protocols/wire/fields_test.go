package wire

import "testing"

func TestCutFields(t *testing.T) {
	var room [3]Field
	for data, want := range map[string][]string{
		"": {""}, "a": {"a"}, "a,b": {"a", "b"}, "a,,c": {"a", "", "c"}, "a,b,c,d": {"a", "b", "c,d"},
	} {
		got := CutFields(room[:], []byte(data), ',')
		if len(got) != len(want) {
			t.Errorf("%q: %q", data, got)
			continue
		}
		for i := range want {
			if string(got[i]) != want[i] {
				t.Errorf("%q: %q, want %q", data, got, want)
			}
		}
	}
	if got := CutFields(nil, []byte("a"), ','); len(got) != 0 {
		t.Errorf("without room: %q", got)
	}
}

func TestFields(t *testing.T) {
	f := NewFields([]byte("a,,b,c,d"), ',')
	if a, e, b := f.Next(), f.Next(), f.Next(); string(a) != "a" || e == nil || len(e) != 0 || string(b) != "b" {
		t.Errorf("%q %q %q", a, e, b)
	}
	if f.Offset() != 5 || !f.More() || string(f.Rest()) != "c,d" || f.More() || f.Next() != nil || f.Rest() != nil {
		t.Errorf("%+v", f)
	}
	empty := NewFields(nil, ',')
	if !empty.More() || len(empty.Next()) != 0 || empty.More() {
		t.Errorf("%+v", empty)
	}
	var none Fields
	if none.More() || none.Next() != nil {
		t.Errorf("%+v", none)
	}
}

// TestLuhn: the examples of 3GPP TS 23.003 annex B and of a card's number in ISO/IEC 7812-1, and what the digits of a
// doubled nine come to.
func TestLuhn(t *testing.T) {
	for digits, want := range map[string]byte{
		"26053179311383": '7', "7992739871": '3', "35209308145225": '1', "65789024058432": '6',
		"893300000000000001": '2', "9": '1', "0": '0', "": '0',
	} {
		if got := Luhn(digits); got != want {
			t.Errorf("%s: %c, want %c", digits, got, want)
		}
		whole := digits + string(want)
		if !LuhnFits(whole) {
			t.Errorf("%s does not fit", whole)
		}
		if wrong := digits + string('0'+(want-'0'+1)%10); LuhnFits(wrong) {
			t.Errorf("%s fits", wrong)
		}
	}
}
