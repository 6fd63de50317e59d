package store

import (
	"encoding/binary"
	"math"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// The flags of a row, below and above those of fleet.Flags.
const (
	rowLocated = 1
	rowValid   = 2
	rowSeconds = 1 << 14 // received counts seconds
	flagShift  = 2
	flagsMask  = rowSeconds - 1
	sameRecord = rowLocated | rowValid // what the device said, as opposed to what the steps noticed
	absent     = math.MinInt16
	degrees    = 1e7
	maxPlaces  = 64 // of the record before that are remembered
)

// row is a fix as the columns of drover.fixes hold it, but for data.
type row struct {
	time                    int64 // µs since 2000-01-01, as PostgreSQL counts
	device                  int32
	received                int32
	latitude, longitude     int32
	altitude, speed, course int16
	flags                   int16
}

const epoch = 946_684_800 // 2000-01-01 in seconds since 1970

func microseconds(t time.Time) int64 { return t.UnixMicro() - epoch*1e6 }

func fromMicroseconds(us int64) time.Time { return time.UnixMicro(us + epoch*1e6).UTC() }

// rowOf gives the columns of a fix.
func rowOf(f *fleet.Fix) row {
	r := row{
		time:     microseconds(f.Time),
		device:   int32(f.Device),
		altitude: column(f.Altitude, 1),
		speed:    column(f.Speed, 10),
		course:   column(f.Course, 10),
		flags:    int16(f.Flags<<flagShift) & flagsMask,
	}
	if f.Located {
		r.flags |= rowLocated
		r.latitude = int32(math.Round(f.Latitude * degrees))
		r.longitude = int32(math.Round(f.Longitude * degrees))
	}
	if f.Valid {
		r.flags |= rowValid
	}
	delay := f.Received.Sub(f.Time).Milliseconds()
	if delay != int64(int32(delay)) {
		delay /= 1000
		r.flags |= rowSeconds
	}
	r.received = int32(min(max(delay, math.MinInt32), math.MaxInt32))
	return r
}

// column rounds to the column's unit, which is 1/per; absent when it does not fit.
func column(v protocols.Opt[float64], per float64) int16 {
	if n := math.Round(v.Value * per); v.OK && n > absent && n <= math.MaxInt16 {
		return int16(n)
	}
	return absent
}

// encoder writes fixes.data. It belongs to one goroutine.
type encoder struct {
	names   *names
	missing map[entry]struct{} // that the dictionary has no number for: when there are any, the bytes are worthless
	before  []numbered         // the attributes of the record before, by place: most records of a fleet are alike
}

type numbered struct {
	entry
	id uint32
}

// position appends what the columns do not hold of p.
func (e *encoder) position(b []byte, r *row, p *protocols.Position) []byte {
	if p.Satellites.OK {
		b = number(b, idSatellites, max(int64(p.Satellites.Value), 0))
	}
	b = decimal(b, p.HDOP, 0, scaled{idHDOP1, 10}, scaled{idHDOP2, 100}, scaled{idHDOP6, 1e6})
	b = decimal(b, p.Odometer, 0, scaled{idOdometer, 1}, scaled{idOdometer6, 1e6})
	if on, ok := p.Ignition.Get(); ok {
		id := byte(idIgnitionOff)
		if on {
			id = idIgnitionOn
		}
		b = append(b, id)
	}
	b = decimal(b, p.ExternalVolts, idExternalNegative, scaled{idExternal3, 1e3}, scaled{idExternal6, 1e6})
	b = decimal(b, p.BatteryVolts, idBatteryNegative, scaled{idBattery3, 1e3}, scaled{idBattery6, 1e6})
	b = decimal(b, p.BatteryPercent, 0, scaled{idPercent, 1}, scaled{idPercent6, 1e6})
	if p.SignalPercent.OK {
		b = number(b, idSignal, max(int64(p.SignalPercent.Value), 0))
	}
	b = sim(b, p)
	if r.altitude == absent || !exact(p.Altitude.Value, float64(r.altitude)) {
		b = decimal(b, p.Altitude, idAltitudeNegative, scaled{idAltitude, 1e6})
	}
	if r.speed == absent || !exact(p.Speed.Value, float64(r.speed)/10) {
		b = decimal(b, p.Speed, 0, scaled{idSpeed3, 1e3}, scaled{idSpeed6, 1e6})
	}
	if r.course == absent || !exact(p.Course.Value, float64(r.course)/10) {
		b = decimal(b, p.Course, 0, scaled{idCourse, 1e6})
	}
	for i := range p.Attributes {
		b = e.attribute(b, i, &p.Attributes[i])
	}
	return b
}

// exact says whether two numbers are the same to six decimals, which is what a position's JSON shows.
func exact(a, b float64) bool { return math.Abs(a-b) < 5e-7 }

func number(b []byte, id byte, n int64) []byte {
	return binary.AppendUvarint(append(b, id), uint64(n))
}

// scaled is the number of a typed field whose mantissas count 1/per.
type scaled struct {
	id  byte
	per float64
}

// decimal appends v under the first of ways that holds it to six decimals, the last whether it does or not. A number
// below zero goes under the id negative, in millionths; a field that has none cannot be below zero. NaN and infinities
// are absent.
func decimal(b []byte, v protocols.Opt[float64], negative byte, ways ...scaled) []byte {
	if !v.OK || math.IsNaN(v.Value) || math.Abs(v.Value) > 9e12 {
		return b
	}
	if v.Value < -5e-7 {
		if negative == 0 {
			return b
		}
		return number(b, negative, int64(math.Round(-v.Value*1e6)))
	}
	for i, way := range ways {
		if n := math.Round(v.Value * way.per); i == len(ways)-1 || exact(n/way.per, v.Value) {
			return number(b, way.id, int64(max(n, 0)))
		}
	}
	return b
}

// sim appends the cell, the SIM's numbers and the alarms.
func sim(b []byte, p *protocols.Position) []byte {
	if c, ok := p.Cell.Get(); ok {
		b = number(b, idCell, int64(c.MCC))
		b = binary.AppendUvarint(b, uint64(c.MNC))
		b = binary.AppendUvarint(b, uint64(c.LAC))
		b = binary.AppendUvarint(b, c.CID)
	}
	if p.ICCID != "" {
		b = text(append(b, idICCID), cleanName(p.ICCID))
	}
	if p.IMSI != "" {
		b = text(append(b, idIMSI), cleanName(p.IMSI))
	}
	if p.Alarms != 0 {
		b = binary.AppendUvarint(append(b, idAlarms), uint64(p.Alarms))
	}
	return b
}

func text(b []byte, s string) []byte { return append(binary.AppendUvarint(b, uint64(len(s))), s...) }

// attribute appends the attribute in a place under its number, or under its name when the dictionary is full.
func (e *encoder) attribute(b []byte, place int, a *protocols.Attribute) []byte {
	key := entryOf(a.Name, a.Value)
	if place < len(e.before) && e.before[place].entry == key {
		return payload(binary.AppendUvarint(b, uint64(e.before[place].id)), key.kind, a.Value)
	}
	id, known := e.names.ids[key]
	if !known {
		key.name = cleanName(key.name)
		id, known = e.names.ids[key]
	}
	if known {
		e.remember(place, numbered{key, id})
	}
	switch {
	case known:
		b = binary.AppendUvarint(b, uint64(id))
	case e.names.full():
		b = append(text(append(b, 0), key.name), byte(key.kind)|key.scale<<3)
	default:
		e.missing[key] = struct{}{}
	}
	return payload(b, key.kind, a.Value)
}

func (e *encoder) remember(place int, n numbered) {
	if place >= maxPlaces {
		return
	}
	for len(e.before) <= place {
		e.before = append(e.before, numbered{})
	}
	e.before[place] = n
}

func payload(b []byte, k kind, v protocols.Value) []byte {
	switch k {
	case kindNumber:
		return binary.AppendUvarint(b, uint64(v.Mantissa()))
	case kindNegative:
		return binary.AppendUvarint(b, -uint64(v.Mantissa()))
	case kindText, kindOctets, kindBytes:
		return text(b, v.Raw())
	default:
		return b
	}
}

// value appends one of a state's values: it may stand under the number of a typed field.
func (e *encoder) value(b []byte, v *fleet.ValueAt, newest time.Time) []byte {
	key := entryOf(v.Name, v.Value)
	if id, typed := e.names.typed[key]; typed {
		b = payload(append(b, byte(id)), key.kind, v.Value)
	} else {
		b = e.attribute(b, maxPlaces, &protocols.Attribute{Name: v.Name, Value: v.Value})
	}
	return binary.AppendVarint(b, newest.Sub(v.Time).Milliseconds())
}
