package meiligao

import (
	"bytes"
	"encoding/binary"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxKnots is the highest speed that is believed.
const maxKnots = 1000

// sentence reads the text of a position.
type sentence struct {
	wire.Fields
	base int // where the text starts in the frame
}

func (s *sentence) fail(field string, err error) error {
	return &wire.Error{Field: field, Offset: s.base + s.Offset(), Err: err}
}

// readSentence reads time, validity, place, speed, course and date, and what follows them behind |.
func readSentence(p *protocols.Position, text []byte, base int) error {
	parts := wire.NewFields(text, '|')
	s := sentence{wire.NewFields(parts.Next(), ','), base}
	clock := s.Next()
	valid := s.Next()
	err := s.place(p)
	p.Valid = p.Located && len(valid) == 1 && valid[0] == 'A'
	if v, ok := s.Next().Float(); ok && v >= 0 && v < maxKnots {
		p.Speed = protocols.Some(wire.KnotsToKMH(v))
	}
	setCourse(p, s.Next())
	p.Time = timeOf(s.Next(), clock)
	readStatus(p, &parts)
	return err
}

func setCourse(p *protocols.Position, f wire.Field) {
	if v, ok := f.Float(); ok && v >= 0 && v <= 360 {
		if v == 360 {
			v = 0
		}
		p.Course = protocols.Some(v)
	}
}

// place reads latitude, longitude and their hemispheres.
func (s *sentence) place(p *protocols.Position) error {
	latitude, ns, longitude, ew := s.Next(), s.Next(), s.Next(), s.Next()
	if len(latitude) == 0 && len(longitude) == 0 {
		if ew == nil {
			return s.fail("longitude", wire.ErrShort)
		}
		return nil
	}
	lat, okLat := latitude.Float()
	lon, okLon := longitude.Float()
	lat, lon = wire.NMEADegrees(lat), wire.NMEADegrees(lon)
	switch {
	case !okLat || lat < 0 || lat > 90 || !oneOf(ns, 'N', 'S'):
		return s.fail("latitude", wire.ErrValue)
	case !okLon || lon < 0 || lon > 180 || !oneOf(ew, 'E', 'W'):
		return s.fail("longitude", wire.ErrValue)
	case lat == 0 && lon == 0:
		return nil
	}
	if ns[0] == 'S' {
		lat = -lat
	}
	if ew[0] == 'W' {
		lon = -lon
	}
	p.Located, p.Latitude, p.Longitude = true, lat, lon
	return nil
}

func oneOf(f wire.Field, a, b byte) bool { return len(f) == 1 && (f[0] == a || f[0] == b) }

// timeOf joins ddmmyy and hhmmss.sss, of which some firmware leaves the hour's leading zero out; zero if either is not
// said or impossible. A check digit may follow the date.
func timeOf(date, clock wire.Field) time.Time {
	if i := bytes.IndexByte(clock, '.'); i >= 0 {
		clock = clock[:i]
	}
	if i := bytes.IndexByte(date, '*'); i >= 0 {
		date = date[:i]
	}
	d, okD := date.Int64()
	c, okC := clock.Int64()
	day, month := int(d/10000), int(d/100%100)
	hour, minute, second := int(c/10000), int(c/100%100), int(c%100)
	if !okD || !okC || len(date) != 6 || day < 1 || day > 31 || month < 1 || month > 12 ||
		c < 0 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}
	}
	return time.Date(2000+int(d%100), time.Month(month), day, hour, minute, second, 0, time.UTC)
}

// The names of the inputs and outputs in the bits of the state, and of the analogue inputs.
var (
	inputs    = [5]string{"input_1", "input_2", "input_3", "input_4", "input_5"}
	outputs   = [5]string{"output_1", "output_2", "output_3", "output_4", "output_5"}
	analogues = [8]string{"adc_1", "adc_2", "adc_3", "adc_4", "adc_5", "adc_6", "adc_7", "adc_8"}
)

// readStatus reads HDOP, altitude, state, analogue inputs and what the model has after them.
func readStatus(p *protocols.Position, parts *wire.Fields) {
	if v, ok := parts.Next().Float(); ok && v >= 0 && v < 1e5 {
		p.HDOP = protocols.Some(v)
	}
	if v, ok := parts.Next().Float(); ok && v >= -1000 && v < 100000 {
		p.Altitude = protocols.Some(v)
	}
	if f := parts.Next(); len(f) == 4 {
		if state, ok := f.Hex(); ok {
			for i := range inputs {
				p.Note(inputs[i], protocols.Bool(state>>(8+i)&1 != 0))
				p.Note(outputs[i], protocols.Bool(state>>i&1 != 0))
			}
		}
	}
	adc := wire.NewFields(parts.Next(), ',')
	for i := 0; i < len(analogues) && adc.More(); i++ {
		if v, ok := adc.Next().Hex(); ok {
			p.Note(analogues[i], protocols.Int(int64(v)))
		}
	}
	readTail(p, parts)
}

// longestOdometer is the most digits of an odometer in decimal; what is longer is a cell.
const longestOdometer = 12

// readTail reads either the odometer in metres and a card, or cell, signal, odometer in hexadecimal, satellites and a
// card.
func readTail(p *protocols.Position, parts *wire.Fields) {
	first := parts.Next()
	if len(first) <= longestOdometer {
		if v, ok := first.Int64(); ok && v >= 0 {
			p.Odometer = protocols.Some(float64(v))
		}
		if card := parts.Next(); len(card) > 0 {
			p.Note("driver_id", protocols.Text(string(card)))
		}
		return
	}
	readCell(p, first)
	if v, ok := parts.Next().Hex(); ok && v <= 31 {
		p.SignalPercent = protocols.Some(int(v*100+15) / 31)
	}
	if v, ok := parts.Next().Hex(); ok && v <= 1e13 {
		p.Odometer = protocols.Some(float64(v))
	}
	if v, ok := parts.Next().Hex(); ok && v <= 255 {
		p.Satellites = protocols.Some(int(v))
	}
	if card := parts.Rest(); len(bytes.TrimSpace(card)) > 0 {
		p.Note("card", protocols.Text(string(bytes.TrimSpace(card))))
	}
}

// readCell reads country, network and area of four hexadecimal digits each and a cell of four or eight.
func readCell(p *protocols.Position, f wire.Field) {
	if len(f) < 16 {
		return
	}
	mcc, ok1 := f[:4].Hex()
	mnc, ok2 := f[4:8].Hex()
	lac, ok3 := f[8:12].Hex()
	cid, ok4 := f[12:].Hex()
	if ok1 && ok2 && ok3 && ok4 && mcc > 0 && mcc < 1000 {
		p.Cell = protocols.Some(protocols.Cell{MCC: uint16(mcc), MNC: uint16(mnc), LAC: uint32(lac), CID: cid})
	}
}

// cards is the room of cards in a 9966, and cardNames what they are called.
const cards = 15

var cardNames = [cards]string{
	"card_1", "card_2", "card_3", "card_4", "card_5", "card_6", "card_7", "card_8", "card_9", "card_10", "card_11",
	"card_12", "card_13", "card_14", "card_15",
}

// readCards reads the cards that were held to the reader, in ten digits, and |hhmmss,ddmmyy and the place.
func readCards(p *protocols.Position, body []byte) error {
	at := 4 * cards
	if len(body) <= at || body[at] != '|' {
		at = bytes.LastIndexByte(body, '|')
	}
	if at < 0 {
		return &wire.Error{Field: "time", Offset: offBody + len(body), Err: wire.ErrShort}
	}
	for i := 0; i < cards && 4*i+4 <= at; i++ {
		if card := binary.BigEndian.Uint32(body[4*i:]); card != 0 {
			p.Note(cardNames[i], protocols.Text(tenDigits(card)))
		}
	}
	s := sentence{wire.NewFields(body[at+1:], ','), offBody + at + 1}
	clock := s.Next()
	p.Time = timeOf(s.Next(), clock)
	err := s.place(p)
	p.Valid = p.Located
	return err
}

// tenDigits writes a card as it is printed on it.
func tenDigits(card uint32) string {
	var b [10]byte
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = byte('0' + card%10)
		card /= 10
	}
	return string(b[:])
}
