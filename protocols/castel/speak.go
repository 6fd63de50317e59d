package castel

import (
	"encoding/binary"
	"encoding/hex"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxBatch is how many frames a dongle writes at once.
const maxBatch = 10

// tracker is an OBD dongle of protocol version 4.
type tracker struct {
	id    [idSize]byte
	out   []byte // the last report, reused
	body  []byte // the data of a frame in the making, reused
	alarm uint32 // the index of the last alarm
}

func newTracker(device string) *tracker {
	t := &tracker{}
	copy(t.id[:], device)
	return t
}

func (t *tracker) Batch() int         { return maxBatch }
func (t *tracker) Acknowledged() bool { return false }

// Hello is a login without a location, which names the versions.
func (t *tracker) Hello() []byte {
	b := appendStat(nil, &protocols.Position{})
	b = append(b, 0)
	b = append(b, "IDD_213G02_S V2.3.4\x00IDD_213G02_H V2.3.4\x00\x00\x00"...)
	return appendFrame(nil, '@', versionSC, t.id, scLogin, b)
}

// Report writes a 4001 for each position, 4007 where it warns. No positions at all are a heartbeat.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.out = t.out[:0]
	if len(positions) == 0 {
		t.out = appendFrame(t.out, '@', versionSC, t.id, scHeartbeat, nil)
	}
	for i := range positions {
		p := &positions[i]
		kind, code := uint16(scGPS), codeOf(p.Alarms)
		if code != 0 {
			kind = scAlarm
			t.alarm++
			t.body = binary.LittleEndian.AppendUint32(t.body[:0], t.alarm)
		} else {
			t.body = append(t.body[:0], 0)
		}
		t.body = appendFix(append(appendStat(t.body, p), 1), p)
		if code != 0 {
			t.body = append(t.body, 1, 1, code, 0, 0, 0, 0)
		} else {
			t.body = append(t.body, 0)
		}
		t.out = appendFrame(t.out, '@', versionSC, t.id, kind, t.body)
	}
	return t.out
}

// codeOf is the code of the first alarm that has one; 0 if none has.
func codeOf(a protocols.Alarms) byte {
	for code, alarm := range alarmCodes {
		if a&alarm != 0 {
			return byte(code)
		}
	}
	return 0
}

func appendStat(b []byte, p *protocols.Position) []byte {
	le := binary.LittleEndian
	when := uint32(0)
	if !p.Time.IsZero() {
		when = uint32(p.Time.Unix())
	}
	b = le.AppendUint32(b, when)
	b = le.AppendUint32(b, when)
	b = le.AppendUint32(b, uint32(min(max(math.Round(p.Odometer.Value), 0), math.MaxUint32)))
	b = append(b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) // trip, fuel, fuel of the trip
	state := uint32(0)
	if p.Ignition.Value {
		state = 1 << stateIgnition
	}
	b = le.AppendUint32(b, state)
	return append(b, 0, 0, 0, 0, 0, 0, 0, 0)
}

func appendFix(b []byte, p *protocols.Position) []byte {
	at, le := p.Time.UTC(), binary.LittleEndian
	b = append(b, byte(at.Day()), byte(at.Month()), byte(at.Year()-2000), byte(at.Hour()), byte(at.Minute()),
		byte(at.Second()))
	b = le.AppendUint32(b, uint32(math.Round(math.Abs(p.Latitude)*3600000)))
	b = le.AppendUint32(b, uint32(math.Round(math.Abs(p.Longitude)*3600000)))
	b = le.AppendUint16(b, uint16(min(max(math.Round(p.Speed.Value/0.036), 0), 65535)))
	b = le.AppendUint16(b, uint16(math.Round(p.Course.Value*10))%3600)
	flags := byte(min(max(p.Satellites.Value, 0), 15)) << 4
	if p.Latitude >= 0 {
		flags |= fixNorth
	}
	if p.Longitude >= 0 {
		flags |= fixEast
	}
	if p.Valid {
		flags |= fixValid
	}
	return append(b, flags)
}

// Hear reads one frame of the server's.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if len(data) < 4 {
		return 0, heard, nil
	}
	n := int(binary.LittleEndian.Uint16(data[2:]))
	switch {
	case data[0] != '@' || data[1] != '@':
		return 0, heard, &wire.Error{Field: "head", Err: wire.ErrUnknown}
	case n <= minFrame || n > maxFrame:
		return 0, heard, &wire.Error{Field: "length", Offset: 2, Err: wire.ErrValue}
	case len(data) < n:
		return 0, heard, nil
	case !proved(data[:n]):
		return 0, heard, &wire.Error{Field: "checksum", Offset: n - tailSize, Err: wire.ErrChecksum}
	}
	f, err := open(data[:n])
	if err != nil {
		return 0, heard, err
	}
	switch f.kind {
	case scLoginReply:
		heard.Welcome = true
	case scBeatReply, scAlarmReply:
	default:
		heard.Command = hex.EncodeToString(data[f.start-2 : f.start])
		if len(f.body) > 0 {
			heard.Command += ":" + hex.EncodeToString(f.body)
		}
		t.body = append(t.body[:0], f.body[:min(2, len(f.body))]...)
		for len(t.body) < 2 {
			t.body = append(t.body, 0)
		}
		if f.kind == scLocate {
			t.body = append(appendStat(t.body, &protocols.Position{}), 0)
		}
		t.out = appendFrame(t.out[:0], '@', versionSC, t.id, f.kind|0x8000, t.body)
		heard.Reply = t.out
	}
	return n, heard, nil
}
