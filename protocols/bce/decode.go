package bce

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// codec is the server's side of one conversation.
type codec struct {
	id          uint64 // the tracker's IMEI, 0 if it is not known
	ignition    int8   // input from 0, -1 if none
	immobiliser int    // output from 1
}

// Know takes identity and options from the device's profile.
func (c *codec) Know(d protocols.Device) {
	if id, err := strconv.ParseUint(d.Identity, 10, 64); err == nil && c.id == 0 && plausible(id) {
		c.id = id
	}
	switch v := d.Options[optionIgnition]; {
	case len(v) == 1 && v[0] >= '1' && v[0] <= '8':
		c.ignition = int8(v[0] - '1')
	case v == "none":
		c.ignition = -1
	}
	if v := d.Options[optionImmobiliser]; v == "1" || v == "2" {
		c.immobiliser = int(v[0] - '0')
	}
}

// Decode reads one frame.
func (c *codec) Decode(frame []byte, at time.Time) (protocols.Message, error) {
	var m protocols.Message
	if len(frame) < idBytes+4 {
		return m, &wire.Error{Field: "frame", Offset: len(frame), Err: wire.ErrShort}
	}
	id := binary.LittleEndian.Uint64(frame)
	if !plausible(id) {
		return m, &wire.Error{Field: "IMEI", Offset: 0, Err: wire.ErrValue}
	}
	end := len(frame) - 1
	ok := wire.Sum8(frame[:end]) == frame[end]
	if n, err := length(frame, true); n == 0 && err == nil { // cut, so that there is no sum
		end, ok = len(frame), false
	}
	if ok {
		c.id = id
	}
	m.Device = strconv.FormatUint(id, 10)
	d := decoder{codec: c, m: &m, arrived: at}
	d.makeRoom(frame[idBytes:end])
	r := wire.NewReader(frame[:end])
	r.Skip("IMEI", idBytes)
	for r.Len() > 0 && r.Err() == nil {
		n := int(r.U16LE("block length"))
		d.block(r.Bytes("block", min(n, r.Len())))
	}
	if len(d.events) > 0 {
		if d.pos == nil {
			d.open()
			d.pos.Time = moment(binary.LittleEndian.Uint32(d.events[0]), at)
		}
		d.tell()
	}
	if len(d.positions) > 0 {
		m.Positions = d.positions
	}
	if ok {
		return m, r.Err()
	}
	m.Reply = nil
	for i := range m.Positions {
		p := &m.Positions[i]
		p.Attributes = append(p.Attributes, protocols.Attr("checksum_ok", protocols.Bool(false)))
	}
	return m, &wire.Error{Field: "sum", Offset: end, Err: wire.ErrChecksum}
}

// decoder reads one frame.
type decoder struct {
	*codec
	m         *protocols.Message
	positions []protocols.Position
	pool      []protocols.Attribute
	pos       *protocols.Position
	arrived   time.Time
	events    [][]byte // records of another kind, which go along with the next that has data
}

func (d *decoder) add(name string, v protocols.Value) {
	d.pos.Attributes = append(d.pos.Attributes, protocols.Attr(name, v))
}

const roomPerRecord = 14

// makeRoom counts the records, so that all are one allocation.
func (d *decoder) makeRoom(blocks []byte) {
	records := 0
	for len(blocks) >= 4 {
		n := min(len(blocks), 2+int(binary.LittleEndian.Uint16(blocks)))
		for at := 4; at < n; at += 1 + int(blocks[at]) {
			records++
		}
		blocks = blocks[n:]
	}
	d.positions = make([]protocols.Position, 0, records)
	d.pool = make([]protocols.Attribute, records*roomPerRecord)
}

// block reads a kind, a key, and records behind their lengths.
func (d *decoder) block(b []byte) {
	if len(b) == 0 {
		return
	}
	switch b[0] {
	case blockStack, blockTimed:
		if len(b) < 2 {
			return
		}
		if b[0] == blockStack {
			d.m.Reply = appendFrame(nil, binary.LittleEndian.Uint64(d.identity()), blockConfirm, b[1]&0x7F)
		}
		d.stack(b[2:])
	case blockOutputDone:
		d.m.Result = &protocols.Result{Text: "output control done", Data: append([]byte{}, b[1:]...)}
	default:
		d.open()
		d.add("block", protocols.Bytes(b))
	}
}

// identity is the IMEI as it was sent.
func (d *decoder) identity() []byte {
	id, _ := strconv.ParseUint(d.m.Device, 10, 64)
	return binary.LittleEndian.AppendUint64(nil, id)
}

func (d *decoder) stack(b []byte) {
	for len(b) > 0 {
		n := min(int(b[0]), len(b)-1)
		record := b[1 : 1+n]
		b = b[1+n:]
		if n < 4 {
			continue
		}
		if record[0]&7 != kindData {
			d.events = append(d.events, record)
			continue
		}
		d.open()
		d.record(record)
		d.tell()
	}
}

// tell adds the records of another kind: time, and what has no known layout.
func (d *decoder) tell() {
	for _, e := range d.events {
		d.add("event_record", protocols.Bytes(e))
	}
	d.events = nil
}

// open begins a position.
func (d *decoder) open() {
	d.positions = append(d.positions, protocols.Position{})
	d.pos = &d.positions[len(d.positions)-1]
	if len(d.pool) >= roomPerRecord {
		d.pos.Attributes = d.pool[:0:roomPerRecord]
		d.pool = d.pool[roomPerRecord:]
	}
}

// Encode switches an output.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	number, on := cmd.Output, cmd.On
	switch cmd.Kind {
	case protocols.Output:
	case protocols.Immobilise, protocols.Release:
		number, on = c.immobiliser, cmd.Kind == protocols.Immobilise
	default:
		return nil, fmt.Errorf("%v: %w", cmd.Kind, protocols.ErrNoCommand)
	}
	if number < 1 || number > 2 {
		return nil, fmt.Errorf("output %d: the tracker takes 1 and 2", number)
	}
	if c.id == 0 {
		return nil, errors.New("the tracker has not said its IMEI yet, which a command must name")
	}
	state := byte(0)
	if on {
		state = 1
	}
	return appendFrame(nil, c.id, blockOutput, byte(0x09+number), 0xFF, state, 0, 0), nil
}
