package queclink

import (
	"time"

	"drover/protocols"
)

// Where the fields of a fix are, counted from its longitude.
const (
	fixAccuracy = -4
	fixSpeed    = -3
	fixAzimuth  = -2
	fixAltitude = -1
	fixLatitude = 1
	fixTime     = 2
	fixMCC      = 3
	fixMNC      = 4
	fixLAC      = 5
	fixCell     = 6
	fixEnd      = 7 // the first field after it
)

// findFix gives the field of the next longitude at or after field i: two fields with four or more decimals, the second
// a latitude, then a time or nothing. Negative if there is none.
func (l *line) findFix(i int) int {
	for ; i+fixTime < l.n; i++ {
		if isDegrees(l.at(i), 180) && isDegrees(l.at(i+fixLatitude), 90) {
			if t := l.at(i + fixTime); isMoment(t) || len(t) == 0 && l.isWhole(i) {
				return i
			}
		}
	}
	return -1
}

// isWhole is whether fields i and i+1 have the six decimals of all known trackers, without which a place that has no
// time is not believed.
func (l *line) isWhole(i int) bool {
	_, a, _ := decimal(l.at(i))
	_, b, _ := decimal(l.at(i + 1))
	return a == 6 && b == 6
}

// isDegrees is whether b is a number with four or more decimals that is at most so many degrees.
func isDegrees(b []byte, most float64) bool {
	if len(b) < 6 {
		return false
	}
	m, scale, ok := decimal(b)
	if !ok || scale < 4 {
		return false
	}
	v := float64(m) / pow10[scale]
	return v >= -most && v <= most
}

// readFix reads the fix whose longitude is field i, and gives the first field after it. The accuracy is the HDOP; 0
// says that the fix was made before, at the time it names.
func (l *line) readFix(p *protocols.Position, i int) (end int) {
	p.Longitude, _ = number(l.at(i))
	p.Latitude, _ = number(l.at(i + fixLatitude))
	p.Located = p.Longitude != 0 || p.Latitude != 0
	p.Valid = p.Located
	p.Time = moment(l.at(i + fixTime))
	p.HDOP = within(l.at(i+fixAccuracy), 0, 1000)
	p.Speed = within(l.at(i+fixSpeed), 0, 2000)
	p.Altitude = within(l.at(i+fixAltitude), -32768, 100000)
	if course, ok := within(l.at(i+fixAzimuth), 0, 360).Get(); ok {
		if course == 360 {
			course = 0
		}
		p.Course = protocols.Some(course)
	}
	if isMoment(l.at(i + fixMCC)) {
		return i + fixMCC // the report has no cell: this is the time of sending
	}
	l.readCell(p, i+fixMCC)
	return i + fixEnd
}

// readCell reads the four fields of a cell from field i on, and says whether they are one.
func (l *line) readCell(p *protocols.Position, i int) bool {
	mcc, mnc := l.at(i), l.at(i+1)
	lac, fine := hexadecimal(l.at(i + 2))
	cid, good := hexadecimal(l.at(i + 3))
	if !fine || !good || lac > 0xFFFFFFFF || !digits(mcc) || !digits(mnc) || len(mcc) > 4 || len(mnc) > 4 {
		return false
	}
	country, _, _ := decimal(mcc)
	network, _, _ := decimal(mnc)
	if country > 999 || country == 0 && network == 0 && cid == 0 {
		return false // a CDMA system, or nothing
	}
	p.Cell = protocols.Some(protocols.Cell{
		MCC: uint16(country), MNC: uint16(network), LAC: uint32(lac), CID: cid,
	})
	return true
}

// findCell reads the cell of a report whose fix is empty: four fields that fit, after an empty one.
func (l *line) findCell(p *protocols.Position, from, to int) int {
	for i := from; i+4 <= to; i++ {
		if len(l.at(i-1)) == 0 && len(l.at(i)) >= 3 && len(l.at(i+2)) >= 2 && l.readCell(p, i) {
			return i
		}
	}
	return -1
}

// noteSent adds when a report was sent, as digits, where its fix is of another time.
func noteSent(p *protocols.Position, sent []byte, at time.Time) {
	if v, _, ok := decimal(sent); ok && !at.IsZero() && !at.Equal(p.Time) {
		p.Note("sent_at", protocols.Int(v))
	}
}
