package galileosky

import (
	"encoding/binary"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// valueSize gives the size of a tag's value, which data starts with; -1 if the tag is not known or its value cut.
func valueSize(t byte, data []byte) int {
	n := int(tags[t].size)
	switch t {
	case tagReefer:
		if len(data) < 3 {
			return -1
		}
		n = reeferSize(binary.LittleEndian.Uint16(data[1:]))
	case tagTyres:
		if len(data) >= 2 && (data[0] == 0 && data[1] == 0xFF || data[0] == 0xFF && data[1] == 0) {
			n = 2 // no answer
		}
	case tagText, tagUser, tagBinary:
		if len(data) < 1 {
			return -1
		}
		n = 1 + int(data[0])
	case tagExtended:
		if len(data) < 2 {
			return -1
		}
		n = 2 + int(binary.LittleEndian.Uint16(data))
	}
	if n == 0 || n > len(data) {
		return -1
	}
	return n
}

// reeferSize is the size of what a refrigerator says: of each group of values a bit of the state says whether it is
// there.
func reeferSize(state uint16) int {
	n := 7
	for bit, size := range reeferGroups {
		if state>>bit&1 != 0 {
			n += size
		}
	}
	return n
}

var reeferGroups = [...]int{
	1: 10, 2: 10, 3: 10, 4: 2, 5: 2, 6: 2, 7: 2, 8: 2, 9: 2, 10: 32, 11: 20, 12: 12, 13: 2, 14: 2,
}

// readable is how many bytes of data are known tags and their values.
func readable(data []byte) int {
	at := 0
	for at < len(data) {
		n := valueSize(data[at], data[at+1:])
		if n < 0 {
			break
		}
		at += 1 + n
	}
	return at
}

// seen are the tags that a record has.
type seen [4]uint64

func (s *seen) has(t byte) bool { return s[t>>6]>>(t&63)&1 != 0 }
func (s *seen) add(t byte)      { s[t>>6] |= 1 << (t & 63) }

// count counts records and tags.
func count(data []byte) (records, tags int) {
	var s seen
	for at := 0; at < len(data); {
		n := valueSize(data[at], data[at+1:])
		if n < 0 {
			break
		}
		if s.has(data[at]) || records == 0 {
			s, records = seen{}, records+1
		}
		s.add(data[at])
		tags++
		at += 1 + n
	}
	return records, tags
}

// records reads tags: where one comes again, a new record begins. offset is where data starts in the packet.
func (d *decoder) records(data []byte, offset int) error {
	n, total := count(data)
	positions := make([]protocols.Position, 0, n+1)
	pool := make([]protocols.Attribute, 0, total+4*n+4)
	var s seen
	at := 0
	for at < len(data) {
		size := valueSize(data[at], data[at+1:])
		if size < 0 {
			break
		}
		t := data[at]
		if d.pos == nil || s.has(t) {
			pool = d.close(pool)
			s = seen{}
			positions = append(positions, protocols.Position{})
			d.open(&positions[len(positions)-1], pool)
		}
		s.add(t)
		d.value(t, data[at+1:at+1+size])
		at += 1 + size
	}
	var err error
	if at < len(data) {
		err = d.unknown(&positions, pool, data[at:], offset+at)
	}
	d.close(pool)
	d.m.Positions = positions
	if !d.said && len(positions) > 0 { // the last record says only who speaks, or answers a command
		d.m.Positions = positions[:len(positions)-1]
	}
	if len(d.m.Positions) == 0 {
		d.m.Positions = nil
	}
	return err
}

// unknown keeps what follows a tag that is not known, or cut.
func (d *decoder) unknown(positions *[]protocols.Position, pool []protocols.Attribute, rest []byte, offset int) error {
	if d.pos == nil {
		*positions = append(*positions, protocols.Position{})
		d.open(&(*positions)[0], pool)
	}
	d.add("unread_tags", protocols.Bytes(rest))
	reason := wire.ErrUnknown
	if tags[rest[0]].size > 0 || rest[0] == tagText || rest[0] == tagUser || rest[0] == tagExtended {
		reason = wire.ErrShort
	}
	return &wire.Error{Field: "tag", Offset: offset, Err: reason}
}

// open begins a record; its attributes follow those of the one before.
func (d *decoder) open(p *protocols.Position, pool []protocols.Attribute) {
	d.pos, d.cells, d.said = p, false, false
	p.Attributes = pool[len(pool):]
}

// close ends a record and gives the pool without its attributes.
func (d *decoder) close(pool []protocols.Attribute) []protocols.Attribute {
	if d.pos == nil {
		return pool
	}
	p := d.pos
	if n := len(pool) + len(p.Attributes); n <= cap(pool) && len(p.Attributes) > 0 {
		pool = pool[:n]
	}
	p.Attributes = p.Attributes[:len(p.Attributes):len(p.Attributes)]
	if len(p.Attributes) == 0 {
		p.Attributes = nil
	}
	return pool
}

const minimalBytes = 10 // of the set of data that every compressed record starts with

// compressed reads records of ten bytes, a count, the numbers of so many tags, and their values.
func (d *decoder) compressed(data []byte, offset int, arrived time.Time) error {
	at := 0
	for at < len(data) {
		if len(data)-at < minimalBytes+1 {
			return d.rest(data[at:], offset+at, wire.ErrShort)
		}
		var p protocols.Position
		d.open(&p, nil)
		d.minimal(data[at:at+minimalBytes], arrived)
		n := int(data[at+minimalBytes])
		list := data[at+minimalBytes+1:]
		if n > len(list) {
			d.m.Positions = append(d.m.Positions, p)
			return d.rest(list, offset+at+minimalBytes, wire.ErrShort)
		}
		values := list[n:]
		used, err := d.listed(list[:n], values)
		d.m.Positions = append(d.m.Positions, p)
		if err != nil {
			return d.rest(values[used:], offset+len(data)-len(values)+used, err)
		}
		at = len(data) - len(values) + used
	}
	return nil
}

// listed reads the values of the named tags.
func (d *decoder) listed(names, values []byte) (used int, err error) {
	for _, t := range names {
		n := valueSize(t, values[used:])
		if n < 0 {
			return used, wire.ErrUnknown
		}
		d.value(t, values[used:used+n])
		used += n
	}
	return used, nil
}

// rest keeps what can not be read of a compressed packet.
func (d *decoder) rest(b []byte, offset int, err error) error {
	p := protocols.Position{Attributes: []protocols.Attribute{protocols.Attr("unread_record", protocols.Bytes(b))}}
	d.m.Positions = append(d.m.Positions, p)
	return &wire.Error{Field: "compressed record", Offset: offset, Err: err}
}

// minimal reads, bit by bit from the highest: a type, the second of the year in 25, whether the place is wrong,
// longitude in 22, latitude in 21, alarm, 9 of the user's.
func (d *decoder) minimal(b []byte, arrived time.Time) {
	high, low := binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[2:])
	p := d.pos
	p.Time = ofYear(int64(high>>38&0x1FFFFFF), arrived)
	lon, lat := high>>15&0x3FFFFF, low>>10&0x1FFFFF
	p.Longitude = float64(lon)*360/(1<<22) - 180
	p.Latitude = float64(lat)*180/(1<<21) - 90
	p.Located = lon != 0 || lat != 0
	p.Valid = p.Located && high>>37&1 == 0
	if !p.Located {
		p.Latitude, p.Longitude = 0, 0
	}
	if low>>9&1 != 0 {
		p.Alarms |= protocols.AlarmGeneral
	}
	if v := low & 0x1FF; v != 0 {
		d.add("user_bits", protocols.Int(int64(v)))
	}
}

// ofYear is the moment of that second of the year which is not more than a day after arrived.
func ofYear(second int64, arrived time.Time) time.Time {
	year := arrived.UTC().Year()
	t := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(second) * time.Second)
	if t.After(arrived.Add(24 * time.Hour)) {
		t = time.Date(year-1, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(second) * time.Second)
	}
	return t
}
