package teltonika

import (
	"encoding/binary"
	"math"
	"strconv"

	"drover/protocols"
)

// Numbers of the elements that stand for fields of a Position, in the FMB list.
const (
	idOdometer      = 16
	idSignal        = 21
	idSpeed         = 24
	idExternal      = 66
	idBattery       = 67
	idGNSSStatus    = 69
	idDataMode      = 80
	idBatteryLevel  = 113
	idHDOP          = 182
	idSleepMode     = 200
	idCell          = 205
	idArea          = 206
	idGreen         = 253
	idIgnition      = 239
	idMovement      = 240
	idOperator      = 241
	idLongCell      = 636
	idICCIDHigh     = 11
	idICCIDLow      = 14
	digitsICCIDHigh = 12
)

// elementSet is the elements of one record that is to be sent. What has no place is left out.
type elementSet struct {
	elements [40]sentElement
	n        int
	event    uint16
	priority byte
}

type sentElement struct {
	value  uint64
	id     uint16
	length int8
}

func (s *elementSet) add(id uint16, length int8, value uint64) {
	if s.n == len(s.elements) {
		return
	}
	for i := range s.n {
		if s.elements[i].id == id {
			return
		}
	}
	s.elements[s.n] = sentElement{value, id, length}
	s.n++
}

// scaled adds v as so many units.
func (s *elementSet) scaled(id uint16, length int8, v protocols.Opt[float64], units float64) {
	if v.OK {
		s.add(id, length, uint64(whole(v.Value*units, 0, most(length))))
	}
}

// collect takes what a position says. Attributes come first, so that they win over what is made up from the fields.
func (s *elementSet) collect(p *protocols.Position) {
	for i := range p.Attributes {
		s.attribute(&p.Attributes[i])
	}
	moving := uint64(0)
	if p.Speed.Value > 0 {
		moving = 1
	}
	if v, ok := p.Ignition.Get(); ok {
		s.add(idIgnition, 1, bit(v))
	}
	s.add(idMovement, 1, moving)
	if v, ok := p.SignalPercent.Get(); ok {
		s.add(idSignal, 1, uint64(min(max(v, 0), 100)+10)/20)
	}
	s.add(idSleepMode, 1, 0)
	s.add(idDataMode, 1, moving)
	status := uint64(2) // on, no fix
	if p.Valid {
		status = 1
	}
	s.add(idGNSSStatus, 1, status)
	s.scaled(idBatteryLevel, 1, p.BatteryPercent, 1)
	s.scaled(idHDOP, 2, p.HDOP, 10)
	s.scaled(idExternal, 2, p.ExternalVolts, 1000)
	s.scaled(idBattery, 2, p.BatteryVolts, 1000)
	s.scaled(idSpeed, 2, p.Speed, 1)
	s.scaled(idOdometer, 4, p.Odometer, 1)
	s.sim(p)
	s.alarms(p)
}

func (s *elementSet) sim(p *protocols.Position) {
	if c, ok := p.Cell.Get(); ok {
		mnc := strconv.Itoa(int(c.MNC))
		if len(mnc) < 2 {
			mnc = "0" + mnc
		}
		operator, _ := strconv.ParseUint(strconv.Itoa(int(c.MCC))+mnc, 10, 32)
		s.add(idOperator, 4, operator)
		s.add(idArea, 2, uint64(uint16(c.LAC)))
		if c.CID <= math.MaxUint16 {
			s.add(idCell, 2, c.CID)
		} else {
			s.add(idLongCell, 4, uint64(uint32(c.CID)))
		}
	}
	if len(p.ICCID) > digitsICCIDHigh {
		high, err := strconv.ParseUint(p.ICCID[:digitsICCIDHigh], 10, 63)
		low, err2 := strconv.ParseUint(p.ICCID[digitsICCIDHigh:], 10, 63)
		if err == nil && err2 == nil {
			s.add(idICCIDHigh, 8, high)
			s.add(idICCIDLow, 8, low)
		}
	}
}

// alarms adds the elements of alarms; the last is the event that caused the record.
func (s *elementSet) alarms(p *protocols.Position) {
	if p.Alarms == 0 {
		return
	}
	for _, a := range [...]struct {
		alarm protocols.Alarms
		id    uint16
		value uint64
	}{
		{protocols.AlarmHardAcceleration, idGreen, 1}, {protocols.AlarmHardBraking, idGreen, 2},
		{protocols.AlarmHardCornering, idGreen, 3}, {protocols.AlarmOverspeed, 255, uint64(whole(p.Speed.Value, 1, 255))},
		{protocols.AlarmIdle, 251, 1}, {protocols.AlarmJamming, 249, 1}, {protocols.AlarmTow, 246, 1},
		{protocols.AlarmPowerCut, 252, 1}, {protocols.AlarmAccident, 247, 1}, {protocols.AlarmSOS, 236, 1},
	} {
		if p.Alarms&a.alarm != 0 {
			s.add(a.id, 1, a.value)
			s.event, s.priority = a.id, 1
		}
	}
}

// attribute adds an attribute that is an element, if its value fits.
func (s *elementSet) attribute(a *protocols.Attribute) {
	e, known := elementsByName()[a.Name]
	if !known || e.length == anyLength && e.means != plain || a.Value.Kind() > protocols.KindBool {
		return
	}
	length := e.length
	if length == anyLength {
		length = 2
		if e.kind == flag {
			length = 1
		}
	}
	v := math.Round(a.Value.Float() * math.Pow10(int(e.scale)) / float64(e.factor))
	least, greatest := 0.0, most(length)
	if e.kind == signed {
		least, greatest = -(greatest+1)/2, (greatest-1)/2
	}
	if v >= least && v <= greatest && math.Abs(v) < 1<<53 {
		s.add(e.id, length, uint64(int64(v)))
	}
}

// most is the greatest number of so many bytes.
func most(length int8) float64 {
	return float64(uint64(math.MaxUint64) >> (64 - 8*uint(length)))
}

func bit(v bool) uint64 {
	if v {
		return 1
	}
	return 0
}

// append writes the event, the number of elements, and the elements by length.
func (s *elementSet) append(b []byte) []byte {
	b = binary.BigEndian.AppendUint16(b, s.event)
	b = binary.BigEndian.AppendUint16(b, uint16(s.n))
	for _, length := range [...]int8{1, 2, 4, 8} {
		at := len(b)
		b = append(b, 0, 0)
		n := uint16(0)
		for _, e := range s.elements[:s.n] {
			if e.length != length {
				continue
			}
			b = binary.BigEndian.AppendUint16(b, e.id)
			switch length {
			case 1:
				b = append(b, byte(e.value))
			case 2:
				b = binary.BigEndian.AppendUint16(b, uint16(e.value))
			case 4:
				b = binary.BigEndian.AppendUint32(b, uint32(e.value))
			default:
				b = binary.BigEndian.AppendUint64(b, e.value)
			}
			n++
		}
		binary.BigEndian.PutUint16(b[at:], n)
	}
	return append(b, 0, 0) // no elements of variable length
}
