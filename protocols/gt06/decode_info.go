package gt06

import (
	"strconv"
	"strings"

	"drover/protocols"
)

// info reads type 94, "information transmission": a subtype and what it is about.
func (d *decoder) info(m *protocols.Message) {
	subtype := d.U8("information type")
	switch subtype {
	case 0x00:
		d.pos.ExternalVolts = protocols.Some(float64(d.U16("external voltage")) / 100)
		d.said = true
		d.extra()
	case 0x04:
		d.terminalStatus(printable(d.Rest()))
	case 0x05:
		d.door()
	case 0x09:
		d.constellation()
	case 0x0A:
		d.identities(m)
	case 0x0B:
		d.powerOrNetwork()
	case 0x0D:
		d.fuel()
	case 0x1B:
		d.rfid()
	case 0x1E:
		d.add("temperature_1_c", protocols.Decimal(int64(int32(d.U32("temperature"))), 1))
		d.add("humidity_percent", protocols.Decimal(int64(int32(d.U32("humidity"))), 1))
		d.extra()
	default:
		d.add("information_type", protocols.Int(int64(subtype)))
		d.content()
	}
}

// content keeps the rest as text where it is text, else as bytes.
func (d *decoder) content() {
	rest := d.Rest()
	switch {
	case len(rest) == 0:
	case isText(rest):
		d.add("content", protocols.Text(printable(rest)))
	default:
		d.add("content", protocols.Bytes(rest))
	}
}

// terminalStatus reads "ALM1=C5;STA1=C0;DYD=01;SOS=…;ICCID=…": names and values of the vendor's.
func (d *decoder) terminalStatus(words string) {
	for range 32 {
		pair, rest, more := strings.Cut(words, ";")
		name, value, ok := strings.Cut(pair, "=")
		switch {
		case !ok || name == "":
		case name == "ICCID":
			d.pos.ICCID = strings.TrimRight(value, "Ff")
			d.said = true
		default:
			d.add(strings.ToLower(name), protocols.Text(value))
		}
		if !more {
			return
		}
		words = rest
	}
}

// door reads subtype 05: perhaps a time, then door open (bit 0), trigger level (bit 1), input level (bit 2).
func (d *decoder) door() {
	if d.dated(7) {
		d.time()
	}
	bits := d.U8("door status")
	if d.Err() == nil {
		d.add("door", protocols.Bool(bits&1 != 0))
		d.add("door_trigger", protocols.Bool(bits&2 != 0))
		d.add("input_1", protocols.Bool(bits&4 != 0))
	}
	d.extra()
}

// powerOrNetwork reads subtype 0B: hundredths of a volt, or in one byte whether the network is 4G.
func (d *decoder) powerOrNetwork() {
	switch d.Len() {
	case 1:
		d.add("network_4g", protocols.Bool(d.U8("network") != 0))
	case 2:
		d.pos.ExternalVolts = protocols.Some(float64(d.U16("external voltage")) / 100)
		d.said = true
	default:
		d.content()
	}
}

// constellation reads subtype 09: the receiver's state, the signals of the satellites in use and in view.
func (d *decoder) constellation() {
	d.add("gnss_status", protocols.Int(int64(d.U8("GNSS status"))))
	for i, name := range [...]string{"snr_used", "snr_visible"} {
		n := int(d.U8("number of satellites"))
		if d.Err() != nil || n > d.Len() {
			break
		}
		if i == 0 {
			d.pos.Satellites = protocols.Some(n)
		} else {
			d.add("satellites_visible", protocols.Int(int64(n)))
		}
		if n > 0 {
			d.add(name, protocols.Bytes(d.Bytes("SNR", n)))
		}
	}
	d.extra()
}

// fuel reads subtype 0D, the line of an ultrasonic sensor, perhaps behind a time:
// !AIOIL,02,level,temperature,signal,state,mean level,…
func (d *decoder) fuel() {
	if d.dated(7) {
		d.time()
	}
	line := printable(d.Rest())
	fields := strings.Split(line, ",")
	if len(fields) < 7 || !strings.HasPrefix(line, "!AIOIL") {
		d.add("content", protocols.Text(line))
		return
	}
	d.decimal("temperature_1_c", fields[3])
	d.decimal("fuel_level", fields[6])
	d.decimal("fuel_level_raw", fields[2])
}

// decimal adds a number written with a point.
func (d *decoder) decimal(name, s string) {
	whole, part, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole+part, 10, 64)
	if err != nil || len(part) > 18 {
		d.add(name, protocols.Text(s))
		return
	}
	d.add(name, protocols.Decimal(n, uint8(len(part))))
}

// rfid reads subtype 1B: a line of text, or a card between header and checksum.
func (d *decoder) rfid() {
	rest := d.Rest()
	switch {
	case isText(rest):
		d.add("serial_text", protocols.Text(printable(rest)))
	case len(rest) >= 8:
		d.add("driver_id", protocols.Bytes(rest[2:6]))
	default:
		d.add("content", protocols.Bytes(rest))
	}
}
