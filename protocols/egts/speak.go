package egts

import (
	"encoding/binary"
	"math"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

const batch = 20

// tracker is a terminal with a login and records of four subrecords.
type tracker struct {
	out    []byte // the last report, reused
	device string
	say    codec // counts packets and records

	first   uint16 // record of the last report
	waiting uint16 // records of it that are not yet acknowledged
}

func newTracker(device string) *tracker { return &tracker{device: device} }

// number is the terminal's own: the end of the IMEI.
func (t *tracker) number() uint32 {
	n, _ := strconv.ParseUint(t.device[max(0, len(t.device)-9):], 10, 32)
	return uint32(n)
}

// Hello is the terminal's identity.
func (t *tracker) Hello() []byte {
	t.waiting = 0
	content := binary.LittleEndian.AppendUint32(nil, t.number())
	content = append(content, 0x02)
	var imei [15]byte
	copy(imei[:], t.device)
	b := t.say.appendPacket(nil, packetData)
	from := len(b)
	b = appendPart(t.say.appendRecord(b, serviceAuth), partTerminal, append(content, imei[:]...)...)
	return closePacket(closeRecord(b, from), 0)
}

// Batch is how many records one report holds.
func (t *tracker) Batch() int { return batch }

// Acknowledged is true: every record is answered.
func (t *tracker) Acknowledged() bool { return true }

// Report writes the positions as records of one packet.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.out = t.say.appendPacket(t.out[:0], packetData)
	t.first, t.waiting = t.say.record, uint16(len(positions))
	for i := range positions {
		from := len(t.out)
		t.out = appendPosition(t.say.appendRecord(t.out, serviceTeledata), &positions[i])
		t.out = closeRecord(t.out, from)
	}
	t.out = closePacket(t.out, 0)
	return t.out
}

func appendPosition(b []byte, p *protocols.Position) []byte {
	le := binary.LittleEndian
	b = append(b, partPosition, 24, 0)
	b = le.AppendUint32(b, uint32(p.Time.Unix()-epoch))
	b = le.AppendUint32(b, uint32(math.Round(math.Abs(p.Latitude)*math.MaxUint32/90)))
	b = le.AppendUint32(b, uint32(math.Round(math.Abs(p.Longitude)*math.MaxUint32/180)))
	flags := 0x80 | wire.Bit(p.Longitude < 0)<<6 | wire.Bit(p.Latitude < 0)<<5 | wire.Bit(p.Speed.Value > 1)<<4 |
		wire.Bit(p.Valid)
	course := uint16(wire.Clamp(p.Course.Value, 0, 359))
	speed := uint16(wire.Clamp(p.Speed.Value*10, 0, 0x3FFF)) | course>>8<<15 | uint16(wire.Bit(p.Altitude.Value < 0))<<14
	b = le.AppendUint16(append(b, flags), speed)
	odometer := uint32(wire.Clamp(p.Odometer.Value/100, 0, 1<<24-1))
	b = append(b, byte(course), byte(odometer), byte(odometer>>8), byte(odometer>>16),
		wire.Bit(p.Ignition.Value), causeOf(p))
	height := uint32(math.Abs(wire.Clamp(p.Altitude.Value, -20000, 20000)))
	b = append(b, byte(height), byte(height>>8), byte(height>>16))
	hdop := uint16(wire.Clamp(p.HDOP.Value*100, 0, 65535))
	b = append(b, partExtended, 4, 0, 0x0A, byte(hdop), byte(hdop>>8),
		byte(wire.Clamp(float64(p.Satellites.Value), 0, 255)))
	return append(b, partState, 5, 0, 2, byte(wire.Clamp(p.ExternalVolts.Value*10, 0, 255)),
		byte(wire.Clamp(p.BatteryVolts.Value*10, 0, 255)), 0, 0)
}

// causeOf is the first alarm that has a cause, else the timer with or without ignition.
func causeOf(p *protocols.Position) byte {
	for cause, alarm := range causes {
		if alarm != 0 && p.Alarms&alarm != 0 {
			return byte(cause)
		}
	}
	if p.Ignition.OK && !p.Ignition.Value {
		return 5
	}
	return 0
}

// Hear reads one packet of the server's.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	n := header(data)
	switch {
	case n < 0:
		return 0, heard, &wire.Error{Field: "header", Offset: 0, Err: wire.ErrUnknown}
	case n == 0 || len(data) < n:
		return 0, heard, nil
	}
	start := int(data[3])
	r := wire.NewReader(data[:n-2])
	r.Skip("header", start)
	if data[9] == packetResponse {
		r.Skip("response", 3)
	}
	var numbers []uint16
	for r.Len() > 0 {
		size, number, flags := int(r.U16LE("length")), r.U16LE("number"), r.U8("flags")
		if flags&1 != 0 {
			r.Skip("object", 4)
		}
		service := r.U8("service")
		r.Skip("service", 1)
		parts := wire.NewReader(r.Bytes("record", size))
		for parts.Len() > 0 && r.Err() == nil {
			kind := parts.U8("type")
			t.part(service, kind, parts.Bytes("content", int(parts.U16LE("length"))), &heard)
		}
		numbers = append(numbers, number)
	}
	if err := r.Err(); err != nil {
		return 0, heard, err
	}
	if data[9] != packetResponse {
		heard.Reply = append(t.acknowledge(binary.LittleEndian.Uint16(data[7:]), numbers), heard.Reply...)
	}
	return n, heard, nil
}

func (t *tracker) part(service, kind byte, b []byte, heard *protocols.Heard) {
	switch {
	case kind == partResponse && len(b) == 3 && service == serviceTeledata && b[2] == resultOK:
		if n := binary.LittleEndian.Uint16(b) - t.first; n < t.waiting {
			heard.Positions = int(n) + 1
		}
		if heard.Positions == int(t.waiting) {
			t.waiting = 0
		}
	case kind == partResult && len(b) == 1:
		heard.Welcome, heard.Refused = b[0] == resultOK, b[0] != resultOK
	case kind == partCommand && len(b) >= 15:
		heard.Command = string(b[15:])
		if heard.Command == "" {
			heard.Command = "command " + strconv.Itoa(int(binary.LittleEndian.Uint16(b[13:])))
		}
		heard.Reply = t.obey(b)
	}
}

// acknowledge answers a packet of the server's.
func (t *tracker) acknowledge(id uint16, numbers []uint16) []byte {
	b := t.say.appendPacket(nil, packetResponse)
	b = append(b, byte(id), byte(id>>8), resultOK)
	from := len(b)
	b = t.say.appendRecord(b, serviceCommands)
	for _, n := range numbers {
		b = appendPart(b, partResponse, byte(n), byte(n>>8), resultOK)
	}
	return closePacket(closeRecord(b, from), 0)
}

// obey confirms a command.
func (t *tracker) obey(order []byte) []byte {
	content := append([]byte{commandConfirm << 4}, order[1:10]...)
	content = append(content, 0, 0, order[13], order[14])
	content = append(content, "OK"...)
	b := t.say.appendPacket(nil, packetData)
	from := len(b)
	b = appendPart(t.say.appendRecord(b, serviceCommands), partCommand, content...)
	return closePacket(closeRecord(b, from), 0)
}
