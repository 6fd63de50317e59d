package trackers

import (
	"math"
	"math/rand/v2"
	"time"

	"drover/protocols"
)

// towns are where the vehicles are at home: latitude and longitude in degrees.
var towns = [...][2]float64{
	{48.857, 2.352}, {52.520, 13.405}, {40.417, -3.703}, {50.850, 4.352}, {45.464, 9.190}, {48.208, 16.373},
	{52.230, 21.012}, {50.075, 14.438}, {47.498, 19.040}, {51.507, -0.128}, {53.480, -2.243}, {45.764, 4.836},
	{48.137, 11.575}, {52.370, 4.895}, {43.604, 1.444}, {51.220, 6.776}, {54.687, 25.280}, {44.427, 26.103},
}

// metres in a degree of latitude.
const metresPerDegree = 111_195

// Drive is one vehicle's journey: it wanders about its town, hurries, idles and parks.
type Drive struct {
	random   rand.PCG
	home     [2]float64
	lat, lon float64
	heading  float64 // degrees
	speed    float64 // km/h
	wanted   float64 // km/h that it accelerates to
	odometer float64 // m
	change   float64 // s until it wants another speed
	parks    bool    // the engine stops when the wheels do
	ignition bool
}

// NewDrive puts a vehicle somewhere about its town. The same number always drives the same way.
func NewDrive(number int) *Drive {
	return newDriveAt(number, towns[number%len(towns)])
}

func newDriveAt(number int, home [2]float64) *Drive {
	d := &Drive{home: home, ignition: true}
	d.random.Seed(uint64(number), 0x9E3779B97F4A7C15)
	d.lat = d.home[0] + (d.float()-0.5)*0.25
	d.lon = d.home[1] + (d.float()-0.5)*0.35
	d.heading = d.float() * 360
	d.odometer = math.Floor(d.float() * 3e8)
	d.decide()
	d.speed = d.wanted
	return d
}

func (d *Drive) float() float64 { return float64(d.random.Uint64()>>11) / (1 << 53) }

// Advance drives on for so many seconds.
func (d *Drive) Advance(seconds float64) {
	for seconds > 0 {
		step := min(seconds, 5)
		seconds -= step
		d.step(step)
	}
}

func (d *Drive) step(seconds float64) {
	if d.change -= seconds; d.change <= 0 {
		d.decide()
	}
	delta := d.wanted - d.speed
	d.speed += max(-12*seconds, min(6*seconds, delta))
	if d.parks && d.speed < 1 {
		d.ignition, d.speed = false, 0
	}
	if d.speed > 1 {
		d.heading += (d.float() - 0.5) * 12 * seconds
		if math.Abs(d.lat-d.home[0]) > 0.3 || math.Abs(d.lon-d.home[1]) > 0.4 {
			d.turnHome(seconds)
		}
		d.heading = math.Mod(d.heading+720, 360)
	}
	metres := d.speed / 3.6 * seconds
	d.odometer += metres
	sin, cos := math.Sincos(d.heading * math.Pi / 180)
	d.lat += metres * cos / metresPerDegree
	d.lon += metres * sin / (metresPerDegree * math.Cos(d.lat*math.Pi/180))
}

// decide picks what to do next: drive in town, on a road, wait with the engine running, or park.
func (d *Drive) decide() {
	d.parks = false
	switch dice := d.float(); {
	case dice < 0.5:
		d.wanted, d.change, d.ignition = 25+d.float()*30, 20+d.float()*90, true
	case dice < 0.75:
		d.wanted, d.change, d.ignition = 60+d.float()*50, 60+d.float()*240, true
	case dice < 0.92:
		d.wanted, d.change, d.ignition = 0, 15+d.float()*60, true
	default:
		d.wanted, d.change, d.parks = 0, 120+d.float()*600, true
	}
}

func (d *Drive) turnHome(seconds float64) {
	north, east := d.home[0]-d.lat, (d.home[1]-d.lon)*math.Cos(d.lat*math.Pi/180)
	want := math.Atan2(east, north) * 180 / math.Pi
	turn := math.Mod(want-d.heading+900, 360) - 180
	d.heading += max(-20*seconds, min(20*seconds, turn))
}

// Position is what its tracker would report at a time.
func (d *Drive) Position(at time.Time) protocols.Position {
	r := d.record(at)
	return r.position()
}

// record is Position in the units of a receiver.
func (d *Drive) record(at time.Time) record {
	volts := 12_600
	if d.ignition {
		volts = 13_900
	}
	return record{
		time:       uint32(at.Unix()),
		latitude:   int32(math.Round(d.lat * tenThousandths)),
		longitude:  int32(math.Round(d.lon * tenThousandths)),
		odometer:   uint32(d.odometer),
		external:   uint16(volts + int(d.float()*200)),
		battery:    uint16(4000 + int(d.float()*100)),
		altitude:   int16(math.Round(100 + 50*math.Sin(d.lat*50))),
		course:     uint16(math.Round(d.heading)) % 360,
		speed:      uint8(math.Round(max(0, d.speed))),
		satellites: uint8(7 + int(d.float()*8)),
		hdop:       uint8(math.Round(8 + d.float()*6)),
		signal:     uint8(20 * (2 + int(d.float()*4))),
		ignition:   d.ignition,
	}
}
