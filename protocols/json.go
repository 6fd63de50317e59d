package protocols

import (
	"encoding/hex"
	"encoding/json"
	"math"
	"strconv"
	"time"
	"unicode/utf8"
)

// TimeLayout is how times are written everywhere: UTC with milliseconds.
const TimeLayout = "2006-01-02T15:04:05.000Z"

// AppendJSON appends the message's members without braces: "device", "positions", "reply", "result", and "also" (device
// and positions of each) where it speaks for others too.
func (m *Message) AppendJSON(b []byte) []byte {
	b = append(b, `"device":`...)
	if m.Device == "" {
		b = append(b, "null"...)
	} else {
		b = appendString(b, m.Device)
	}
	b = append(b, `,"positions":[`...)
	for i := range m.Positions {
		if i > 0 {
			b = append(b, ',')
		}
		b = m.Positions[i].AppendJSON(b)
	}
	b = append(b, `],"reply":"`...)
	b = hex.AppendEncode(b, m.Reply)
	b = append(b, `","result":`...)
	if m.Result == nil {
		b = append(b, "null"...)
	} else {
		b = m.Result.AppendJSON(b)
	}
	return m.appendAlso(b)
}

func (m *Message) appendAlso(b []byte) []byte {
	if len(m.Also) == 0 {
		return b
	}
	b = append(b, `,"also":[`...)
	for i := range m.Also {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(m.Also[i].AppendJSON(append(b, '{')), '}')
	}
	return append(b, ']')
}

// AppendJSON appends the result as an object; "data" is hex.
func (r *Result) AppendJSON(b []byte) []byte {
	b = append(b, `{"text":`...)
	b = appendString(b, r.Text)
	if r.Data != nil {
		b = append(b, `,"data":"`...)
		b = append(hex.AppendEncode(b, r.Data), '"')
	}
	if r.ID != 0 {
		b = append(b, `,"id":`...)
		b = strconv.AppendUint(b, uint64(r.ID), 10)
	}
	if r.Nack {
		b = append(b, `,"nack":true`...)
	}
	if r.Deferred {
		b = append(b, `,"deferred":true`...)
	}
	return append(b, '}')
}

// MarshalJSON gives the object of AppendJSON.
func (p Position) MarshalJSON() ([]byte, error) { return p.AppendJSON(nil), nil }

// AppendJSON appends the position as an object. time is null where the tracker did not say it, latitude and
// longitude where it had no location; every other field is left out when absent.
func (p *Position) AppendJSON(b []byte) []byte {
	b = append(b, `{"time":`...)
	b = appendTime(b, p.Time)
	b = append(b, `,"valid":`...)
	b = strconv.AppendBool(b, p.Valid)
	if p.Located {
		b = append(b, `,"latitude":`...)
		b = appendRounded(b, p.Latitude, 1e7)
		b = append(b, `,"longitude":`...)
		b = appendRounded(b, p.Longitude, 1e7)
	} else {
		b = append(b, `,"latitude":null,"longitude":null`...)
	}
	b = appendFloat(b, "altitude_m", p.Altitude)
	b = appendFloat(b, "speed_kmh", p.Speed)
	b = appendFloat(b, "course_deg", p.Course)
	b = appendInt(b, "satellites", p.Satellites)
	b = appendFloat(b, "hdop", p.HDOP)
	b = appendFloat(b, "odometer_m", p.Odometer)
	if v, ok := p.Ignition.Get(); ok {
		b = append(b, `,"ignition":`...)
		b = strconv.AppendBool(b, v)
	}
	b = appendFloat(b, "external_v", p.ExternalVolts)
	b = appendFloat(b, "battery_v", p.BatteryVolts)
	b = appendFloat(b, "battery_percent", p.BatteryPercent)
	b = appendInt(b, "signal_percent", p.SignalPercent)
	b = p.appendSIM(b)
	b = append(b, `,"attributes":`...)
	b = AppendAttributes(b, p.Attributes)
	return append(b, '}')
}

func (p *Position) appendSIM(b []byte) []byte {
	if c, ok := p.Cell.Get(); ok {
		b = append(b, `,"cell":{"mcc":`...)
		b = strconv.AppendUint(b, uint64(c.MCC), 10)
		b = append(b, `,"mnc":`...)
		b = strconv.AppendUint(b, uint64(c.MNC), 10)
		b = append(b, `,"lac":`...)
		b = strconv.AppendUint(b, uint64(c.LAC), 10)
		b = append(b, `,"cid":`...)
		b = strconv.AppendUint(b, c.CID, 10)
		b = append(b, '}')
	}
	if p.ICCID != "" {
		b = appendString(append(b, `,"iccid":`...), p.ICCID)
	}
	if p.IMSI != "" {
		b = appendString(append(b, `,"imsi":`...), p.IMSI)
	}
	if p.Alarms != 0 {
		b = append(b, `,"alarms":[`...)
		for i, name := range p.Alarms.Names() {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendString(b, name)
		}
		b = append(b, ']')
	}
	return b
}

// AppendAttributes appends attributes as one object. A name said twice gets "_2", "_3"… so that none is lost.
func AppendAttributes(b []byte, attributes []Attribute) []byte {
	b = append(b, '{')
	for i, a := range attributes {
		if i > 0 {
			b = append(b, ',')
		}
		name := a.Name
		if n := earlier(attributes[:i], name); n > 0 {
			name += "_" + strconv.Itoa(n+1)
		}
		b = append(appendString(b, name), ':')
		b = a.Value.AppendJSON(b)
	}
	return append(b, '}')
}

func earlier(before []Attribute, name string) int {
	n := 0
	for i := range before {
		if before[i].Name == name {
			n++
		}
	}
	return n
}

// MarshalJSON gives a JSON number, bool or string (bytes as hex).
func (v Value) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends a JSON number, bool or string (bytes as hex).
func (v Value) AppendJSON(b []byte) []byte {
	switch v.kind {
	case KindText:
		return appendString(b, v.text)
	case KindBytes:
		return append(v.AppendText(append(b, '"')), '"')
	default:
		return v.AppendText(b)
	}
}

func appendTime(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(b, "null"...)
	}
	b = append(b, '"')
	b = t.UTC().AppendFormat(b, TimeLayout)
	return append(b, '"')
}

func appendName(b []byte, name string) []byte {
	b = append(b, ',', '"')
	b = append(b, name...)
	return append(b, '"', ':')
}

func appendFloat(b []byte, name string, o Opt[float64]) []byte {
	if !o.OK {
		return b
	}
	return appendRounded(appendName(b, name), o.Value, 1e6)
}

func appendInt(b []byte, name string, o Opt[int]) []byte {
	if !o.OK {
		return b
	}
	return strconv.AppendInt(appendName(b, name), int64(o.Value), 10)
}

// appendRounded writes v with as many decimals as unit has zeros, trailing zeros left out; null for NaN and ±Inf.
func appendRounded(b []byte, v, unit float64) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(b, "null"...)
	}
	if r := math.Round(v*unit) / unit; math.Abs(v) < 1e9 {
		v = r
	}
	return strconv.AppendFloat(b, v, 'f', -1, 64)
}

// appendString writes s as a JSON string; what is not UTF-8 becomes U+FFFD.
func appendString(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			quoted, _ := json.Marshal(s) // a string always marshals
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
