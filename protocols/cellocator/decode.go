package cellocator

import (
	"encoding/binary"
	"strconv"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// codec is the server's side of one conversation.
type codec struct {
	unit    int    // metres of a count of the mileage
	id      uint32 // who spoke last
	name    string // id in digits
	code    [4]byte
	counter byte // of what was sent to the unit
	noise   int  // bytes passed over since the last message
}

// Know takes the mileage's unit from the device's profile, and the unit's number as long as the unit has not said it.
func (c *codec) Know(d protocols.Device) {
	if id := numberOf(d.Identity); c.name == "" && id != 0 {
		c.code = [4]byte{'M', 'C', 'G', 'P'}
		c.speaker(id)
	}
	c.unit = usualUnit
	if n, err := strconv.Atoi(d.Options[optionUnit]); err == nil && n > 0 {
		c.unit = n
	}
}

// numberOf is the unit's number that an identity ends with: its last nine digits, 0 if they are none.
func numberOf(identity string) uint32 {
	id, _ := strconv.ParseUint(identity[max(0, len(identity)-9):], 10, 32)
	return uint32(id)
}

// record is the room for what a message commonly means, so that it costs one allocation.
type record struct {
	positions  [1]protocols.Position
	attributes [16]protocols.Attribute
	reply      [ackLength]byte
}

// decoder reads one message into one position.
type decoder struct {
	wire.Reader
	pos         *protocols.Position
	unit        int
	alternative bool // MCPG: places in degrees
	said        bool
}

// Decode reads one message.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	r := new(record)
	d := decoder{Reader: wire.NewReader(frame), pos: &r.positions[0], unit: c.unit}
	d.pos.Attributes = r.attributes[:0]
	code := d.Bytes("system code", 4)
	kind := d.U8("type")
	id := d.U32LE("unit id")
	if kind != kindSerial {
		d.Skip("communication control", 2)
	}
	numerator := d.U8("numerator")
	if d.Err() != nil {
		return protocols.Message{}, d.Err()
	}
	if !isCode(code) {
		return protocols.Message{}, &wire.Error{Field: "system code", Offset: 0, Err: wire.ErrUnknown}
	}
	d.alternative = code[3] != 'P'
	c.code = [4]byte(code)
	m := protocols.Message{Device: c.speaker(id)}
	reason := d.body(kind)
	if kind == kindStatus && reason == reasonReply {
		m.Result = &protocols.Result{Text: "status"}
	}
	if d.said {
		if n := len(frame); frame[n-1] != wire.Sum8(frame[4:n-1]) && d.Err() == nil {
			d.add("checksum_ok", protocols.Bool(false))
		}
		m.Positions = r.positions[:]
	}
	if kind == kindModules {
		m.Reply = c.acknowledgeModules(r.reply[:0], numerator)
	} else {
		m.Reply = c.acknowledge(r.reply[:0], numerator)
	}
	return m, d.Err()
}

// speaker gives the number as digits, and the same string as long as the same unit speaks.
func (c *codec) speaker(id uint32) string {
	if c.name == "" || id != c.id {
		c.id, c.name = id, strconv.FormatUint(uint64(id), 10)
	}
	return c.name
}

// acknowledge appends the answer to a message: code, 4, unit, counter, four of authentication, action, the numerator,
// and eleven zeros.
func (c *codec) acknowledge(b []byte, numerator byte) []byte {
	b = append(b, c.code[:]...)
	b = append(b, kindAck)
	b = binary.LittleEndian.AppendUint32(b, c.id)
	b = append(b, c.counter, 0, 0, 0, 0, 0, numerator, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	c.counter++
	return append(b, wire.Sum8(b[4:]))
}

// acknowledgeModules appends the answer to a modular message 11: a message of the same type and numerator whose only
// module, 9, says that it was received.
func (c *codec) acknowledgeModules(b []byte, numerator byte) []byte {
	b = append(b, c.code[:]...)
	b = append(b, kindModules)
	b = binary.LittleEndian.AppendUint32(b, c.id)
	b = append(b, numerator, 0, 0, 0, 0, 0x80, 10, 0, 0, 0, 0, 0, moduleAck, 3, 0, 0, 0, 0)
	return append(b, wire.Sum8(b[4:]))
}

// body reads what stands behind the numerator. It gives the reason of a status.
func (d *decoder) body(kind byte) byte {
	switch kind {
	case kindStatus:
		return d.status()
	case kindModular:
		d.Skip("packet control and length", 2)
		for d.Len() > 3 && d.Err() == nil {
			d.module("sub_data_", int(d.U8("type of sub-data")), int(d.U8("length of sub-data")))
		}
	case kindModules:
		d.Skip("packet control", 1)
		d.Skip("length and spare", 6)
		for d.Len() > 3 && d.Err() == nil {
			d.module("module_", int(d.U8("type of module")), int(d.U16LE("length of module")))
		}
	default:
		d.add("type", protocols.Int(int64(kind)))
		if d.Len() > 1 {
			d.add("data", protocols.Bytes(d.Bytes("data", d.Len()-1)))
		}
	}
	return 0
}

func (d *decoder) add(name string, v protocols.Value) {
	p := d.pos
	n := len(p.Attributes)
	if n == cap(p.Attributes) {
		p.Attributes = append(p.Attributes, protocols.Attribute{})
	}
	p.Attributes = p.Attributes[:n+1] // set in place: an append would copy the attribute once more
	p.Attributes[n].Name, p.Attributes[n].Value = name, v
	d.said = true
}

// The kinds of modules that are read.
const (
	moduleVariables = 2
	modulePlace     = 6
	moduleTime      = 7
	moduleAck       = 9 // from the server
)

// module reads a part of a modular message, or keeps it as it is.
func (d *decoder) module(name string, kind, size int) {
	end := d.Offset() + size
	if size > d.Len()-1 {
		d.Fail("module", wire.ErrShort)
		return
	}
	switch {
	case name == "module_" && kind == moduleVariables && size >= 7:
		d.Skip("operator and signature", 6)
		for n := int(d.U8("variables")); n > 0 && d.Offset()+3 <= end; n-- {
			id := d.U16LE("variable")
			width := int(d.U8("length of variable"))
			if width > 8 || d.Offset()+width > end {
				break
			}
			d.add("io"+strconv.Itoa(int(id)), protocols.Int(int64(d.UintLE("variable", width))))
		}
	case name == "module_" && kind == modulePlace && size >= 19:
		d.Skip("HDOP", 1)
		d.place(func() float64 {
			if size >= 22 {
				return float64(d.U32LE("speed")) * 0.036
			}
			return float64(d.U8("speed"))
		})
	case name == "module_" && kind == moduleTime && size >= 7:
		d.Skip("validity", 1)
		d.time(1)
	default:
		d.add(name+strconv.Itoa(kind), protocols.Bytes(d.Bytes("module", size)))
	}
	d.Skip("module", end-d.Offset())
}
