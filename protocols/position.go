package protocols

import (
	"time"

	"github.com/paulmach/orb"
)

// Opt is a value that may be absent. The zero Opt is absent.
type Opt[T any] struct {
	Value T
	OK    bool
}

// Some is a present value.
func Some[T any](v T) Opt[T] { return Opt[T]{Value: v, OK: true} }

// Get gives the value and whether it is there.
func (o Opt[T]) Get() (T, bool) { return o.Value, o.OK }

// Position is one report of a tracker: where it was (if it knew) and what else it said at that moment.
type Position struct {
	Time    time.Time // UTC; zero if the tracker did not say
	Located bool      // Latitude and Longitude were said
	Valid   bool      // they are a GNSS fix of that time, neither last known nor from cells

	Latitude  float64 // WGS 84 degrees, -90..90
	Longitude float64 // WGS 84 degrees, -180..180

	Altitude   Opt[float64] // m above sea level
	Speed      Opt[float64] // km/h
	Course     Opt[float64] // degrees clockwise from north, 0 ≤ course < 360
	HDOP       Opt[float64] // horizontal dilution of precision
	Satellites Opt[int]     // used for the fix

	Odometer       Opt[float64] // m, the tracker's or vehicle's total
	Ignition       Opt[bool]    //
	ExternalVolts  Opt[float64] // V, the vehicle's supply
	BatteryVolts   Opt[float64] // V, the tracker's own battery
	BatteryPercent Opt[float64] // %, the tracker's own battery
	SignalPercent  Opt[int]     // %, GSM signal: the family's bars or CSQ scaled to 0..100

	Cell  Opt[Cell] // serving cell
	ICCID string    // of the SIM; "" if not said
	IMSI  string    // of the SIM; "" if not said

	Alarms     Alarms      // what it warns of
	Attributes []Attribute // all else, in the order of the message; names end in their unit
}

// Point makes a Position an orb.Pointer: longitude, latitude.
func (p *Position) Point() orb.Point { return orb.Point{p.Longitude, p.Latitude} }

// Note adds an attribute.
func (p *Position) Note(name string, v Value) {
	p.Attributes = append(p.Attributes, Attribute{name, v})
}

// Cell is a GSM, UMTS or LTE cell.
type Cell struct {
	MCC uint16 // mobile country code
	MNC uint16 // mobile network code
	LAC uint32 // location or tracking area code
	CID uint64 // cell id
}

// Attribute is something a tracker said for which Position has no field.
type Attribute struct {
	Name  string // snake_case, ending in the unit: fuel_l, temperature_1_c, io217 if the meaning is unknown
	Value Value
}

// Attr makes an attribute.
func Attr(name string, v Value) Attribute { return Attribute{Name: name, Value: v} }
