package journal

import (
	"errors"
	"fmt"

	"github.com/klauspost/compress/s2"
	"google.golang.org/protobuf/encoding/protowire"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// ErrEncoding says that an entry is not one, or is of a version that this program does not know.
var ErrEncoding = errors.New("journal: entry cannot be read")

// maxInterned bounds the strings that a decoder keeps between entries.
const maxInterned = 4096

// decoder reads entries. The names that they repeat are shared between entries.
type decoder struct {
	names    []string
	interned map[string]string
	buffer   []byte
}

func newDecoder() *decoder { return &decoder{interned: map[string]string{}} }

// decode reads an entry's records. An entry of a newer version is an error that says so.
func (d *decoder) decode(entry []byte) ([]fleet.Record, error) {
	d.names = d.names[:0]
	if len(entry) == 0 {
		return nil, fmt.Errorf("%w: it is empty", ErrEncoding)
	}
	body, err := d.body(entry)
	if err != nil {
		return nil, err
	}
	records := make([]fleet.Record, 0, count(body, 2))
	err = fields(body, func(f field) (err error) {
		switch f.number {
		case 1:
			d.names = append(d.names, d.intern(f.bytes))
		case 2:
			records = append(records, fleet.Record{})
			err = d.record(&records[len(records)-1], f.bytes)
		}
		return err
	})
	return records, err
}

// body is what an entry holds after its version, decompressed into a buffer that the next entry takes over.
func (d *decoder) body(entry []byte) ([]byte, error) {
	switch entry[0] {
	case versionPlain:
		return entry[1:], nil
	case versionCompressed:
		n, err := s2.DecodedLen(entry[1:])
		if err == nil && n > maxEntry {
			err = s2.ErrTooLarge
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrEncoding, err)
		}
		if d.buffer, err = s2.Decode(d.buffer[:cap(d.buffer)], entry[1:]); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrEncoding, err)
		}
		return d.buffer, nil
	}
	return nil, fmt.Errorf("%w: it has version %d, this program reads %d and %d",
		ErrEncoding, entry[0], versionPlain, versionCompressed)
}

func (d *decoder) intern(b []byte) string {
	if s, ok := d.interned[string(b)]; ok {
		return s
	}
	if len(d.interned) >= maxInterned {
		clear(d.interned)
	}
	s := string(b)
	d.interned[s] = s
	return s
}

func (d *decoder) record(r *fleet.Record, b []byte) error {
	if n := count(b, 4); n > 0 {
		r.Positions = make([]protocols.Position, 0, n)
	}
	return fields(b, func(f field) (err error) {
		switch f.number {
		case 1:
			r.Device = fleet.DeviceID(f.varint)
		case 2:
			r.Protocol, err = d.name(f.varint)
		case 3:
			r.Received = milli(int64(f.varint))
		case 4:
			r.Positions = append(r.Positions, protocols.Position{})
			err = d.position(&r.Positions[len(r.Positions)-1], f.bytes)
		case 5:
			r.Result, err = decodeResult(f.bytes)
		case 6:
			r.Event, err = decodeEvent(r.Device, f.bytes)
		}
		return err
	})
}

func (d *decoder) position(p *protocols.Position, b []byte) error {
	return fields(b, func(f field) (err error) {
		switch f.number {
		case 1:
			p.Time = milli(f.zigzag())
		case 2:
			p.Located, p.Valid = f.varint&1 != 0, f.varint&2 != 0
			p.Ignition = protocols.Opt[bool]{OK: f.varint&4 != 0, Value: f.varint&8 != 0}
		case 3:
			p.Latitude = float64(f.zigzag()) / 1e7
		case 4:
			p.Longitude = float64(f.zigzag()) / 1e7
		case 5, 6, 7, 8, 9, 10, 11, 12:
			*float(p, f.number) = protocols.Some(float64(f.zigzag()) / 1e3)
		case 13:
			p.Satellites = protocols.Some(int(f.varint))
		case 14:
			p.SignalPercent = protocols.Some(int(f.varint))
		case 15:
			p.Alarms = protocols.Alarms(f.varint)
		case 16:
			p.Cell, err = decodeCell(f.bytes)
		case 17:
			p.ICCID = string(f.bytes)
		case 18:
			p.IMSI = string(f.bytes)
		case 19:
			p.Attributes, err = d.attributes(f.bytes)
		}
		return err
	})
}

// float is the field of a position that has the number, 5 to 12.
func float(p *protocols.Position, number protowire.Number) *protocols.Opt[float64] {
	return [...]*protocols.Opt[float64]{
		&p.Altitude, &p.Speed, &p.Course, &p.HDOP, &p.Odometer, &p.ExternalVolts, &p.BatteryVolts, &p.BatteryPercent,
	}[number-5]
}

func decodeCell(b []byte) (protocols.Opt[protocols.Cell], error) {
	var v [4]uint64
	for i := range v {
		value, n := protowire.ConsumeVarint(b)
		if n < 0 {
			return protocols.Opt[protocols.Cell]{}, fmt.Errorf("%w: cell: %w", ErrEncoding, protowire.ParseError(n))
		}
		v[i], b = value, b[n:]
	}
	return protocols.Some(protocols.Cell{MCC: uint16(v[0]), MNC: uint16(v[1]), LAC: uint32(v[2]), CID: v[3]}), nil
}

func (d *decoder) attributes(b []byte) ([]protocols.Attribute, error) {
	list := make([]protocols.Attribute, 0, len(b)/3)
	for len(b) > 0 {
		number, n := protowire.ConsumeVarint(b)
		if n < 0 || n == len(b) {
			return nil, fmt.Errorf("%w: attribute cut short", ErrEncoding)
		}
		name, err := d.name(number)
		if err != nil {
			return nil, err
		}
		value, used, err := decodeValue(b[n:])
		if err != nil {
			return nil, err
		}
		b = b[n+used:]
		list = append(list, protocols.Attr(name, value))
	}
	return list, nil
}

func decodeValue(b []byte) (protocols.Value, int, error) {
	kind, scale := protocols.ValueKind(b[0]&3), b[0]>>2
	if kind == protocols.KindText || kind == protocols.KindBytes {
		s, n := protowire.ConsumeBytes(b[1:])
		if n < 0 {
			return protocols.Value{}, 0, fmt.Errorf("%w: text cut short", ErrEncoding)
		}
		if kind == protocols.KindText {
			return protocols.Text(string(s)), 1 + n, nil
		}
		return protocols.Bytes(s), 1 + n, nil
	}
	v, n := protowire.ConsumeVarint(b[1:])
	if n < 0 {
		return protocols.Value{}, 0, fmt.Errorf("%w: number cut short", ErrEncoding)
	}
	if kind == protocols.KindBool {
		return protocols.Bool(v != 0), 1 + n, nil
	}
	return protocols.Decimal(protowire.DecodeZigZag(v), scale), 1 + n, nil
}

func decodeResult(b []byte) (*protocols.Result, error) {
	r := new(protocols.Result)
	return r, fields(b, func(f field) error {
		switch f.number {
		case 1:
			r.Text = string(f.bytes)
		case 2:
			r.Data = append([]byte{}, f.bytes...)
		case 3:
			r.ID = uint32(f.varint)
		case 4:
			r.Nack = f.varint != 0
		case 5:
			r.Deferred = f.varint != 0
		}
		return nil
	})
}

func decodeEvent(device fleet.DeviceID, b []byte) (*fleet.Event, error) {
	v := &fleet.Event{Device: device}
	return v, fields(b, func(f field) error {
		switch f.number {
		case 1:
			v.Time = milli(int64(f.varint))
		case 2:
			v.Kind = string(f.bytes)
		case 3:
			v.Text = string(f.bytes)
		}
		return nil
	})
}

func (d *decoder) name(number uint64) (string, error) {
	if number >= uint64(len(d.names)) {
		return "", fmt.Errorf("%w: name %d was never defined", ErrEncoding, number)
	}
	return d.names[number], nil
}

// field is one field of a message: a varint or bytes, the other is zero.
type field struct {
	number protowire.Number
	varint uint64
	bytes  []byte
}

func (f field) zigzag() int64 { return protowire.DecodeZigZag(f.varint) }

// count is how many fields of that number b has; what cannot be read ends the count.
func count(b []byte, number protowire.Number) int {
	total := 0
	_ = fields(b, func(f field) error {
		if f.number == number {
			total++
		}
		return nil
	})
	return total
}

// fields calls each for every field of b; those of other wire types are passed over.
func fields(b []byte, each func(field) error) error {
	for len(b) > 0 {
		number, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return fmt.Errorf("%w: %w", ErrEncoding, protowire.ParseError(n))
		}
		b = b[n:]
		f := field{number: number}
		switch kind {
		case protowire.VarintType:
			f.varint, n = protowire.ConsumeVarint(b)
		case protowire.BytesType:
			f.bytes, n = protowire.ConsumeBytes(b)
		default:
			n = protowire.ConsumeFieldValue(number, kind, b)
			f.number = 0
		}
		if n < 0 {
			return fmt.Errorf("%w: field %d: %w", ErrEncoding, number, protowire.ParseError(n))
		}
		b = b[n:]
		if err := each(f); err != nil {
			return err
		}
	}
	return nil
}
