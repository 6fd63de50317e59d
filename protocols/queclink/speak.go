package queclink

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"time"

	"drover/protocols"
)

// speakVersion is the device type and version of the simulated tracker: a GV310LAU.
const speakVersion = "6E0A03"

// speakPassword is that of the simulated tracker where its profile says neither password nor model.
const speakPassword = "gv310lau"

// tracker is a simulated GV310LAU. It reports in texts, one position each.
type tracker struct {
	id    string
	buf   []byte
	count uint16
	now   time.Time // of the last position: its clock
	last  []byte    // that position, from accuracy to mileage
}

func speak(_ protocols.Network, device string) protocols.Tracker {
	return &tracker{id: device, now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
}

// Batch is a few reports, as they are sent in one go after a tunnel.
func (t *tracker) Batch() int { return 8 }

// Acknowledged is false: SACK is off unless it is asked for.
func (t *tracker) Acknowledged() bool { return false }

// Hello is the heartbeat, which the server always answers.
func (t *tracker) Hello() []byte {
	t.buf = t.open(t.buf[:0], "+ACK:GTHBD")
	t.buf = t.end(append(t.buf, ','))
	return t.buf
}

func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.buf[:0]
	for i := range positions {
		b = t.report(b, &positions[i])
	}
	t.buf = b
	return b
}

// open writes head, version, id and an empty name.
func (t *tracker) open(b []byte, head string) []byte {
	b = append(b, head...)
	b = append(b, ","+speakVersion+","...)
	return append(append(b, t.id...), ',')
}

// end writes the time of sending, the count and $.
func (t *tracker) end(b []byte) []byte {
	t.count++
	b = append(t.now.AppendFormat(b, "20060102150405"), ',')
	return appendCount(b, t.count)
}

// alarmed are the alarms that have a type of report with general position fields.
var alarmed = [...]struct {
	alarm  protocols.Alarms
	code   string
	report string
}{
	{protocols.AlarmSOS, "SOS", "00"}, {protocols.AlarmTow, "TOW", "00"}, {protocols.AlarmOverspeed, "SPD", "00"},
	{protocols.AlarmIdle, "IDL", "00"}, {protocols.AlarmHardBraking, "HBM", "10"},
	{protocols.AlarmHardAcceleration, "HBM", "11"}, {protocols.AlarmHardCornering, "HBM", "12"},
	{protocols.AlarmGeofenceExit, "GEO", "00"}, {protocols.AlarmGeofenceEnter, "GEO", "01"},
}

func (t *tracker) report(b []byte, p *protocols.Position) []byte {
	if !p.Time.IsZero() {
		t.now = p.Time.UTC()
	}
	code, report := "FRI", "10"
	for _, a := range alarmed {
		if p.Alarms&a.alarm != 0 {
			code, report = a.code, a.report
			break
		}
	}
	b = append(t.open(append(b, "+RESP:GT"...), code), ',')
	if v, ok := p.ExternalVolts.Get(); ok && v >= 0 && v < 100 {
		b = strconv.AppendInt(b, int64(math.Round(v*1000)), 10)
	}
	b = append(append(append(b, ','), report...), ",1,"...)
	at := len(b)
	b = t.fix(b, p)
	t.last = append(t.last[:0], b[at:]...)
	b = append(b, ",,,,,"...) // hour meter, three analogue inputs
	if v, ok := p.BatteryPercent.Get(); ok {
		b = strconv.AppendInt(b, int64(math.Round(v)), 10)
	}
	b = append(append(b, ','), status(p)...)
	return t.end(append(b, ",,,"...))
}

// status is state of motion, inputs and outputs.
func status(p *protocols.Position) string {
	moving := p.Speed.Value > 0
	on, known := p.Ignition.Get()
	switch {
	case known && on && moving:
		return "220100"
	case known && on:
		return "210100"
	case known && moving:
		return "120000"
	case known:
		return "110000"
	case moving:
		return "420000"
	}
	return "410000"
}

// fix writes accuracy to mileage, with the satellites appended.
func (t *tracker) fix(b []byte, p *protocols.Position) []byte {
	hdop := 1.0
	if v, ok := p.HDOP.Get(); ok && v >= 0 {
		hdop = v
	}
	b = append(tidy(b, protocols.Some(hdop), -1), ',')
	b = append(tidy(b, p.Speed, 1), ',')
	b = append(tidy(b, p.Course, 0), ',')
	b = append(tidy(b, p.Altitude, 1), ',')
	if p.Located {
		b = strconv.AppendFloat(b, p.Longitude, 'f', 6, 64)
		b = append(b, ',')
		b = strconv.AppendFloat(b, p.Latitude, 'f', 6, 64)
		b = append(b, ',')
	} else {
		b = append(b, ",,"...)
	}
	b = append(t.now.AppendFormat(b, "20060102150405"), ',')
	b = cell(b, p)
	if n, ok := p.Satellites.Get(); ok {
		b = append(b, ",01,"...)
		b = strconv.AppendInt(b, int64(n), 10)
	} else {
		b = append(b, ",00"...)
	}
	b = append(b, ',')
	if v, ok := p.Odometer.Get(); ok {
		b = strconv.AppendFloat(b, v/1000, 'f', 1, 64)
	}
	return b
}

// cell writes country, network, area and cell, or four empty fields.
func cell(b []byte, p *protocols.Position) []byte {
	c, ok := p.Cell.Get()
	if !ok {
		return append(b, ",,,"...)
	}
	b = append(padded(b, uint64(c.MCC), 10, 4), ',')
	b = append(padded(b, uint64(c.MNC), 10, 4), ',')
	b = append(padded(b, uint64(c.LAC), 16, 4), ',')
	return padded(b, c.CID, 16, 8)
}

// padded writes a number in capital digits with zeros before it.
func padded(b []byte, v uint64, base, width int) []byte {
	var room [20]byte
	digits := bytes.ToUpper(strconv.AppendUint(room[:0], v, base))
	for range width - len(digits) {
		b = append(b, '0')
	}
	return append(b, digits...)
}

// tidy writes a number with that many decimals; a course of 360 is 0.
func tidy(b []byte, v protocols.Opt[float64], decimals int) []byte {
	if !v.OK {
		return b
	}
	if decimals == 0 && math.Round(v.Value) == 360 {
		return append(b, '0')
	}
	return strconv.AppendFloat(b, v.Value, 'f', decimals, 64)
}

// errServer says that the server wrote what no server of the family writes.
var errServer = errors.New("queclink: neither an acknowledgement nor a command")

func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	n := bytes.IndexByte(data, '$') + 1
	switch {
	case n == 0 && len(data) > maxText:
		return 0, heard, errServer
	case n == 0:
		return 0, heard, nil
	}
	words := data[:n-1]
	if bytes.HasPrefix(words, []byte("+SACK:")) {
		heard.Welcome = bytes.HasPrefix(words, []byte("+SACK:GTHBD"))
		return n, heard, nil
	}
	heard.Command = string(words)
	heard.Reply = t.obey(words)
	return n, heard, nil
}

// obey answers AT+GTxxx=…,serial with +ACK:GTxxx and that serial number, and the question where it is with GTRTL as
// well; other words have no answer.
func (t *tracker) obey(words []byte) []byte {
	name, parameters, ok := bytes.Cut(words, []byte("="))
	if !ok || !bytes.HasPrefix(name, []byte("AT+GT")) {
		return nil
	}
	serial := parameters[bytes.LastIndexByte(parameters, ',')+1:]
	b := append(t.buf[:0], "+ACK:GT"...)
	b = append(t.open(append(b, name[5:]...), ""), ',')
	b = t.end(append(append(b, serial...), ','))
	if fields := bytes.SplitN(parameters, []byte{','}, 3); string(name) == "AT+GTRTO" && len(fields) > 1 &&
		string(fields[1]) == "1" && len(t.last) > 0 {
		b = append(append(t.open(b, "+RESP:GTRTL"), ",,00,1,"...), t.last...)
		b = t.end(append(b, ','))
	}
	t.buf = b
	return b
}
