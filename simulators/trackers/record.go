package trackers

import (
	"math"
	"strconv"
	"time"

	"drover/protocols"
)

// tenThousandths of a minute in a degree: the steps in which receivers say where they are (NMEA 0183, ddmm.mmmm). Most
// protocols carry a place that is so rounded, and a whole number of km/h and degrees, without changing it; verify
// allows for those that round once more.
const tenThousandths = 600_000

// record is what a vehicle noted at one moment, in 32 bytes: 50,000 vehicles may have to keep many.
type record struct {
	time       uint32 // s since 1970
	latitude   int32  // 1e-4 minutes
	longitude  int32  // 1e-4 minutes
	odometer   uint32 // m
	external   uint16 // mV
	battery    uint16 // mV
	altitude   int16  // m
	course     uint16 // degrees
	speed      uint8  // km/h
	satellites uint8
	hdop       uint8 // 0.1
	signal     uint8 // %
	ignition   bool
}

// coarsen rounds the course to a family's steps of degrees.
func (r *record) coarsen(courses float64) {
	if courses > 1 {
		r.course = uint16(math.Round(float64(r.course)/courses)*courses) % 360
	}
}

// position is the record as protocols say it.
func (r *record) position() protocols.Position {
	return protocols.Position{
		Time: time.Unix(int64(r.time), 0).UTC(), Located: true, Valid: true,
		Latitude: float64(r.latitude) / tenThousandths, Longitude: float64(r.longitude) / tenThousandths,
		Altitude:       protocols.Some(float64(r.altitude)),
		Speed:          protocols.Some(float64(r.speed)),
		Course:         protocols.Some(float64(r.course)),
		Satellites:     protocols.Some(int(r.satellites)),
		HDOP:           protocols.Some(float64(r.hdop) / 10),
		Odometer:       protocols.Some(float64(r.odometer)),
		Ignition:       protocols.Some(r.ignition),
		ExternalVolts:  protocols.Some(float64(r.external) / 1000),
		BatteryVolts:   protocols.Some(float64(r.battery) / 1000),
		BatteryPercent: protocols.Some(100.0),
		SignalPercent:  protocols.Some(int(r.signal)),
	}
}

// appendLedger appends the record's line of a ledger: ledgerColumns with tabs between.
func (r *record) appendLedger(b []byte, identity string) []byte {
	b = append(b, identity...)
	for _, v := range [...]int64{
		int64(r.time) * 1000, tenMillionths(r.latitude), tenMillionths(r.longitude),
		int64(r.speed) * 10, int64(r.course) * 10,
	} {
		b = strconv.AppendInt(append(b, '\t'), v, 10)
	}
	return append(b, '\n')
}

// tenMillionths of a degree are what the database keeps.
func tenMillionths(v int32) int64 { return int64(math.Round(float64(v) * (1e7 / tenThousandths))) }
