package gosafe

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// temperatures are the names of one-wire sensors.
var temperatures = [...]string{
	"temperature_1_c", "temperature_2_c", "temperature_3_c", "temperature_4_c", "temperature_5_c", "temperature_6_c",
	"temperature_7_c", "temperature_8_c",
}

// oneWire reads, for each sensor, its number, its kind and its values: 0 is a driver's key, 1 a thermometer with its
// serial number.
func (d *decoder) oneWire(f *wire.Fields) {
	for f.More() {
		number, ok := f.Next().Int64()
		switch kind, known := f.Next().Int64(); {
		case known && kind == 0:
			d.pos.Note("driver_id", d.words(f.Next()))
		case known && kind == 1:
			f.Next()
			v, scale, isNumber := f.Next().Decimal()
			if ok && isNumber && number >= 0 && int(number) < len(temperatures) {
				d.pos.Note(temperatures[number], protocols.Decimal(v, scale))
			}
		default:
			if rest := f.Rest(); len(rest) > 0 {
				d.pos.Note("one_wire", d.words(rest))
			}
			return
		}
	}
}
