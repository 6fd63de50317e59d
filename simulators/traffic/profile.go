package traffic

import (
	"math"
	"sort"
)

// How vehicles are driven, m/s².
const (
	gathering = 1.1 // speeding up
	braking   = 1.4 // slowing down, mostly
	slamming  = 2.7 // slowing down in a hurry
	sideways  = 1.9 // in bends
)

// knot is a moment of a tour from which the acceleration is another. Times are s, distances m, speeds m/s.
type knot struct {
	time, at, speed, gain float32
	running               bool // the engine
}

// corner is a point of a way with the most that may be driven there and from there to the next.
type corner struct {
	at         float64 // m along the way
	there, on  float64 // m/s: at it, and on the part after it
	brake      float64 // m/s² with which it is approached
	wait       float64 // s that the vehicle stands here; there is 0 then
	stopEngine float64 // s after which the engine is switched off while it stands; infinite: never
}

// drive finds the quickest way through corners that keeps within all limits, beginning at a time and standing still.
// The last corner must be one to stand at.
func drive(corners []corner, start float64) []knot {
	most := limits(corners)
	var knots []knot
	now := start
	for i, c := range corners {
		if c.wait > 0 {
			knots, now = stand(knots, c, now)
		}
		if i == len(corners)-1 {
			break
		}
		knots, now = between(knots, c, corners[i+1], most[i], most[i+1], now)
	}
	last := corners[len(corners)-1]
	return append(knots, knot{time: float32(now), at: float32(last.at)})
}

// limits are the speeds at the corners from which braking for the next ones, and speeding up from those before, do.
func limits(corners []corner) []float64 {
	most := make([]float64, len(corners))
	for i := range corners {
		most[i] = min(corners[i].there, corners[i].on)
		if i > 0 {
			most[i] = min(most[i], corners[i-1].on)
			most[i] = min(most[i], math.Sqrt(most[i-1]*most[i-1]+2*gathering*(corners[i].at-corners[i-1].at)))
		}
	}
	for i := len(corners) - 2; i >= 0; i-- {
		next := corners[i+1]
		most[i] = min(most[i], math.Sqrt(most[i+1]*most[i+1]+2*next.brake*(next.at-corners[i].at)))
	}
	return most
}

func stand(knots []knot, c corner, now float64) ([]knot, float64) {
	knots = append(knots, knot{time: float32(now), at: float32(c.at), running: true})
	if c.stopEngine < c.wait {
		knots = append(knots, knot{time: float32(now + c.stopEngine), at: float32(c.at)})
	}
	return knots, now + c.wait
}

// between speeds up, keeps a speed and brakes from a corner to the next.
func between(knots []knot, c, next corner, v, w, now float64) ([]knot, float64) {
	way, brake := next.at-c.at, next.brake
	// The peak at which what is gained and what is braked just fill the way.
	peak := math.Sqrt((2*gathering*brake*way + brake*v*v + gathering*w*w) / (gathering + brake))
	peak = max(v, w, min(peak, c.on))
	at := c.at
	step := func(seconds, speed, gain float64) {
		if seconds > 1e-4 {
			knots = append(knots, knot{float32(now), float32(at), float32(speed), float32(gain), true})
			at += seconds * (speed + gain*seconds/2)
			now += seconds
		}
	}
	up, down := (peak-v)/gathering, (peak-w)/brake
	even := way - (peak*peak-v*v)/(2*gathering) - (peak*peak-w*w)/(2*brake)
	step(up, v, gathering)
	if even > 0 && peak > 0 {
		step(even/peak, peak, 0)
	}
	step(down, peak, -brake)
	return knots, now
}

// moment is what a profile says at a time.
type moment struct {
	at, speed float64 // m, m/s
	running   bool
}

// look finds the moment of a time, s. The pace says how much of the planned speed is driven.
func look(knots []knot, time, pace float64) moment {
	time *= pace
	i := sort.Search(len(knots), func(i int) bool { return float64(knots[i].time) > time }) - 1
	if i < 0 {
		return moment{at: float64(knots[0].at)}
	}
	k := knots[i]
	if i == len(knots)-1 {
		return moment{at: float64(k.at)}
	}
	gone := time - float64(k.time)
	at := float64(k.at) + gone*(float64(k.speed)+float64(k.gain)*gone/2)
	speed := max(0, float64(k.speed)+float64(k.gain)*gone)
	return moment{min(at, float64(knots[i+1].at)), speed * pace, k.running}
}
