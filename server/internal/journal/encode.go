package journal

import (
	"math"
	"time"

	"github.com/klauspost/compress/s2"
	"google.golang.org/protobuf/encoding/protowire"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// An entry is the version byte and a run of protocol-buffer fields (wire format only, no descriptors), which version 2
// compresses as an S2 block. Fields that a reader does not know are passed over, so new ones can be added; a change of
// meaning needs a new version.
//
//	entry:    1 name (string), where it is first used · 2 record
//	record:   1 device · 2 protocol (name number) · 3 received (ms since 1970) · 4 position · 5 result · 6 event
//	position: 1 time (ms, zigzag) · 2 said (1 located, 2 valid, 4 ignition said, 8 ignition) · 3 latitude, 4 longitude
//	          (1e-7 degrees, zigzag) · 5 altitude · 6 speed · 7 course · 8 hdop · 9 odometer · 10 external volts ·
//	          11 battery volts · 12 battery percent (thousandths, zigzag) · 13 satellites · 14 signal percent ·
//	          15 alarms · 16 cell (four varints) · 17 iccid · 18 imsi · 19 attributes
//	attributes: name number, kind | scale << 2, then zigzag varint or length and bytes; repeated
//	result:   1 text · 2 data · 3 id · 4 nack
//	event:    1 time (ms) · 2 kind · 3 text
const (
	versionPlain      = 1
	versionCompressed = 2
)

// worthCompressing is the length from which an entry is compressed: records of one fleet have much in common, and so
// the disk and NATS' caches take a third.
const worthCompressing = 512

// maxEntry is the longest that an entry may become when it is decompressed, in bytes.
const maxEntry = 16 << 20

// compress gives the entry as version 2, made in the buffer.
func compress(buffer, entry []byte) []byte {
	if need := 1 + s2.MaxEncodedLen(len(entry)-1); cap(buffer) < need {
		buffer = make([]byte, need)
	}
	buffer = buffer[:cap(buffer)]
	buffer[0] = versionCompressed
	return buffer[:1+len(s2.Encode(buffer[1:], entry[1:]))]
}

// names numbers the strings that repeat within an entry, from 0, in the order of their first use.
type names map[string]uint64

// number writes the definition of a name that is new, and gives its number.
func (n names) number(b []byte, name string) ([]byte, uint64) {
	if i, ok := n[name]; ok {
		return b, i
	}
	i := uint64(len(n))
	n[name] = i
	b = protowire.AppendTag(b, 1, protowire.BytesType)
	return protowire.AppendString(b, name), i
}

// encoder appends records to an entry. Its scratch buffers are reused.
type encoder struct {
	names    names
	record   []byte
	position []byte
	inner    []byte
}

func newEncoder() *encoder { return &encoder{names: names{}} }

// reset forgets the names, for a new entry.
func (e *encoder) reset() { clear(e.names) }

// append writes one record to an entry that begins with the version byte.
func (e *encoder) append(entry []byte, r *fleet.Record) []byte {
	entry, protocol := e.names.number(entry, r.Protocol)
	b := appendVarint(e.record[:0], 1, uint64(r.Device))
	b = appendVarint(b, 2, protocol)
	b = appendVarint(b, 3, uint64(r.Received.UnixMilli()))
	for i := range r.Positions {
		entry = e.encodePosition(entry, &r.Positions[i])
		b = appendBytes(b, 4, e.position)
	}
	if r.Result != nil {
		b = appendBytes(b, 5, encodeResult(r.Result))
	}
	if r.Event != nil {
		b = appendBytes(b, 6, encodeEvent(r.Event))
	}
	e.record = b
	return appendBytes(entry, 2, b)
}

func (e *encoder) encodePosition(entry []byte, p *protocols.Position) []byte {
	b := e.position[:0]
	if !p.Time.IsZero() {
		b = appendZigzag(b, 1, p.Time.UnixMilli())
	}
	b = appendVarint(b, 2, said(p))
	if p.Located {
		b = appendZigzag(b, 3, scaled(p.Latitude, 1e7))
		b = appendZigzag(b, 4, scaled(p.Longitude, 1e7))
	}
	for i, o := range [...]*protocols.Opt[float64]{
		&p.Altitude, &p.Speed, &p.Course, &p.HDOP, &p.Odometer, &p.ExternalVolts, &p.BatteryVolts, &p.BatteryPercent,
	} {
		if o.OK {
			b = appendZigzag(b, protowire.Number(5+i), scaled(o.Value, 1e3))
		}
	}
	if p.Satellites.OK {
		b = appendVarint(b, 13, uint64(p.Satellites.Value))
	}
	if p.SignalPercent.OK {
		b = appendVarint(b, 14, uint64(p.SignalPercent.Value))
	}
	if p.Alarms != 0 {
		b = appendVarint(b, 15, uint64(p.Alarms))
	}
	b = e.appendSIM(b, p)
	entry, e.inner = e.encodeAttributes(entry, e.inner[:0], p.Attributes)
	if len(e.inner) > 0 {
		b = appendBytes(b, 19, e.inner)
	}
	e.position = b
	return entry
}

func (e *encoder) appendSIM(b []byte, p *protocols.Position) []byte {
	if c, ok := p.Cell.Get(); ok {
		in := protowire.AppendVarint(e.inner[:0], uint64(c.MCC))
		in = protowire.AppendVarint(in, uint64(c.MNC))
		in = protowire.AppendVarint(in, uint64(c.LAC))
		in = protowire.AppendVarint(in, c.CID)
		b, e.inner = appendBytes(b, 16, in), in
	}
	if p.ICCID != "" {
		b = appendString(b, 17, p.ICCID)
	}
	if p.IMSI != "" {
		b = appendString(b, 18, p.IMSI)
	}
	return b
}

func (e *encoder) encodeAttributes(entry, b []byte, attributes []protocols.Attribute) (_, _ []byte) {
	var name uint64
	for i := range attributes {
		a := &attributes[i]
		entry, name = e.names.number(entry, a.Name)
		b = protowire.AppendVarint(b, name)
		b = append(b, byte(a.Value.Kind())|a.Value.Scale()<<2)
		switch a.Value.Kind() {
		case protocols.KindText, protocols.KindBytes:
			b = protowire.AppendString(b, a.Value.Raw())
		default:
			b = protowire.AppendVarint(b, protowire.EncodeZigZag(a.Value.Mantissa()))
		}
	}
	return entry, b
}

func said(p *protocols.Position) uint64 {
	var v uint64
	for i, yes := range [...]bool{p.Located, p.Valid, p.Ignition.OK, p.Ignition.Value} {
		if yes {
			v |= 1 << i
		}
	}
	return v
}

func encodeResult(r *protocols.Result) []byte {
	b := appendString(nil, 1, r.Text)
	if r.Data != nil {
		b = appendBytes(b, 2, r.Data)
	}
	b = appendVarint(b, 3, uint64(r.ID))
	if r.Nack {
		b = appendVarint(b, 4, 1)
	}
	if r.Deferred {
		b = appendVarint(b, 5, 1)
	}
	return b
}

func encodeEvent(v *fleet.Event) []byte {
	b := appendVarint(nil, 1, uint64(v.Time.UnixMilli()))
	b = appendString(b, 2, v.Kind)
	return appendString(b, 3, v.Text)
}

// scaled is v × unit as a whole number, kept within what an int64 holds; 0 for NaN.
func scaled(v, unit float64) int64 {
	v = math.Round(v * unit)
	switch {
	case v != v:
		return 0
	case v > math.MaxInt64/2:
		return math.MaxInt64 / 2
	case v < math.MinInt64/2:
		return math.MinInt64 / 2
	}
	return int64(v)
}

func appendVarint(b []byte, field protowire.Number, v uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, field, protowire.VarintType), v)
}

func appendZigzag(b []byte, field protowire.Number, v int64) []byte {
	return appendVarint(b, field, protowire.EncodeZigZag(v))
}

func appendBytes(b []byte, field protowire.Number, v []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, field, protowire.BytesType), v)
}

func appendString(b []byte, field protowire.Number, v string) []byte {
	return protowire.AppendString(protowire.AppendTag(b, field, protowire.BytesType), v)
}

// milli cuts a time to the millisecond that the journal keeps.
func milli(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
