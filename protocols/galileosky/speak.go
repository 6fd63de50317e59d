package galileosky

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// batch is the most records of a packet: the manual wants no more than 1000 bytes.
const batch = 16

// tracker is a Galileosky 5.
type tracker struct {
	out    []byte // the last packet, reused
	device string

	record  uint16
	sum     uint16 // of the packet that waits for its confirmation
	waiting byte   // records of that packet
	greeted bool
	outputs byte
}

func newTracker(device string) *tracker { return &tracker{device: device} }

// Hello is the head packet: IMEI and number.
func (t *tracker) Hello() []byte {
	t.greeted, t.waiting = false, 0
	b := []byte{headTags, 0, 0, 0x03}
	b = seal(append(append(b, t.device...), 0x04, 0x32, 0x00), 0)
	t.sum = binary.LittleEndian.Uint16(b[len(b)-2:])
	return b
}

// Batch is how many records one report holds.
func (t *tracker) Batch() int { return batch }

// Acknowledged is true: every packet is confirmed.
func (t *tracker) Acknowledged() bool { return true }

// Report writes the positions as one packet of tags.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.waiting = byte(len(positions))
	t.out = append(t.out[:0], headTags, 0, 0)
	for i := range positions {
		t.record++
		t.out = t.append(t.out, &positions[i])
	}
	if len(positions) == 0 {
		t.out = append(append(t.out, 0x03), t.device...)
	}
	t.out = seal(t.out, 0)
	t.sum = binary.LittleEndian.Uint16(t.out[len(t.out)-2:])
	return t.out
}

// append writes one record.
func (t *tracker) append(b []byte, p *protocols.Position) []byte {
	le := binary.LittleEndian
	b = le.AppendUint16(append(b, 0x04), 0x32)
	b = le.AppendUint16(append(b, 0x10), t.record)
	b = le.AppendUint32(append(b, 0x20), uint32(p.Time.Unix()))
	how := byte(wire.Clamp(float64(p.Satellites.Value), 0, 15))
	if !p.Valid {
		how |= 0x10
	}
	b = append(b, 0x30, how)
	b = le.AppendUint32(b, uint32(int32(math.Round(p.Latitude*1e6))))
	b = le.AppendUint32(b, uint32(int32(math.Round(p.Longitude*1e6))))
	b = le.AppendUint16(append(b, 0x33), uint16(wire.Clamp(p.Speed.Value*10, 0, 20000)))
	b = le.AppendUint16(b, uint16(wire.Clamp(p.Course.Value*10, 0, 3599)))
	b = le.AppendUint16(append(b, 0x34), uint16(int16(wire.Clamp(p.Altitude.Value, -32768, 32767))))
	b = append(b, 0x35, byte(wire.Clamp(p.HDOP.Value*10, 0, 255)))
	b = le.AppendUint16(append(b, 0x40), status(p))
	b = le.AppendUint16(append(b, 0x41), uint16(wire.Clamp(p.ExternalVolts.Value*1000, 0, 65535)))
	b = le.AppendUint16(append(b, 0x42), uint16(wire.Clamp(p.BatteryVolts.Value*1000, 0, 65535)))
	b = le.AppendUint16(append(b, 0x45), uint16(t.outputs))
	b = le.AppendUint16(append(b, 0x46), bit(p.Ignition.Value))
	return le.AppendUint32(append(b, 0xD4), uint32(wire.Clamp(p.Odometer.Value, 0, math.MaxUint32)))
}

// status is the word of bits.
func status(p *protocols.Position) uint16 {
	v := bit(p.Ignition.Value)<<9 | uint16(wire.Clamp(float64(p.SignalPercent.Value)*3/100, 0, 3))<<12
	v |= bit(p.Alarms&protocols.AlarmLowBattery != 0)<<5 | bit(p.Alarms&protocols.AlarmGPSAntennaCut != 0)<<6
	if p.Alarms&^(protocols.AlarmLowBattery|protocols.AlarmGPSAntennaCut) != 0 {
		v |= 1 << 15
	}
	return v
}

// Hear reads a confirmation or a command.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	switch {
	case len(data) == 0:
		return 0, heard, nil
	case data[0] == headTags:
		return t.command(data)
	case data[0] != headConfirm:
		return 0, heard, &wire.Error{Field: "header", Offset: 0, Err: wire.ErrUnknown}
	case len(data) < 3:
		return 0, heard, nil
	}
	if binary.LittleEndian.Uint16(data[1:]) == t.sum {
		heard.Welcome = !t.greeted
		t.greeted = true
		heard.Positions, t.waiting = int(t.waiting), 0
	}
	return 3, heard, nil
}

// command reads a command and answers it in the vendor's words.
func (t *tracker) command(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	n := packetLength(data)
	if n == 0 || len(data) < n {
		return 0, heard, nil
	}
	if _, ok := sum(data[:n]); !ok {
		return 0, heard, &wire.Error{Field: "checksum", Offset: n - 2, Err: wire.ErrChecksum}
	}
	var m protocols.Message
	d := decoder{codec: &codec{}, m: &m}
	if err := d.records(data[3:n-2], 3); err != nil {
		return 0, heard, err
	}
	if m.Result == nil {
		return 0, heard, &wire.Error{Field: "command", Offset: 3, Err: wire.ErrUnknown}
	}
	heard.Command = m.Result.Text
	heard.Reply = appendWords(nil, t.device, 0x32, m.Result.ID, t.obey(heard.Command))
	return n, heard, nil
}

func (t *tracker) obey(words string) string {
	name, rest, _ := strings.Cut(words, " ")
	switch strings.ToLower(name) {
	case "out":
		var number byte
		if len(rest) == 3 && rest[0] >= '0' && rest[0] <= '3' {
			number = rest[0] - '0'
		}
		t.outputs &^= 1 << number
		if strings.HasSuffix(rest, ",1") {
			t.outputs |= 1 << number
		}
		s := strconv.FormatUint(uint64(t.outputs)|0x10, 2)
		return "OUT(3..0) = " + s[1:]
	case "reset":
		return "Reset of device. Please wait 15 seconds..."
	case "status":
		return "Dev50 Soft=223 Pack=" + strconv.Itoa(int(t.record))
	}
	return strings.ToUpper(name) + ":" + rest[:min(len(rest), 200)]
}

func bit(on bool) uint16 {
	if on {
		return 1
	}
	return 0
}
