package api

import (
	"bytes"
	"encoding/xml"
	"strconv"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// gpxExport writes a track of GPX 1.1 (topografix.com/GPX/1/1). Its points have speed and course in Garmin's
// TrackPointExtension v2, m/s and degrees. Reports without a location, and locations that are not a fix of their
// time, are left out: a track is where the vehicle was.
type gpxExport struct{}

func (gpxExport) begin(b []byte, h *history) []byte {
	b = append(b, xml.Header...)
	b = append(b, `<gpx version="1.1" creator="Drover" xmlns="http://www.topografix.com/GPX/1/1"`...)
	b = append(b, ` xmlns:tp="http://www.garmin.com/xmlschemas/TrackPointExtension/v2">`+"\n<trk><name>"...)
	b = appendXML(b, h.vehicle.Name)
	return append(b, "</name><trkseg>\n"...)
}

func (gpxExport) fix(b []byte, f *fleet.Fix) []byte {
	if !f.Located || !f.Valid {
		return b
	}
	b = appendNumber(append(b, `<trkpt lat="`...), f.Latitude, 7)
	b = appendNumber(append(b, `" lon="`...), f.Longitude, 7)
	b = append(b, `">`...)
	if v, ok := f.Altitude.Get(); ok {
		b = append(appendNumber(append(b, "<ele>"...), v, 2), "</ele>"...)
	}
	b = append(f.Time.UTC().AppendFormat(append(b, "<time>"...), protocols.TimeLayout), "</time>"...)
	if v, ok := f.Satellites.Get(); ok {
		b = append(strconv.AppendInt(append(b, "<sat>"...), int64(v), 10), "</sat>"...)
	}
	if v, ok := f.HDOP.Get(); ok {
		b = append(appendNumber(append(b, "<hdop>"...), v, 2), "</hdop>"...)
	}
	return append(appendMovement(b, f), "</trkpt>\n"...)
}

func appendMovement(b []byte, f *fleet.Fix) []byte {
	speed, moves := f.Speed.Get()
	course, heads := f.Course.Get()
	if !moves && !heads {
		return b
	}
	b = append(b, "<extensions><tp:TrackPointExtension>"...)
	if moves {
		b = append(appendNumber(append(b, "<tp:speed>"...), speed/3.6, 2), "</tp:speed>"...)
	}
	if heads {
		b = append(appendNumber(append(b, "<tp:course>"...), course, 1), "</tp:course>"...)
	}
	return append(b, "</tp:TrackPointExtension></extensions>"...)
}

func (gpxExport) end(b []byte) []byte { return append(b, "</trkseg></trk></gpx>\n"...) }

// appendXML appends text, escaped.
func appendXML(b []byte, s string) []byte {
	var escaped bytes.Buffer
	_ = xml.EscapeText(&escaped, []byte(s)) // a bytes.Buffer takes everything
	return append(b, escaped.Bytes()...)
}
