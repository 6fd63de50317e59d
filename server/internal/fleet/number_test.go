package fleet

import "testing"

func TestNumber(t *testing.T) {
	for in, want := range map[string]string{
		"+33 6 12 34-56.78": "+33612345678", "0033612345678": "+33612345678", "06 12 34 56 78": "0612345678",
		"5555": "5555", "*100#": "*100#", " Orange ": "Orange", "": "", "+": "+", "(0170) 123/456": "0170123456",
	} {
		if got := Number(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestSameNumber(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"+33612345678", "+33612345678", true},
		{"+33612345678", "0612345678", true},
		{"612345678", "+33612345678", true},
		{"+33612345678", "+34612345678", false}, // the same end, another country
		{"0612345678", "612345678", false},      // neither says the country
		{"5555", "+335555", false},              // a short code
		{"", "", false},
		{"Orange", "Orange", true},
		{"+33612345678", "", false},
	} {
		if SameNumber(c.a, c.b) != c.same || SameNumber(c.b, c.a) != c.same {
			t.Errorf("%q and %q: want %v", c.a, c.b, c.same)
		}
	}
}
