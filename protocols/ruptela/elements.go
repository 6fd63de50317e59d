package ruptela

import (
	"math"
	"strconv"

	"drover/protocols"
)

// element is how an element's number is read: (raw + offset) × mul × 10^-scale, in the unit that ends its name. Raw
// numbers above limit say that there is no value.
type element struct {
	id     int
	name   string
	mul    int64
	scale  uint8
	offset int64
	limit  uint64
	signed bool
}

// plain is the limit of a number that is never without a value.
const plain = math.MaxUint64

// elementTable has the elements that are known and are no field of a Position, by id.
var elementTable = [...]element{
	{id: 2, name: "input_1", mul: 1, limit: plain},
	{id: 3, name: "input_2", mul: 1, limit: plain},
	{id: 4, name: "input_3", mul: 1, limit: plain},
	{id: 5, name: "input_4", mul: 1, limit: plain},
	{id: 13, name: "moving", mul: 1, limit: plain},
	{id: 20, name: "adc_3_mv", mul: 1, limit: plain},
	{id: 21, name: "adc_4_mv", mul: 1, limit: plain},
	{id: 22, name: "adc_1_mv", mul: 1, limit: plain},
	{id: 23, name: "adc_2_mv", mul: 1, limit: plain},
	{id: 28, name: "profile", mul: 1, limit: plain},
	{id: 32, name: "device_temperature_c", mul: 1, limit: plain, signed: true},
	{id: 39, name: "engine_load_percent", mul: 1, limit: 250},
	{id: 74, name: "temperature_3_c", mul: 1, scale: 1, limit: plain, signed: true},
	{id: 78, name: "temperature_0_c", mul: 1, scale: 1, limit: plain, signed: true},
	{id: 79, name: "temperature_1_c", mul: 1, scale: 1, limit: plain, signed: true},
	{id: 80, name: "temperature_2_c", mul: 1, scale: 1, limit: plain, signed: true},
	{id: 94, name: "rpm", mul: 25, scale: 2, limit: 0xFFFE},
	{id: 95, name: "vehicle_speed_kmh", mul: 1, limit: 254},
	{id: 98, name: "fuel_percent", mul: 392157, scale: 6, limit: plain}, // of 255
	{id: 100, name: "fuel_rate_l_per_h", mul: 5, scale: 2, limit: 0xFAFF},
	{id: 114, name: "can_odometer_m", mul: 5, limit: 0xFAFFFFFF},
	{id: 115, name: "coolant_temperature_c", mul: 1, offset: -40, limit: 250},
	{id: 116, name: "can_fuel_rate_l_per_h", mul: 5, scale: 2, limit: 0xFAFF},
	{id: 150, name: "operator", mul: 1, limit: plain},
	{id: 164, name: "trip_odometer_m", mul: 5, limit: 0xFAFFFFFF},
	{id: 165, name: "tachograph_speed_kmh", mul: 390625, scale: 8, limit: 0xFAFF},
	{id: 166, name: "tachograph_rpm", mul: 125, scale: 3, limit: 0xFAFF},
	{id: 170, name: "charging", mul: 1, limit: plain},
	{id: 173, name: "moving", mul: 1, limit: plain},
	{id: 197, name: "rpm", mul: 125, scale: 3, limit: 0xFAFF},
	{id: 205, name: "fuel_level", mul: 1, limit: plain},
	{id: 207, name: "fuel_percent", mul: 4, scale: 1, limit: 250},
	{id: 208, name: "fuel_used_l", mul: 5, scale: 1, limit: 0xFAFFFFFF},
	{id: 405, name: "output_1", mul: 1, limit: plain},
	{id: 406, name: "output_2", mul: 1, limit: plain},
	{id: 645, name: "obd_odometer_km", mul: 1, limit: 0xFFFFFFFE},
}

// maxElement is the first id that has no place in the tables of names.
const maxElement = 1024

// elementAt has, for each id, its place in elementTable plus one; 0 if it is not there.
var elementAt = func() (at [maxElement]uint8) {
	for i := range elementTable {
		at[elementTable[i].id] = uint8(i + 1)
	}
	return at
}()

// ioNames has the name of an id that is not known, as io217.
var ioNames = func() (names [maxElement]string) {
	for id := range names {
		names[id] = "io" + strconv.Itoa(id)
	}
	return names
}()

func ioName(id int) string {
	if id < maxElement {
		return ioNames[id]
	}
	return "io" + strconv.Itoa(id)
}

// element keeps one element: in a field of the position, as a known attribute, or as it is.
func (d *records) element(p *protocols.Position, id int, b []byte) {
	if id == 34 && len(b) == 8 {
		d.add("ibutton", protocols.Bytes(b))
		return
	}
	v := number(b)
	if d.field(p, id, v) || d.alarm(p, id, v) || len(b) == 8 && d.part(id, v) {
		return
	}
	if id < maxElement && elementAt[id] > 0 {
		e := &elementTable[elementAt[id]-1]
		n := int64(v)
		if e.signed {
			shift := 64 - 8*len(b)
			n = n << shift >> shift
		}
		if v <= e.limit && n < 1<<40 && n > -1<<40 {
			d.add(e.name, protocols.Decimal((n+e.offset)*e.mul, e.scale))
			return
		}
	}
	if v > math.MaxInt64 {
		d.add(ioName(id), protocols.Bytes(b))
		return
	}
	d.add(ioName(id), protocols.Int(int64(v)))
}

// number reads a value of 1, 2, 4 or 8 bytes.
func number(b []byte) uint64 {
	v := uint64(0)
	for _, c := range b {
		v = v<<8 | uint64(c)
	}
	return v
}

// maxMillivolts is the most that is believed of a supply or battery, 1,000 V.
const maxMillivolts = 1e6

// field sets what has a field of its own; false if it has none or the value can not be.
func (d *records) field(p *protocols.Position, id int, v uint64) bool {
	switch {
	case id == 27 && v <= 31: // CSQ
		p.SignalPercent = protocols.Some(int(100*v+15) / 31)
	case id == 29 && v <= maxMillivolts:
		p.ExternalVolts = protocols.Some(float64(v) / 1000)
	case id == 30 && v <= maxMillivolts:
		p.BatteryVolts = protocols.Some(float64(v) / 1000)
	case id == 65 && v <= math.MaxUint32: // m, counted by the tracker
		d.odometer(p, float64(v))
	case id == 163 && v < math.MaxUint32: // 5 m, the tachograph's
		d.odometer(p, float64(v)*5)
	case id == 251 || id == 409:
		p.Ignition = protocols.Some(v > 0)
	default:
		return false
	}
	return true
}

// odometer sets the odometer; the one that was there before, if it says something else, becomes an attribute.
func (d *records) odometer(p *protocols.Position, metres float64) {
	if old, ok := p.Odometer.Get(); ok && old != metres {
		d.add("other_odometer_m", protocols.Int(int64(old)))
	}
	p.Odometer = protocols.Some(metres)
}

// alarm notes what an element warns of; the element itself stays an attribute unless it is 0 and says that all is well.
func (d *records) alarm(p *protocols.Position, id int, v uint64) bool {
	var alarm protocols.Alarms
	raised := v > 0
	switch id {
	case 88:
		alarm = protocols.AlarmJamming
	case 134, 199, 200: // harsh braking, extreme braking, harsh braking
		alarm = protocols.AlarmHardBraking
	case 136, 201:
		alarm = protocols.AlarmHardAcceleration
	case 410:
		alarm = protocols.AlarmTow
	case 411:
		alarm = protocols.AlarmAccident
	case 415:
		alarm, raised = protocols.AlarmGPSAntennaCut, v == 0
	case 758:
		alarm, raised = protocols.AlarmTampering, v == 1
	default:
		return false
	}
	if raised {
		p.Alarms |= alarm
	}
	d.add(ioName(id), protocols.Int(int64(v&math.MaxInt64)))
	return true
}
