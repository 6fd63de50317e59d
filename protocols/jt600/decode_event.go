package jt600

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// portable reads a W01: longitude before latitude, in degrees and minutes; speed in km/h, course, battery, satellites,
// signal and kind of alert.
func portable(s *wire.Columns, p *protocols.Position) error {
	lon, ok1 := s.At(2).Degrees()
	lat, ok2 := s.At(4).Degrees()
	err := place(s, p, lat, lon, ok1 && ok2, 2)
	halves(p, s.At(5), s.At(3))
	p.Valid = p.Located && s.At(6).Is("A")
	when(p, s.At(7), s.At(8))
	motion(p, s.At(9), s.At(10), 1)
	if v, ok := s.At(11).Int(); ok && v >= 0 && v <= 100 {
		p.BatteryPercent = protocols.Some(float64(v))
	}
	noteColumn(p, "gps", s.At(12))
	if v, ok := s.At(13).Int(); ok {
		csq(p, v)
	}
	noteColumn(p, "event", s.At(14))
	noteColumn(p, "io1", s.At(15))
	noteColumn(p, "io2", s.At(16))
	return err
}

// event reads a P45, a lock's opening or closing: position, who did it and how, and the number to answer.
func event(s *wire.Columns, r *record, m *protocols.Message) error {
	p := r.open(m)
	when(p, s.At(2), s.At(3))
	lat, ok1 := s.At(4).Float()
	lon, ok2 := s.At(6).Float()
	err := place(s, p, lat, lon, ok1 && ok2, 4)
	halves(p, s.At(5), s.At(7))
	p.Valid = p.Located && s.At(8).Is("A")
	motion(p, s.At(9), s.At(10), milesToKM)
	for i, name := range [...]string{
		"event", "unlock_status", "card", "password_ok", "wrong_passwords", "index", "mileage",
	} {
		b := s.At(11 + i)
		if name == "card" {
			if len(bytes.Trim(b, "0")) > 0 {
				p.Note(name, protocols.Text(printable(b)))
			}
			continue
		}
		noteColumn(p, name, b)
	}
	if number := s.At(16); wire.Digits(number) && len(number) <= 5 {
		b := append(r.reply[:0], "(P69,0,"...)
		m.Reply = append(append(b, number...), endText)
	}
	return err
}
