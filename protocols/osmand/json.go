package osmand

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// locations reads JSON of the newer clients: {"location": {…} or […], "device_id": …}, or an array of such objects.
type locations struct {
	scanner
	codec     *codec
	device    string
	positions []protocols.Position
	arena     []protocols.Attribute
	start     int    // where the present position's attributes start
	text      string // the body, of which texts are parts, so that they cost one allocation
}

// readJSON reads a body. Nothing is taken of one that can not be read to its end, since the client sends it again.
func (c *codec) readJSON(body []byte, base int, m *protocols.Message) error {
	l := locations{scanner: scanner{data: body, base: base}, codec: c}
	n := bytes.Count(body, []byte(`"coords"`))
	l.positions = make([]protocols.Position, 0, n)
	l.arena = make([]protocols.Attribute, 0, 8*n)
	if l.open('[') {
		for l.item() {
			l.root()
		}
	} else {
		l.root()
	}
	if err := l.fault(); err != nil {
		return err
	}
	m.Device, m.Positions = l.device, l.positions
	return nil
}

// root reads the outermost object.
func (l *locations) root() {
	if !l.open('{') {
		l.fail(wire.ErrValue)
	}
	for {
		key, more := l.key()
		if !more {
			return
		}
		switch string(key) {
		case "device_id", "deviceId", "id":
			b, _ := l.scalar()
			l.device = l.codec.name(b)
		case "location", "locations":
			if !l.open('[') {
				l.location()
				continue
			}
			for l.item() {
				l.location()
			}
		default:
			l.skip(0)
		}
	}
}

// location reads one location.
func (l *locations) location() {
	if !l.open('{') {
		l.fail(wire.ErrValue)
		return
	}
	l.positions = append(l.positions, protocols.Position{})
	l.start = len(l.arena)
	p := &l.positions[len(l.positions)-1]
	for {
		key, more := l.key()
		if !more {
			break
		}
		l.member(p, key)
	}
	p.Attributes = l.arena[l.start:len(l.arena):len(l.arena)]
}

// member reads one member of a location.
func (l *locations) member(p *protocols.Position, key []byte) {
	switch string(key) {
	case "timestamp":
		b, _ := l.scalar()
		p.Time = moment(b, l.codec.offset)
	case "coords":
		l.coords(p)
	case "battery":
		l.battery(p)
	case "activity":
		l.activity()
	case "extras":
		l.extras(p)
	case "odometer":
		b, _ := l.scalar()
		if v, ok := float(b); ok && v >= 0 && v <= 1e13 {
			p.Odometer = protocols.Some(v)
		}
	case "is_moving":
		b, _ := l.scalar()
		l.add("moving", b, false)
	case "_":
		l.skip(0) // the other members once more, as a query
	default:
		l.other(p, key)
	}
}

// add keeps a value; null and what is empty say nothing.
func (l *locations) add(name string, b []byte, isText bool) {
	switch {
	case len(b) == 0 || !isText && string(b) == "null" || isText && string(b) == "{}":
	case isText:
		l.arena = append(l.arena, protocols.Attr(name, protocols.Text(l.words(b))))
	default:
		l.arena = append(l.arena, protocols.Attr(name, value(b)))
	}
}

// words is the text that was read last, as a string.
func (l *locations) words(b []byte) string {
	if l.from < 0 {
		return string(b)
	}
	if l.text == "" {
		l.text = string(l.data)
	}
	return l.text[l.from : l.from+len(b)]
}

// coords reads place and movement; what is negative but can not be was not known.
func (l *locations) coords(p *protocols.Position) {
	if !l.open('{') {
		l.skip(0)
		return
	}
	var lat, lon protocols.Opt[float64]
	for {
		key, more := l.key()
		if !more {
			break
		}
		name := coordName(key)
		b, isText := l.scalar()
		v, ok := float(b)
		if !ok {
			continue
		}
		switch name {
		case "latitude":
			lat = protocols.Some(v)
		case "longitude":
			lon = protocols.Some(v)
		case "speed":
			setSpeed(p, v*metresPerSecond)
		case "heading":
			setCourse(p, v)
		case "altitude":
			setAltitude(p, v)
		case "floor", "ellipsoidal_altitude_m":
			l.add(name, b, isText)
		default:
			if v >= 0 {
				l.add(name, b, isText)
			}
		}
	}
	if lat.OK && lon.OK {
		place(p, lat.Value, lon.Value, true)
	}
}

// coordName is a member of coords, with its unit where it becomes an attribute.
func coordName(key []byte) string {
	switch string(key) {
	case "latitude":
		return "latitude"
	case "longitude":
		return "longitude"
	case "speed":
		return "speed"
	case "heading":
		return "heading"
	case "altitude":
		return "altitude"
	case "accuracy":
		return "accuracy_m"
	case "altitude_accuracy":
		return "altitude_accuracy_m"
	case "speed_accuracy":
		return "speed_accuracy_mps"
	case "heading_accuracy":
		return "heading_accuracy_deg"
	case "ellipsoidal_altitude":
		return "ellipsoidal_altitude_m"
	}
	return attributeName(key)
}
