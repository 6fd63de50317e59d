package texts

import (
	"strconv"
	"strings"
)

// suffixOf is how an attribute's name ends whose value has a unit, in lower case.
func suffixOf(unit string) (suffix string, known bool) {
	switch unit {
	case "":
		return "", true
	case "v", "s", "km", "m", "l", "c", "kb":
		return "_" + unit, true
	case "%":
		return "_percent", true
	case "km/h", "kph":
		return "_kmh", true
	case "°c":
		return "_c", true
	}
	return "", false
}

// quantity reads a number at the start of a value and its unit, in lower case, up to the next space or comma.
func quantity(value string) (v float64, unit string, ok bool) {
	n := numberLength(value)
	v, err := strconv.ParseFloat(value[:n], 64)
	if err != nil {
		return 0, "", false
	}
	rest := asciiLower(strings.TrimLeft(value[n:], " "))
	if i := strings.IndexAny(rest, " ,"); i >= 0 {
		rest = rest[:i]
	}
	return v, rest, true
}

// numberLength is that of a sign, digits and a point at the start: at most 18 bytes.
func numberLength(s string) int {
	n := 0
	if s != "" && (s[0] == '-' || s[0] == '+') {
		n = 1
	}
	digits, _ := takeNumber(s[n:])
	return n + len(digits)
}

// kmh is what a speed's unit has in km/h; without one it is km/h.
func kmh(unit string) float64 {
	switch {
	case strings.HasPrefix(unit, "mph"), strings.HasPrefix(unit, "mi"):
		return 1.609344
	case strings.HasPrefix(unit, "kn"):
		return 1.852
	case strings.HasPrefix(unit, "m/s"):
		return 3.6
	}
	return 1
}

// decimalPoint writes a decimal comma as a point: 22,5765 but not 22.5,113.
func decimalPoint(value string) string {
	if strings.Count(value, ",") != 1 || strings.Contains(value, ".") {
		return value
	}
	return strings.Replace(value, ",", ".", 1)
}

// attributeName writes a label as attributes are named. Inputs, outputs and voltages have the names of all families.
func attributeName(label string) string {
	for _, known := range [...]struct{ label, name string }{{"di", "input_"}, {"do", "output_"}} {
		if n, ok := strings.CutPrefix(label, known.label); ok && len(n) == 1 && isDigit(n[0]) {
			return known.name + n
		}
	}
	if n, ok := strings.CutPrefix(label, "ain"); ok && len(n) < 2 && (n == "" || isDigit(n[0])) {
		return "analog_" + max(n, "1") + "_v"
	}
	switch label {
	case "oil":
		return "fuel"
	case "bat", "battery":
		return "battery_level"
	}
	return strings.Map(func(c rune) rune {
		if c == ' ' || c == '/' || c == '-' {
			return '_'
		}
		return c
	}, strings.ToValidUTF8(label, "_"))
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
