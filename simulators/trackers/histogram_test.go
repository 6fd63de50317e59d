package trackers

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestQuantile: a quantile is that of the sorted list, or at most an eighth more.
func TestQuantile(t *testing.T) {
	durations := rapid.SliceOfN(rapid.Int64Range(0, int64(time.Hour)), 1, 300)
	rapid.Check(t, func(t *rapid.T) {
		list := durations.Draw(t, "durations")
		q := rapid.Float64Range(0, 1).Draw(t, "quantile")
		var h histogram
		for _, d := range list {
			h.add(time.Duration(d))
		}
		slices.Sort(list)
		want := time.Duration(list[max(0, int(math.Ceil(q*float64(len(list))))-1)])
		got := h.quantile(q)
		if got < want || got > max(want, shortest)+max(want, shortest)/8 {
			t.Errorf("the quantile %f is %v, want %v", q, got, want)
		}
	})
}

func TestQuantileOfNothing(t *testing.T) {
	var h histogram
	if got := h.quantile(0.99); got != 0 {
		t.Errorf("it is %v", got)
	}
	h.add(-time.Second)
	h.add(math.MaxInt64)
	if low, high := h.quantile(0), h.quantile(1); low > 2*shortest || high < math.MaxInt64/8*7 {
		t.Errorf("the ends are %v and %v", low, high)
	}
}
