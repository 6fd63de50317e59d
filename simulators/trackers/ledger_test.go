package trackers

import (
	"math"
	"strings"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

func TestLedgerLines(t *testing.T) {
	var out strings.Builder
	l := newLedger(&out, func() { t.Error("stopped") })
	l.write("359990000000018", []record{
		{time: 1_767_323_045, latitude: 28_915_200, longitude: -2_221_801, speed: 57, course: 359},
		{time: 4_102_444_800, latitude: -20_321_402, longitude: 107_999_999},
	})
	l.write("359990000000026", []record{{}})
	if err := l.close(); err != nil {
		t.Fatal(err)
	}
	const want = "359990000000018\t1767323045000\t481920000\t-37030017\t570\t3590\n" +
		"359990000000018\t4102444800000\t-338690033\t1799999983\t0\t0\n" +
		"359990000000026\t0\t0\t0\t0\t0\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

// TestLedgerWritesWholeLines: a process that is killed leaves no half line.
func TestLedgerWritesWholeLines(t *testing.T) {
	writes := 0
	l := newLedger(writer(func(b []byte) {
		if writes++; len(b) == 0 || b[len(b)-1] != '\n' {
			t.Errorf("a write ends with %q", b[max(0, len(b)-20):])
		}
	}), func() {})
	for range 5000 {
		l.write(Identity(1), make([]record, 3))
	}
	if err := l.close(); err != nil || writes < 5 {
		t.Errorf("%d writes: %v", writes, err)
	}
}

type writer func([]byte)

func (w writer) Write(b []byte) (int, error) {
	w(b)
	return len(b), nil
}

// TestPlacesSurvive: a place is the same in the ledger and as a decimal number that a decoder makes of it.
func TestPlacesSurvive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Int32Range(-180*tenThousandths, 180*tenThousandths).Draw(t, "ten-thousandths of a minute")
		degrees := float64(v) / tenThousandths
		if got, want := tenMillionths(v), int64(math.Round(degrees*1e7)); got != want {
			t.Errorf("%d is %d, %f° is %d", v, got, degrees, want)
		}
	})
}

func TestRecordIsSmall(t *testing.T) {
	if size := unsafe.Sizeof(record{}); size > 32 {
		t.Errorf("a record takes %d bytes", size)
	}
}
