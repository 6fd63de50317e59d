package ruptela

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxBatch is the most records of a packet, so that it stays below the papers' 1,024 bytes.
const maxBatch = 12

// tracker is an FM-Eco that sends extended records.
type tracker struct {
	out     []byte // the last report, reused
	imei    uint64
	waiting int       // so many records are not acknowledged
	outputs [2]byte   // their levels
	last    [2]string // the last position, for "coords"
}

func newTracker(device string) *tracker {
	imei, err := strconv.ParseUint(device, 10, 64)
	if err != nil || imei >= maxIMEI {
		imei = minIMEI
	}
	return &tracker{imei: imei}
}

// Hello is an identification.
func (t *tracker) Hello() []byte { return t.packet(nil, kindIdentification, nil) }

// Batch is how many records a packet carries.
func (t *tracker) Batch() int { return maxBatch }

// Acknowledged is true: every packet of records is answered.
func (t *tracker) Acknowledged() bool { return true }

// packet appends a packet of the tracker's.
func (t *tracker) packet(b []byte, kind byte, payload []byte) []byte {
	b = t.open(b, kind)
	return shut(append(b, payload...))
}

// open starts a packet, which shut ends.
func (t *tracker) open(b []byte, kind byte) []byte {
	b = append(b[:0], 0, 0)
	b = binary.BigEndian.AppendUint64(b, t.imei)
	return append(b, kind)
}

func shut(b []byte) []byte {
	binary.BigEndian.PutUint16(b, uint16(len(b)-lengthSize))
	return binary.BigEndian.AppendUint16(b, wire.CRC16Kermit(b[lengthSize:]))
}

// Report writes a packet of extended records, or a heartbeat if there are none.
func (t *tracker) Report(positions []protocols.Position) []byte {
	if len(positions) == 0 {
		t.out = t.packet(t.out, kindHeartbeat, nil)
		return t.out
	}
	t.waiting = len(positions)
	b := append(t.open(t.out, kindExtended), 0, byte(len(positions)))
	for i := range positions {
		b = t.record(b, &positions[i])
	}
	t.out = shut(b)
	last := &positions[len(positions)-1]
	t.last = [2]string{
		strconv.FormatFloat(last.Latitude, 'f', 5, 64), strconv.FormatFloat(last.Longitude, 'f', 5, 64),
	}
	return t.out
}

// record appends head, location and elements. A timer made it write the record, or an alarm.
func (t *tracker) record(b []byte, p *protocols.Position) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(p.Time.Unix()))
	b = append(b, 0, 0, 0)
	b = appendLocation(b, p)
	const timer = 7
	b = binary.BigEndian.AppendUint16(b, timer)
	b = counted(b, 1, t.bytes(p))
	var two []value
	if v, ok := p.ExternalVolts.Get(); ok {
		two = append(two, value{29, uint64(clamp(math.Round(v*1000), math.MaxUint16))})
	}
	if v, ok := p.BatteryVolts.Get(); ok {
		two = append(two, value{30, uint64(clamp(math.Round(v*1000), math.MaxUint16))})
	}
	b = counted(b, 2, two)
	var four []value
	if v, ok := p.Odometer.Get(); ok {
		four = append(four, value{65, uint64(clamp(math.Round(v), math.MaxUint32))})
	}
	b = counted(b, 4, four)
	return append(b, 0)
}

// bytes are the elements of one byte: outputs, signal, ignition, alarms.
func (t *tracker) bytes(p *protocols.Position) []value {
	one := append(make([]value, 0, 10), value{405, uint64(t.outputs[0])}, value{406, uint64(t.outputs[1])})
	if v, ok := p.SignalPercent.Get(); ok {
		one = append(one, value{27, uint64(v*31+50) / 100})
	}
	if v, ok := p.Ignition.Get(); ok {
		on := uint64(0)
		if v {
			on = 1
		}
		one = append(one, value{409, on})
	}
	for _, a := range [...]struct {
		alarm protocols.Alarms
		value value
	}{
		{protocols.AlarmJamming, value{88, 1}}, {protocols.AlarmHardBraking, value{134, 1}},
		{protocols.AlarmHardAcceleration, value{136, 1}}, {protocols.AlarmTow, value{410, 1}},
		{protocols.AlarmAccident, value{411, 1}}, {protocols.AlarmGPSAntennaCut, value{415, 0}},
		{protocols.AlarmTampering, value{758, 1}},
	} {
		if p.Alarms&a.alarm != 0 {
			one = append(one, a.value)
		}
	}
	return one
}

// value is an element.
type value struct {
	id int
	v  uint64
}

// counted appends how many elements there are, and each with its id and that many bytes.
func counted(b []byte, size int, values []value) []byte {
	b = append(b, byte(len(values)))
	for _, v := range values {
		b = binary.BigEndian.AppendUint16(b, uint16(v.id))
		for shift := 8 * (size - 1); shift >= 0; shift -= 8 {
			b = append(b, byte(v.v>>shift))
		}
	}
	return b
}

// appendLocation appends the 16 bytes from longitude to HDOP.
func appendLocation(b []byte, p *protocols.Position) []byte {
	if !p.Located {
		return append(b, 0x80, 0, 0, 0, 0x80, 0, 0, 0, 0x80, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)
	}
	b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(p.Longitude*1e7))))
	b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(p.Latitude*1e7))))
	b = binary.BigEndian.AppendUint16(b, uint16(clamp(math.Round(p.Altitude.Value*10), math.MaxUint16)))
	b = binary.BigEndian.AppendUint16(b, uint16(clamp(math.Round(p.Course.Value*100), 35999)))
	b = append(b, byte(clamp(float64(p.Satellites.Value), 255)))
	b = binary.BigEndian.AppendUint16(b, uint16(clamp(math.Round(p.Speed.Value), 2000)))
	return append(b, byte(clamp(math.Round(p.HDOP.Value*10), 255)))
}

// clamp keeps a value in 0..high.
func clamp(v, high float64) float64 {
	if !(v > 0) { // also NaN
		return 0
	}
	return min(v, high)
}

// Hear reads one packet of the server's.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if len(data) < lengthSize+1 {
		return 0, heard, nil
	}
	n := int(binary.BigEndian.Uint16(data))
	used := lengthSize + n + crcSize
	switch {
	case n < 1 || n > maxLength:
		return 0, heard, &wire.Error{Field: "packet length", Offset: 0, Err: wire.ErrValue}
	case len(data) < used:
		return 0, heard, nil
	case !proved(data[:used]):
		return 0, heard, &wire.Error{Field: "checksum", Offset: used - crcSize, Err: wire.ErrChecksum}
	}
	kind, payload := data[lengthSize], data[lengthSize+1:used-crcSize]
	good := len(payload) == 1 && payload[0] == ack
	switch kind {
	case kindAcknowledge:
		if good {
			heard.Positions, t.waiting = t.waiting, 0
		}
		heard.Refused = !good
	case kindIdentification + fromServer:
		heard.Welcome, heard.Refused = good, !good
	case kindHeartbeat + fromServer:
	case kindTextRequest + fromServer:
		heard.Command, heard.Reply = t.obey(payload)
	default:
		return 0, heard, &wire.Error{Field: "command", Offset: lengthSize, Err: wire.ErrUnknown}
	}
	return used, heard, nil
}

// obey does what the words behind the password say and answers in the vendor's words.
func (t *tracker) obey(payload []byte) (words string, reply []byte) {
	_, after, _ := bytes.Cut(payload, []byte{' '})
	words = string(after)
	name, parameters, _ := strings.Cut(words, " ")
	answer := "unknown command"
	switch strings.ToLower(name) {
	case "setio":
		answer = "SETIO configuration data ok"
		for i, level := range strings.SplitN(parameters, ",", len(t.outputs)) {
			switch level {
			case "0", "1":
				t.outputs[i] = level[0] - '0'
			case "2":
			default:
				answer = "SETIO configuration data incorrect"
			}
		}
	case "coords":
		answer = "Lat: " + t.last[0] + " Long: " + t.last[1]
	case "reset":
		answer = "Resetting device"
	case "setconnection":
		answer = "set connection data ok"
	}
	return words, t.packet(nil, kindText, []byte(answer))
}
