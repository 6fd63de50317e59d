package api

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// fix is a position as the API writes it: that of protocols, with when it was received and the flags.
type fix struct{ *fleet.Fix }

// MarshalJSON gives the object of appendFix.
func (f fix) MarshalJSON() ([]byte, error) { return appendFix(nil, f.Fix), nil }

func appendFix(b []byte, f *fleet.Fix) []byte {
	b = f.Position.AppendJSON(b)
	b = append(b[:len(b)-1], `,"received":"`...) // without the closing brace
	b = f.Received.UTC().AppendFormat(b, protocols.TimeLayout)
	b = append(b, `","flags":[`...)
	for i, name := range f.Flags.Names() {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), name...), '"')
	}
	return append(b, "]}"...)
}

// Schema tells OpenAPI what appendFix writes.
func (fix) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[fixMembers](), true, "")
}

// fixMembers names the members of a fix, for the document only.
type fixMembers struct {
	Time       instant           `json:"time"`
	Received   instant           `json:"received"`
	Valid      bool              `json:"valid" doc:"A GNSS fix of that time, neither last known nor from cells."`
	Latitude   orNull[float64]   `json:"latitude" doc:"WGS 84 degrees; null: the report had no location."`
	Longitude  orNull[float64]   `json:"longitude"`
	Altitude   float64           `json:"altitude_m,omitempty"`
	Speed      float64           `json:"speed_kmh,omitempty"`
	Course     float64           `json:"course_deg,omitempty" doc:"Clockwise from north."`
	Satellites int               `json:"satellites,omitempty"`
	HDOP       float64           `json:"hdop,omitempty"`
	Odometer   float64           `json:"odometer_m,omitempty"`
	Ignition   bool              `json:"ignition,omitempty"`
	External   float64           `json:"external_v,omitempty" doc:"The vehicle's supply."`
	Battery    float64           `json:"battery_v,omitempty" doc:"The tracker's own battery."`
	Percent    float64           `json:"battery_percent,omitempty"`
	Signal     int               `json:"signal_percent,omitempty"`
	Cell       *cellMembers      `json:"cell,omitempty"`
	ICCID      string            `json:"iccid,omitempty"`
	IMSI       string            `json:"imsi,omitempty"`
	Alarms     []string          `json:"alarms,omitempty" nullable:"false"`
	Attributes map[string]any    `json:"attributes" doc:"Everything else, by names that end in the unit."`
	Flags      []fixFlagsMembers `json:"flags" nullable:"false" doc:"What the server noticed."`
}

type cellMembers struct {
	MCC int   `json:"mcc"`
	MNC int   `json:"mnc"`
	LAC int64 `json:"lac"`
	CID int64 `json:"cid"`
}

type fixFlagsMembers string

// Schema lists the flags.
func (fixFlagsMembers) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString}
	for _, name := range (^fleet.Flags(0)).Names() {
		s.Enum = append(s.Enum, name)
	}
	return s
}
