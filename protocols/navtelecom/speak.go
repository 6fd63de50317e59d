package navtelecom

import (
	"bytes"
	"encoding/binary"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// batch is the most records of a report: the paper wants no more than 1.3 kB.
const batch = 14

// spoken are the fields that a simulated tracker names: 1 to 15, both voltages, inputs, outputs, HDOP, the serving cell
// and the state of case and antenna.
var spoken = [maskBytes]byte{0xFF, 0xFE, 0x30, 0x0A, 0, 0, 0, 0, 0x02, 0x08, 0, 0, 0, 0, 0, 0x20}

// spokenBytes is a record of those fields.
const spokenBytes = 41 + 2 + 2 + 1 + 1 + 2 + 37 + 1

// tracker is a SIGNAL that speaks FLEX 3.0.
type tracker struct {
	out    []byte // the last report, reused
	device string

	record  uint32 // number of the last record
	waiting byte   // records of the last report, not yet acknowledged
	outputs byte
	last    [spokenBytes]byte // the last record
}

func newTracker(device string) *tracker { return &tracker{device: device} }

// Hello is the handshake and, without waiting for its answer, the fields.
func (t *tracker) Hello() []byte {
	t.waiting = 0
	b := appendNTCB(nil, 1, 0, "*>S:"+t.device)
	fields := append([]byte("*>FLEX\xB0\x1E\x1E\xFF"), spoken[:]...)
	return appendNTCB(b, 1, 0, fields)
}

// Batch is how many records one report holds.
func (t *tracker) Batch() int { return batch }

// Acknowledged is true: every report is answered.
func (t *tracker) Acknowledged() bool { return true }

// Report writes the positions as an archive; none at all keep the connection.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.out = t.out[:0]
	if len(positions) == 0 {
		t.out = append(t.out, ping)
		return t.out
	}
	t.waiting = byte(len(positions))
	t.out = append(t.out, '~', 'A', t.waiting)
	for i := range positions {
		t.record++
		from := len(t.out)
		t.out = t.append(t.out, &positions[i])
		copy(t.last[:], t.out[from:])
	}
	t.out = append(t.out, wire.CRC8NRSC5(t.out))
	return t.out
}

// append writes one record.
func (t *tracker) append(b []byte, p *protocols.Position) []byte {
	le := binary.LittleEndian
	at := uint32(p.Time.Unix())
	b = le.AppendUint32(b, t.record)
	b = le.AppendUint16(b, 0x1701)
	b = le.AppendUint32(b, at)
	b = append(b, wire.Bit(p.Alarms&^(protocols.AlarmTow|protocols.AlarmTampering|protocols.AlarmGPSAntennaCut) != 0)<<2|
		wire.Bit(p.Alarms&protocols.AlarmTow != 0)<<5, 0x0B|wire.Bit(p.Ignition.Value)<<7, 0, level(p.SignalPercent),
		1|wire.Bit(p.Valid)<<1|byte(min(max(p.Satellites.Value, 0), 63))<<2)
	b = le.AppendUint32(b, at)
	b = le.AppendUint32(b, uint32(int32(math.Round(p.Latitude*600000))))
	b = le.AppendUint32(b, uint32(int32(math.Round(p.Longitude*600000))))
	b = le.AppendUint32(b, uint32(int32(clamp(p.Altitude.Value*10, -1e5, 1e6))))
	b = le.AppendUint32(b, math.Float32bits(float32(clamp(p.Speed.Value, 0, 2000))))
	b = le.AppendUint16(b, uint16(clamp(p.Course.Value, 0, 359)))
	b = le.AppendUint32(b, math.Float32bits(float32(clamp(p.Odometer.Value, 0, 1e12)/1000)))
	b = le.AppendUint16(b, uint16(clamp(p.ExternalVolts.Value*1000, 0, 65535)))
	b = le.AppendUint16(b, uint16(clamp(p.BatteryVolts.Value*1000, 0, 65535)))
	b = append(b, wire.Bit(p.Ignition.Value), t.outputs, byte(clamp(p.HDOP.Value*10, 0, 250)), 0)
	return appendCells(b, p)
}

// appendCells writes the serving cell, no neighbours, and the state of case and antenna.
func appendCells(b []byte, p *protocols.Position) []byte {
	var cells [38]byte
	c := p.Cell.Value
	binary.LittleEndian.PutUint32(cells[0:], uint32(c.CID))
	binary.LittleEndian.PutUint16(cells[4:], uint16(c.LAC))
	binary.LittleEndian.PutUint16(cells[6:], c.MCC)
	binary.LittleEndian.PutUint16(cells[8:], c.MNC)
	cells[37] = wire.Bit(p.Alarms&protocols.AlarmTampering != 0) | wire.Bit(p.Alarms&protocols.AlarmGPSAntennaCut != 0)<<2
	return append(b, cells[:]...)
}

func level(percent protocols.Opt[int]) byte {
	if !percent.OK {
		return 99
	}
	return byte(clamp(float64(percent.Value)*31/100, 0, 31))
}

// Hear reads one message of the server's.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if len(data) > 0 && data[0] == '~' {
		return t.hearFlex(data)
	}
	if !bytes.HasPrefix(data, preamble[:min(4, len(data))]) {
		return 0, heard, &wire.Error{Field: "preamble", Offset: 0, Err: wire.ErrUnknown}
	}
	n, err := ntcbLength(data)
	if err != nil || n == 0 || len(data) < n {
		return 0, heard, err
	}
	body := data[headBytes:n]
	if h := readHead(data); h.spoilt || wire.Xor(body) != data[14] {
		return 0, heard, &wire.Error{Field: "checksum", Offset: 14, Err: wire.ErrChecksum}
	}
	switch {
	case bytes.Equal(body, []byte("*<S")):
	case bytes.HasPrefix(body, []byte("*<FLEX")):
		heard.Welcome = true
	default:
		heard.Command = string(body)
		heard.Reply = t.obey(heard.Command)
	}
	return n, heard, nil
}

// hearFlex reads the acknowledgement of an archive.
func (t *tracker) hearFlex(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	switch {
	case len(data) > 1 && data[1] != 'A':
		return 0, heard, &wire.Error{Field: "message", Offset: 1, Err: wire.ErrUnknown}
	case len(data) < 4:
		return 0, heard, nil
	case !whole(data[:4]):
		return 0, heard, &wire.Error{Field: "CRC8", Offset: 3, Err: wire.ErrChecksum}
	}
	if data[2] == t.waiting {
		heard.Positions, t.waiting = int(t.waiting), 0
	}
	return 4, heard, nil
}

// obey answers a command in the vendor's words.
func (t *tracker) obey(words string) []byte {
	switch {
	case len(words) == 4 && words[:2] == "*!" && words[2] >= '1' && words[2] <= '8':
		mask := byte(1) << (words[2] - '1')
		t.outputs &^= mask
		if words[3] == 'Y' {
			t.outputs |= mask
		}
		return appendNTCB(nil, 1, 0, append([]byte("*@C"), t.last[:]...))
	case words == "*?A":
		return appendNTCB(nil, 1, 0, append([]byte("*#A"), t.last[:]...))
	case words == "*!DEV_RESET":
		return appendNTCB(nil, 1, 0, "*@DEV_RESET")
	case len(words) > 8 && words[:8] == "*!EDITS ":
		return appendNTCB(nil, 1, 0, "*@EDITS OK,"+words[8:])
	}
	return appendNTCB(nil, 1, 0, "*Z:"+words)
}

func clamp(v, low, high float64) float64 {
	if !(v > low) { // also NaN
		return low
	}
	return math.Round(min(v*1e3, high*1e3)) / 1e3
}
