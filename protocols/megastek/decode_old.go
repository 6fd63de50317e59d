package megastek

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// decodeOld reads STX: with a comma behind it, an identity, a sentence and fields with names; without one, an identity
// of fixed width, a sentence and fields without names. from is where STX ends.
func (c *codec) decodeOld(m *protocols.Message, f *frame, from int) error {
	head, rest, ok := bytes.Cut(f.body[from:], []byte{'$'})
	if !ok || len(head) == 0 {
		return f.fail("sentence", wire.ErrShort)
	}
	withCommas := head[0] == ','
	device := bytes.Trim(head, ",")
	if !withCommas { // two bytes of unknown meaning stand behind it
		device = bytes.Trim(head[:min(len(head), fixedWidth)], " \x00")
	}
	if !isIdentity(device) {
		return f.fail("identity", wire.ErrValue)
	}
	p := new(entry).open(m)
	if from == len(opensStored) {
		p.Note("archive", protocols.Bool(true))
	}
	sentence(p, rest)
	switch {
	case !withCommas:
		numbered(p, afterSentence(rest))
	default:
		if named := named(p, rest); named != nil {
			device = named
		}
		f.checksum(p, from)
	}
	m.Device = c.speaker(device)
	if p.Time.IsZero() {
		return f.fail("date and time", wire.ErrValue)
	}
	return nil
}

// isIdentity is whether it is letters and digits, as people may name a tracker.
func isIdentity(b []byte) bool {
	for _, c := range b {
		if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return len(b) > 0 && len(b) <= maxDevice
}

// fixedWidth is how many bytes an identity without commas has.
const fixedWidth = 16

// sentence reads the sentence.
func sentence(p *protocols.Position, data []byte) {
	rmc := wire.ReadRMC(data)
	p.Time = rmc.Time
	if rmc.Located {
		p.Located, p.Valid, p.Latitude, p.Longitude = true, rmc.Valid, rmc.Latitude, rmc.Longitude
	}
	if rmc.Speed >= 0 {
		p.Speed = protocols.Some(rmc.Speed)
	}
	if rmc.Course >= 0 {
		p.Course = protocols.Some(rmc.Course)
	}
}

// afterSentence is what follows the sentence's checksum and the comma behind it.
func afterSentence(data []byte) []byte {
	i := bytes.IndexByte(data, '*')
	if i < 0 || i+4 > len(data) {
		return nil
	}
	return data[i+4:]
}

// The names of fields.
const (
	nameDevice  = "imei:"
	nameBattery = "Battery="
)

// named reads the alarm's name, the IMEI, the satellites in use and in view, the altitude, the battery, whether it is
// charged, and the cell; it gives the IMEI.
func named(p *protocols.Position, data []byte) []byte {
	if i := bytes.IndexByte(data, ';'); i >= 0 {
		data = data[:i]
	}
	i := bytes.Index(data, []byte(nameDevice))
	if i < 1 {
		return nil
	}
	before := data[:i-1]
	setAlarm(p, before[bytes.LastIndexByte(before, ',')+1:])
	var w [12]wire.Field
	n := len(wire.CutFields(w[:], data[i+len(nameDevice):], ','))
	used, view, both := bytes.Cut(w[1], []byte{'/'})
	if v, ok := wire.Field(used).Int64(); ok && v >= 0 && v <= 255 {
		p.Satellites = protocols.Some(int(v))
	}
	if both {
		noteNumber(p, "satellites_visible", view)
	}
	if v, ok := w[2].Float(); ok {
		setAltitude(p, v)
	}
	if level, ok := bytes.CutPrefix(w[3], []byte(nameBattery)); ok {
		setPercent(p, bytes.TrimSuffix(level, []byte{'%'}))
	}
	if n >= 9 {
		tail := w[n-5 : n]
		if charging := string(tail[0]); charging == "0" || charging == "1" {
			p.Note("charging", protocols.Bool(charging == "1"))
		}
		setCell(p, tail[1], tail[2], tail[3], tail[4])
	}
	if !wire.Digits(w[0]) || len(w[0]) > maxDevice {
		return nil
	}
	return w[0]
}

// numbered reads cell, signal, battery, flags, inputs, perhaps outputs, one or three analog values, and the alarm's
// name.
func numbered(p *protocols.Position, data []byte) {
	if i := bytes.IndexByte(data, ';'); i >= 0 {
		data = data[:i]
	}
	const inputs, most = 7, 13
	var w [most + 1]wire.Field
	n := len(wire.CutFields(w[:], data, ','))
	if n <= inputs+1 || n > most {
		return
	}
	setCell(p, w[0], w[1], w[2], w[3])
	setSignal(p, w[4])
	setPercent(p, w[5])
	p.Note("flags", protocols.Text(string(w[6])))
	setPorts(p, &inputNames, w[inputs])
	setAlarm(p, w[n-1])
	analog := w[inputs+1 : n-1]
	if len(analog)%2 == 0 && len(analog) > 0 {
		setPorts(p, &outputNames, analog[0])
		analog = analog[1:]
	}
	for i, name := range [...]string{"adc_1", "adc_2", "adc_3"} {
		if i < len(analog) {
			noteNumber(p, name, analog[i])
		}
	}
}

// checksum holds the two digits behind the semicolon against the sum of all before them. That of a stored report may
// leave out its first three letters.
func (f *frame) checksum(p *protocols.Position, from int) {
	i := bytes.IndexByte(f.body, ';')
	if i < 0 || len(f.body) < i+3 {
		return
	}
	sum, ok := wire.Field(f.body[i+1 : i+3]).Hex()
	if !ok || byte(sum) != wire.Sum8(f.body[:i+1]) && byte(sum) != wire.Sum8(f.body[from-len(opensOld):i+1]) {
		p.Note("checksum_ok", protocols.Bool(false))
	}
}
