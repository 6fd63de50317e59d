package minifinder2

import (
	"encoding/binary"
	"encoding/hex"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// room is how many attributes a record has room for before it costs an allocation of its own.
const room = 8

// record is the room for what a message with one record commonly means.
type record struct {
	positions  [1]protocols.Position
	attributes [room]protocols.Attribute
	reply      [48]byte
}

// Decode reads one message.
func (c *codec) Decode(data []byte, at time.Time) (m protocols.Message, err error) {
	switch {
	case len(data) <= headSize:
		return m, &wire.Error{Field: "body", Offset: len(data), Err: wire.ErrShort}
	case data[0] != start:
		return m, &wire.Error{Field: "header", Err: wire.ErrUnknown}
	}
	r := new(record)
	index := binary.LittleEndian.Uint16(data[6:])
	command, keys := data[headSize], data[headSize+1:]
	if data[1]&wantsAck != 0 && len(data) >= headSize+int(binary.LittleEndian.Uint16(data[2:])) {
		m.Reply = answer(r.reply[:0], index, command, keys, at)
	}
	switch command {
	case cmdData:
		err = c.readData(&m, keys, r)
	case cmdConfig, cmdControl, cmdAnswer:
		words := hex.AppendEncode(append(hex.AppendEncode(nil, data[headSize:headSize+1]), ':'), keys)
		m.Result = &protocols.Result{Text: string(words), ID: uint32(index)}
		m.Result.Nack = command == cmdAnswer && len(keys) > 1 && keys[1] != 0
		if command == cmdConfig {
			c.settings(&m, keys, r)
		}
	case cmdServices: // its keys ask for something, but those that a report has too
		_ = c.readData(&m, keys, r)
		if p := &m.Positions[0]; len(m.Positions) == 1 && !p.Located && !p.Cell.OK && len(p.Attributes) == 0 {
			m.Positions = nil
		}
	default:
		err = &wire.Error{Field: "command", Offset: headSize, Err: wire.ErrUnknown}
	}
	if !proved(data) {
		for i := range m.Positions {
			m.Positions[i].Note("checksum_ok", protocols.Bool(false))
		}
	}
	return m, err
}

// key gives the first key of keys: its name, its data, and what is left; ok is false at the end or where a length is
// false.
func key(keys []byte) (name byte, data, rest []byte, ok bool) {
	if len(keys) < 2 || keys[0] == 0 || len(keys) <= int(keys[0]) {
		return 0, nil, nil, false
	}
	n := int(keys[0])
	return keys[1], keys[2 : 1+n], keys[1+n:], true
}

// imeiOf is the IMEI among keys; "" if there is none.
func imeiOf(keys []byte) string {
	for {
		name, data, rest, ok := key(keys)
		if !ok {
			return ""
		}
		if name == keyIMEI && wire.Digits(data) && len(data) <= 20 {
			return string(data)
		}
		keys = rest
	}
}

// The services that a tracker asks for: a place for its assistance, the time, and places for cells and networks.
const (
	servicePlace = 0x11
	serviceTime  = 0x12
	serviceCells = 0x21
	serviceWiFi  = 0x22
)

// answer acknowledges a message; services that are asked for are answered by what is known: the time. A place that is
// not known is 0, 0 without an address.
func answer(b []byte, index uint16, command byte, keys []byte, at time.Time) []byte {
	if command != cmdServices {
		return seal(append(open(b, 0, index, cmdAnswer), 1, 0), 0)
	}
	b = open(b, 0, index, cmdServices)
	for len(b) < maxBody {
		name, _, rest, ok := key(keys)
		if !ok {
			break
		}
		switch name {
		case servicePlace, serviceCells, serviceWiFi:
			b = append(b, 10, name, 0, 0, 0, 0, 0, 0, 0, 0, 0)
		case serviceTime:
			b = binary.LittleEndian.AppendUint32(append(b, 5, name), uint32(at.Unix()))
		}
		keys = rest
	}
	return seal(b, 0)
}

// repeats is whether a key may come several times in one record.
func repeats(name byte) bool { return name == keyBeacon }

// seen are the keys of the record at hand.
type seen [4]uint64

func (s *seen) has(name byte) bool { return s[name>>6]>>(name&63)&1 != 0 }

// starts is whether a key starts another record, and remembers it.
func (s *seen) starts(name byte) bool {
	again := s.has(name) && !repeats(name)
	if again {
		*s = seen{}
	}
	s[name>>6] |= 1 << (name & 63)
	return again
}

// records counts the records of a body.
func records(keys []byte) int {
	n := 1
	var s seen
	for {
		name, _, rest, ok := key(keys)
		if !ok {
			return n
		}
		if s.starts(name) {
			n++
		}
		keys = rest
	}
}

// readData reads the records of a report.
func (c *codec) readData(m *protocols.Message, keys []byte, r *record) (err error) {
	n := records(keys)
	attributes := r.attributes[:]
	m.Positions = r.positions[:]
	if n > 1 {
		m.Positions = make([]protocols.Position, n)
		attributes = make([]protocols.Attribute, n*room)
	}
	for i := range m.Positions {
		m.Positions[i].Attributes = attributes[i*room : i*room : (i+1)*room]
	}
	var s seen
	d := decoder{pos: &m.Positions[0]}
	at, total := 0, headSize+1+len(keys)
	for len(keys) > 0 {
		name, data, rest, ok := key(keys)
		if !ok {
			err = &wire.Error{Field: "key", Offset: total - len(keys), Err: wire.ErrShort}
			break
		}
		if s.starts(name) {
			d.end()
			at++
			d = decoder{pos: &m.Positions[at]}
		}
		if name == keyIMEI {
			if string(data) != c.device {
				c.device = imeiOf(keys)
			}
			m.Device = c.device
		} else if !d.key(name, data) {
			err = &wire.Error{Field: "key", Offset: total - len(keys) + 1, Err: wire.ErrValue}
		}
		keys = rest
	}
	d.end()
	return err
}
