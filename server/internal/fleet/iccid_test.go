package fleet

import "testing"

func TestNormalICCID(t *testing.T) {
	for said, want := range map[string]string{
		"8933000000000000017":       "8933000000000000017",  // 19 digits
		"89330000000000000176":      "89330000000000000176", // 20
		"893300000000000001":        "8933000000000000012",  // 18: the check digit is added
		"8933000000000000017F":      "8933000000000000017",  // the card's filler
		"8933000000000000017ff":     "8933000000000000017",
		"89 3300-0000 0000 0000 17": "893300000000000000" + "17",
		"98330000000000000071F7":    "",                    // 21 digits are too many
		"983300000000000010F7":      "8933000000000000017", // swapped, with the filler where the card has it
		"98330000000000001067":      "89330000000000000176",
		"983300000000000010f7":      "8933000000000000017",
		"7933000000000000017":       "", // no telecommunications
		"89330000000000000":         "", // 17
		"":                          "",
		"F":                         "",
		"893300000000000001A":       "",
		"８９330000000000000017":      "",
		"8.93E+18":                  "",
	} {
		got, ok := NormalICCID(said)
		if ok != (want != "") || got != want {
			t.Errorf("%q: got %q, %v, want %q", said, got, ok, want)
		}
		if again, _ := NormalICCID(got); again != got {
			t.Errorf("%q: the normal form of %q is %q", said, got, again)
		}
	}
}

func TestCardOf(t *testing.T) {
	for iccid, want := range map[string]string{"8933000000000000017": "8933000000000000017",
		"89330000000000000176": "8933000000000000017", "": ""} {
		if got := CardOf(iccid); got != want {
			t.Errorf("%s: got %s, want %s", iccid, got, want)
		}
	}
}

func TestNormalIMSIAndMSISDN(t *testing.T) {
	for said, want := range map[string]string{"208011234567890": "208011234567890", "208011234567890F": "208011234567890",
		"2080112345678901": "", "20801": "", "20801123456789x": ""} {
		if got, ok := NormalIMSI(said); ok != (want != "") || ok && got != want {
			t.Errorf("IMSI %q: got %q, %v", said, got, ok)
		}
	}
	for said, want := range map[string]string{"+33 6 12-34.56 78": "+33612345678", "0033612345678": "+33612345678",
		"33612345678": "+33612345678", "+(49)170/1": "", "0612345678": "", "+123456": "", "+": "", "": "", "+003361234567": "",
		"+1234567890123456": ""} {
		if got, ok := NormalMSISDN(said); ok != (want != "") || ok && got != want {
			t.Errorf("MSISDN %q: got %q, %v", said, got, ok)
		}
	}
}
