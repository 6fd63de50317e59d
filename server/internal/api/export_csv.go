package api

import (
	"strconv"
	"strings"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// csvExport writes CSV (RFC 4180) with a header row. Absent is empty; lists are joined by spaces; attributes are one
// JSON object.
type csvExport struct{}

const csvHeader = "time,received,valid,latitude,longitude,altitude_m,speed_kmh,course_deg,satellites,hdop,odometer_m," +
	"ignition,external_v,battery_v,battery_percent,signal_percent,mcc,mnc,lac,cid,iccid,imsi,alarms,flags,attributes\r\n"

func (csvExport) begin(b []byte, _ *history) []byte { return append(b, csvHeader...) }

func (csvExport) fix(b []byte, f *fleet.Fix) []byte {
	if !f.Time.IsZero() {
		b = f.Time.UTC().AppendFormat(b, protocols.TimeLayout)
	}
	b = f.Received.UTC().AppendFormat(append(b, ','), protocols.TimeLayout)
	b = strconv.AppendBool(append(b, ','), f.Valid)
	location := func(degrees float64) protocols.Opt[float64] {
		return protocols.Opt[float64]{Value: degrees, OK: f.Located}
	}
	b = csvFloat(b, location(f.Latitude), 7)
	b = csvFloat(b, location(f.Longitude), 7)
	b = csvFloat(b, f.Altitude, 6)
	b = csvFloat(b, f.Speed, 6)
	b = csvFloat(b, f.Course, 6)
	b = csvInt(b, f.Satellites)
	b = csvFloat(b, f.HDOP, 6)
	b = csvFloat(b, f.Odometer, 6)
	b = append(b, ',')
	if ignition, ok := f.Ignition.Get(); ok {
		b = strconv.AppendBool(b, ignition)
	}
	b = csvFloat(b, f.ExternalVolts, 6)
	b = csvFloat(b, f.BatteryVolts, 6)
	b = csvFloat(b, f.BatteryPercent, 6)
	b = csvInt(b, f.SignalPercent)
	b = csvCell(b, f.Cell)
	for _, text := range []string{
		f.ICCID, f.IMSI, strings.Join(f.Alarms.Names(), " "), strings.Join(f.Flags.Names(), " "),
		string(protocols.AppendAttributes(nil, f.Attributes)),
	} {
		b = csvText(append(b, ','), text)
	}
	return append(b, "\r\n"...)
}

func (csvExport) end(b []byte) []byte { return b }

func csvFloat(b []byte, o protocols.Opt[float64], decimals int) []byte {
	b = append(b, ',')
	if v, ok := o.Get(); ok {
		b = appendNumber(b, v, decimals)
	}
	return b
}

func csvInt(b []byte, o protocols.Opt[int]) []byte {
	b = append(b, ',')
	if v, ok := o.Get(); ok {
		b = strconv.AppendInt(b, int64(v), 10)
	}
	return b
}

func csvCell(b []byte, o protocols.Opt[protocols.Cell]) []byte {
	cell, ok := o.Get()
	if !ok {
		return append(b, ",,,,"...)
	}
	for _, n := range []uint64{uint64(cell.MCC), uint64(cell.MNC), uint64(cell.LAC), cell.CID} {
		b = strconv.AppendUint(append(b, ','), n, 10)
	}
	return b
}

// csvText quotes where RFC 4180 demands it, and puts an apostrophe before what a spreadsheet would take for a formula.
func csvText(b []byte, s string) []byte {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		s = "'" + s
	}
	if !strings.ContainsAny(s, "\",\r\n") {
		return append(b, s...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(s, `"`, `""`)...)
	return append(b, '"')
}
