package gosafe

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxBatch is how many records a tracker puts into a message.
const maxBatch = 5

// tracker is a G6S.
type tracker struct {
	device  string
	out     []byte // the last report, reused
	waiting int    // positions that are not acknowledged
	greeted bool   // the heartbeat was answered
}

func newTracker(device string) *tracker { return &tracker{device: device} }

func (t *tracker) Batch() int         { return maxBatch }
func (t *tracker) Acknowledged() bool { return true }

func (t *tracker) open(b []byte) []byte { return append(append(b, "*GS06,"...), t.device...) }

// Hello is a heartbeat.
func (t *tracker) Hello() []byte {
	t.greeted = false
	return append(t.open(nil), '#')
}

// Report writes one message with a record for each position.
func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.open(t.out[:0])
	for i := range positions {
		sep := byte('$')
		if i == 0 {
			sep = ','
		}
		b = appendRecord(append(b, sep), &positions[i])
	}
	t.waiting = len(positions)
	t.out = append(b, '#')
	return t.out
}

func appendRecord(b []byte, p *protocols.Position) []byte {
	b = p.Time.UTC().AppendFormat(b, "150405020106")
	b = append(b, ",,SYS:G6S;V3.37;V1.1.8,GPS:"...)
	if p.Valid {
		b = append(b, "A;"...)
	} else {
		b = append(b, "V;"...)
	}
	b = strconv.AppendInt(b, int64(p.Satellites.Value), 10)
	b = appendDegrees(b, p.Latitude, ";N", ";S")
	b = appendDegrees(b, p.Longitude, ";E", ";W")
	for _, v := range [...]float64{p.Speed.Value, p.Course.Value, p.Altitude.Value} {
		b = strconv.AppendInt(append(b, ';'), int64(math.Round(v)), 10)
	}
	if v, ok := p.HDOP.Get(); ok {
		b = strconv.AppendFloat(append(b, ';'), v, 'f', 2, 64)
	}
	b = appendGSM(b, p)
	if v, ok := p.Odometer.Get(); ok {
		b = strconv.AppendInt(append(b, ",COT:"...), int64(math.Round(v)), 10)
	}
	if v, ok := p.ExternalVolts.Get(); ok {
		b = strconv.AppendFloat(append(b, ",ADC:"...), v, 'f', 2, 64)
		if v, ok := p.BatteryVolts.Get(); ok {
			b = strconv.AppendFloat(append(b, ';'), v, 'f', 2, 64)
		}
	}
	if on, ok := p.Ignition.Get(); ok && on {
		b = append(b, ",DTT:4004;E1;0;0;0;1"...)
	} else if ok {
		b = append(b, ",DTT:4000;E0;0;0;0;1"...)
	}
	return b
}

// appendGSM writes signal and cell, of which each may be missing.
func appendGSM(b []byte, p *protocols.Position) []byte {
	c, cell := p.Cell.Get()
	signal, said := p.SignalPercent.Get()
	if !cell && !said {
		return b
	}
	b = append(b, ",GSM:1;"...)
	if said {
		b = strconv.AppendInt(b, int64(min(max(signal, 0), 100)/20), 10)
	}
	b = append(b, ';')
	if cell {
		b = strconv.AppendUint(b, uint64(c.MCC), 10)
		b = strconv.AppendUint(append(b, ';'), uint64(c.MNC), 10)
		b = strconv.AppendUint(append(b, ';'), uint64(c.LAC), 16)
		b = append(strconv.AppendUint(append(b, ';'), c.CID, 16), ";-70"...)
	}
	return b
}

func appendDegrees(b []byte, v float64, plus, minus string) []byte {
	if v < 0 {
		b, v = append(b, minus...), -v
	} else {
		b = append(b, plus...)
	}
	return strconv.AppendFloat(b, v, 'f', 6, 64)
}

// Hear reads an acknowledgement or a command.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	n := min(len(data), len(acknowledgement))
	switch {
	case len(data) == 0:
		return 0, heard, nil
	case string(data[:n]) == acknowledgement[:n]:
		if n < len(acknowledgement) {
			return 0, heard, nil
		}
		heard.Welcome, t.greeted = !t.greeted, true
		heard.Positions, t.waiting = t.waiting, 0
		return n, heard, nil
	case data[0] != '*':
		return 0, heard, &wire.Error{Field: "head", Err: wire.ErrUnknown}
	}
	end := bytes.IndexByte(data, '#')
	if end < 0 {
		return 0, heard, nil
	}
	_, words, ok := strings.Cut(string(data[min(imeiAt, end):end]), ",")
	if !ok {
		return 0, heard, &wire.Error{Field: "command", Offset: end, Err: wire.ErrShort}
	}
	heard.Command = words
	t.out = append(append(append(t.open(t.out[:0]), ','), words...), '#')
	heard.Reply = t.out
	return end + 1, heard, nil
}
