package teltonika

import (
	"slices"
	"strconv"
	"strings"

	"drover/protocols"
)

// readElement reads one line of a list. If it can not, it names the column.
func readElement(line string) (e element, column string, ok bool) {
	cells := append(strings.Split(line, "\t"), "", "")
	if len(cells) < 7 {
		return e, "columns", false
	}
	id, err := strconv.ParseUint(cells[0], 10, 16)
	if err != nil {
		return e, "id", false
	}
	e.id, e.name = uint16(id), cells[4]
	if e.length, ok = lengthNamed(cells[1]); !ok {
		return e, "bytes", false
	}
	types := [...]string{unsigned: "u", signed: "s", flag: "b", identity: "h", binaryValue: "x", textValue: "t"}
	kindOf := slices.Index(types[:], cells[2])
	if kindOf < 0 {
		return e, "type", false
	}
	e.kind = kind(kindOf)
	if e.factor, e.scale, ok = decimal(cells[3]); !ok {
		return e, "factor", false
	}
	if e.name == "" {
		return e, "name", false
	}
	if e.means, e.alarm, ok = meaningNamed(cells[5]); !ok {
		return e, "means", false
	}
	if e.absent, ok = numbers(cells[6]); !ok {
		return e, "absent", false
	}
	return e, "", true
}

func lengthNamed(cell string) (int8, bool) {
	switch cell {
	case "*":
		return anyLength, true
	case "x":
		return variable, true
	case "1", "2", "4", "8":
		return int8(cell[0] - '0'), true
	}
	return 0, false
}

// decimal reads 0.001 as 1 and 3.
func decimal(cell string) (mantissa int64, scale uint8, ok bool) {
	whole, fraction, _ := strings.Cut(cell, ".")
	n, err := strconv.ParseInt(whole+fraction, 10, 32)
	return n, uint8(len(fraction)), err == nil && n > 0 && len(fraction) < 10
}

func meaningNamed(cell string) (meaning, protocols.Alarms, bool) {
	if name, ok := strings.CutPrefix(cell, "alarm="); ok {
		for a := protocols.Alarms(1); a <= protocols.AlarmGeneral; a <<= 1 {
			if a.Names()[0] == name {
				return isAlarm, a, true
			}
		}
		return plain, 0, false
	}
	names := [...]string{
		plain: "", isOdometer: "odometer", isExternal: "external", isBattery: "battery",
		isBatteryLevel: "battery-level", isSignal: "signal", isHDOP: "hdop", isIgnition: "ignition",
		isCell: "cell", isArea: "area", isOperator: "operator", isIMSI: "imsi", isICCIDHigh: "iccid-high",
		isICCIDLow: "iccid-low", isICCIDPart: "iccid-part", isPart: "part", isZone: "zone", isGreen: "green",
		isBeacons: "beacons", isTags: "tags",
	}
	i := slices.Index(names[:], cell)
	return meaning(max(i, 0)), 0, i >= 0
}

// numbers reads numbers with commas between them.
func numbers(cell string) ([]int64, bool) {
	if cell == "" {
		return nil, true
	}
	var all []int64
	for n := range strings.SplitSeq(cell, ",") {
		v, err := strconv.ParseInt(n, 10, 64)
		if err != nil {
			return nil, false
		}
		all = append(all, v)
	}
	return all, true
}

// value shows v, which was read as the element's kind says.
func (e *element) value(v int64) protocols.Value {
	switch {
	case e.kind == flag && uint64(v) <= 1:
		return protocols.Bool(v != 0)
	case e.kind == identity:
		return protocols.Text(hexNumber(uint64(v)))
	case e.kind != signed && v < 0:
		return protocols.Bytes(beUint64(uint64(v)))
	}
	return protocols.Decimal(v*e.factor, e.scale)
}

// tens are the powers of ten that a scale can be.
var tens = [10]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9}

// float is v in the unit of the element's name.
func (e *element) float(v int64) float64 {
	return float64(v*e.factor) / tens[e.scale]
}
