package live

import (
	"encoding/binary"
	"slices"
	"time"
)

const (
	headerSize   = 16
	bytesASpot   = 17
	frameVersion = 1
)

// kind is what a frame is to its reader.
type kind uint8

const (
	kindSnapshot kind = 1 // forget all vehicles that are not in it
	kindChanges  kind = 2
)

// appendFrame appends a frame of the picked spots, as docs/live.md says.
func appendFrame(b []byte, k kind, now time.Time, spots []spot, picked []int32) []byte {
	n := len(picked)
	start := len(b)
	b = slices.Grow(b, headerSize+bytesASpot*n)[:start+headerSize+bytesASpot*n]
	f := b[start:]
	f[0], f[1], f[2], f[3] = 'D', 'V', frameVersion, byte(k)
	little := binary.LittleEndian
	little.PutUint32(f[4:], uint32(n))
	little.PutUint64(f[8:], uint64(now.UnixMilli()))
	f, ms := f[headerSize:], now.UnixMilli()
	ids, longitudes, latitudes := f[:4*n], f[4*n:8*n], f[8*n:12*n]
	speeds, headings, states, ages := f[12*n:14*n], f[14*n:15*n], f[15*n:16*n], f[16*n:]
	for i, at := range picked {
		s := &spots[at]
		little.PutUint32(ids[4*i:], s.id)
		little.PutUint32(longitudes[4*i:], uint32(s.longitude))
		little.PutUint32(latitudes[4*i:], uint32(s.latitude))
		little.PutUint16(speeds[2*i:], s.speed)
		headings[i], states[i], ages[i] = s.heading, s.state, ageCode(ms-s.time)
	}
	return b
}
