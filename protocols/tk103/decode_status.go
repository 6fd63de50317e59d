package tk103

import (
	"bytes"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// moment reads a date in the given order and hhmmss.
func moment(date, clock wire.Field, order int) time.Time {
	d, ok1 := date.Pairs(3)
	h, ok2 := clock.Pairs(3)
	if !ok1 || !ok2 {
		return time.Time{}
	}
	if order == dayFirst {
		d[0], d[2] = d[2], d[0]
	}
	return wire.Moment(d[0], d[1], d[2], h[0], h[1], h[2])
}

// status reads eight characters, L and the mileage in metres, and keeps what follows.
func status(p *protocols.Position, b wire.Field) {
	mark := bytes.IndexByte(b[:min(len(b), 12)], 'L')
	if mark < 0 {
		noteExtra(p, b)
		return
	}
	if mark == widthStatus {
		flags(p, b[:mark])
	}
	b = b[mark+1:]
	n := 0
	for n < min(len(b), 8) && isHex(b[n]) {
		n++
	}
	if v, ok := b[:n].Hex(); ok {
		p.Odometer = protocols.Some(float64(v))
	}
	noteExtra(p, b[n:])
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f'
}

// flags reads supply (0 while it is there), ignition, three more switches, and the fuel sensor's level in hexadecimal.
func flags(p *protocols.Position, b wire.Field) {
	for i, c := range b[:5] {
		if c != '0' && c != '1' {
			if i < 2 {
				return
			}
			continue
		}
		on := c == '1'
		switch i {
		case 0:
			p.Note("charging", protocols.Bool(!on))
		case 1:
			p.Ignition = protocols.Some(on)
		default:
			if on {
				p.Note(inputNames[i-2], protocols.Bool(true))
			}
		}
	}
	if v, ok := b[5:].Hex(); ok && v > 0 {
		p.Note("fuel_level", protocols.Int(int64(v)))
	}
}

var inputNames = [...]string{"input_2", "input_3", "input_4"}

// noteExtra keeps what follows the mileage; a number with a sign is a temperature.
func noteExtra(p *protocols.Position, b wire.Field) {
	switch {
	case len(b) == 0:
	case (b[0] == '+' || b[0] == '-') && bytes.IndexByte(b, '.') > 0:
		noteColumn(p, "temperature_c", b)
	default:
		noteText(p, "extra", b)
	}
}

// cells reads ,mcc,mnc and area and cell, in hexadecimal, of the serving cell and its neighbours, and the status.
func cells(b []byte, p *protocols.Position) error {
	var s wire.Columns
	s.Cut(b, ',')
	mcc, ok1 := s.At(1).Int()
	mnc, ok2 := s.At(2).Int()
	lac, ok3 := s.At(3).Hex()
	cid, ok4 := s.At(4).Hex()
	if !ok1 || !ok2 || !ok3 || !ok4 {
		noteText(p, "report", b)
		return s.Fail("cells", 1, wire.ErrValue)
	}
	setCell(p, mcc, mnc, lac, cid)
	last := s.Len()
	if last > 5 && len(s.At(last-1)) == widthStatus {
		last--
		flags(p, s.At(last))
	}
	for i := 5; i+1 < last; i += 2 {
		noteText(p, "neighbour", s.Span(i, i+2))
	}
	return nil
}

// listed reads cells in braces, one a line, and the mileage behind the last comma.
func listed(name wire.Field, b []byte, p *protocols.Position) {
	last := bytes.LastIndexByte(b, ',')
	if v, ok := wire.Field(b[last+1:]).Hex(); ok && len(b)-last-1 == 8 {
		p.Odometer = protocols.Some(float64(v))
	}
	if !name.Is("BP05") {
		noteText(p, "event", name)
	}
	var s wire.Columns
	open, end := bytes.IndexByte(b, '{'), bytes.IndexByte(b, '}')
	if end > open {
		s.Cut(b[open+1:end], ',')
		mcc, ok1 := s.At(0).Int()
		mnc, ok2 := s.At(1).Int()
		lac, ok3 := s.At(2).Int()
		cid, ok4 := s.At(3).Int()
		if ok1 && ok2 && ok3 && ok4 {
			setCell(p, mcc, mnc, uint64(lac), uint64(cid))
		}
	}
	noteText(p, "cells", b[open:max(open, last)])
}

func setCell(p *protocols.Position, mcc, mnc int, lac, cid uint64) {
	if mcc > 0 && mcc < 1000 && mnc >= 0 && mnc < 1000 && lac < 1<<32 && cid < 1<<32 {
		p.Cell = protocols.Some(protocols.Cell{MCC: uint16(mcc), MNC: uint16(mnc), LAC: uint32(lac), CID: cid})
	}
}
