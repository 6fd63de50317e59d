package trackers

import (
	"context"
	"math/rand/v2"
	"time"
)

const (
	spoilTimeout = time.Second // for a stranger, whom nobody misses
	maxSpoilt    = 4           // bytes of a report
)

// outageBegins is whether coverage is lost now; it sets when it will be lost next.
func (v *vehicle) outageBegins(now time.Time) bool {
	every := v.fleet.config.OutageEvery
	if every == 0 || now.Before(v.outage) {
		return false
	}
	first := v.outage.IsZero()
	v.outage = now.Add(exponential(every))
	return !first
}

// loseCoverage goes on without a line. What is recorded meanwhile is sent afterwards; SMS still come and go.
func (v *vehicle) loseCoverage(ctx context.Context) {
	v.hangUp()
	v.fleet.outages.Add(1)
	for end := time.Now().Add(exponential(v.fleet.config.Outage)); ; {
		left := time.Until(end)
		if left <= 0 || !v.nap(ctx, min(left, max(time.Second, v.step()))) {
			return
		}
		_ = v.live(time.Now()) // it has no line to hang up
	}
}

// exponential is a random time with that mean.
func exponential(mean time.Duration) time.Duration {
	return time.Duration(rand.ExpFloat64() * float64(mean))
}

// spoil lets a stranger say a spoilt report on a line of its own. It has an identity that the server does not know,
// since some protocols have no checksum: what is spoilt must not pass for a record of the vehicle.
func (v *vehicle) spoil(ctx context.Context, records []record) {
	ctx, cancel := context.WithTimeout(ctx, spoilTimeout)
	defer cancel()
	conn, err := v.lane.dial(ctx, v.index)
	if err != nil {
		return
	}
	defer conn.Close()
	stranger := v.lane.protocol.Speak(v.lane.network, imei(strangerPrefix, v.number()))
	data := append([]byte(nil), stranger.Hello()...)
	data = append(data, v.fleet.phrase(stranger, records, "")...)
	for range 1 + rand.N(maxSpoilt) {
		data[rand.N(len(data))] ^= byte(1 + rand.N(255))
	}
	_ = conn.SetWriteDeadline(time.Now().Add(spoilTimeout))
	if _, err := conn.Write(data); err == nil {
		v.fleet.spoilt.Add(1)
	}
}
