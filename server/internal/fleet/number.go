package fleet

import "strings"

// Number gives a phone number as it is compared and dialled: "+" and digits if it is international (also where 00 is
// written for the plus), otherwise its digits, * and #. A name, as some senders have in place of a number, stays as it
// is.
func Number(s string) string {
	s = strings.TrimSpace(s)
	bare := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", ".", "", "/", "", "\u00a0", "").Replace(s)
	if bare == "" || strings.Trim(strings.TrimPrefix(bare, "+"), "0123456789*#") != "" {
		return s
	}
	if rest, ok := strings.CutPrefix(bare, "00"); ok {
		return "+" + rest
	}
	return bare
}

// nationalDigits is how long a national number must be at least to stand for an international one.
const nationalDigits = 6

// SameNumber says whether two numbers, as Number gives them, reach the same phone. A national number is that of an
// international one which ends with it, without its leading zero.
func SameNumber(a, b string) bool {
	if a == b {
		return a != ""
	}
	long, short := a, b
	if !strings.HasPrefix(long, "+") {
		long, short = b, a
	}
	if !strings.HasPrefix(long, "+") || strings.HasPrefix(short, "+") {
		return false
	}
	short = strings.TrimPrefix(short, "0")
	return len(short) >= nationalDigits && strings.HasSuffix(long, short)
}
