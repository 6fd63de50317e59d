package suntech

import (
	"math/bits"

	"drover/protocols"
	"drover/protocols/wire"
)

// The bits of a universal report's mask: each says that a column is there, in this order.
const (
	bitID = iota
	bitModel
	bitFirmware
	bitLive
	bitDate
	bitTime
	bitCell
	bitCountry
	bitNetwork
	bitArea
	bitLevel
	bitLatitude
	bitLongitude
	bitSpeed
	bitCourse
	bitSatellites
	bitFix
	bitInputs
	bitOutputs
	bitCode // mode of a status report, code of an alert
	bitSub  // type of a status report, modifier of an alert
	bitNumber
	bitReserved
	bitAssigned
	baseBits = 1<<bitCode - 2 // from the model to the outputs
)

// decodeUniversal reads XXX;id;mask;… A report whose third column is no mask is read by its shape.
func (c *codec) decodeUniversal(r *record, m *protocols.Message) error {
	s := &r.columns
	if s.At(1).Is("Res") {
		return c.decodeResult(r, m, 2)
	}
	if err := c.name(s, m, 1); err != nil {
		return err
	}
	kind := kindOf(s.At(0))
	mask, ok := s.At(2).Hex()
	switch {
	case s.At(0).Is("ALV"):
		return nil
	case s.At(0).Is("RES") || s.At(0).Is("CMD"):
		return c.decodeResult(r, m, 1)
	case kind != kindOther && ok && len(s.At(2)) >= 6 && len(s.At(2)) <= 8:
		return c.decodeMasked(r, m, kind, mask)
	}
	return decodeShaped(r, m)
}

// masked are the columns of a report by their bit.
type masked struct {
	s    *wire.Columns
	mask uint64
}

// index is the column of a bit, or one past the end if it is not there.
func (f masked) index(bit int) int {
	if f.mask>>bit&1 == 0 {
		return f.s.Len()
	}
	return 3 + bits.OnesCount64(f.mask&(1<<bit-1)&^1)
}

func (f masked) at(bit int) wire.Field { return f.s.At(f.index(bit)) }

func (c *codec) decodeMasked(r *record, m *protocols.Message, kind int, mask uint64) error {
	p := r.open(m)
	f := masked{&r.columns, mask}
	var err error
	c.version(p, f.at(bitModel), f.at(bitFirmware))
	if live := f.at(bitLive); live.Letter()|1 == '1' {
		p.Note("stored", protocols.Bool(live.Is("0")))
	}
	readTime(p, f.at(bitDate), f.at(bitTime))
	readCell(p, f.at(bitCell), f.at(bitCountry), f.at(bitNetwork), f.at(bitArea))
	readLevel(p, f.at(bitLevel))
	if f.mask>>bitLatitude&3 == 3 {
		err = readPlace(f.s, p, f.index(bitLatitude))
	}
	readMotion(p, f.at(bitSpeed), f.at(bitCourse))
	readSatellites(p, f.at(bitSatellites), f.at(bitFix))
	if in, ok := pattern(f.at(bitInputs)); ok {
		switches(p, in, 0, 0)
		p.Note("inputs", protocols.Int(int64(in)))
	}
	if out, ok := pattern(f.at(bitOutputs)); ok {
		p.Note("outputs", protocols.Int(int64(out)))
	}
	next := 3 + bits.OnesCount64(mask&baseBits)
	if kind == kindExternal {
		c.readSerial(f.s, p, next)
		return err
	}
	if v, ok := f.at(bitCode).Int(); ok {
		raise(p, kind, v)
	}
	if kind == kindStatus {
		noteColumn(p, "report_type", f.at(bitSub))
		number := f.at(bitNumber)
		if v, ok := number.Int(); ok {
			p.Note("index", protocols.Int(int64(v)))
			c.acknowledge(r, m, number)
		}
	} else {
		noteColumn(p, "event_modifier", f.at(bitSub))
		noteText(p, "event_data", f.at(bitNumber))
	}
	readAssigned(f, p)
	return err
}

// pattern reads a column of 0 and 1, the last of which is the lowest bit.
func pattern(b wire.Field) (uint, bool) {
	var v uint
	for _, c := range b {
		if c != '0' && c != '1' {
			return 0, false
		}
		v = v<<1 | uint(c-'0')
	}
	return v, len(b) > 0 && len(b) <= 16
}

// readAssigned reads the columns of the tracker's own choice: by their map, if the mask says that there is one. Bits 0
// and 1 of the map are the backup battery and the supply.
func readAssigned(f masked, p *protocols.Position) {
	at := 3 + bits.OnesCount64(f.mask&(1<<bitAssigned-1)&^1)
	assigned, ok := f.s.At(at).Hex()
	if f.mask>>bitAssigned&1 == 0 || !ok || len(f.s.At(at)) < 6 {
		for i := at; i < f.s.Len(); i++ {
			noteColumn(p, numbered("io", i-at+1), f.s.At(i))
		}
		return
	}
	for i := at + 1; i < f.s.Len(); i++ {
		bit := bits.TrailingZeros64(assigned)
		assigned &= assigned - 1
		b := f.s.At(i)
		switch bit {
		case 0:
			p.BatteryVolts = volts(b)
		case 1:
			p.ExternalVolts = volts(b)
		default:
			noteColumn(p, numbered("io", bit+1), b)
		}
	}
}

// decodeShaped reads a report that has its columns in an order of its own: date, time and place by their shape, the
// tags of a BLE report, the rest as it is.
func decodeShaped(r *record, m *protocols.Message) error {
	s, p := &r.columns, r.open(m)
	noteText(p, "report", s.At(0))
	date := findDate(s)
	at, found := findPlace(s, date)
	if !found {
		noteText(p, "report_data", s.Span(2, s.Len()))
		return nil
	}
	noteText(p, "report_head", s.Span(2, date))
	readTime(p, s.At(date), s.At(date+1))
	err := readPlace(s, p, at)
	p.Valid = p.Located
	next := at + 2
	if s.At(0).Is("BLE") {
		next = readTags(s, p, next)
	}
	for i := next; i < s.Len(); i++ {
		noteColumn(p, numbered("io", i-next+1), s.At(i))
	}
	return err
}

// maxTags is the most tags of a report that are read one by one.
const maxTags = 20

// readTags reads the number of tags and, of each, level, its least and most, address, samples, major and minor.
func readTags(s *wire.Columns, p *protocols.Position, at int) int {
	n, ok := s.At(at).Int()
	if !ok || n < 0 || n > maxTags || s.Len() < at+1+7*n {
		return at
	}
	at++
	for range n {
		noteText(p, "tag_id", s.At(at+3))
		noteColumn(p, "tag_rssi_dbm", s.At(at))
		noteColumn(p, "tag_rssi_low_dbm", s.At(at+1))
		noteColumn(p, "tag_rssi_high_dbm", s.At(at+2))
		noteColumn(p, "tag_samples", s.At(at+4))
		noteColumn(p, "tag_major", s.At(at+5))
		noteColumn(p, "tag_minor", s.At(at+6))
		at += 7
	}
	return at
}
