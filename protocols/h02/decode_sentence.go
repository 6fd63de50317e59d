package h02

import (
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// The fields that every sentence has.
const (
	fieldMaker = iota
	fieldID
	fieldType
	fieldFirst // what the type says
)

// maxID is the most digits of an id: an IMEI.
const maxID = 15

// The layouts of a reply's time.
const (
	stampLayout = "20060102150405"
	clockLayout = "150405"
)

// decodeSentence reads *XX,<id>,<type>,…#.
func (c *codec) decodeSentence(frame []byte) (protocols.Message, error) {
	s := sentence{entry: new(entry)}
	s.cut(frame)
	var m protocols.Message
	maker, id, kind := s.at(fieldMaker), s.at(fieldID), s.at(fieldType)
	switch {
	case len(maker) != 2:
		return m, s.fail("manufacturer", fieldMaker, wire.ErrValue)
	case len(id) > maxID || len(id) > 0 && !wire.Digits(id):
		return m, s.fail("id", fieldID, wire.ErrValue)
	case len(kind) == 0:
		return m, s.fail("type", fieldType, wire.ErrShort)
	}
	c.maker = [2]byte{maker[0], maker[1]}
	m.Device = c.speaker(id)
	err := s.decode(&m)
	if m.Device != "" && (err == nil || m.Positions != nil) {
		m.Reply = c.answer(s.entry.reply[:0], kind)
	}
	return m, err
}

// decode reads the sentence by its type.
func (s *sentence) decode(m *protocols.Message) error {
	kind := s.at(fieldType)
	ns := s.hemisphere()
	switch {
	case string(kind) == "V4":
		return s.decodeResult(m, ns)
	case string(kind) == "SMS":
		return s.decodeWords(m, fieldFirst, s.n)
	case ns > 0:
		return s.decodePosition(m, ns)
	case !s.closed:
		return s.fail("end", s.n, wire.ErrShort)
	}
	switch string(kind) {
	case "V0", "HTBT", "XT":
		return s.decodeHeartbeat(m)
	case "ICCID":
		s.entry.open(m).ICCID = string(s.at(fieldFirst))
		return nil
	case "NBR":
		return s.decodeNBR(m)
	case "LINK":
		return s.decodeLink(m)
	case "BASE":
		return s.decodeBase(m)
	case "BS":
		return s.decodeBS(m)
	case "VP1":
		return s.decodeVP1(m)
	case "V3":
		return s.decodeV3(m)
	case "V5":
		return s.decodeV5(m)
	}
	if kind[0] == 'V' && s.n > unlocated+8 {
		return s.decodePosition(m, unlocated)
	}
	return s.fail("type", fieldType, wire.ErrUnknown)
}

// unlocated is the field of N or S in a position; there, some firmwares write 0 while they have no location.
const unlocated = fieldFirst + 3

// hemisphere is the field that is N or S with E or W two fields on; 0 if there is none.
func (s *sentence) hemisphere() int {
	for i := fieldFirst + 2; i+2 < s.n; i++ {
		if isLetter(s.at(i), 'N', 'S') && isLetter(s.at(i+2), 'E', 'W') {
			return i
		}
	}
	return 0
}

func isLetter(field []byte, a, b byte) bool {
	return len(field) == 1 && (field[0] == a || field[0] == b)
}

// answer appends what the server says to a sentence of that type; nil if nothing.
func (c *codec) answer(b, kind []byte) []byte {
	switch string(kind) {
	case "V1":
		return c.reply(b, "V4,V1", stampLayout)
	case "NBR":
		return c.reply(b, "V4,NBR", stampLayout)
	case "V0":
		return c.reply(b, "V0", "")
	case "HTBT":
		return c.reply(b, "HTBT", "")
	case "ICCID":
		return c.reply(b, "ICCID", "")
	case "V6", "V8":
		c.confirms = true
		return c.reply(b, "R12", clockLayout)
	}
	return nil
}

// reply appends *XX,<id>,<words>,<time># to the last speaker.
func (c *codec) reply(b []byte, words, layout string) []byte {
	b = append(b, '*')
	b = append(b, c.letters()...)
	b = append(b, ',')
	b = append(b, c.id...)
	b = append(b, ',')
	b = append(b, words...)
	if layout != "" {
		b = append(b, ',')
		b = appendStamp(b, c.at, layout)
	}
	return append(b, '#')
}

// letters are the manufacturer's: trackers listen to their own only.
func (c *codec) letters() string {
	if c.maker == [2]byte{} {
		return "HQ"
	}
	return string(c.maker[:])
}

// appendStamp writes a time in UTC.
func appendStamp(b []byte, t time.Time, layout string) []byte {
	return t.UTC().AppendFormat(b, layout)
}
