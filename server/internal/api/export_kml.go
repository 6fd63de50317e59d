package api

import (
	"encoding/xml"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// kmlExport writes KML 2.2 (OGC 07-147r2) with a placemark for each vehicle whose geometry is a gx:Track of the
// extension namespace http://www.google.com/kml/ext/2.2: times and places, and the speed in km/h beside them. Reports
// that GPX leaves out are left out here, too.
type kmlExport struct {
	count          int    // of fixes in the open track
	coords, speeds []byte // of these: a track has its times first
}

const kmlHead = `<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>` +
	`<Schema id="fix"><gx:SimpleArrayField name="speed_kmh" type="float"><displayName>km/h</displayName>` +
	"</gx:SimpleArrayField></Schema>\n"

// kmlTrack is the most fixes of a gx:Track: a longer one is a sequence of tracks, so that memory stays small.
const kmlTrack = 10_000

func (e *kmlExport) begin(b []byte, h *history) []byte {
	b = append(append(b, xml.Header...), kmlHead...)
	b = appendXML(append(b, "<Placemark><name>"...), h.vehicle.Name)
	return append(b, "</name><gx:MultiTrack><gx:interpolate>1</gx:interpolate>\n"...)
}

func (e *kmlExport) fix(b []byte, f *fleet.Fix) []byte {
	if !f.Located || !f.Valid {
		return b
	}
	if e.count == 0 {
		b = append(b, "<gx:Track><altitudeMode>clampToGround</altitudeMode>\n"...)
	}
	e.count++
	b = append(f.Time.UTC().AppendFormat(append(b, "<when>"...), protocols.TimeLayout), "</when>\n"...)
	e.coords = append(appendNumber(append(e.coords, "<gx:coord>"...), f.Longitude, 7), ' ')
	e.coords = append(appendNumber(e.coords, f.Latitude, 7), ' ')
	e.coords = append(appendNumber(e.coords, f.Altitude.Value, 2), "</gx:coord>\n"...)
	e.speeds = append(e.speeds, "<gx:value>"...)
	if v, ok := f.Speed.Get(); ok {
		e.speeds = appendNumber(e.speeds, v, 2)
	}
	e.speeds = append(e.speeds, "</gx:value>"...)
	if e.count == kmlTrack {
		return e.finish(b)
	}
	return b
}

// finish ends the open track.
func (e *kmlExport) finish(b []byte) []byte {
	if e.count == 0 {
		return b
	}
	b = append(b, e.coords...)
	b = append(b, `<ExtendedData><SchemaData schemaUrl="#fix"><gx:SimpleArrayData name="speed_kmh">`...)
	b = append(append(b, e.speeds...), "</gx:SimpleArrayData></SchemaData></ExtendedData></gx:Track>\n"...)
	e.count, e.coords, e.speeds = 0, e.coords[:0], e.speeds[:0]
	return b
}

func (e *kmlExport) end(b []byte) []byte {
	return append(e.finish(b), "</gx:MultiTrack></Placemark></Document></kml>\n"...)
}
