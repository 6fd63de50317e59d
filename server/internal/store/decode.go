package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

var errCut = errors.New("stored attributes are cut short")

// decoder reads fixes.data; its first failure sticks.
type decoder struct {
	names *names
	data  []byte
	err   error
}

func (d *decoder) number() uint64 {
	n, size := binary.Uvarint(d.data)
	if size <= 0 {
		d.fail(errCut)
		return 0
	}
	d.data = d.data[size:]
	return n
}

func (d *decoder) text() string {
	n := d.number()
	if n > uint64(len(d.data)) {
		d.fail(errCut)
		return ""
	}
	s := string(d.data[:n])
	d.data = d.data[n:]
	return s
}

func (d *decoder) fail(err error) {
	if d.err == nil {
		d.err = err
	}
	d.data = nil
}

// key reads which value comes next.
func (d *decoder) key() (id uint64, e entry) {
	id = d.number()
	if id != 0 {
		e, known := d.names.entry(id)
		if !known {
			d.fail(errUnnamed(id))
		}
		return id, e
	}
	e.name = d.text()
	if len(d.data) == 0 {
		d.fail(errCut)
		return 0, e
	}
	e.kind, e.scale = kind(d.data[0]&7), d.data[0]>>3
	d.data = d.data[1:]
	return 0, e
}

// errUnnamed is a number that the dictionary in memory does not know (yet).
type errUnnamed uint64

func (e errUnnamed) Error() string {
	return fmt.Sprintf("attribute number %d is not in drover.attribute_names", uint64(e))
}

// value reads what follows the key.
func (d *decoder) value(e entry) protocols.Value {
	switch e.kind {
	case kindFalse, kindTrue:
		return protocols.Bool(e.kind == kindTrue)
	case kindText, kindOctets:
		return protocols.Text(d.text())
	case kindBytes:
		return protocols.Bytes([]byte(d.text()))
	case kindNegative:
		return protocols.Decimal(int64(-d.number()), e.scale)
	default:
		return protocols.Decimal(int64(d.number()), e.scale)
	}
}

// position reads data into p; attributes are appended to p.Attributes.
func (d *decoder) position(p *protocols.Position) error {
	for len(d.data) > 0 {
		id, e := d.key()
		if id == 0 || id >= firstAttribute {
			p.Attributes = append(p.Attributes, protocols.Attribute{Name: e.name, Value: d.value(e)})
			continue
		}
		d.typed(p, id, e)
	}
	return d.err
}

func (d *decoder) typed(p *protocols.Position, id uint64, e entry) {
	if id == idCell {
		p.Cell = protocols.Some(protocols.Cell{
			MCC: uint16(d.number()), MNC: uint16(d.number()), LAC: uint32(d.number()), CID: d.number()})
		return
	}
	v := d.value(e)
	number := protocols.Some(v.Float())
	switch id {
	case idSatellites:
		p.Satellites = protocols.Some(int(v.Mantissa()))
	case idHDOP1, idHDOP2, idHDOP6:
		p.HDOP = number
	case idOdometer, idOdometer6:
		p.Odometer = number
	case idIgnitionOff, idIgnitionOn:
		p.Ignition = protocols.Some(id == idIgnitionOn)
	case idExternal3, idExternal6, idExternalNegative:
		p.ExternalVolts = number
	case idBattery3, idBattery6, idBatteryNegative:
		p.BatteryVolts = number
	case idPercent, idPercent6:
		p.BatteryPercent = number
	case idSignal:
		p.SignalPercent = protocols.Some(int(v.Mantissa()))
	case idICCID:
		p.ICCID = v.Raw()
	case idIMSI:
		p.IMSI = v.Raw()
	case idAlarms:
		p.Alarms = protocols.Alarms(v.Mantissa())
	case idAltitude, idAltitudeNegative:
		p.Altitude = number
	case idSpeed3, idSpeed6:
		p.Speed = number
	case idCourse:
		p.Course = number
	}
}

// fix reads the columns into f. Attributes is not touched.
func (r *row) fix(f *fleet.Fix) {
	attributes := f.Attributes
	*f = fleet.Fix{Device: fleet.DeviceID(r.device), Flags: fleet.Flags(r.flags&flagsMask) >> flagShift}
	f.Attributes = attributes
	f.Time = fromMicroseconds(r.time)
	unit := time.Millisecond
	if r.flags&rowSeconds != 0 {
		unit = time.Second
	}
	f.Received = f.Time.Add(time.Duration(r.received) * unit)
	f.Located, f.Valid = r.flags&rowLocated != 0, r.flags&rowValid != 0
	if f.Located {
		f.Latitude, f.Longitude = float64(r.latitude)/degrees, float64(r.longitude)/degrees
	}
	f.Altitude = uncolumn(r.altitude, 1)
	f.Speed = uncolumn(r.speed, 10)
	f.Course = uncolumn(r.course, 10)
}

func uncolumn(n int16, per float64) protocols.Opt[float64] {
	if n == absent {
		return protocols.Opt[float64]{}
	}
	return protocols.Some(float64(n) / per)
}

// values reads the values of a state, sorted by name.
func (d *decoder) values(newest time.Time) ([]fleet.ValueAt, error) {
	var all []fleet.ValueAt
	for len(d.data) > 0 {
		_, e := d.key()
		v := fleet.ValueAt{Name: e.name, Value: d.value(e)}
		older, size := binary.Varint(d.data)
		if size <= 0 {
			d.fail(errCut)
			break
		}
		d.data = d.data[size:]
		v.Time = newest.Add(-time.Duration(older) * time.Millisecond)
		all = append(all, v)
	}
	slices.SortFunc(all, func(a, b fleet.ValueAt) int { return strings.Compare(a.Name, b.Name) })
	return all, d.err
}
