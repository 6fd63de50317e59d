package wire

import (
	"bytes"
	"time"
)

// RMC is what an NMEA sentence RMC says. A number that was not said, or can not be, is negative.
type RMC struct {
	Time      time.Time // UTC, without parts of a second; zero if either it or the date is missing
	Located   bool      // Latitude and Longitude were said
	Valid     bool      // the receiver calls them valid
	Latitude  float64   // degrees
	Longitude float64   // degrees
	Speed     float64   // km/h
	Course    float64   // degrees, below 360
}

// rmcFields is how many fields of the sentence are read: name, time, A or V, latitude, N or S, longitude, E or W,
// speed, course, date, and the rest.
const rmcFields = 11

// ReadRMC reads a sentence that starts with its name, with or without what follows the date. Both 0 are no place.
func ReadRMC(data []byte) RMC {
	var w [rmcFields]Field
	CutFields(w[:], data, ',')
	if i := bytes.IndexByte(w[9], '*'); i >= 0 { // the date is the last field
		w[9] = w[9][:i]
	}
	r := RMC{Speed: -1, Course: -1}
	if len(w[1]) >= 6 && len(w[9]) == 6 {
		var stamp [12]byte
		copy(stamp[:], w[9])
		copy(stamp[6:], w[1])
		r.Time = Field(stamp[:]).DMYHMS()
	}
	latitude, ok1 := w[3].Degrees()
	longitude, ok2 := w[5].Degrees()
	if ok1 && ok2 && latitude <= 90 && longitude <= 180 && len(w[4]) > 0 && len(w[6]) > 0 &&
		(latitude != 0 || longitude != 0) {
		if w[4][0] == 'S' {
			latitude = -latitude
		}
		if w[6][0] == 'W' {
			longitude = -longitude
		}
		r.Located, r.Latitude, r.Longitude = true, latitude, longitude
		r.Valid = string(w[2]) == "A"
	}
	if v, ok := w[7].Float(); ok && v >= 0 && v < 1000 {
		r.Speed = KnotsToKMH(v)
	}
	if v, ok := w[8].Float(); ok && v >= 0 && v <= 360 {
		if v == 360 {
			v = 0
		}
		r.Course = v
	}
	return r
}
