package api

import "drover/server/internal/fleet"

// geoJSONExport writes a FeatureCollection (RFC 7946) with a Point for each fix, whose properties are the fix as in
// JSON. A report without a location is a feature whose geometry is null (§3.2).
type geoJSONExport struct{ some bool }

func (e *geoJSONExport) begin(b []byte, _ *history) []byte {
	return append(b, `{"type":"FeatureCollection","features":[`...)
}

func (e *geoJSONExport) fix(b []byte, f *fleet.Fix) []byte {
	if e.some {
		b = append(b, ',')
	}
	e.some = true
	b = append(b, "\n"+`{"type":"Feature","geometry":`...)
	if f.Located {
		b = append(b, `{"type":"Point","coordinates":[`...)
		b = append(appendNumber(b, f.Longitude, 7), ',')
		b = appendNumber(b, f.Latitude, 7)
		if altitude, ok := f.Altitude.Get(); ok {
			b = appendNumber(append(b, ','), altitude, 2)
		}
		b = append(b, "]}"...)
	} else {
		b = append(b, "null"...)
	}
	b = append(b, `,"properties":`...)
	return append(appendFix(b, f), '}')
}

func (e *geoJSONExport) end(b []byte) []byte { return append(b, "\n]}\n"...) }
