package store

import (
	"encoding/binary"

	"drover/server/internal/fleet"
)

// rows is a run of fixes as the bytes of PostgreSQL's binary COPY (PostgreSQL manual, COPY, "Binary Format"). Built by
// hand, since a generic writer boxes each of ten columns of each row.
type rows struct {
	bytes []byte
	count int
}

// encodeFixes fills r, and adds the days of the fixes to days; the names that the dictionary lacks are left in
// e.missing.
func (r *rows) encodeFixes(e *encoder, fixes []fleet.Fix, days map[int64]struct{}) {
	r.bytes = append(r.bytes[:0], "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"...)
	r.count = len(fixes)
	var last int64
	for i := range fixes {
		f := &fixes[i]
		if day := dayOf(f.Time); i == 0 || day != last {
			days[day], last = struct{}{}, day
		}
		r.append(e, f)
	}
	r.bytes = append(r.bytes, 0xff, 0xff)
}

func (r *rows) append(e *encoder, f *fleet.Fix) {
	c := rowOf(f)
	b := binary.BigEndian.AppendUint16(r.bytes, 10)
	b = binary.BigEndian.AppendUint32(b, 8)
	b = binary.BigEndian.AppendUint64(b, uint64(c.time))
	for _, n := range [...]int32{c.device, c.received, c.latitude, c.longitude} {
		b = binary.BigEndian.AppendUint32(b, 4)
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	for _, n := range [...]int16{c.altitude, c.speed, c.course, c.flags} {
		b = binary.BigEndian.AppendUint32(b, 2)
		b = binary.BigEndian.AppendUint16(b, uint16(n))
	}
	at := len(b)
	b = e.position(append(b, 0, 0, 0, 0), &c, &f.Position)
	binary.BigEndian.PutUint32(b[at:], uint32(len(b)-at-4))
	r.bytes = b
}
