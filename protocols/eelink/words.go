package eelink

import (
	"bytes"
	"strconv"
	"time"

	"drover/protocols"
)

// answer reads the answer to a command, and the place in it if it tells one.
func (d *decoder) answer() {
	d.Skip("type", 1)
	id := d.U32("server flag")
	if d.Err() != nil {
		return
	}
	words := trim(d.Rest())
	d.m.Result = &protocols.Result{Text: string(words), ID: id}
	var p protocols.Position
	if d.told(&p, words) {
		*d.open() = p
	}
}

// The names in the answer to WHERE.
var (
	nameLatitude  = []byte("Lat:")
	nameLongitude = []byte("Lon:")
	nameCourse    = []byte("Course:")
	nameSpeed     = []byte("Speed:")
	nameTime      = []byte("Time:")
)

// told reads a place in words: Lat:N31.8,Lon:W82.6,Course:0.00,Speed:0.00km/h,DateTime:2017-12-02 11:29:43, parted by
// commas or line ends.
func (d *decoder) told(p *protocols.Position, words []byte) bool {
	latitude, ok := degrees(words, nameLatitude, 'N', 'S')
	longitude, ok2 := degrees(words, nameLongitude, 'E', 'W')
	if !ok || !ok2 || latitude < -90 || latitude > 90 || longitude < -180 || longitude > 180 ||
		latitude == 0 && longitude == 0 {
		return false
	}
	p.Located, p.Valid = true, true
	p.Latitude, p.Longitude = latitude, longitude
	if v, ok := number(after(words, nameSpeed)); ok && v <= 2000 {
		p.Speed = protocols.Some(v)
	}
	if v, ok := number(after(words, nameCourse)); ok && v < 360 {
		p.Course = protocols.Some(v)
	}
	if t := after(words, nameTime); len(t) >= len(time.DateTime) {
		if at, err := time.Parse(time.DateTime, string(t[:len(time.DateTime)])); err == nil {
			p.Time = at.Add(-d.offset)
		}
	}
	return true
}

// after is what stands behind name, nil if it is not there.
func after(words, name []byte) []byte {
	i := bytes.Index(words, name)
	if i < 0 {
		return nil
	}
	return words[i+len(name):]
}

func degrees(words, name []byte, plus, minus byte) (float64, bool) {
	b := after(words, name)
	if len(b) < 2 || b[0] != plus && b[0] != minus {
		return 0, false
	}
	v, ok := number(b[1:])
	if b[0] == minus {
		v = -v
	}
	return v, ok
}

// number reads the digits and the point that b starts with.
func number(b []byte) (float64, bool) {
	n := 0
	for n < len(b) && n < 20 && (b[n] >= '0' && b[n] <= '9' || b[n] == '.') {
		n++
	}
	v, err := strconv.ParseFloat(string(b[:n]), 64)
	return v, err == nil
}
