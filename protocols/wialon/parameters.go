package wialon

import (
	"math"
	"strings"

	"drover/protocols"
)

// cell gathers the parameters of a serving cell.
type cell struct {
	mcc, mnc, lac, cid protocols.Opt[int64]
}

// parameters reads NAME:TYPE:VALUE between commas; text is the same as a string, whose names are in lower case. A part
// that is no parameter goes on with the text before it, which had a comma in it.
func (d *reader) parameters(b []byte, text string) {
	if len(b) == 0 {
		return
	}
	var c cell
	for len(text) > 0 {
		end := parameterEnd(text)
		d.parameter(text[:end], &c)
		text = text[min(len(text), end+1):]
	}
	c.close(d.pos)
}

// close sets the cell, or keeps the parts that there are.
func (c *cell) close(p *protocols.Position) {
	mcc, mnc, lac, cid := c.mcc.Value, c.mnc.Value, c.lac.Value, c.cid.Value
	if c.mcc.OK && c.mnc.OK && c.lac.OK && c.cid.OK && mcc > 0 && mcc < 1000 && mnc < 1000 {
		p.Cell = protocols.Some(protocols.Cell{MCC: uint16(mcc), MNC: uint16(mnc), LAC: uint32(lac), CID: uint64(cid)})
		return
	}
	for _, part := range [...]struct {
		name  string
		value protocols.Opt[int64]
	}{{"mcc", c.mcc}, {"mnc", c.mnc}, {"lac", c.lac}, {"cell_id", c.cid}} {
		if v, ok := part.value.Get(); ok {
			p.Note(part.name, protocols.Int(v))
		}
	}
}

// parameterEnd is the comma before the next parameter, or the end.
func parameterEnd(text string) int {
	for i := 0; i < len(text); {
		comma := strings.IndexByte(text[i:], ',')
		if comma < 0 {
			break
		}
		i += comma
		next := text[i+1:]
		if stop := strings.IndexByte(next, ','); stop >= 0 {
			next = next[:stop]
		}
		if typeAt(next) > 0 || next == "" {
			return i
		}
		i++
	}
	return len(text)
}

// typeAt is where the type of a parameter stands, behind its name; 0 if it is none.
func typeAt(text string) int {
	for i := 1; i+2 < len(text)+1; i++ {
		if text[i-1] == ':' && i+1 < len(text) && text[i] >= '1' && text[i] <= '3' && text[i+1] == ':' && i > 1 {
			return i
		}
	}
	return 0
}

// parameter keeps one parameter, in its field if it has one.
func (d *reader) parameter(text string, c *cell) {
	text = strings.TrimSpace(text)
	at := typeAt(text)
	if at == 0 {
		if text != "" && text != "na" {
			d.pos.Note("parameter", protocols.Text(text))
		}
		return
	}
	name, words := text[:at-1], text[at+2:]
	v := protocols.Text(words)
	if text[at] != '3' {
		if mantissa, scale, ok := decimalText(words); ok {
			v = protocols.Decimal(mantissa, scale)
		}
	}
	switch {
	case strings.EqualFold(words, "true"):
		v = protocols.Bool(true)
	case strings.EqualFold(words, "false"):
		v = protocols.Bool(false)
	}
	if !d.known(name, words, v, c) {
		d.pos.Note(name, v)
	}
}

// known sets what has a field of its own: the names that the papers and the makers' lists agree on.
func (d *reader) known(name, words string, v protocols.Value, c *cell) bool {
	p, f := d.pos, v.Float() // NaN if it is a text
	switch {
	case name == "sos" && f != 0 && v.Kind() == protocols.KindNumber:
		p.Alarms |= protocols.AlarmSOS
	case name == "alarm" && f != 0:
		p.Alarms |= protocols.AlarmGeneral
		return false
	case name == "ignition" && (f == 0 || f == 1 || v.Kind() == protocols.KindBool):
		p.Ignition = protocols.Some(f == 1 || v == protocols.Bool(true))
	case name == "odometer" && f >= 0 && f <= 1e12:
		p.Odometer = protocols.Some(f)
	case name == "sat" && f >= 0 && f <= 255 && v.Scale() == 0 && !p.Satellites.OK:
		p.Satellites = protocols.Some(int(f))
	case (name == "pwr_ext" || name == "power") && f >= 0 && f <= 100:
		p.ExternalVolts = protocols.Some(f)
	case (name == "pwr_int" || name == "battery") && f >= 0 && f <= 30:
		p.BatteryVolts = protocols.Some(f)
	case name == "hdop" && !p.HDOP.OK && f >= 0 && f <= 1e5:
		p.HDOP = protocols.Some(f)
	case name == "iccid" && len(words) >= 18 && len(words) <= 22 && p.ICCID == "":
		p.ICCID = words
	default:
		return d.cell(name, v, c)
	}
	return true
}

// cell takes a part of the serving cell.
func (d *reader) cell(name string, v protocols.Value, c *cell) bool {
	if v.Kind() != protocols.KindNumber || v.Scale() > 0 || v.Mantissa() < 0 || v.Mantissa() > math.MaxUint32 {
		return false
	}
	n := protocols.Some(v.Mantissa())
	switch name {
	case "mcc":
		c.mcc = n
	case "mnc":
		c.mnc = n
	case "lac":
		c.lac = n
	case "cell_id", "cellid", "cid":
		c.cid = n
	default:
		return false
	}
	return true
}

// decimalText is decimal of a string.
func decimalText(s string) (int64, uint8, bool) {
	var room [24]byte
	if len(s) > len(room) {
		return 0, 0, false
	}
	return decimal(append(room[:0], s...))
}
