package totem

import (
	"bytes"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// The fields of a report with a sentence, between bars. The analog value is left out by some models.
const (
	sentencePDOP = 1 + iota
	sentenceHDOP
	sentenceVDOP
	sentencePorts
	sentenceTime // of the tracker's clock
	sentencePower
	sentenceAnalog
	sentenceCell
	sentenceTemperature
	sentenceOdometer
	sentenceNumber
	sentenceRest
)

// readSentence reads an alarm code and an NMEA sentence (or only zeros), and between bars, all else.
func (d *decoder) readSentence() error {
	var w [16]wire.Field
	n := len(wire.CutFields(w[:], d.body, '|'))
	if n <= sentencePower || len(w[0]) < 2 {
		return d.fail("power", len(d.body), wire.ErrShort)
	}
	if bytes.IndexByte(w[sentenceOdometer-1], '.') >= 0 {
		copy(w[sentenceAnalog+1:], w[sentenceAnalog:len(w)-1])
		w[sentenceAnalog] = nil
	}
	p := d.position
	d.alarm(w[0][:2], &oldAlarms)
	rmc := wire.ReadRMC(w[0][2:])
	p.Time = rmc.Time
	if p.Time.IsZero() {
		p.Time = clock(w[sentenceTime])
	}
	if rmc.Located && !rmc.Time.IsZero() {
		p.Located, p.Valid, p.Latitude, p.Longitude = true, rmc.Valid, rmc.Latitude, rmc.Longitude
		d.speed(rmc.Speed, true)
		d.course(rmc.Course, true)
	}
	dilution(p, "pdop", w[sentencePDOP])
	d.hdop(w[sentenceHDOP])
	dilution(p, "vdop", w[sentenceVDOP])
	d.ports(w[sentencePorts])
	d.power(w[sentencePower])
	noteNumber(p, "adc_1", w[sentenceAnalog])
	if cell := w[sentenceCell]; len(cell) >= 8 {
		d.cell(cell[:4], cell[4:], nil, nil)
	}
	noteNumber(p, "temperature_1", w[sentenceTemperature])
	d.kilometres(w[sentenceOdometer])
	if v, ok := w[sentenceNumber].Int64(); ok {
		p.Note("serial", protocols.Int(v))
	}
	noteText(p, "extra", w[sentenceRest])
	return nil
}

// clock reads the tracker's time, yyyymmddhhmmss.
func clock(w wire.Field) time.Time {
	if len(w) != 14 || w[0] != '2' || w[1] != '0' {
		return time.Time{}
	}
	return w[2:].YMDHMS()
}

func dilution(p *protocols.Position, name string, w wire.Field) {
	if v, scale, ok := w.Decimal(); ok {
		p.Note(name, protocols.Decimal(v, scale))
	}
}

// ports reads a binary digit for each, the first last.
func (d *decoder) ports(w wire.Field) {
	for i, port := range [...]struct {
		place int
		name  string
	}{{0, ""}, {6, "input_1"}, {7, "input_2"}, {4, "input_3"}, {5, "input_4"}, {8, "output_1"}, {9, "output_2"}} {
		at := len(w) - 1 - port.place
		switch {
		case at < 0 || w[at] != '0' && w[at] != '1':
		case i > 0:
			d.flag(port.name, w[at] == '1')
		case w[at] == '1':
			d.position.Alarms |= protocols.AlarmSOS
		}
	}
}

// power reads whether the battery is charged, its three digits and four of the supply, in hundredths of a volt.
func (d *decoder) power(w wire.Field) {
	if len(w) != 8 || !wire.Digits(w) {
		return
	}
	d.flag("charging", w[0] == '1')
	d.battery(w[1:4], 100)
	d.supply(w[4:], 100)
}
