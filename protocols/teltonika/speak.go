package teltonika

import (
	"encoding/binary"
	"math"

	"drover/protocols"
)

// Most records of a packet that a simulated tracker sends. A datagram holds at most 1,280 bytes.
const (
	tcpBatch = 25
	udpBatch = 8
)

// tracker is a simulated FMB that speaks codec 8 extended.
type tracker struct {
	device  string
	buffer  []byte // of the last Report
	network protocols.Network
	packet  uint16 // id of the last datagram
	avl     uint8  // the same for the application
	pending uint8  // records of the last report, not yet acknowledged
	known   bool   // the login was answered
}

func newTracker(n protocols.Network, device string) *tracker {
	return &tracker{device: device, network: n, known: n == protocols.UDP}
}

// Hello is the login; a datagram has none.
func (t *tracker) Hello() []byte {
	if t.network == protocols.UDP {
		return nil
	}
	t.known, t.pending = false, 0
	return append([]byte{0, byte(len(t.device))}, t.device...)
}

// Batch says how many records one report holds.
func (t *tracker) Batch() int {
	if t.network == protocols.UDP {
		return udpBatch
	}
	return tcpBatch
}

// Acknowledged is true: every packet of records is answered.
func (t *tracker) Acknowledged() bool { return true }

// Report writes the positions as one packet or datagram.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.pending = uint8(len(positions))
	b := t.buffer[:0]
	if t.network == protocols.UDP {
		t.packet++
		t.avl++
		b = append(b, 0, 0, byte(t.packet>>8), byte(t.packet), 1, t.avl, 0, byte(len(t.device)))
		b = appendRecords(append(b, t.device...), positions)
		binary.BigEndian.PutUint16(b, uint16(len(b)-2))
	} else {
		b = append(b, 0, 0, 0, 0, 0, 0, 0, 0)
		b = closePacket(appendRecords(b, positions), headerLength)
	}
	t.buffer = b
	return b
}

func appendRecords(b []byte, positions []protocols.Position) []byte {
	b = append(b, codec8E, byte(len(positions)))
	for i := range positions {
		b = appendRecord(b, &positions[i])
	}
	return append(b, byte(len(positions)))
}

func appendRecord(b []byte, p *protocols.Position) []byte {
	var set elementSet
	set.collect(p)
	var ms int64
	if !p.Time.IsZero() {
		ms = p.Time.UnixMilli()
	}
	b = binary.BigEndian.AppendUint64(b, uint64(ms))
	b = append(b, set.priority)
	b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(p.Longitude*1e7))))
	b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(p.Latitude*1e7))))
	b = binary.BigEndian.AppendUint16(b, uint16(int16(whole(p.Altitude.Value, -32768, 32767))))
	b = binary.BigEndian.AppendUint16(b, uint16(whole(p.Course.Value, 0, 360)%360))
	b = append(b, satellites(p))
	b = binary.BigEndian.AppendUint16(b, uint16(whole(p.Speed.Value, 0, maxSpeed)))
	return set.append(b)
}

// whole rounds v into a range.
func whole(v, least, most float64) int64 {
	if math.IsNaN(v) {
		return 0
	}
	return int64(math.Round(min(max(v, least), most)))
}

// satellites says by their number whether the location is a fix.
func satellites(p *protocols.Position) byte {
	const least = 4 // of a fix with altitude
	if !p.Valid {
		return 0
	}
	if n, ok := p.Satellites.Get(); ok && n > 0 {
		return byte(min(n, 255))
	}
	return least
}
