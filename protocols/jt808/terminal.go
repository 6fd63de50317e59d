package jt808

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// heartbeat reads what some vendors put into it: battery, signal, state.
func (d *decoder) heartbeat(b []byte) {
	switch {
	case len(b) == 0:
	case len(b) == 1:
		d.add("content", protocols.Bytes(b))
	default:
		d.said = true
		d.percent(int(b[0]))
		d.signal(b[1])
		if len(b) > 2 {
			d.number("status", b[2:3])
		}
		if len(b) > 3 {
			d.add("extra", protocols.Bytes(b[3:]))
		}
	}
}

// labels adds padded texts, each so many bytes long. Empty ones are left out.
func (d *decoder) labels(b []byte, names []string, widths []int) []byte {
	for i, name := range names {
		n := min(widths[i], len(b))
		if v := trim(b[:n]); len(v) > 0 {
			d.add(name, text(v))
		}
		b = b[n:]
	}
	return b
}

// register reads province, city, maker, model, terminal, colour and number of the plate. The editions differ in their
// widths: that of 2019 is in the header, the other two are told apart by the length.
func (d *decoder) register(h *header) {
	b := h.body
	if len(b) < 4 {
		if !h.versioned && len(b) > 0 {
			d.add("content", protocols.Bytes(b))
		}
		return
	}
	widths := []int{5, 8, 7}
	switch {
	case h.versioned:
		widths = []int{11, 30, 30}
	case len(b) >= 37:
		widths = []int{5, 20, 7}
	}
	if u16(b) != 0 || u16(b[2:]) != 0 {
		d.number("province", b[:2])
		d.number("city", b[2:4])
	}
	b = d.labels(b[4:], []string{"manufacturer", "model", "terminal_id"}, widths)
	if len(b) > 1 {
		if plate := trim(b[1:]); len(plate) > 0 {
			d.number("plate_colour", b[:1])
			d.add("plate", text(plate))
		}
	}
}

// auth reads the code, and in the edition of 2019 the IMEI and the software's version.
func (d *decoder) auth(h *header) {
	b := h.body
	if !h.versioned || len(b) < 1 || 1+int(b[0])+15 > len(b) {
		return
	}
	b = b[1+int(b[0]):]
	d.imei(b[:15])
	if version := trim(b[15:]); len(version) > 0 {
		d.add("firmware", text(version))
	}
}

// terminal reads the attributes of a terminal: kind, maker, model, id, card, versions, modules.
func (d *decoder) terminal(h *header) {
	b := h.body
	widths := []int{5, 20, 7}
	if h.versioned {
		widths = []int{5, 30, 30}
	}
	if len(b) < 2+widths[0]+widths[1]+widths[2]+10 {
		d.other(h)
		return
	}
	d.number("terminal_type", b[:2])
	b = d.labels(b[2:], []string{"manufacturer", "model", "terminal_id"}, widths)
	d.iccidBCD(b[:10])
	b = b[10:]
	for _, name := range [...]string{"hardware", "firmware"} {
		if len(b) == 0 || 1+int(b[0]) > len(b) {
			break
		}
		n := 1 + int(b[0])
		if n > 1 {
			d.add(name, text(b[1:n]))
		}
		b = b[n:]
	}
	if len(b) >= 2 {
		d.number("gnss_modules", b[:1])
		d.number("network_modules", b[1:2])
	}
}

// driver reads a card that was put in (1) or pulled out (2), when, whether it could be read, and whose it is.
func (d *decoder) driver(h *header) {
	b := h.body
	if len(b) < 7 {
		d.other(h)
		return
	}
	d.number("card_status", b[:1])
	d.pos.Time = clock(b[1:7], d.offset)
	if b = b[7:]; len(b) == 0 {
		return
	}
	d.number("card_result", b[:1])
	r := wire.NewReader(b[1:])
	name := r.Bytes("name", int(r.U8("length of the name")))
	card := r.Bytes("certificate", 20)
	agency := r.Bytes("agency", int(r.U8("length of the agency")))
	valid := r.Bytes("validity", 4)
	for _, part := range [...]struct {
		name  string
		value []byte
	}{{"driver", name}, {"driver_id", card}, {"card_agency", agency}} {
		if v := trim(part.value); len(v) > 0 {
			d.add(part.name, text(v))
		}
	}
	if digits, ok := wire.BCD(valid); ok && digits != "" {
		d.add("card_valid_until", protocols.Text(digits))
	}
	if rest := trim(r.Rest()); len(rest) > 0 {
		d.add("driver_card", text(rest))
	}
}

// can reads 0705: count, time of the day in BCD with milliseconds, and ids of four bytes with eight of data each.
func (d *decoder) can(h *header) {
	const size = 12
	b := h.body
	if len(b) < 7 || (len(b)-7)%size != 0 {
		d.other(h)
		return
	}
	if digits, ok := wire.BCD(b[2:7]); ok {
		d.add("can_time", protocols.Text(digits))
	}
	for b = b[7:]; len(b) > 0; b = b[size:] {
		const hexadecimal = "0123456789abcdef"
		name := []byte("can_00000000")
		for i := range 4 {
			name[4+2*i], name[5+2*i] = hexadecimal[b[i]>>4], hexadecimal[b[i]&15]
		}
		d.add(string(name), protocols.Bytes(b[4:size]))
	}
}

// media reads the event of a picture, sound or film (0800), or the thing itself (0801): number, kind, format, event,
// channel, since 2013 the place, and the data.
func (d *decoder) media(h *header) {
	b := h.body
	if len(b) < 8 {
		d.other(h)
		return
	}
	d.number("media_id", b[:4])
	d.number("media_type", b[4:5])
	d.number("media_format", b[5:6])
	d.number("event", b[6:7])
	d.number("camera", b[7:8])
	if b = b[8:]; h.kind != kindMedia {
		return
	}
	if len(b) >= basic {
		if at := clock(b[22:basic], d.offset); !at.IsZero() {
			d.location(b[:basic], h.start+8)
			b = b[basic:]
		}
	}
	if len(b) > 0 {
		d.add("media_data", protocols.Bytes(b))
	}
}

// acceleration reads 2070: samples of time in BCD and three axes of sign and size.
func (d *decoder) acceleration(b []byte) {
	const size = 12
	if len(b) < size {
		return
	}
	d.pos.Time = clock(b, d.offset)
	var list []byte
	for ; len(b) >= size; b = b[size:] {
		if len(list) > 0 {
			list = append(list, ' ')
		}
		for axis := range 3 {
			if axis > 0 {
				list = append(list, ',')
			}
			n := u16(b[6+2*axis:])
			if n&0x8000 != 0 {
				list = append(list, '-')
			}
			list = append(list, decimalText(uint32(n&0x7FFF))...)
		}
	}
	d.addList("acceleration", list)
}

// versions reads 0205: version, its date, processor, modem, IMEI, IMSI, card, vehicle, VIN, odometer, fuel.
func (d *decoder) versions(h *header) {
	const size = 128
	b := h.body
	if len(b) < size {
		d.other(h)
		return
	}
	d.labels(b, []string{"firmware", "firmware_date"}, []int{14, 10})
	d.labels(b[36:], []string{"modem"}, []int{15})
	d.imei(trim(b[51:66]))
	if imsi := trim(b[66:81]); wire.Digits(imsi) {
		d.pos.IMSI = string(imsi)
		d.said = true
	}
	d.iccidText(bytes.TrimRight(b[81:101], "\x00 "))
	d.labels(b[103:], []string{"vin"}, []int{17})
	d.pos.Odometer = protocols.Some(float64(u32(b[120:])))
	d.number("total_fuel_ml", b[124:128])
}
