package trackers

import (
	"math"
	"strings"
	"sync"
	"time"

	"drover/geo/island"
	"drover/protocols"
	"drover/simulators/traffic"
)

// The worlds in which vehicles can drive.
const (
	worldIsland = "island" // on the streets of the demo island, by day
	worldEurope = "europe" // straight over the land about the capitals, day and night: for load, not for looking at
)

// driver is a vehicle's journey in one of the worlds.
type driver interface {
	Advance(seconds float64)
	record(at time.Time) record
}

// world gives the drivers.
type world struct {
	streets *traffic.Fleet // nil: Europe
	shift   time.Duration  // from a record's time to the island's clock
}

// newWorld is the world that a setting names, "" for Europe. It is a few seconds' work to make the island.
func newWorld(name string, start time.Time) *world {
	if name != worldIsland {
		return &world{}
	}
	return &world{streets: sharedStreets(), shift: islandShift(start)}
}

// sharedStreets are the same for every run of a process: they never change.
var sharedStreets = sync.OnceValue(func() *traffic.Fleet { return traffic.NewFleet(island.New(island.Seed)) })

// islandShift makes it day on the island when a run starts: in the night the fleet is parked, and there is nothing to
// see. By day the island's clock is UTC, as longitude 0 wants it.
func islandShift(start time.Time) time.Duration {
	if hour := start.UTC().Hour(); hour < 7 || hour >= 19 {
		return 12 * time.Hour
	}
	return 0
}

// driver is a vehicle whose next record, after Advance, is at a time.
func (w *world) driver(number int, at time.Time, step time.Duration) driver {
	if w.streets == nil {
		return NewDrive(number)
	}
	return newIslandDrive(w.streets, number, at.Add(w.shift-step))
}

// IslandDrive is one vehicle's journey on the demo island's streets. Unlike a Drive's it follows from number and time.
type IslandDrive struct {
	vehicle *traffic.Vehicle
	number  uint64
}

// NewIslandDrive is the vehicle of a number at a time of the island's clock, which is UTC. All of a process share the
// streets; one takes 150 bytes of its own.
func NewIslandDrive(number int, at time.Time) *IslandDrive {
	return newIslandDrive(sharedStreets(), number, at)
}

func newIslandDrive(streets *traffic.Fleet, number int, at time.Time) *IslandDrive {
	return &IslandDrive{streets.Vehicle(number, at), uint64(number)}
}

// Advance drives on for so many seconds.
func (d *IslandDrive) Advance(seconds float64) { d.vehicle.Advance(seconds) }

// Position is what its tracker would report at a time.
func (d *IslandDrive) Position(at time.Time) protocols.Position {
	r := d.record(at)
	return r.position()
}

func (d *IslandDrive) record(at time.Time) record {
	s := d.vehicle.State()
	noise := (uint64(at.Unix())*0x9E3779B97F4A7C15 ^ d.number*0xBF58476D1CE4E5B9) * 0x94D049BB133111EB
	pick := func(bits, most uint64) uint64 { return noise >> bits % 256 * most / 256 }
	volts := uint64(12_600)
	if s.Ignition {
		volts = 13_900
	}
	return record{
		time:       uint32(at.Unix()),
		latitude:   int32(math.Round(s.Point.Lat() * tenThousandths)),
		longitude:  int32(math.Round(s.Point.Lon() * tenThousandths)),
		odometer:   uint32(s.Odometer),
		external:   uint16(volts + pick(56, 200)),
		battery:    uint16(4000 + pick(48, 100)),
		altitude:   int16(math.Round(24 + 18*math.Sin(s.Point.Lat()*60) + 9*math.Cos(s.Point.Lon()*80))),
		course:     uint16(math.Round(s.Course)) % 360,
		speed:      uint8(math.Round(s.Speed)),
		satellites: uint8(9 + pick(40, 7)),
		hdop:       uint8(7 + pick(32, 5)),
		signal:     uint8(20 * (2 + pick(24, 4))),
		ignition:   s.Ignition,
	}
}

// group is where a vehicle of the island belongs, such as "Port Null/Harbour depot"; "" in Europe.
func (w *world) group(number int) string {
	if w.streets == nil {
		return ""
	}
	home := w.streets.Depot(number)
	return strings.Join([]string{home.Town, home.Name}, "/")
}
