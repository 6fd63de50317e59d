package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// compare says in words why a vector's fixes disagree with what was decoded; "" if they agree.
func (v *vector) compare(d *decoded) string {
	if v.Device != nil {
		if d.Device == nil || *d.Device != *v.Device && !slices.Contains(v.DeviceOr, *d.Device) {
			return fmt.Sprintf("device %v, want %s", show(d.Device), *v.Device)
		}
	}
	want, got := v.located(), d.located()
	if len(want) != len(got) {
		return fmt.Sprintf("%d positions, want %d (error %v)", len(got), len(want), show(d.Error))
	}
	for i := range want {
		if why := want[i].compare(got[i]); why != "" {
			return fmt.Sprintf("position %d: %s", i, why)
		}
	}
	return ""
}

func show(s *string) string {
	if s == nil {
		return "none"
	}
	return *s
}

// located are the positions that have a location; 0, 0 counts as none.
func (v *vector) located() (l []vectorRecord) {
	for _, p := range v.Positions {
		if p.Fix && (p.Latitude != 0 || p.Longitude != 0) {
			l = append(l, p)
		}
	}
	return l
}

func (d *decoded) located() (l []map[string]any) {
	for _, p := range d.Positions {
		if lat, ok := p["latitude"].(float64); ok && (lat != 0 || number(p, "longitude") != 0) {
			l = append(l, p)
		}
	}
	return l
}

// number is a member of a decoded position; 0 stands for "not said", as in the vectors.
func number(p map[string]any, name string) float64 {
	n, _ := p[name].(float64)
	return n
}

func (v *vectorRecord) compare(p map[string]any) string {
	if said, _ := p["time"].(string); v.Time != nil && said != "" {
		want, err1 := time.Parse(time.RFC3339, *v.Time)
		got, err2 := time.Parse(time.RFC3339, said)
		if err1 != nil || err2 != nil || want.Sub(got).Abs() > time.Second {
			return fmt.Sprintf("time %s, want %s", said, *v.Time)
		}
	}
	if valid, _ := p["valid"].(bool); valid != v.Valid {
		return fmt.Sprintf("valid %v", valid)
	}
	for _, f := range []struct {
		name      string
		want      float64
		tolerance float64
	}{
		{"latitude", v.Latitude, 0.00001}, {"longitude", v.Longitude, 0.00001},
		{"speed_kmh", v.Speed, max(0.2, 0.01*v.Speed)}, {"altitude_m", v.Altitude, 1},
	} {
		if got := number(p, f.name); math.Abs(got-f.want) > f.tolerance+1e-9 {
			return fmt.Sprintf("%s %v, want %v", f.name, got, f.want)
		}
	}
	turn := math.Abs(math.Mod(number(p, "course_deg")-v.Course+540, 360) - 180)
	if turn > 1+1e-9 {
		return fmt.Sprintf("course %v, want %v", number(p, "course_deg"), v.Course)
	}
	return ""
}

// compareAttributes gives how many attributes of a vector `decode` must give as well, and names those that it does not.
func (v *vector) compareAttributes(d *decoded) (compared int, missing []string) {
	same := len(v.Positions) == len(d.Positions)
	for i, p := range v.Positions {
		for name, want := range p.Attributes {
			compare := comparisons[name]
			if compare == nil {
				continue
			}
			compared++
			if !same || !compare(d.Positions[i], want) {
				missing = append(missing, fmt.Sprintf("%d:%s=%v", i, name, want))
			}
		}
	}
	return compared, missing
}

// comparisons are the attributes that count, by the vectors' name.
var comparisons = map[string]func(got map[string]any, want any) bool{
	"sat":          near("satellites", 0, 0),
	"hdop":         near("hdop", 0.01, 0),
	"power":        near("external_v", 0.02, 0.01),
	"battery":      near("battery_v", 0.02, 0.01),
	"batteryLevel": near("battery_percent", 1, 0),
	"odometer":     near("odometer_m", 1, 0.001),
	"ignition":     func(got map[string]any, want any) bool { return got["ignition"] == want },
	"iccid": func(got map[string]any, want any) bool {
		a, _ := got["iccid"].(string)
		b, _ := want.(string)
		a, b = strings.TrimRight(a, "F"), strings.TrimRight(b, "F")
		return a != "" && (a == b || len(a) >= 18 && strings.HasPrefix(b, a) || len(b) >= 18 && strings.HasPrefix(a, b))
	},
	"alarm": func(got map[string]any, _ any) bool { alarms, _ := got["alarms"].([]any); return len(alarms) > 0 },
}

// near compares a number within a tolerance or a share of what is wanted.
func near(name string, tolerance, share float64) func(map[string]any, any) bool {
	return func(got map[string]any, want any) bool {
		a, ok := got[name].(float64)
		b, said := want.(float64)
		return ok && said && math.Abs(a-b) <= max(tolerance, share*math.Abs(b))+1e-9
	}
}
