package places

import (
	_ "embed"

	"github.com/paulmach/orb"
)

// file is places.bin; generate/generate.mjs says how it is made.
//
//go:embed places.bin
var file string

const (
	bands      = 720
	bandHeight = 180.0 / bands // degrees
	headSize   = 12
	townSize   = 11
	maxRadius  = 255 * radiusUnit
	radiusUnit = 50.0 // m
	fullScale  = 1 << 24
)

// number reads three bytes of the file.
func number(at int) int {
	return int(file[at])<<16 | int(file[at+1])<<8 | int(file[at+2])
}

func countries() int { return int(file[4])<<8 | int(file[5]) }

func towns() int { return number(6) }

// Where the file's lists begin.
func bandsAt() int { return headSize + 2*countries() }
func townsAt() int { return bandsAt() + 3*(bands+1) }
func namesAt() int { return townsAt() + townSize*towns() }

// first is the number of a band's first town.
func first(band int) int { return number(bandsAt() + 3*band) }

// town is one of the file.
type town struct {
	entry  int // where it stands in the file
	at     orb.Point
	radius float64 // m
}

func longitude(entry int) float64 { return float64(number(entry))*360/fullScale - 180 }

func readTown(entry int) town {
	return town{
		entry:  entry,
		at:     orb.Point{longitude(entry), float64(number(entry+3))*180/fullScale - 90},
		radius: float64(file[entry+10]) * radiusUnit,
	}
}

func (t town) name() string {
	at := namesAt() + number(t.entry+6)
	return file[at+1 : at+1+int(file[at])]
}

func (t town) country() string {
	at := headSize + 2*int(file[t.entry+9])
	return file[at : at+2]
}
