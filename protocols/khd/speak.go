package khd

import (
	"encoding/hex"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// batch is how many positions are sent before the confirmations are awaited.
const batch = 10

// tracker is a KG200 that sends what it has stored.
type tracker struct {
	id      [4]byte
	out     []byte      // the last report, reused
	last    []byte      // the last position, for the answers to commands
	sums    [batch]byte // checksums of the reports that are not confirmed
	waiting int
	cut     bool
}

func newTracker(device string) *tracker {
	t := &tracker{}
	if len(device) > 8 {
		device = device[len(device)-8:]
	}
	var pairs [4]byte
	bcd := wire.AppendBCD(make([]byte, 0, 4), device)
	copy(pairs[4-len(bcd):], bcd)
	for i, b := range pairs {
		t.id[i] = b>>4*10 + b&15
		if i == 1 || i == 2 {
			t.id[i] += 0x80
		}
	}
	return t
}

// Hello is the login.
func (t *tracker) Hello() []byte {
	t.waiting = 0
	return appendFrame(nil, kindLogin, t.id[:], nil)
}

// Batch is how many frames go out before their confirmations are awaited.
func (t *tracker) Batch() int { return batch }

// Acknowledged is true: stored positions are confirmed.
func (t *tracker) Acknowledged() bool { return true }

// Report writes a frame 8E for each position.
func (t *tracker) Report(positions []protocols.Position) []byte {
	t.out, t.waiting = t.out[:0], 0
	for i := range positions {
		t.last = t.position(t.last[:0], &positions[i])
		t.out = appendFrame(t.out, kindReupload, t.id[:], t.last)
		if t.waiting < batch {
			t.sums[t.waiting] = t.out[len(t.out)-2]
			t.waiting++
		}
	}
	return t.out
}

// position appends what stands behind the identity.
func (t *tracker) position(b []byte, p *protocols.Position) []byte {
	at := p.Time.UTC()
	for _, n := range [...]int{at.Year() % 100, int(at.Month()), at.Day(), at.Hour(), at.Minute(), at.Second()} {
		b = append(b, bcd(n))
	}
	b = appendCoordinate(b, p.Latitude)
	b = appendCoordinate(b, p.Longitude)
	speed := int(math.Round(max(0, min(p.Speed.Value, 2000))))
	course := int(math.Round(max(0, min(p.Course.Value, 360)))) % 360
	b = append(b, bcd(speed/100), bcd(speed%100), bcd(course/100), bcd(course%100))
	state := byte(0x78)
	if p.Valid {
		state |= 0x80
	}
	metres := uint32(max(0, min(p.Odometer.Value, 1<<24-1)))
	b = append(b, state, byte(metres>>16), byte(metres>>8), byte(metres))
	vehicle := byte(0x7F)
	if !p.Ignition.Value {
		vehicle |= 0x80
	}
	return append(b, vehicle, 0xFF, 0, 0, 0, 30, 0, 0, 0, 0, 0, 0)
}

func bcd(n int) byte { return byte(n/10%10<<4 | n%10) }

// appendCoordinate appends dddmmmmm.
func appendCoordinate(b []byte, v float64) []byte {
	units := int(math.Round(math.Abs(v) * 60000))
	n := units/60000*100000 + units%60000
	sign := byte(0)
	if v < 0 {
		sign = 0x80
	}
	return append(b, bcd(n/1000000)|sign, bcd(n/10000%100), bcd(n/100%100), bcd(n%100))
}

// Hear reads one frame of the server's.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	for i := range min(2, len(data)) {
		if data[i] != start {
			return 0, heard, &wire.Error{Field: "start", Offset: i, Err: wire.ErrUnknown}
		}
	}
	if len(data) < head {
		return 0, heard, nil
	}
	end := head + int(data[3])<<8 + int(data[4])
	switch {
	case end > maxFrame || end < shortest:
		return 0, heard, &wire.Error{Field: "length", Offset: 3, Err: wire.ErrValue}
	case len(data) < end:
		return 0, heard, nil
	case data[end-1] != stop || wire.Xor(data[:end-1]) != 0:
		return 0, heard, &wire.Error{Field: "checksum", Offset: end - 2, Err: wire.ErrChecksum}
	}
	body := data[head : end-2]
	if data[2] == kindConfirm {
		t.confirmed(body, &heard)
		return end, heard, nil
	}
	if len(body) < 4 {
		return 0, heard, &wire.Error{Field: "pseudo IP", Offset: head, Err: wire.ErrShort}
	}
	t.obey(data[2], body[4:], &heard)
	return end, heard, nil
}

// confirmed takes the confirmation of the login or of the oldest report.
func (t *tracker) confirmed(body []byte, heard *protocols.Heard) {
	if len(body) < 2 {
		return
	}
	switch body[1] {
	case kindLogin:
		heard.Welcome = true
	case kindReupload:
		if t.waiting > 0 && body[0] == t.sums[0] {
			copy(t.sums[:], t.sums[1:])
			t.waiting--
			heard.Positions = 1
		}
	}
}

// obey carries a command out, and answers with a position or a confirmation.
func (t *tracker) obey(kind byte, content []byte, heard *protocols.Heard) {
	heard.Command = hex.EncodeToString(append([]byte{kind}, content...))
	switch kind {
	case kindCut, kindResume:
		t.cut = kind == kindCut
	}
	if len(t.last) == 0 {
		heard.Reply = appendFrame(nil, kindConfirm, t.id[:], []byte{kind})
		return
	}
	answer := byte(kindReply)
	if kind == kindLocate {
		answer = kindDemand
	}
	body := append([]byte{}, t.last...)
	body[len(body)-1] = kind
	heard.Reply = appendFrame(nil, answer, t.id[:], body)
}
