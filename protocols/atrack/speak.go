package atrack

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"strconv"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxBatch is how many reports a packet holds.
const maxBatch = 10

// speakForm is what the simulated tracker puts behind the fixed fields.
const speakForm = "%CI%SA%MV%BV%AT"

// tracker is a unit that reports in binary packets.
type tracker struct {
	out    []byte // the last packet, reused
	device string
	id     uint64

	seq     uint16 // of the last packet
	waiting int    // so many positions are not acknowledged
}

func newTracker(device string) *tracker {
	id, _ := strconv.ParseUint(device, 10, 64) // 0 for what is no number
	return &tracker{device: device, id: id}
}

// Hello is a keep-alive.
func (t *tracker) Hello() []byte {
	t.waiting = 0
	return acknowledge(nil, t.id, 0)
}

// Batch is how many reports a packet holds.
func (t *tracker) Batch() int { return maxBatch }

// Acknowledged is true: every packet is.
func (t *tracker) Acknowledged() bool { return true }

// Report writes one packet.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.seq++
	t.waiting = len(positions)
	b := append(t.out[:0], "@P\x00\x00\x00\x00"...)
	b = binary.BigEndian.AppendUint16(b, t.seq)
	b = binary.BigEndian.AppendUint64(b, t.id)
	for i := range positions {
		b = appendRecord(b, &positions[i])
	}
	binary.BigEndian.PutUint16(b[4:], uint16(len(b)-6))
	binary.BigEndian.PutUint16(b[2:], wire.CRC16ARC(b[4:]))
	t.out = b
	return b
}

func appendRecord(b []byte, p *protocols.Position) []byte {
	be := binary.BigEndian
	at := uint32(max(0, p.Time.Unix()))
	b = be.AppendUint32(b, at)
	b = be.AppendUint32(b, at)
	b = be.AppendUint32(b, at)
	b = be.AppendUint32(b, uint32(int32(math.Round(p.Longitude*1e6))))
	b = be.AppendUint32(b, uint32(int32(math.Round(p.Latitude*1e6))))
	b = be.AppendUint16(b, uint16(wire.Clamp(p.Course.Value, 0, 360))%360)
	b = append(b, 2) // a report of the track
	b = be.AppendUint32(b, uint32(wire.Clamp(p.Odometer.Value/100, 0, math.MaxUint32)))
	b = be.AppendUint16(b, uint16(wire.Clamp(p.HDOP.Value*10, 0, math.MaxUint16)))
	b = append(b, wire.Bit(p.Ignition.Value))
	b = be.AppendUint16(b, uint16(wire.Clamp(p.Speed.Value, 0, 2000)))
	b = append(b, 0, 0, 0, 0) // outputs, analog input, no driver
	b = be.AppendUint16(b, noSensor)
	b = be.AppendUint16(b, noSensor)
	b = append(b, 0) // no text
	b = append(b, speakForm...)
	b = append(b, 0, byte(wire.Clamp(float64(p.Satellites.Value), 0, 255)))
	b = be.AppendUint16(b, uint16(wire.Clamp(p.ExternalVolts.Value*10, 0, math.MaxUint16)))
	b = be.AppendUint16(b, uint16(wire.Clamp(p.BatteryVolts.Value*10, 0, math.MaxUint16)))
	altitude := math.Copysign(wire.Clamp(math.Abs(p.Altitude.Value), 0, 100000), p.Altitude.Value)
	return be.AppendUint32(b, uint32(int32(altitude)))
}

var errServer = errors.New("atrack: neither an acknowledgement nor a line")

// Hear reads an acknowledgement or a command.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	switch {
	case len(data) == 0:
		return 0, heard, nil
	case data[0] == 0xFE:
		if len(data) < keepAliveLength {
			return 0, heard, nil
		}
		if !isKeepAlive(data) || binary.BigEndian.Uint64(data[2:]) != t.id {
			return 0, heard, errServer
		}
		heard.Welcome = true
		if binary.BigEndian.Uint16(data[10:]) == t.seq {
			heard.Positions, t.waiting = t.waiting, 0
		}
		return keepAliveLength, heard, nil
	}
	end := bytes.Index(data, []byte("\r\n"))
	switch {
	case end < 0 && len(data) > maxWords+16:
		return 0, heard, errServer
	case end < 0:
		return 0, heard, nil
	}
	heard.Command = string(data[:end])
	heard.Reply = obey(heard.Command)
	return end + 2, heard, nil
}

// obey answers a command with $OK and its tag.
func obey(words string) []byte {
	name, _, _ := strings.Cut(words, "=")
	if !strings.HasPrefix(name, "AT$") {
		return []byte("$ERROR=101\r\n")
	}
	if _, tag, found := strings.Cut(name, "+"); found {
		return []byte("$OK+" + tag + "\r\n")
	}
	return []byte("$OK\r\n")
}
