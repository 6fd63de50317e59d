package arnavi

import (
	"bytes"
	"strconv"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

const maxFields = 64

// sentence is a text message cut at its commas.
type sentence struct {
	fields [maxFields][]byte
	n      int
}

func (s *sentence) at(i int) []byte {
	if i < 0 || i >= s.n {
		return nil
	}
	return s.fields[i]
}

// room is what a text message needs, in one allocation.
type room struct {
	positions  [1]protocols.Position
	attributes [12]protocols.Attribute
}

// text reads $AV,version,number,index,supply,battery,-,movement,ignition,inputs, sensors, fix or not, satellites,
// height and geoid (from V4 on), time, place, speed, course, date, sensors*checksum.
func text(frame []byte) (protocols.Message, error) {
	var m protocols.Message
	line := bytes.TrimRight(frame, "\r\n\x00 ")
	body, sum, marked := bytes.Cut(line, []byte{'*'})
	var s sentence
	s.cut(body)
	if s.n < 10 {
		return m, &wire.Error{Field: "fields", Offset: len(body), Err: wire.ErrShort}
	}
	if id := s.at(2); len(id) > 0 && len(id) <= 20 && wire.Digits(id) {
		m.Device = string(id)
	}
	r := new(room)
	p := &r.positions[0]
	p.Attributes = r.attributes[:0]
	m.Positions = r.positions[:]
	s.state(p)
	s.place(p)
	if marked {
		if want, err := strconv.ParseUint(string(sum), 16, 8); err != nil || byte(want) != wire.Xor(body[1:]) {
			p.Note("checksum_ok", protocols.Bool(false))
			return m, &wire.Error{Field: "checksum", Offset: len(body) + 1, Err: wire.ErrChecksum}
		}
	}
	return m, nil
}

func (s *sentence) cut(b []byte) {
	for s.n < maxFields-1 {
		i := bytes.IndexByte(b, ',')
		if i < 0 {
			break
		}
		s.fields[s.n], b = b[:i], b[i+1:]
		s.n++
	}
	s.fields[s.n] = b
	s.n++
}

// state reads what comes before the fix. 65535 and -1 say that there is no value.
func (s *sentence) state(p *protocols.Position) {
	if v, ok := whole(s.at(3)); ok {
		p.Note("record", protocols.Int(v))
	}
	if v, ok := whole(s.at(4)); ok && v < 1<<16 {
		p.ExternalVolts = protocols.Some(float64(v) / 100)
	}
	if v, ok := whole(s.at(5)); ok && v < 1<<16 {
		p.BatteryVolts = protocols.Some(float64(v) / 100)
	}
	if v, ok := whole(s.at(7)); ok {
		p.Note("moving", protocols.Bool(v != 0))
	}
	if v, ok := whole(s.at(8)); ok {
		p.Ignition = protocols.Some(v != 0)
	}
	if v, ok := whole(s.at(9)); ok {
		p.Note("inputs", protocols.Int(v))
	}
}

// leastSatellites make a fix, whatever kind of fix is said.
const leastSatellites = 3

// place finds the latitude by its letter and reads what stands around it.
func (s *sentence) place(p *protocols.Position) {
	k := 10
	for k < s.n && !(ends(s.fields[k], 'N', 'S') && ends(s.at(k+1), 'E', 'W')) {
		k++
	}
	if k == s.n {
		return
	}
	fix := k - 2 // satellites
	if bytes.IndexByte(s.at(fix), '.') >= 0 {
		if v, ok := number(s.at(k - 3)); ok && v > -1000 && v < 100000 {
			p.Altitude = protocols.Some(v)
		}
		fix -= 2
	}
	seen, ok := whole(s.at(fix))
	if ok && seen <= 255 {
		p.Satellites = protocols.Some(int(seen))
	}
	valid, _ := whole(s.at(fix - 1))
	p.Time = moment(s.at(k+4), s.at(k-1))
	lat, ok1 := degrees(s.fields[k], 90)
	lon, ok2 := degrees(s.fields[k+1], 180)
	if ok1 && ok2 && (lat != 0 || lon != 0) {
		p.Located, p.Valid, p.Latitude, p.Longitude = true, valid == 1 || seen >= leastSatellites, lat, lon
	}
	if v, ok := number(s.at(k + 2)); ok && v >= 0 && v < 1000 {
		p.Speed = protocols.Some(wire.KnotsToKMH(v))
	}
	if v, ok := number(s.at(k + 3)); ok && v >= 0 && v <= 360 {
		if v == 360 {
			v = 0
		}
		p.Course = protocols.Some(v)
	}
	s.sensors(p, 10, fix-1)
	s.sensors(p, k+5, s.n)
}

// sensors keeps the fields from i up to but not including j that have a value.
func (s *sentence) sensors(p *protocols.Position, i, j int) {
	for ; i < j; i++ {
		f := s.at(i)
		if v, ok := whole(f); ok {
			p.Note("sensor", protocols.Int(v))
		} else if len(f) > 0 && !missing(f) {
			p.Note("sensor", protocols.Text(string(f)))
		}
	}
}

func missing(b []byte) bool { return string(b) == "65535" || string(b) == "65534" || string(b) == "-1" }

func ends(b []byte, one, other byte) bool {
	n := len(b)
	return n >= 5 && b[0] >= '0' && b[0] <= '9' && (b[n-1] == one || b[n-1] == other)
}

// whole reads a whole number that is a value.
func whole(b []byte) (int64, bool) {
	if missing(b) || len(b) > 10 || !wire.Digits(b) {
		return 0, false
	}
	var n int64
	for _, c := range b {
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// number reads digits with at most one point and a sign.
func number(b []byte) (float64, bool) {
	negative := len(b) > 0 && b[0] == '-'
	if negative {
		b = b[1:]
	}
	if len(b) == 0 || len(b) > 16 {
		return 0, false
	}
	v, scale, point := 0.0, 1.0, false
	for _, c := range b {
		switch {
		case c == '.' && !point:
			point = true
		case c < '0' || c > '9':
			return 0, false
		default:
			v = v*10 + float64(c-'0')
			if point {
				scale *= 10
			}
		}
	}
	v /= scale
	if negative {
		v = -v
	}
	return v, true
}

// degrees reads degrees and minutes with a letter behind.
func degrees(b []byte, most float64) (float64, bool) {
	v, ok := number(b[:len(b)-1])
	v = wire.NMEADegrees(v)
	if letter := b[len(b)-1]; letter == 'S' || letter == 'W' {
		v = -v
	}
	return v, ok && v >= -most && v <= most
}

// moment is of ddmmyy and hhmmss; zero if there is no such moment.
func moment(date, clock []byte) time.Time {
	if len(date) != 6 || len(clock) < 6 || !wire.Digits(date) || !wire.Digits(clock[:6]) {
		return time.Time{}
	}
	two := func(b []byte) int { return int(b[0]-'0')*10 + int(b[1]-'0') }
	day, month := two(date), two(date[2:])
	if day < 1 || day > 31 || month < 1 || month > 12 || two(clock) > 23 || two(clock[2:]) > 59 || two(clock[4:]) > 59 {
		return time.Time{}
	}
	return time.Date(2000+two(date[4:]), time.Month(month), day, two(clock), two(clock[2:]), two(clock[4:]), 0, time.UTC)
}
