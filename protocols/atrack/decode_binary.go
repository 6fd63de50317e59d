package atrack

import (
	"bytes"
	"encoding/binary"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

const (
	minRecord = 40   // the fixed part with empty texts and short times, bytes
	noSensor  = 2000 // what a thermometer that is not there says, 0.1 °C
)

// binary reads a packet: its records, or a part of a photo.
func (c *codec) binary(frame []byte) (protocols.Message, error) {
	r := wire.NewReader(frame)
	r.Skip("prefix", 2)
	crc := r.U16("CRC")
	r.Skip("length", 2)
	seq := r.U16("sequence ID")
	id := r.U64("unit ID")
	if err := r.Err(); err != nil {
		return protocols.Message{}, err
	}
	b, reply := newBatch(min(r.Len()/minRecord, 32))
	m := protocols.Message{Device: c.speaker(id), Reply: acknowledge(reply, id, seq)}
	spoilt := crc != wire.CRC16ARC(frame[4:])
	if frame[0] == '@' && frame[1] == 'R' {
		photo(&r, b)
	} else {
		c.records(&r, b)
	}
	if spoilt {
		b.spoil()
	}
	m.Positions = b.positions
	return m, r.Err()
}

// acknowledge appends what a packet is answered with.
func acknowledge(reply []byte, id uint64, seq uint16) []byte {
	reply = append(reply, 0xFE, 0x02)
	reply = binary.BigEndian.AppendUint64(reply, id)
	return binary.BigEndian.AppendUint16(reply, seq)
}

// spoil marks all positions as those of a packet with a wrong checksum.
func (b *batch) spoil() {
	for i := range b.positions {
		p := &b.positions[i]
		p.Attributes = append(p.Attributes, protocols.Attr("checksum_ok", protocols.Bool(false)))
	}
}

// photo keeps a part of a picture as it is; whoever wants the picture puts the parts together.
func photo(r *wire.Reader, b *batch) {
	p := b.open()
	p.Time = epoch(r.U32("date and time"))
	b.add("photo_part", protocols.Int(int64(r.U8("package number"))))
	b.add("photo_parts", protocols.Int(int64(r.U8("number of packages"))))
	n := int(r.U16("package length"))
	b.add("photo_data", protocols.Bytes(r.Bytes("package", min(n, r.Len()))))
	b.close()
}

// records reads one report after the other.
func (c *codec) records(r *wire.Reader, b *batch) {
	for r.Len() >= minRecord && r.Err() == nil {
		b.open()
		c.record(r, b)
		if r.Err() != nil && b.positions[len(b.positions)-1].Time.IsZero() {
			b.positions = b.positions[:len(b.positions)-1]
			return
		}
		b.close()
	}
}

// record reads the fixed part of a report and what AT$FORM put behind it.
func (c *codec) record(r *wire.Reader, b *batch) {
	p := &b.positions[len(b.positions)-1]
	long := isCalendar(r)
	p.Time = stamp(r, "GPS date and time", long)
	stamp(r, "RTC date and time", long)
	stamp(r, "position sending date and time", long)
	at := r.Offset()
	longitude, latitude := int32(r.U32("longitude")), int32(r.U32("latitude"))
	if r.Err() != nil {
		return
	}
	locate(p, int64(latitude), int64(longitude))
	setCourse(p, int(r.U16("heading")))
	b.add("event", protocols.Int(int64(r.U8("report ID"))))
	p.Odometer = protocols.Some(float64(r.U32("odometer")) * 100)
	p.HDOP = protocols.Some(float64(r.U16("HDOP")) / 10)
	b.add("inputs", protocols.Int(int64(r.U8("input status"))))
	setSpeed(p, int64(r.U16("GPS speed")))
	b.add("outputs", protocols.Int(int64(r.U8("output status"))))
	b.add("analog_1_v", protocols.Decimal(int64(r.U16("analog input")), 3))
	if driver := cstring(r, "driver ID"); len(driver) > 0 {
		b.add("driver_id", protocols.Text(string(driver)))
	}
	temperature(b, "temperature_1_c", int64(int16(r.U16("first temperature"))))
	temperature(b, "temperature_2_c", int64(int16(r.U16("second temperature"))))
	if r.Err() == nil && r.Len() > 0 {
		b.message(cstring(r, "text message"))
	}
	if r.Err() == nil && at > 0 {
		c.custom(r, b, long)
	}
}

// custom reads the fields of the form. Without one, what stands before the next report is kept as it is.
func (c *codec) custom(r *wire.Reader, b *batch, long bool) {
	form := c.form
	rest := peek(r)
	if bytes.HasPrefix(rest, formPrefix) {
		form = c.ownForm(cstring(r, "custom information"))
	}
	if form != nil {
		v := b.listed()
		whole := v.binary(r, form)
		v.finish()
		if whole {
			return
		}
	}
	rest = peek(r)
	n := nextRecord(rest, long, b.positions[0].Time)
	if n > 0 {
		b.add("custom", protocols.Bytes(r.Bytes("custom information", n)))
	}
}

// peek gives what is left without reading it.
func peek(r *wire.Reader) []byte {
	at := *r
	return at.Rest()
}

// nextRecord is how far away the next report starts, which is known by its three times and its place.
func nextRecord(rest []byte, long bool, near time.Time) int {
	for n := 0; n+minRecord <= len(rest); n++ {
		r := wire.NewReader(rest[n:])
		ok := isCalendar(&r) == long
		for range 3 {
			t := stamp(&r, "date and time", long)
			gap := t.Sub(near).Abs()
			ok = ok && !t.IsZero() && gap < 90*24*time.Hour
		}
		longitude, latitude := int32(r.U32("longitude")), int32(r.U32("latitude"))
		if ok && longitude >= -180e6 && longitude <= 180e6 && latitude >= -90e6 && latitude <= 90e6 {
			return n
		}
	}
	return len(rest)
}

// isCalendar is whether a year, month, day, hour, minute and second follow, which as seconds since 1970 would be 1974.
func isCalendar(r *wire.Reader) bool {
	at := *r
	year := at.U16("year")
	month, day := at.U8("month"), at.U8("day")
	hour, minute, second := at.U8("hour"), at.U8("minute"), at.U8("second")
	return at.Err() == nil && year >= 2000 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
		hour < 24 && minute < 60 && second < 60
}

// stamp reads a time in one of its two forms.
func stamp(r *wire.Reader, name string, long bool) time.Time {
	if !long {
		return epoch(r.U32(name))
	}
	b := r.Bytes(name, 7)
	if b == nil {
		return time.Time{}
	}
	return calendar(int(b[0])<<8|int(b[1]), int(b[2]), int(b[3]), int(b[4]), int(b[5]), int(b[6]))
}

func epoch(seconds uint32) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0).UTC()
}

func calendar(year, month, day, hour, minute, second int) time.Time {
	if year < 2000 || year > 2099 || month < 1 || month > 12 || day < 1 || day > 31 ||
		hour > 23 || minute > 59 || second > 59 {
		return time.Time{}
	}
	return time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
}

// cstring reads up to a zero byte; a text that is not ended takes all that is left.
func cstring(r *wire.Reader, name string) []byte {
	rest := peek(r)
	i := bytes.IndexByte(rest, 0)
	if i < 0 {
		return r.Rest()
	}
	s := r.Bytes(name, i)
	r.Skip(name, 1)
	return s
}
