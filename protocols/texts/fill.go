package texts

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"drover/protocols"
)

// Fill writes a tracker's answer: what stands in braces is one of the fields, or says how the tracker fares.
//
//   - {lat}, {lon}: degrees with six decimals; {NSlat}, {EWlon}: five decimals behind a letter; {dmslat}, {dmslon}:
//     degrees, minutes and seconds before one
//   - {link}: a link to Google's map
//   - {speed}, {course}, {alt}, {volts}, {battery}: km/h, degrees, m, and V twice, with two decimals
//   - {sat}, {percent}, {csq}: whole numbers; {acc}: ON or OFF; {ign}: 1 or 0; {id}: the device's identity
//   - {at LAYOUT}: the time by the tracker's clock, in a layout of package time
//
// What is neither stays as it is.
func Fill(template string, d protocols.Device, now protocols.Position, fields Fields) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		b.WriteString(field(name, d, &now, fields))
		template = after
	}
}

func field(name string, d protocols.Device, now *protocols.Position, fields Fields) string {
	for _, f := range fields {
		if f.Name == name {
			return f.Value
		}
	}
	if layout, ok := strings.CutPrefix(name, "at "); ok {
		return now.Time.UTC().Add(d.Offset.Value).Format(layout)
	}
	if text, ok := whereabouts(name, now); ok {
		return text
	}
	return fares(name, d, now)
}

func whereabouts(name string, now *protocols.Position) (string, bool) {
	switch name {
	case "lat":
		return decimals(now.Latitude, 6), true
	case "lon":
		return decimals(now.Longitude, 6), true
	case "NSlat":
		return hemisphere(now.Latitude, "NS") + decimals(math.Abs(now.Latitude), 5), true
	case "EWlon":
		return hemisphere(now.Longitude, "EW") + fmt.Sprintf("%09.5f", math.Abs(now.Longitude)), true
	case "dmslat":
		return sixty(now.Latitude) + hemisphere(now.Latitude, "NS"), true
	case "dmslon":
		return sixty(now.Longitude) + hemisphere(now.Longitude, "EW"), true
	case "link":
		return "http://maps.google.com/maps?q=" + decimals(now.Latitude, 6) + "," + decimals(now.Longitude, 6), true
	}
	return "", false
}

func fares(name string, d protocols.Device, now *protocols.Position) string {
	switch name {
	case "speed":
		return decimals(now.Speed.Value, 2)
	case "course":
		return decimals(now.Course.Value, 2)
	case "alt":
		return decimals(now.Altitude.Value, 2)
	case "volts":
		return decimals(now.ExternalVolts.Value, 2)
	case "battery":
		return decimals(now.BatteryVolts.Value, 2)
	case "sat":
		return strconv.Itoa(now.Satellites.Value)
	case "percent":
		return decimals(now.BatteryPercent.Value, 0)
	case "csq":
		return strconv.Itoa(now.SignalPercent.Value * 31 / 100)
	case "acc":
		if now.Ignition.Value {
			return "ON"
		}
		return "OFF"
	case "ign":
		if now.Ignition.Value {
			return "1"
		}
		return "0"
	case "id":
		return d.Identity
	}
	return "{" + name + "}"
}

func decimals(v float64, n int) string { return strconv.FormatFloat(v, 'f', n, 64) }

func hemisphere(v float64, letters string) string {
	if v < 0 {
		return letters[1:]
	}
	return letters[:1]
}

// sixty writes degrees, minutes and seconds: 22 32 36.63.
func sixty(v float64) string {
	hundredths := int(math.Round(math.Abs(v) * 360000))
	return fmt.Sprintf("%d %02d %05.2f", hundredths/360000, hundredths/6000%60, float64(hundredths%6000)/100)
}
