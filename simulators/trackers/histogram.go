package trackers

import (
	"math"
	"math/bits"
	"sync/atomic"
	"time"
)

// histogram counts durations in buckets an eighth of a power of two wide: a quantile is at most an eighth too large. It
// is safe for concurrent use.
type histogram struct {
	buckets [64 * 8]atomic.Int64
}

// shortest is the least that is told apart, in ns.
const shortest = 8

func bucket(d time.Duration) int {
	v := uint64(max(d, shortest))
	exponent := bits.Len64(v) - 1
	return exponent*8 + int(v>>(exponent-3)&7)
}

// upper is the largest duration of a bucket.
func upper(bucket int) time.Duration {
	return time.Duration(uint64(8+bucket%8+1)<<(bucket/8-3) - 1)
}

func (h *histogram) add(d time.Duration) { h.buckets[bucket(d)].Add(1) }

// quantile is the largest duration of the bucket in which the quantile q (0..1) lies; 0 if nothing was added.
func (h *histogram) quantile(q float64) time.Duration {
	var total, seen int64
	for i := range h.buckets {
		total += h.buckets[i].Load()
	}
	if total == 0 {
		return 0
	}
	rank := max(1, int64(math.Ceil(q*float64(total))))
	for i := range h.buckets {
		if seen += h.buckets[i].Load(); seen >= rank {
			return upper(i)
		}
	}
	return math.MaxInt64
}
