package minifinder2

import (
	"encoding/binary"
	"encoding/hex"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxBatch is how many records a tracker puts into a message.
const maxBatch = 10

// tracker is an EV-07B.
type tracker struct {
	device  string
	out     []byte // the last report, reused
	index   uint16 // of the last message
	waiting int    // positions in it that are not acknowledged
}

func newTracker(device string) *tracker { return &tracker{device: device} }

func (t *tracker) Hello() []byte      { return nil }
func (t *tracker) Batch() int         { return maxBatch }
func (t *tracker) Acknowledged() bool { return true }

// Report writes one message with a record for each position.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.index++
	t.waiting = len(positions)
	b := open(t.out[:0], wantsAck, t.index, cmdData)
	b = append(append(b, byte(1+len(t.device)), keyIMEI), t.device...)
	for i := range positions {
		b = appendRecord(b, &positions[i])
	}
	t.out = seal(b, 0)
	return t.out
}

func appendRecord(b []byte, p *protocols.Position) []byte {
	le := binary.LittleEndian
	b = le.AppendUint32(append(b, 9, keyStatus), uint32(p.Time.Unix()))
	status := uint32(percent(p.BatteryPercent.Value))<<statusBattery |
		uint32((percent(float64(p.SignalPercent.Value))*31+50)/100)<<statusSignal
	if p.Speed.Value > 0 {
		status |= 1 << statusMoving
	}
	b = le.AppendUint32(b, status)
	if code := codeOf(p.Alarms); code != 0 {
		b = le.AppendUint32(append(b, 9, keyAlarm), code)
		b = le.AppendUint32(b, uint32(p.Time.Unix()))
	}
	if v, ok := p.BatteryVolts.Get(); ok && p.BatteryPercent.OK {
		b = append(b, 4, keyBattery, byte(percent(p.BatteryPercent.Value)))
		b = le.AppendUint16(b, uint16(min(max(math.Round(v*1000), 0), 65535)))
	}
	if c, ok := p.Cell.Get(); ok {
		b = append(le.AppendUint16(append(b, 11, keyLTE), c.MCC), byte(c.MNC), 20)
		b = le.AppendUint32(le.AppendUint16(b, uint16(c.LAC)), uint32(c.CID))
	}
	if !p.Located {
		return b
	}
	return appendGPS(b, p)
}

func appendGPS(b []byte, p *protocols.Position) []byte {
	le := binary.LittleEndian
	b = append(b, 22, keyGPS)
	b = le.AppendUint32(b, uint32(int32(math.Round(p.Latitude*1e7))))
	b = le.AppendUint32(b, uint32(int32(math.Round(p.Longitude*1e7))))
	b = le.AppendUint16(b, uint16(min(max(math.Round(p.Speed.Value), 0), 2000)))
	b = le.AppendUint16(b, uint16(math.Round(p.Course.Value))%360)
	b = le.AppendUint16(b, uint16(int16(min(max(math.Round(p.Altitude.Value), -32768), 32767))))
	hdop := uint16(min(max(math.Round(p.HDOP.Value*10), 0), 65535))
	switch {
	case !p.Valid:
		hdop = 0
	case hdop == 0:
		hdop = 10
	}
	b = le.AppendUint16(b, hdop)
	b = le.AppendUint32(b, uint32(min(max(math.Round(p.Odometer.Value), 0), math.MaxUint32)))
	return append(b, byte(min(max(p.Satellites.Value, 0), 255)))
}

func percent(v float64) int { return int(min(max(math.Round(v), 0), 100)) }

// codeOf is the bit of the first alarm that has one.
func codeOf(a protocols.Alarms) uint32 {
	for bit, alarm := range alarms {
		if a&alarm != 0 {
			return 1 << bit
		}
	}
	return 0
}

// Hear reads one message of the server's.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if len(data) < headSize {
		return 0, heard, nil
	}
	n := headSize + int(binary.LittleEndian.Uint16(data[2:]))
	switch {
	case data[0] != start:
		return 0, heard, &wire.Error{Field: "header", Err: wire.ErrUnknown}
	case n == headSize || n > headSize+maxBody:
		return 0, heard, &wire.Error{Field: "length", Offset: 2, Err: wire.ErrValue}
	case len(data) < n:
		return 0, heard, nil
	case !proved(data[:n]):
		return 0, heard, &wire.Error{Field: "checksum", Offset: 4, Err: wire.ErrChecksum}
	}
	index, command, keys := binary.LittleEndian.Uint16(data[6:]), data[headSize], data[headSize+1:n]
	switch command {
	case cmdAnswer:
		if index == t.index && len(keys) > 1 && keys[1] == 0 {
			heard.Positions, t.waiting = t.waiting, 0
		}
	case cmdServices:
	default:
		heard.Command = hex.EncodeToString(data[headSize:headSize+1]) + ":" + hex.EncodeToString(keys)
		t.out = seal(append(open(t.out[:0], 0, index, cmdAnswer), 1, 0), 0)
		heard.Reply = t.out
	}
	return n, heard, nil
}
