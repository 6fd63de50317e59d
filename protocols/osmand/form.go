package osmand

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// record is the room for one position, so that it costs one allocation beside its texts.
type record struct {
	positions  [1]protocols.Position
	attributes [8]protocols.Attribute
}

// readForms reads the names and values of the query and, if it is a form or there is no query, of the body.
func (c *codec) readForms(r *request, body []byte, m *protocols.Message) error {
	rec := new(record)
	p := &rec.positions[0]
	p.Attributes = rec.attributes[:0]
	f := fields{codec: c, pos: p, valid: true}
	f.form(r.query, 0)
	if r.form || len(r.query) == 0 {
		f.form(body, r.head)
	}
	m.Device = f.device
	f.close()
	if f.said {
		m.Positions = rec.positions[:]
	}
	return f.err
}

// fields reads names and values into a position.
type fields struct {
	codec  *codec
	pos    *protocols.Position
	device string
	valid  bool
	said   bool // the position says something
	err    error

	latitude, longitude protocols.Opt[float64]
	cells, networks     int
	at                  int // where the present value starts
}

// fail notes that a value can not be read; the others still can.
func (f *fields) fail(field string) {
	if f.err == nil {
		f.err = &wire.Error{Field: field, Offset: f.at, Err: wire.ErrValue}
	}
}

// form reads name=value between ampersands.
func (f *fields) form(data []byte, base int) {
	var nameRoom, valueRoom [128]byte
	for at := 0; at < len(data); {
		end := bytes.IndexByte(data[at:], '&')
		if end < 0 {
			end = len(data) - at
		}
		name, value, _ := bytes.Cut(data[at:at+end], []byte{'='})
		f.at = base + at
		if name = unescape(nameRoom[:0], name); len(name) > 0 {
			f.field(name, bytes.TrimSpace(unescape(valueRoom[:0], value)))
		}
		at += end + 1
	}
}

// unescape gives b without percent signs and pluses; b itself if it has none.
func unescape(room, b []byte) []byte {
	if bytes.IndexByte(b, '%') < 0 && bytes.IndexByte(b, '+') < 0 {
		return b
	}
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '+':
			room = append(room, ' ')
		case c == '%' && i+2 < len(b):
			high, ok1 := nibble(b[i+1])
			low, ok2 := nibble(b[i+2])
			if ok1 && ok2 {
				c = high<<4 | low
				i += 2
			}
			room = append(room, c)
		default:
			room = append(room, c)
		}
	}
	return room
}

// close sets the place. 0, 0 is none.
func (f *fields) close() {
	lat, ok1 := f.latitude.Get()
	lon, ok2 := f.longitude.Get()
	if !ok1 || !ok2 {
		return
	}
	f.said = true
	place(f.pos, lat, lon, f.valid)
}

// place sets latitude and longitude if they can be; 0, 0 is none.
func place(p *protocols.Position, lat, lon float64, valid bool) bool {
	if !(lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180) || lat == 0 && lon == 0 {
		return false
	}
	p.Located, p.Valid, p.Latitude, p.Longitude = true, valid, lat, lon
	return true
}

// field reads one name and value.
func (f *fields) field(name, value []byte) {
	switch string(name) {
	case "id", "deviceid", "device_id":
		f.device = f.codec.name(value)
		return
	case "valid":
		f.valid = string(value) == "1" || is(value, "true")
		return
	}
	if len(value) == 0 {
		return
	}
	switch string(name) {
	case "timestamp":
		if f.pos.Time = moment(value, f.codec.offset); f.pos.Time.IsZero() {
			f.fail("timestamp")
			return
		}
	case "lat":
		f.latitude = f.number("lat", value, 90)
	case "lon":
		f.longitude = f.number("lon", value, 180)
	case "location":
		lat, lon, _ := bytes.Cut(value, []byte{','})
		f.latitude, f.longitude = f.number("location", lat, 90), f.number("location", lon, 180)
	case "cell":
		f.cell(value)
	case "wifi":
		f.wifi(value)
	case "speed":
		if v, ok := float(value); ok {
			setSpeed(f.pos, v*f.codec.unit)
		} else {
			f.fail("speed")
		}
	default:
		f.other(name, value)
	}
	f.said = true
}

// number reads a coordinate.
func (f *fields) number(name string, b []byte, most float64) protocols.Opt[float64] {
	v, ok := float(bytes.TrimSpace(b))
	if !ok || v > most || v < -most {
		f.fail(name)
		return protocols.Opt[float64]{}
	}
	return protocols.Some(v)
}

// cell reads mcc,mnc,lac,cid and perhaps a level. The first is the serving cell.
func (f *fields) cell(value []byte) {
	f.cells++
	var parts [4]int64
	rest := value
	for i := range parts {
		part, after, _ := bytes.Cut(rest, []byte{','})
		n, scale, ok := decimal(part)
		if !ok || scale > 0 || n < 0 {
			f.fail("cell")
			return
		}
		parts[i], rest = n, after
	}
	if f.cells > 1 || parts[0] > 999 || parts[1] > 999 {
		f.add(numbered(&cellNames, f.cells), protocols.Text(string(value)))
		return
	}
	f.pos.Cell = protocols.Some(protocols.Cell{
		MCC: uint16(parts[0]), MNC: uint16(parts[1]), LAC: uint32(parts[2]), CID: uint64(parts[3]),
	})
	if n, scale, ok := decimal(rest); ok {
		f.add("cell_dbm", protocols.Decimal(n, scale))
	}
}

// wifi reads the address of an access point, between dashes, and its level.
func (f *fields) wifi(value []byte) {
	f.networks++
	text := []byte(string(value))
	for i := 0; i < len(text) && text[i] != ','; i++ {
		if text[i] == '-' {
			text[i] = ':'
		}
	}
	f.add(numbered(&wifiNames, f.networks), protocols.Text(string(text)))
}

var (
	cellNames = [...]string{"cell_1", "cell_2", "cell_3", "cell_4", "cell_5", "cell_6", "cell_7", "cell_more"}
	wifiNames = [...]string{"wifi_1", "wifi_2", "wifi_3", "wifi_4", "wifi_5", "wifi_6", "wifi_7", "wifi_more"}
)

func numbered(names *[8]string, n int) string { return names[min(n, len(names))-1] }

func (f *fields) add(name string, v protocols.Value) { f.pos.Note(name, v) }
