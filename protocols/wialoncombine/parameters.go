package wialoncombine

import (
	"bytes"
	"math"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// The types of values above the integers, whose types are in integerTypes.
const (
	typeFloat  = 8
	typeDouble = 9
	typeText   = 10
)

// integerTypes are bytes and sign of the integers, by type.
var integerTypes = [...]struct {
	size   int
	signed bool
}{{1, false}, {2, false}, {4, false}, {8, false}, {1, true}, {4, true}, {2, true}, {8, true}}

// parameter reads one custom parameter: number, type and value. The top three bits of an integer's type are the power
// of ten by which it is divided.
func (d *decoder) parameter(p *protocols.Position) {
	number := d.extended8("sensor number")
	kind := d.U8("sensor type")
	v, ok := d.value(kind)
	if !ok {
		return
	}
	if d.vega && (d.known(p, number, v) || isThermometer(number) && v.Float() == noThermometer) {
		return
	}
	d.add(nameOf(number, d.vega), v)
}

// noThermometer is what Vega's trackers say in °C where no thermometer answers.
const noThermometer = -150

func isThermometer(number int) bool { return number >= 1181 && number <= 1200 }

func (d *decoder) value(kind uint8) (v protocols.Value, ok bool) {
	scale := kind >> 5
	switch kind &= 0x1F; {
	case int(kind) < len(integerTypes):
		t := integerTypes[kind]
		n := d.UintN("value", t.size)
		if t.signed {
			shift := 64 - 8*t.size
			return protocols.Decimal(int64(n)<<shift>>shift, scale), d.Err() == nil
		}
		if n > math.MaxInt64 {
			return protocols.Text(strconv.FormatUint(n, 10)), d.Err() == nil
		}
		return protocols.Decimal(int64(n), scale), d.Err() == nil
	case kind == typeFloat:
		return decimalOf(float64(math.Float32frombits(d.U32("value"))), 32), d.Err() == nil
	case kind == typeDouble:
		return decimalOf(math.Float64frombits(d.U64("value")), 64), d.Err() == nil
	case kind == typeText:
		b := d.text("value")
		if wire.Printable(b) {
			return protocols.Text(string(b)), d.Err() == nil
		}
		return protocols.Bytes(b), d.Err() == nil
	}
	d.Fail("sensor type", wire.ErrUnknown)
	return v, false
}

// decimalOf is the shortest decimal number that a float of so many bits can be; a text if it has too many digits.
func decimalOf(f float64, bits int) protocols.Value {
	var room [400]byte
	text := strconv.AppendFloat(room[:0], f, 'f', -1, bits)
	whole, decimals, _ := bytes.Cut(text, []byte{'.'})
	if len(whole)+len(decimals) > 18 || len(decimals) > 18 {
		return protocols.Text(strconv.FormatFloat(f, 'g', -1, bits))
	}
	n, negative := int64(0), whole[0] == '-'
	for _, part := range [...][]byte{bytes.TrimPrefix(whole, []byte{'-'}), decimals} {
		for _, c := range part {
			if c < '0' || c > '9' { // NaN and infinities
				return protocols.Text(string(text))
			}
			n = n*10 + int64(c-'0')
		}
	}
	if negative {
		n = -n
	}
	return protocols.Decimal(n, uint8(len(decimals)))
}

// cell gathers the parameters of the serving cell, which older firmwares of Vega send one by one.
type cell struct {
	parts [4]int64 // country, network, area, cell
	had   uint8
}

// firstCell is the number of the cell's country; network, area and cell follow.
const firstCell = 2001

func (c *cell) close(p *protocols.Position, d *decoder) {
	mcc, mnc, lac, cid := c.parts[0], c.parts[1], c.parts[2], c.parts[3]
	if c.had == 15 && mcc > 0 && mcc < 1000 && mnc >= 0 && mnc < 1000 {
		p.Cell = protocols.Some(protocols.Cell{MCC: uint16(mcc), MNC: uint16(mnc), LAC: uint32(lac), CID: uint64(cid)})
		return
	}
	for i, v := range c.parts {
		if c.had&(1<<i) != 0 {
			d.add([...]string{"mcc", "mnc", "lac", "cell_id"}[i], protocols.Int(v))
		}
	}
}

// known sets what of Vega's list has a field of its own.
func (d *decoder) known(p *protocols.Position, number int, v protocols.Value) bool {
	f := v.Float() // NaN if it is a text
	switch {
	case number == 8 && v.Kind() == protocols.KindText && len(v.Raw()) >= 18:
		p.ICCID = v.Raw()
	case number == 1241 && (f == 0 || f == 1):
		p.Ignition = protocols.Some(f == 1)
	case number == 1251 && f == 1:
		p.Alarms |= protocols.AlarmSOS
	case number == 1252 && f >= 0 && f <= 1000:
		p.ExternalVolts = protocols.Some(f)
	case number == 1253 && f >= 0 && f <= 100:
		p.BatteryVolts = protocols.Some(f)
	case number == 1255 && f >= 0 && f <= 100:
		p.BatteryPercent = protocols.Some(f)
	case number == 112 && f >= 0 && f <= 255 && v.Scale() == 0:
		if !p.Satellites.OK {
			p.Satellites = protocols.Some(int(f))
		}
	case number >= firstCell && number < firstCell+4 && f >= 0 && f <= math.MaxUint32 && v.Scale() == 0:
		d.cell.parts[number-firstCell] = v.Mantissa()
		d.cell.had |= 1 << (number - firstCell)
	default:
		if number == 2007 && f == 1 || number == 116 && f == 1 {
			p.Alarms |= protocols.AlarmJamming
		}
		return false
	}
	return true
}
